//! The issuer is a CA, and its key usage lacks keyCertSign.
//!
//! Go's text is the same as for a certificate that is no CA (RFC 5280 §4.2.1.3, crypto/x509 `CheckSignatureFrom`).

use super::broken::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "ca-key-usage",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The CA's key usage does not allow signing certificates",
            why: "The CA's key did sign the certificate below it, but its key usage extension lacks \
                  keyCertSign. Go takes no signature from such a CA and calls the authority unknown; \
                  its text is the same as for a certificate that is no CA.",
            fix: "Issue the CA certificate again with keyUsage keyCertSign, cRLSign and the same key.",
        },
        ja: Prose {
            title: "CA の鍵用途 (KU) が証明書の署名を許可していません",
            why: "下位の証明書は確かにこの CA の鍵で署名されていますが、鍵用途に keyCertSign がありません。\
                  Go はこのような CA の署名を認めず、unknown authority と報告します。\
                  文面は CA でない証明書の場合と同じです。",
            fix: "同じ鍵のまま、keyUsage に keyCertSign と cRLSign を加えて CA 証明書を再発行してください。",
        },
        zh: Prose {
            title: "CA 的密钥用途 (KU) 不允许签发证书",
            why: "下级证书确实由该 CA 的密钥签名，但其密钥用途扩展中没有 keyCertSign。\
                  Go 不接受这种 CA 的签名，并报告 unknown authority，\
                  报错文字与颁发者不是 CA 时相同。",
            fix: "沿用同一私钥，以包含 keyCertSign 和 cRLSign 的 keyUsage 重新签发 CA 证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::KeyUsage)
        .iter()
        .map(|chain| {
            let finding = chain
                .at_culprit(&DIAGNOSIS)
                .evidence(Label::Certificate, chain.culprit.subject())
                .evidence(Label::KeyUsage, Value::list(chain.culprit.key_usage_display()));
            let better = chain.with_better_cacert().map(|better| vec![better]);
            chain.go_says(finding).fixes(better.unwrap_or_else(|| chain.as_ca()))
        })
        .collect()
}
