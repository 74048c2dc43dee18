//! A CA of the chain has expired, while the certificate below it has not.
//!
//! Go checks the dates of every link, the trust anchor included (crypto/x509 `isValid`), and its text does not say
//! which one.

use super::broken::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "ca-expired",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A CA certificate has expired",
            why: "The end-entity certificate is still valid, but a CA above it is not, and Go checks \
                  the dates of the whole chain, trust anchor included. Its error text is the same as \
                  for an expired end-entity certificate.",
            fix: "Renew the CA with the same key and distribute it, or reissue all from a new CA.",
        },
        ja: Prose {
            title: "CA 証明書の有効期限が切れています",
            why: "末端の証明書はまだ有効ですが、その上位の CA が期限切れです。Go はトラストアンカーを含む\
                  チェーン全体の有効期間を検証します。エラーの文面は末端の証明書が期限切れの場合と同じです。",
            fix: "CA 証明書を同じ鍵で更新して配布するか、新しい CA ですべてを再発行してください。",
        },
        zh: Prose {
            title: "CA 证书已过期",
            why: "终端证书仍在有效期内，但其上级 CA 已经过期。Go 会检查整条证书链的有效期，\
                  信任锚也不例外。报错文字与终端证书过期时完全相同。",
            fix: "用同一私钥为 CA 证书续期并分发，或用新 CA 重新签发全部证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::CaExpired)
        .iter()
        .map(|chain| {
            let finding = chain.go_says(chain.clocks(chain.at_culprit(&DIAGNOSIS)));
            finding.fixes(chain.with_better_cacert().or_else(|| renewal(chain)))
        })
        .collect()
}

/// A root with new dates and its old key, when that key lies near by.
fn renewal(chain: &broken::Broken<'_, '_>) -> Option<Fix> {
    let (path, key) = chain.root_pair()?;
    let renew = Fix::run("openssl x509 -days 3650").arg("-in", path);
    Some(renew.arg("-signkey", key).arg("-out", format!("{path}.renewed.pem")))
}
