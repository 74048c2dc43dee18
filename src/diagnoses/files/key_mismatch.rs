//! `--key` belongs to none of the certificates in `--cert`.
//!
//! Go's `tls.X509KeyPair` compares the public keys of the first certificate and of the key.

use super::{
    super::{network::tcp_refused, server::server_cert_unloadable},
    pair::Pair,
    substitute,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts, show_setting},
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "key-mismatch",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &server_cert_unloadable::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "The private key belongs to another certificate",
            why: "The certificate's public key is not the one that belongs to this private key, so \
                  Go refuses the pair when it loads it. That happens when only one of the two files \
                  was renewed or copied.",
            fix: "Give the key that was made for this certificate, or reissue the certificate.",
        },
        ja: Prose {
            title: "秘密鍵が証明書と対応していません",
            why: "証明書の公開鍵がこの秘密鍵と対になっていないため、Go は読み込みの時点で拒否します。\
                  どちらか一方だけを更新またはコピーしたときに起こります。",
            fix: "この証明書に対応する秘密鍵を指定するか、証明書を再発行してください。",
        },
        zh: Prose {
            title: "私钥与证书不匹配",
            why: "证书中的公钥与该私钥不成对，因此 Go 在加载时就会拒绝。\
                  通常是两个文件中只更新或复制了其中一个。",
            fix: "改用与该证书对应的私钥，或重新签发证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    given(facts).into_iter().chain(configured(facts)).collect()
}

/// The pairs that etcd and kube-apiserver are configured with: they exit when they load them.
fn configured<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = Finding> + 'f {
    facts.configured_pairs().filter_map(move |pair| {
        let (key, stranger) = (pair.key.as_ref()?, pair.stranger()?);
        let own = facts.client.key == Some(&key.file.path)
            && facts.client.cert == Some(&pair.cert.file.path);
        if own || facts.is_elsewhere(key.process) {
            return None;
        }
        let severity =
            if facts.is_served(key.process) { Severity::Warning } else { Severity::Error };
        let owner = stranger.spki.as_ref().and_then(|spki| facts.certificate_of(&spki.0));
        let finding = Finding::new(&DIAGNOSIS, super::file(&key.file.path))
            .severity(severity)
            .side(Side::Config)
            .also_about(super::file(&pair.cert.file.path))
            .also_about(key.subject())
            .evidence(Label::Setting, show_setting(pair.cert.config, pair.cert.setting))
            .evidence(Label::Setting, show_setting(key.config, key.setting))
            .evidence(Label::BelongsTo, owner)
            .fixes(Fix::for_named(facts, key));
        let endpoints = facts.endpoints_of(key.process);
        Some(endpoints.fold(finding, |finding, endpoint| finding.also_about(endpoint.subject())))
    })
}

fn given(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(pair) = Pair::of(facts) else { return Vec::new() };
    if pair.fits_at().is_some() {
        return Vec::new();
    }
    let owner = facts.certificate_of(pair.spki);
    let finding = Finding::new(&DIAGNOSIS, super::file(pair.key))
        .also_about(super::file(pair.cert))
        .evidence(Label::Key, format!("{}: {}", pair.key, pair.private_key.algorithm))
        .evidence(Label::BelongsTo, owner);
    let Some(leaf) = pair.chain.first() else { return vec![finding] };
    let finding = finding
        .evidence(Label::Certificate, format!("{}: {}", pair.cert, leaf.subject()))
        .evidence(Label::PublicKey, leaf.key_display());
    vec![correct(finding, leaf, &pair, facts)]
}

/// Proposes the key that fits the certificate, or else the certificate that fits the key.
fn correct(finding: Finding, leaf: &Certificate, pair: &Pair<'_>, facts: &Facts<'_>) -> Finding {
    let key = facts.key_of(leaf).map(|path| ("--key", path));
    let cert = || facts.certificate_of(pair.spki).map(|path| ("--cert", path));
    match key.or_else(cert) {
        Some(correction) => {
            finding.evidence(Label::Beside, correction.1).fix(Fix::check(facts, &[correction]))
        }
        None => finding.fixes(substitute::made_anew(facts)),
    }
}
