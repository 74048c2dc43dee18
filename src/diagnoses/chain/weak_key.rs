//! An RSA key below 2048 bits: refused below 1024 by Go since 1.24, a warning otherwise.
//!
//! Go looks at the key that verifies a signature (`rsa.VerifyPKCS1v15`); many other stacks refuse all below 2048.

use super::broken::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts, Place, Presented, PublicKey, Subject},
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "weak-key",
    severity: Severity::Warning,
    side: Side::Server,
    hardening: true,
    causes: &[],
    text: Text {
        en: Prose {
            title: "An RSA key is shorter than 2048 bits",
            why: "Go accepts RSA from 1024 bits on, and since 1.24 refuses signatures by shorter \
                  keys. Clients that are not written in Go often refuse everything below 2048.",
            fix: "Make a new key, P-256 or RSA 2048, and have the certificate reissued for it.",
        },
        ja: Prose {
            title: "RSA 鍵が 2048 ビット未満です",
            why: "Go は 1024 ビット以上の RSA を受け入れ、1.24 以降はそれより短い鍵の署名を拒否します。\
                  Go 以外のクライアントは 2048 ビット未満をすべて拒否することが少なくありません。",
            fix: "P-256 または RSA 2048 の鍵を新しく作り、その鍵で証明書を再発行してください。",
        },
        zh: Prose {
            title: "RSA 密钥短于 2048 位",
            why: "Go 接受 1024 位及以上的 RSA，从 1.24 起拒绝更短的密钥所做的签名。\
                  非 Go 客户端往往拒绝所有低于 2048 位的密钥。",
            fix: "新建 P-256 或 RSA 2048 私钥，并为其重新签发证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let refused = broken::found(facts, Flaw::WeakKey);
    if refused.is_empty() {
        return accepted(facts);
    }
    refused
        .iter()
        .map(|chain| {
            let finding = chain.at_culprit(&DIAGNOSIS).severity(Severity::Error);
            chain.go_says(key_of(finding, &chain.culprit, facts))
        })
        .collect()
}

/// Short keys that Go puts up with: in what servers present, in the anchors used, in the client's own certificate.
fn accepted(facts: &Facts<'_>) -> Vec<Finding> {
    let served = facts.presented().flat_map(|(endpoint, presented)| {
        let subject = endpoint.subject();
        presented.chain.iter().map(move |link| (subject.clone(), Side::Server, link))
    });
    let cacert = facts.flag("--cacert").map(|cacert| Subject::File(cacert.file.path.clone()));
    let anchors = facts.presented().flat_map(|(_, presented)| used_anchors(presented, facts));
    let anchors = anchors.filter_map(|anchor| Some((cacert.clone()?, Side::LocalFile, anchor)));
    let own = facts.client.cert.zip(facts.client.leaf());
    let own = own.map(|(cert, leaf)| (Subject::File(cert.to_owned()), Side::LocalFile, leaf));
    let mut findings: Vec<Finding> = Vec::new();
    for (subject, side, certificate) in served.chain(anchors).chain(own) {
        let known = findings.iter().any(|finding| finding.subject == subject);
        if is_short(certificate) && !known {
            findings.push(key_of(Finding::new(&DIAGNOSIS, subject).side(side), certificate, facts));
        }
    }
    findings
}

fn used_anchors<'f>(
    presented: &'f Presented,
    facts: &'f Facts<'_>,
) -> impl Iterator<Item = &'f Certificate> {
    let paths = presented.chain_verdict.iter().flat_map(|verdict| &verdict.paths);
    paths.filter(|path| path.end.is_ok()).filter_map(|path| match path.links.last()? {
        Place::Anchor(index) => facts.anchors.certificates.get(*index),
        _ => None,
    })
}

fn is_short(certificate: &Certificate) -> bool {
    matches!(certificate.public_key, PublicKey::Rsa { bits, .. } if bits < 2048)
}

fn key_of(finding: Finding, certificate: &Certificate, facts: &Facts<'_>) -> Finding {
    // A new key of the same kind has 2048 bits at least.
    let pair = facts.pair_of(certificate).filter(|_| !certificate.is_ca());
    let renewed = pair.zip(facts.authority_of(certificate));
    let renewed = renewed.map(|(pair, ca)| Fix::with_new_key(pair.cert, pair.key, &ca));
    finding
        .fixes(renewed)
        .evidence(Label::Key, certificate.key_display())
        .evidence(Label::Certificate, certificate.subject())
}
