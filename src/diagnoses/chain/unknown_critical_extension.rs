//! A certificate carries a critical extension that Go doesn't act on.
//!
//! RFC 5280 §4.2: whoever doesn't understand a critical extension has to refuse the certificate.

use super::broken::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "unknown-critical-extension",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A certificate carries a critical extension that Go does not know",
            why: "\"Critical\" tells a program to refuse the certificate unless it understands the \
                  extension. Go does not understand this one, so it refuses.",
            fix: "Reissue the certificate without this extension, or with it marked not critical.",
        },
        ja: Prose {
            title: "証明書に Go が知らない critical 拡張があります",
            why: "critical の付いた拡張を理解できないプログラムは、その証明書を拒否しなければなりません。\
                  Go はこの拡張を理解しないため拒否します。",
            fix: "この拡張を外すか critical を外して、証明書を再発行してください。",
        },
        zh: Prose {
            title: "证书带有 Go 不认识的关键扩展",
            why: "扩展标记为 critical 时，不理解它的程序必须拒绝该证书。\
                  Go 不理解这个扩展，因此拒绝。",
            fix: "去掉该扩展或取消其 critical 标记，重新签发证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::CriticalExtension)
        .iter()
        .map(|chain| {
            let finding = chain
                .at_culprit(&DIAGNOSIS)
                .evidence(Label::Extension, Value::list(&chain.culprit.unhandled_critical))
                .evidence(Label::Certificate, chain.culprit.subject());
            let finding = chain.go_says(finding);
            if chain.culprit.is_ca() {
                finding
            } else {
                finding.fixes(Fix::renew(facts, &chain.culprit, &[], &[]))
            }
        })
        .collect()
}
