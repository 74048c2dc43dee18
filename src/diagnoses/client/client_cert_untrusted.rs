//! The client's certificate leads to no CA that the server trusts.
//!
//! Go answers with `unknown_ca`, before 1.21 with `bad_certificate`. The list in the `CertificateRequest` (RFC 8446 §4.2.4)
//! tells another CA from one made anew under the same name.

use data_encoding::HEXLOWER;

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{ClientFault, Endpoint, Facts, Subject},
    message::{Label, Prose, Text, Value},
    x509::{Certificate, Usage},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-cert-untrusted",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd does not trust the CA of your client certificate",
            why: "etcd accepts clients only from the CAs in its --trusted-ca-file, which it reads \
                  once, at start. Your certificate leads to none of them: it comes from another \
                  CA, or from one that was made anew under the same name.",
            fix: "Use a certificate that an accepted CA issued, or add its CA to --trusted-ca-file \
                  and restart etcd.",
        },
        ja: Prose {
            title: "etcd がクライアント証明書の CA を信頼していません",
            why: "etcd は、起動時に一度だけ読み込む --trusted-ca-file の CA が発行したクライアント証\
                  明書しか受け入れません。この証明書はそのどれにもつながりません。別の CA が発行した\
                  ものか、同じ名前で作り直された CA によるものです。",
            fix: "受け入れられる CA が発行した証明書を使うか、その CA を --trusted-ca-file に加えて \
                  etcd を再起動してください。",
        },
        zh: Prose {
            title: "etcd 不信任签发客户端证书的 CA",
            why: "etcd 只接受 --trusted-ca-file 中的 CA 所签发的客户端证书，该文件只在启动时读取一次。\
                  这张证书无法追溯到其中任何一个 CA：它由别的 CA 签发，或由同名但重新生成的 CA 签发。",
            fix: "改用 etcd 所接受的 CA 签发的证书，或把它的 CA 加入 --trusted-ca-file 并重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some((cert, leaf)) = facts.client.cert.zip(facts.client.leaf()) else { return Vec::new() };
    let refused = facts.clients_refused_for(ClientFault::Untrusted);
    refused.map(|endpoint| refusal(facts, endpoint, cert, leaf)).collect()
}

fn refusal(facts: &Facts<'_>, endpoint: &Endpoint<'_>, cert: &str, leaf: &Certificate) -> Finding {
    let topmost = facts.client.topmost_issuer().unwrap_or(leaf);
    let accepting = accepting_file(facts);
    let finding = Finding::new(&DIAGNOSIS, Subject::File(cert.to_owned()))
        .also_about(endpoint.subject())
        .side(if accepting.is_none() { Side::LocalFile } else { Side::Server })
        .evidence(Label::Issuer, topmost.issuer())
        .evidence(Label::AcceptableCas, Value::list(endpoint.acceptable_names()))
        .evidence(Label::AcceptedBy, accepting)
        .evidence(Label::Alert, endpoint.alert());
    let finding = remade_ca(facts, topmost, finding);
    match accepting {
        None => another_certificate(facts, endpoint, leaf, finding),
        Some(cacert) => another_trusted_ca(facts, endpoint, cacert, finding),
    }
}

/// `--cacert`, if a server that trusted it would admit this certificate. Where the file that etcd is configured with would,
/// `ca-pool-stale` says so.
fn accepting_file<'f>(facts: &'f Facts<'_>) -> Option<&'f str> {
    let verdict = facts.client.verdict_against(&facts.anchors.certificates, facts)?;
    let cacert = facts.flag("--cacert").map(|given| given.given.value.as_str());
    cacert.filter(|_| verdict.outcome.is_ok())
}

/// Shows the key identifiers when a CA of the right name is at hand that did not sign the certificate.
fn remade_ca(facts: &Facts<'_>, topmost: &Certificate, finding: Finding) -> Finding {
    let trusted = facts.settings.certificates("trusted-ca-file", facts.go).unwrap_or_default();
    let mut known = trusted.iter().chain(&facts.anchors.certificates);
    let namesake = known.find(|ca| ca.raw_subject == topmost.raw_issuer && !topmost.signed_by(ca));
    let Some(namesake) = namesake else { return finding };
    let hex = |id: &Option<Vec<u8>>| HEXLOWER.encode(id.as_deref().unwrap_or_default());
    finding
        .evidence(Label::AuthorityKeyId, hex(&topmost.authority_key_id))
        .evidence(Label::SubjectKeyId, hex(&namesake.subject_key_id))
}

fn another_certificate(
    facts: &Facts<'_>,
    endpoint: &Endpoint<'_>,
    leaf: &Certificate,
    finding: Finding,
) -> Finding {
    let spare = facts.spare_pair(endpoint);
    let beside = spare.map(|spare| Value::list([spare.cert, spare.key]));
    // Where the CA was made anew under its name, this certificate is of no use to anyone and can be replaced. That of
    // another CA is good for something else: it stays as it is.
    let remade = facts.client.issuer_is_listed(endpoint) == Some(true);
    let reissue = match (facts.pair_of(leaf), facts.accepted_authority(endpoint)) {
        _ if spare.is_some() => None,
        (Some(pair), Some(ca)) if remade => {
            Fix::reissue(leaf, &pair, &ca, &[], &[Usage::ClientAuth]).map(Fix::of_any_issuer)
        }
        (Some(pair), None) => Some(Fix::request(leaf, &pair, &[], &[Usage::ClientAuth])),
        _ => None,
    };
    let another = if reissue.is_some() { Vec::new() } else { Fix::another_pair(facts, endpoint) };
    finding.evidence(Label::Beside, beside).fixes(another).fixes(reissue)
}

/// The running etcd holds other CAs than `--cacert`: hand it this one where its configuration is known, restart it.
fn another_trusted_ca(
    facts: &Facts<'_>,
    endpoint: &Endpoint<'_>,
    cacert: &str,
    finding: Finding,
) -> Finding {
    let server = facts.server_of(endpoint);
    let trusted = server.and_then(|server| server.file("trusted-ca-file"));
    let addition = trusted.and_then(|trusted| Fix::trusting(cacert, &trusted.path));
    finding
        .evidence(Label::Setting, server.map(|server| server.show("trusted-ca-file")))
        .fixes(addition)
        .fix(Fix::restart())
}
