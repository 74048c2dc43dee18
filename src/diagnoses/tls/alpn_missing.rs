//! etcd answers, but the handshake chose no application protocol.
//!
//! grpc-go 1.67 and later refuse such servers ("missing selected ALPN property"); etcd itself always selects `h2`.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "alpn-missing",
    severity: Severity::Warning,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server does not select HTTP/2 by ALPN, which newer clients demand",
            why: "etcd answers over HTTP/2, but the handshake selected no application protocol. Clients \
                  with grpc-go 1.67 or later, etcdctl 3.6 among them, refuse such a server. etcd itself \
                  always selects h2, so a proxy ends TLS here.",
            fix: "Let the proxy offer h2 by ALPN, or pass TLS through to etcd.",
        },
        ja: Prose {
            title: "サーバーが ALPN で HTTP/2 を選択せず、新しいクライアントに拒否されます",
            why: "etcd は HTTP/2 で応答しますが、ハンドシェイクでアプリケーションプロトコルが選択されて\
                  いません。etcdctl 3.6 など grpc-go 1.67 以降を使うクライアントはこのサーバーを拒否します。\
                  etcd 自身は必ず h2 を選択するので、ここではプロキシが TLS を終端しています。",
            fix: "プロキシで ALPN の h2 を有効にするか、TLS を etcd までそのまま通してください。",
        },
        zh: Prose {
            title: "服务器没有通过 ALPN 选定 HTTP/2，会被新版客户端拒绝",
            why: "etcd 通过 HTTP/2 应答，但握手没有选定应用层协议。使用 grpc-go 1.67 及以上版本的客户端\
                  （如 etcdctl 3.6）会拒绝这样的服务器。etcd 自身总会选定 h2，因此这里是代理终结了 TLS。",
            fix: "让代理通过 ALPN 提供 h2，或将 TLS 直接透传给 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.endpoints.iter().filter_map(unselected).collect()
}

fn unselected(endpoint: &Endpoint<'_>) -> Option<Finding> {
    let tls = endpoint.tls().filter(|tls| endpoint.is_etcd() && tls.alpn.is_none())?;
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Alpn, EvidenceMessage::NoAlpn)
        .evidence(Label::TlsVersion, tls.version.as_deref())
        .evidence(Label::Dialled, endpoint.dialled())
        .fix(Fix::handshake(endpoint, "-alpn h2"));
    Some(finding)
}
