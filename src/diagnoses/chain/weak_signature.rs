//! A certificate below the trust anchor is signed with SHA-1 or MD5.
//!
//! Go refuses SHA-1 since 1.18, so etcd 3.5.1 (Go 1.16) accepts what etcd 3.4.23 and 3.5.16 refuse.

use super::broken::{self, Broken, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts},
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "weak-signature",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A certificate is signed with SHA-1 or MD5",
            why: "Such signatures can be forged, and Go refuses SHA-1 since 1.18 (MD5 long before). \
                  etcd 3.5.1 still accepts SHA-1, which is why it shows after an upgrade. The \
                  signature of the trust anchor itself does not matter.",
            fix: "Reissue the certificate with SHA-256, using the same CA.",
        },
        ja: Prose {
            title: "証明書が SHA-1 または MD5 で署名されています",
            why: "この種の署名は偽造できるため、Go は 1.18 以降 SHA-1 を拒否します (MD5 はそれ以前か\
                  ら)。etcd 3.5.1 は SHA-1 を受け入れるので、アップグレード後に初めて表面化します。\
                  トラストアンカー自体の署名方式は問われません。",
            fix: "同じ CA で、SHA-256 を使って証明書を再発行してください。",
        },
        zh: Prose {
            title: "证书使用 SHA-1 或 MD5 签名",
            why: "这类签名可以伪造，Go 从 1.18 起拒绝 SHA-1（MD5 更早就被拒绝）。\
                  etcd 3.5.1 仍接受 SHA-1，所以问题往往在升级之后才出现。\
                  信任锚自身的签名算法不受影响。",
            fix: "用同一 CA 以 SHA-256 重新签发该证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::WeakSignature).iter().map(describe).collect()
}

fn describe(chain: &Broken<'_, '_>) -> Finding {
    let weak = |link: &&Certificate| link.signature_algorithm.is_insecure();
    let weak = chain.chain().iter().find(weak).unwrap_or(&chain.culprit);
    let finding = chain
        .at_presenter(&DIAGNOSIS)
        .evidence(Label::Certificate, weak.subject())
        .evidence(Label::SignatureAlgorithm, weak.signature_display())
        .evidence(Label::Issuer, weak.issuer());
    let finding = chain.go_says(finding);
    // Only an end-entity certificate can be issued again without those below it.
    if weak.is_ca() { finding } else { finding.fixes(Fix::renew(chain.facts, weak, &[], &[])) }
}
