//! etcd runs with `--client-cert-allowed-hostname`, and no SAN of the client's certificate is on that list.
//!
//! The check is `VerifyHostname` on the verified certificate (etcd `client/pkg/transport/listener.go`, 3.4 and later).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{ClientFault, Endpoint, Facts, Subject},
    message::{Label, Prose, Text, Value, VerdictMessage},
    observation::endpoint::Purpose,
    x509::{Certificate, San},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-hostname-not-allowed",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd does not admit the host names in your client certificate",
            why: "CA, dates and usage of the client certificate are right, and etcd still answers \
                  bad_certificate. With --client-cert-allowed-hostname it admits only certificates \
                  whose SAN holds one of the names given there; the CN does not count.",
            fix: "Use a certificate with an allowed name in its SAN, or add a name of this one to \
                  --client-cert-allowed-hostname and restart etcd.",
        },
        ja: Prose {
            title: "クライアント証明書のホスト名が etcd で許可されていません",
            why: "クライアント証明書の CA、有効期間、用途に問題はありませんが、etcd は bad_certificate \
                  で拒否しました。--client-cert-allowed-hostname が設定されていると、指定された名前を \
                  SAN に持つ証明書だけが許可され、CN は参照されません。",
            fix: "許可されている名前を SAN に持つ証明書を使うか、--client-cert-allowed-hostname に\
                  この証明書の名前を加えて etcd を再起動してください。",
        },
        zh: Prose {
            title: "etcd 不允许该客户端证书中的主机名",
            why: "客户端证书的 CA、有效期和用途都没有问题，etcd 仍以 bad_certificate 拒绝。\
                  设置了 --client-cert-allowed-hostname 后，只有 SAN 中含有指定名称的证书才能通过，\
                  CN 不参与比对。",
            fix: "改用 SAN 中含有允许名称的证书，或把该证书的名称加入 \
                  --client-cert-allowed-hostname 并重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some((cert, leaf)) = facts.client.cert.zip(facts.client.leaf()) else { return Vec::new() };
    let refused = facts.clients_refused_for(ClientFault::HostName);
    refused.map(|endpoint| refusal(facts, endpoint, cert, leaf)).collect()
}

fn refusal(facts: &Facts<'_>, endpoint: &Endpoint<'_>, cert: &str, leaf: &Certificate) -> Finding {
    let allowed = facts.settings.list("client-cert-allowed-hostname");
    // Without the list, only the server's exact alerts tell this from an unknown CA.
    let without = endpoint.seen.second(Purpose::WithoutCertificate).and_then(|seen| seen.alert());
    let without = without.filter(|_| allowed.is_empty());
    let added: Vec<San> = allowed.first().iter().map(|name| San::of_host(name)).collect();
    let renewal = if added.is_empty() { None } else { Fix::renew(facts, leaf, &added, &[]) };
    let sans = leaf.names_display();
    let sans = if sans.is_empty() { VerdictMessage::None.into() } else { Value::list(sans) };
    Finding::new(&DIAGNOSIS, Subject::File(cert.to_owned()))
        .also_about(endpoint.subject())
        .evidence(Label::SubjectAltNames, sans)
        .evidence(Label::Allowed, Value::list(allowed))
        .evidence(Label::Setting, facts.settings.show("client-cert-allowed-hostname"))
        .evidence(Label::Alert, endpoint.alert())
        .evidence(Label::WithoutCertificate, without)
        .fixes(renewal)
}
