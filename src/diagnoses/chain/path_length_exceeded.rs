//! A CA allows fewer intermediates below it than the chain has.
//!
//! Go counts self-issued intermediates too, and applies the limit to trust anchors (crypto/x509 `isValid`).

use super::broken::{self, Flaw, Presenter};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "path-length-exceeded",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The chain has more intermediates than a CA allows",
            why: "This CA's path length says how many CAs may stand between it and an end-entity \
                  certificate, and the chain has more. A path length of 0 means that the CA issues \
                  end-entity certificates only.",
            fix: "Issue the certificate directly from a permitted CA, or reissue the limiting CA.",
        },
        ja: Prose {
            title: "チェーンの中間 CA が、上位の CA の許す数を超えています",
            why: "この CA のパス長制約は、末端の証明書との間に置ける CA の数を決めています。このチェー\
                  ンの中間 CA はそれより多いため、検証に失敗します。パス長 0 の CA は末端の証明書だ\
                  けを発行できます。",
            fix: "許可された CA から証明書を直接発行するか、制約を持つ CA を再発行してください。",
        },
        zh: Prose {
            title: "证书链中的中间 CA 数量超过了上级 CA 的限制",
            why: "该 CA 的路径长度限制规定了它与终端证书之间最多可以有几个 CA，而这条链超出了限制。\
                  路径长度为 0 表示该 CA 只能签发终端证书。",
            fix: "由允许的 CA 直接签发该证书，或放宽限制，重新签发带有该限制的 CA 证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::PathLength)
        .iter()
        .map(|chain| {
            let side = match chain.presenter {
                Presenter::Server(_) => Side::Server,
                Presenter::Client(_) => Side::LocalFile,
            };
            let limit = chain.culprit.basic_constraints.and_then(|bounds| bounds.path_len);
            let finding = chain
                .at_culprit(&DIAGNOSIS)
                .side(side)
                .evidence(Label::Certificate, chain.culprit.subject())
                .evidence(Label::PathLength, limit.map(|limit| limit.to_string()))
                .evidence(Label::Chain, chain.subjects());
            let finding = chain.go_says(finding);
            finding.fixes(chain.as_ca())
        })
        .collect()
}
