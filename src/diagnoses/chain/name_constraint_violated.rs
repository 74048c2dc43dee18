//! A CA of the chain may not issue for one of the names below it.
//!
//! Go checks every SAN below a constrained CA, not only the name dialled (RFC 5280 §4.2.1.10).

use super::broken::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Certificate, Facts},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "name-constraint-violated",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The CA may not issue for a name in the certificate",
            why: "The CA carries name constraints, and a SAN of the certificate lies outside them. \
                  Go checks all SANs of the certificate, not only the one that was dialled.",
            fix: "Reissue the certificate without that name, or from a CA that may issue for it.",
        },
        ja: Prose {
            title: "証明書の名前が CA の名前制約に反しています",
            why: "CA に名前制約 (name constraints) があり、証明書の SAN の 1 つがその範囲から外れています。\
                  Go は接続先の名前だけでなく、証明書のすべての SAN を検査します。",
            fix: "その名前を外して再発行するか、その名前を許可されている CA から発行してください。",
        },
        zh: Prose {
            title: "证书中的名称违反了 CA 的名称约束",
            why: "该 CA 带有名称约束 (name constraints)，而证书的某个 SAN 超出了允许范围。\
                  Go 会检查证书的所有 SAN，而不仅是所连接的那个名称。",
            fix: "去掉该名称后重新签发证书，或由有权签发该名称的 CA 签发。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::NameConstraint)
        .iter()
        .map(|chain| {
            let names = chain.chain().first().map(Certificate::names_display).unwrap_or_default();
            let constraints = chain.rejection.as_ref().and_then(|one| one.expected.clone());
            let finding = chain
                .at_presenter(&DIAGNOSIS)
                .evidence(Label::Issuer, chain.culprit.subject())
                .evidence(Label::Allowed, constraints)
                .evidence(Label::SubjectAltNames, Value::list(names));
            chain.go_says(finding)
        })
        .collect()
}
