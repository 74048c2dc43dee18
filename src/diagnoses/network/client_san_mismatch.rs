//! The port compares the client's source address with its certificate, which etcd's client port never does.
//!
//! Only the peer and the https metrics listener check it (etcd `client/pkg/transport/listener_tls.go`): after the
//! handshake, closing without an alert.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{ClientFault, Endpoint, Facts, Presented, Subject},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-san-mismatch",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This port wants your source address in your certificate, so it serves no clients",
            why: "The server completed the handshake, then hung up without an alert. etcd's client port \
                  never compares a source address with the certificate's SAN; its peer port and its \
                  https metrics port do, so the endpoint is one of these two.",
            fix: "Dial the client port, usually 2379.",
        },
        ja: Prose {
            title: "このポートは接続元アドレスが証明書にあることを求めるため、クライアント用ではありません",
            why: "サーバーはハンドシェイクの完了後、アラートを送らずに接続を切りました。\
                  接続元アドレスを証明書の SAN と照合するのはピアポートと https のメトリクスポートだけで、\
                  クライアントポートは照合しません。つまりこのエンドポイントはそのどちらかです。",
            fix: "クライアントポート (通常は 2379) へ接続してください。",
        },
        zh: Prose {
            title: "此端口要求证书包含连接的来源地址，因此不是客户端端口",
            why: "服务器在握手完成后没有发送警报就断开了连接。etcd 的客户端端口从不拿来源地址与证书\
                  的 SAN 比对；只有对等端口和 https 指标端口会这样做，因此该端点是二者之一。",
            fix: "改为连接客户端端口（通常是 2379）。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    // A server that Go refuses is refused before it could refuse us.
    let accepted = |endpoint: &&Endpoint<'_>| {
        !facts.among_peers()
            && endpoint.presented.as_ref().is_some_and(Presented::is_accepted)
            && endpoint.client_fault(facts) == Some(ClientFault::SourceAddress)
    };
    facts
        .endpoints
        .iter()
        .filter(accepted)
        .filter_map(|endpoint| not_listed(endpoint, facts))
        .collect()
}

fn not_listed(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let source = endpoint.main()?.from?;
    let names = facts.client.leaf()?.names_display();
    let client_urls = endpoint.client_urls(facts).join(",");
    let look = if client_urls.is_empty() {
        Fix::listeners_of("etcd")
    } else {
        Fix::check_endpoint(facts, endpoint.url(), &client_urls)
    };
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::SourceAddress, source.ip())
        .evidence(Label::SubjectAltNames, Value::list(names))
        .evidence(Label::Seen, EvidenceMessage::ClosedAfterHandshake)
        .evidence(Label::ClientUrls, &client_urls)
        .fix(look);
    Some(match facts.client.cert {
        Some(cert) => {
            finding.evidence(Label::Certificate, cert).also_about(Subject::File(cert.to_owned()))
        }
        None => finding,
    })
}
