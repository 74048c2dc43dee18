//! The issuer signed the certificate below it, and its own certificate doesn't say that it is a CA.
//!
//! Go wants cA in the basic constraints of every version 3 issuer, trust anchors included (RFC 5280 §4.2.1.9,
//! crypto/x509 `CheckSignatureFrom`).

use super::broken::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "ca-basic-constraints",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The issuer's certificate does not say that it is a CA",
            why: "This certificate's key did sign the one below it, but its basic constraints are \
                  CA:FALSE or absent. Go takes no signature from such an issuer and calls the \
                  authority unknown.",
            fix: "Issue the CA certificate again with basicConstraints CA:TRUE and the same key.",
        },
        ja: Prose {
            title: "発行者の証明書が CA として作られていません",
            why: "下位の証明書は確かにこの証明書の鍵で署名されていますが、basicConstraints が CA:\
                  FALSE であるか、存在しません。Go はこのような発行者の署名を認めず、unknown \
                  authority と報告します。",
            fix: "同じ鍵のまま、basicConstraints を CA:TRUE にして CA 証明書を再発行してください。",
        },
        zh: Prose {
            title: "颁发者的证书没有标明自己是 CA",
            why: "下级证书确实由该证书的密钥签名，但该证书的 basicConstraints 为 CA:FALSE，或根本没\
                  有这个扩展。Go 不接受这种颁发者的签名，并报告 unknown authority。",
            fix: "沿用同一私钥，以 basicConstraints CA:TRUE 重新签发该 CA 证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::BasicConstraints)
        .iter()
        .map(|chain| {
            let constraints =
                if chain.culprit.basic_constraints.is_some() { "CA:FALSE" } else { "absent" };
            let finding = chain
                .at_culprit(&DIAGNOSIS)
                .evidence(Label::Certificate, chain.culprit.subject())
                .evidence(Label::Extension, format!("basicConstraints: {constraints}"));
            let better = chain.with_better_cacert().map(|better| vec![better]);
            chain.go_says(finding).fixes(better.unwrap_or_else(|| chain.as_ca()))
        })
        .collect()
}
