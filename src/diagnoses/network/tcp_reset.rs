//! The connection is accepted and cut at once, before a byte of TLS or HTTP.
//!
//! etcd without TLS cuts a `ClientHello` too; it answers plain HTTP, which was tried (`plaintext-server`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Reach},
    message::{EvidenceMessage, Label, Prose, Text},
    observation::endpoint::{After, HandshakeEnd, Tcp},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tcp-reset",
    severity: Severity::Error,
    side: Side::Network,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The connection is cut as soon as it stands",
            why: "Something accepted the connection and cut it without sending a byte, for TLS and for \
                  plain HTTP alike, which an etcd that serves does not do. A load balancer without a \
                  healthy backend, a firewall, or a proxy that refuses this client does.",
            fix: "Look into load balancers and firewalls on the way, or dial etcd's own address.",
        },
        ja: Prose {
            title: "接続が確立した直後に切断されます",
            why: "接続は受け入れられましたが、TLS でも平文の HTTP でも 1 バイトも返さずに切断されました。\
                  稼働中の etcd はこのように振る舞いません。正常なバックエンドのないロードバランサー、\
                  ファイアウォール、またはこのクライアントを拒むプロキシが切断しています。",
            fix: "途中のロードバランサーとファイアウォールを調べるか、etcd へ直接接続してください。",
        },
        zh: Prose {
            title: "连接刚建立就被切断",
            why: "对端接受了连接，但无论使用 TLS 还是明文 HTTP，都不返回任何字节就将其切断。\
                  正在提供服务的 etcd 不会这样，切断连接的是没有健康后端的负载均衡器、防火墙，\
                  或拒绝此客户端的代理。",
            fix: "检查途中的负载均衡器和防火墙，或直接连接 etcd 自身的地址。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let cut = facts.endpoints.iter().filter(|endpoint| endpoint.reach == Reach::Reset);
    cut.map(|endpoint| {
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Dialled, endpoint.dialled())
            .evidence(Label::Seen, how(endpoint));
        let own = endpoint.client_urls(facts);
        if own.is_empty() {
            finding.fix(Fix::listeners_on([2379, 2380, 2381]))
        } else {
            finding.fix(Fix::check_endpoint(facts, endpoint.url(), &own.join(",")))
        }
    })
    .collect()
}

fn how(endpoint: &Endpoint<'_>) -> Option<EvidenceMessage> {
    let main = endpoint.main()?;
    Some(match (&main.tcp, main.tls.as_ref().map(|tls| &tls.end), &main.after) {
        (Tcp::Reset, ..) => EvidenceMessage::ResetWhileConnecting,
        (_, Some(HandshakeEnd::Reset), _) => EvidenceMessage::ResetAfterHello,
        (_, Some(_), _) => EvidenceMessage::ClosedAfterHello,
        (_, None, After::Reset { .. }) => EvidenceMessage::ResetAfterBytes,
        _ => EvidenceMessage::ClosedAfterBytes,
    })
}
