//! A CA of the chain becomes valid only in the future.
//!
//! When every certificate at hand does, the clock is to blame (`clock-skew`), not the CA.

use super::broken::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "ca-not-yet-valid",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A CA certificate is not valid yet",
            why: "The CA's validity begins later than now, so nothing below it counts, even where \
                  the end-entity certificate is valid. Go says only \"has expired or is not yet \
                  valid\". It was issued with a wrong date, or on a machine whose clock was ahead.",
            fix: "Wait for the date shown, or issue the CA certificate again with a correct clock.",
        },
        ja: Prose {
            title: "CA 証明書の有効期間がまだ始まっていません",
            why: "CA の有効期間の開始が現在より後なので、下位の証明書が有効でもチェーンは成立しません。\
                  Go は「has expired or is not yet valid」としか表示しません。\
                  日付の誤りか、時計の進んだマシンで発行されたことが原因です。",
            fix: "表示された日時まで待つか、時計を合わせたマシンで CA 証明書を再発行してください。",
        },
        zh: Prose {
            title: "CA 证书尚未生效",
            why: "CA 的有效期尚未开始，因此即使终端证书有效，整条证书链也不成立。Go 只会报告 \"has \
                  expired or is not yet valid\"。原因是签发时日期有误，或签发机器的时钟偏快。",
            fix: "等到所示时间，或校准时钟后重新签发 CA 证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::CaNotYetValid)
        .iter()
        .map(|chain| {
            let finding = chain.go_says(chain.clocks(chain.at_culprit(&DIAGNOSIS)));
            let better = chain.with_better_cacert().map(|better| vec![better]);
            finding.fixes(better.unwrap_or_else(|| chain.renewed_root()))
        })
        .collect()
}
