//! Go refuses a chain for a reason without a room of its own: policies, budgets, odd algorithms and keys.

use super::broken::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "chain-rejected",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Go refuses the certificate chain",
            why: "The chain breaks one of the rarer rules of Go's crypto/x509: certificate policies, \
                  the limit of 100 signature checks, an algorithm or a key that Go does not take. \
                  Go's own text names the rule. Other programs judge such chains differently.",
            fix: "Reissue the certificate that is named here so that it keeps this rule.",
        },
        ja: Prose {
            title: "Go が証明書チェーンを拒否しました",
            why: "チェーンが Go の crypto/x509 のまれな規則に反しています。証明書ポリシー、署名検証 \
                  100 回の上限、Go が対応しないアルゴリズムや鍵などです。どの規則かは Go のエラー文\
                  に示されています。ほかのプログラムでは判定が異なります。",
            fix: "ここに示した証明書を、この規則に従うように再発行してください。",
        },
        zh: Prose {
            title: "Go 拒绝了该证书链",
            why: "该证书链违反了 Go crypto/x509 中较少遇到的规则，例如证书策略、\
                  最多 100 次签名校验的限制、Go 不支持的算法或密钥。\
                  具体规则见 Go 的报错文字；其他程序的判断会有所不同。",
            fix: "按照该规则重新签发此处列出的证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::Other)
        .iter()
        .map(|chain| {
            let rejection = chain.rejection.as_ref();
            let expected = rejection.and_then(|rejection| rejection.expected.clone());
            let presented = rejection.and_then(|rejection| rejection.presented.clone());
            let finding = chain
                .go_says(chain.at_culprit(&DIAGNOSIS))
                .evidence(Label::Certificate, chain.culprit.subject())
                .evidence(Label::Allowed, expected)
                .evidence(Label::Found, presented);
            match chain.presenter {
                broken::Presenter::Server(_) => finding.fix(chain.served_certificates()),
                broken::Presenter::Client(_) => finding,
            }
        })
        .collect()
}
