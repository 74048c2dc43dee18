//! A certificate is to live longer than the CA that issued it, and that CA ends before long.
//!
//! Go checks the validity of every certificate on the path (`crypto/x509/verify.go`, `isValid`), so that the end of the CA is the end of
//! all that it issued. kubernetes/kubeadm#1784.

use time::Duration;

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Certificate, Facts, Subject, show_span},
    message::{Label, Prose, Text},
    observation::FileSeen,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-outlives-ca",
    severity: Severity::Warning,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The CA expires before certificates that it issued",
            why: "A certificate is good only while its CA is. This CA ends earlier than \
                  certificates below it, so they stop working on that day, whatever their \
                  own date says. Watching the certificates alone does not show it coming.",
            fix: "Renew the CA with the same key, or make a new one and issue the \
                  certificates again, before that day.",
        },
        ja: Prose {
            title: "CA が、発行した証明書より先に期限切れになります",
            why: "証明書が有効なのは CA が有効な間だけです。この CA は配下の証明書より早く期限が\
                  切れるため、証明書自身の期限にかかわらずその日に使えなくなります。証明書だけを\
                  監視していても気づけません。",
            fix: "その日までに CA を同じ鍵で更新するか、新しい CA を作って証明書を再発行してください。",
        },
        zh: Prose {
            title: "CA 会先于它签发的证书到期",
            why: "证书只在其 CA 有效期间有效。这个 CA 比它所签发的证书更早到期，届时这些证书无论自身写的日期如何都会失效。只监控证书本身是看不出来的。",
            fix: "在那一天之前用同一私钥为该 CA 续期，或新建 CA 并重新签发证书。",
        },
    },
    detect,
};

/// An end that is further away is nobody's work today.
const AHEAD: Duration = Duration::days(365);
/// Made together, a certificate ends some moments after its CA.
const TOGETHER: Duration = Duration::days(1);

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let configured = facts.configured_pairs().filter(|pair| !facts.is_elsewhere(pair.cert.process));
    let configured = configured.filter_map(|pair| {
        let leaf = pair.leaf()?.clone();
        Some((pair.cert.file.path.clone(), leaf))
    });
    let served = facts
        .presented()
        .filter_map(|(endpoint, seen)| Some((endpoint.url().to_owned(), seen.leaf()?.clone())));
    let own = facts.client.cert.map(str::to_owned).zip(facts.client.leaf().cloned());
    let mut leaves: Vec<(String, Certificate)> = Vec::new();
    for (place, leaf) in configured.chain(own).chain(served) {
        if !leaves.iter().any(|(_, known)| known.der == leaf.der) {
            leaves.push((place, leaf));
        }
    }
    let mut findings: Vec<Finding> = Vec::new();
    for file in facts.files() {
        for ca in ending(file, facts) {
            let outlive = |leaf: &Certificate| {
                leaf.not_after - ca.not_after > TOGETHER
                    && leaf.raw_issuer == ca.raw_subject
                    && leaf.signed_by(&ca)
            };
            let below: Vec<_> = leaves.iter().filter(|(_, leaf)| outlive(leaf)).collect();
            if !below.is_empty() {
                findings.push(describe(file, &ca, &below, facts));
            }
        }
    }
    findings
}

/// The CAs in a file that end within a year; `cert-expiring-soon` and `ca-expired` have those that end sooner.
fn ending(file: &FileSeen, facts: &Facts<'_>) -> Vec<Certificate> {
    let parsed = file.certificates().filter_map(|der| Certificate::parse(&der.0, facts.go).ok());
    let ends = |ca: &Certificate| {
        let remaining = ca.not_after - facts.now();
        remaining.is_positive() && remaining < AHEAD && !facts.is_due(ca)
    };
    parsed.filter(|one| one.is_ca() && ends(one)).collect()
}

fn describe(
    file: &FileSeen,
    ca: &Certificate,
    below: &[&(String, Certificate)],
    facts: &Facts<'_>,
) -> Finding {
    let finding = Finding::new(&DIAGNOSIS, Subject::File(file.path.clone()))
        .evidence(Label::Subject, ca.subject())
        .evidence(Label::NotAfter, facts.show(ca.not_after))
        .evidence(Label::Remaining, show_span(ca.not_after - facts.now()));
    below.iter().fold(finding, |finding, (place, leaf)| {
        let shown = format!("{place}: {}", facts.show(leaf.not_after));
        finding.evidence(Label::Certificate, shown).also_about(Subject::File(place.clone()))
    })
}
