//! The end-entity certificate of one side begins in the future, while the others of the set are valid.
//!
//! Go's text is that of an expired certificate; a whole set from the future is `clock-skew`.

use super::validity::{self, Limit};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{ClientFault, Facts, Skew},
    message::{Prose, Text},
    x509::Reason,
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-not-yet-valid",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The certificate is not valid yet",
            why: "By the clock that judges it, the certificate begins in the future; Go refuses it \
                  with the same words as an expired one. It was issued on a machine whose clock \
                  is ahead, or with a later start date on purpose.",
            fix: "Issue the certificate again with a start date in the past, or wait until it \
                  begins.",
        },
        ja: Prose {
            title: "証明書がまだ有効期間に入っていません",
            why: "検証する側の時計では、証明書の有効期間がまだ始まっていません。Go は期限切れと同じ\
                  文言で拒否します。発行したマシンの時計が進んでいたか、意図的に将来の開始日時で発行\
                  されています。",
            fix: "有効期間の開始が過去になるように証明書を再発行するか、有効期間が始まるのを待ってから接続してください。",
        },
        zh: Prose {
            title: "证书尚未生效",
            why: "按校验方的时钟，证书的生效时间还没有到；Go 拒绝时的报错与证书过期相同。\
                  原因是签发证书的机器时钟偏快，或者有意设定了较晚的生效时间。",
            fix: "重新签发证书，使其生效时间早于当前时间，或等到证书生效后再连接。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    if matches!(facts.skew(), Some(Skew::AllFromTheFuture(_))) {
        return Vec::new();
    }
    let limit = Limit { reason: Reason::NotYetValid, fault: ClientFault::NotYetValid };
    validity::findings(facts, &DIAGNOSIS, &limit)
}
