//! etcd's configuration file lists `allowed-cn` for clients, and the certificate's CN is not on it.
//!
//! Exact comparison, since etcd 3.5.15; there is no flag for it (etcd `client/pkg/transport/listener.go`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{ClientFault, Endpoint, Facts, Subject},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-cn-not-allowed",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd does not admit the common name of your client certificate",
            why: "CA, dates and usage of the client certificate are right, but its CN is not in \
                  allowed-cn under client-transport-security in etcd's configuration file. etcd \
                  compares the CN letter by letter and answers bad_certificate to any other.",
            fix: "Use a certificate with an allowed CN, or add this CN to allowed-cn and restart \
                  etcd.",
        },
        ja: Prose {
            title: "クライアント証明書の CN が etcd で許可されていません",
            why: "クライアント証明書の CA、有効期間、用途に問題はありませんが、CN が etcd の設定ファイルの \
                  client-transport-security にある allowed-cn に含まれていません。etcd は CN を\
                  完全一致で判定し、それ以外は bad_certificate で拒否します。",
            fix: "許可されている CN の証明書を使うか、この CN を allowed-cn に加えて etcd を\
                  再起動してください。",
        },
        zh: Prose {
            title: "etcd 不允许该客户端证书的 CN",
            why: "客户端证书的 CA、有效期和用途都没有问题，但其 CN 不在 etcd 配置文件 \
                  client-transport-security 的 allowed-cn 中。etcd 要求 CN 完全一致，\
                  否则以 bad_certificate 拒绝。",
            fix: "改用 CN 在允许列表中的证书，或把该 CN 加入 allowed-cn 并重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some((cert, leaf)) = facts.client.cert.zip(facts.client.leaf()) else { return Vec::new() };
    let refused = facts.clients_refused_for(ClientFault::CommonName).map(|endpoint| {
        Finding::new(&DIAGNOSIS, Subject::File(cert.to_owned()))
            .also_about(endpoint.subject())
            .evidence(Label::Subject, leaf.subject())
            .evidence(Label::Allowed, Value::list(facts.settings.list("client-cert-allowed-cn")))
            .evidence(Label::Setting, facts.settings.show("client-cert-allowed-cn"))
            .evidence(Label::Alert, endpoint.alert())
            .fixes(of_an_allowed_name(facts, endpoint))
    });
    refused.collect()
}

/// A pair with a CN of the list, made on the spot.
fn of_an_allowed_name(facts: &Facts<'_>, endpoint: &Endpoint<'_>) -> Vec<Fix> {
    let allowed = facts.settings.list("client-cert-allowed-cn");
    let Some(name) = allowed.first() else { return Vec::new() };
    let ca = facts.accepted_authority(endpoint);
    ca.map(|ca| Fix::made_pair(facts, &ca, name)).unwrap_or_default()
}
