//! The client's certificate, or a CA above it, restricts its use to something else than `clientAuth`.
//!
//! Go's server answers with `bad_certificate` in every release. RFC 5280 §4.2.1.12.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    facts::{ClientFault, Endpoint, Facts, Subject, Unmet, show_setting},
    message::{Label, Prose, Text, Value},
    x509::{Certificate, Usage},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-eku-missing",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Your client certificate is not meant for clients",
            why: "The certificate, or a CA above it, has an extended key usage (EKU) without \
                  clientAuth. etcd refuses such a certificate with bad_certificate, however \
                  trusted its CA is.",
            fix: "Use a client certificate with clientAuth, or issue this one again with it.",
        },
        ja: Prose {
            title: "クライアント証明書の用途にクライアント認証が含まれていません",
            why: "証明書、またはその上位の CA の拡張鍵用途 (EKU) に clientAuth がありません。CA が信\
                  頼されていても、etcd はこのような証明書を bad_certificate で拒否します。",
            fix: "clientAuth を含むクライアント証明書を使うか、clientAuth を加えて再発行してください。",
        },
        zh: Prose {
            title: "客户端证书的用途不包括客户端认证",
            why: "证书本身或其上级 CA 的扩展密钥用途 (EKU) 不含 clientAuth。\
                  即使 CA 受信任，etcd 也会以 bad_certificate 拒绝这样的证书。",
            fix: "改用 EKU 含 clientAuth 的客户端证书，或加上 clientAuth 后重新签发。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let own = facts.client.cert.zip(facts.client.leaf()).into_iter().flat_map(|(cert, leaf)| {
        let refused = facts.clients_refused_for(ClientFault::Usage);
        refused.map(move |endpoint| refusal(facts, endpoint, cert, leaf))
    });
    let unmet = facts.unmet_urls();
    let mut findings: Vec<Finding> = own.collect();
    for finding in unmet.iter().filter_map(|unmet| configured(unmet, facts)) {
        if !findings.iter().any(|known| known.subject == finding.subject) {
            findings.push(finding);
        }
    }
    findings
}

/// The certificate of a client that is configured beside an etcd that asks for one.
fn configured(unmet: &Unmet<'_, '_>, facts: &Facts<'_>) -> Option<Finding> {
    let Unmet { process, etcd, .. } = unmet;
    let named = process.named(process.client_pair()?.certificate)?;
    let chain = process.certificates(&named.setting.name, facts.go)?;
    let leaf = chain.first().filter(|leaf| !leaf.allows(Usage::ClientAuth))?;
    if !unmet.url.is_tls() || !etcd.names("trusted-ca-file") {
        return None;
    }
    let renewal = Fix::renew(facts, leaf, &[], &[Usage::ClientAuth]);
    Some(
        Finding::new(&DIAGNOSIS, Subject::File(named.file.path.clone()))
            .also_about(named.subject())
            .of_client(process.as_configured_client())
            .evidence(Label::Setting, show_setting(named.config, named.setting))
            .evidence(Label::Subject, leaf.subject())
            .evidence(Label::ExtendedKeyUsage, Value::list(leaf.extended_key_usage_display()))
            .evidence(Label::Required, Usage::ClientAuth.name())
            .fixes(renewal.map(|renewal| renewal.needs(Need::Restart))),
    )
}

fn refusal(facts: &Facts<'_>, endpoint: &Endpoint<'_>, cert: &str, leaf: &Certificate) -> Finding {
    let trusted = facts.settings.certificates("trusted-ca-file", facts.go).unwrap_or_default();
    let all = facts.client.chain.iter().chain(&trusted).chain(&facts.anchors.certificates);
    let culprit = all.into_iter().find(|c| !c.allows(Usage::ClientAuth)).unwrap_or(leaf);
    let renewal = std::ptr::eq(culprit, leaf)
        .then(|| Fix::renew(facts, leaf, &[], &[Usage::ClientAuth]))
        .flatten();
    let another = if renewal.is_some() { Vec::new() } else { Fix::another_pair(facts, endpoint) };
    Finding::new(&DIAGNOSIS, Subject::File(cert.to_owned()))
        .also_about(endpoint.subject())
        .evidence(Label::Subject, culprit.subject())
        .evidence(Label::ExtendedKeyUsage, Value::list(culprit.extended_key_usage_display()))
        .evidence(Label::Required, Usage::ClientAuth.name())
        .evidence(Label::Alert, endpoint.alert())
        .fixes(another)
        .fixes(renewal)
}
