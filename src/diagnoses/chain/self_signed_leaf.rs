//! The server's certificate is signed by its own key and no CA.

use super::broken::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "self-signed-leaf",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server presents a self-signed certificate",
            why: "Issuer and subject are the same and its own key made the signature, so no CA \
                  vouches for it. It is not among the certificates that you trust either. \
                  etcd itself makes such certificates with --auto-tls.",
            fix: "Issue the server's certificate from your CA, or trust this one after comparing it.",
        },
        ja: Prose {
            title: "サーバーが自己署名証明書を提示しています",
            why: "発行者とサブジェクトが同じで、自身の鍵で署名されているため、保証する CA がありません。\
                  信頼している証明書にも含まれていません。\
                  etcd の --auto-tls もこの種の証明書を作ります。",
            fix: "サーバー証明書を CA から発行するか、照合したうえでこの証明書を信頼してください。",
        },
        zh: Prose {
            title: "服务器出示的是自签名证书",
            why: "颁发者与主体相同，且由自身的密钥签名，因此没有任何 CA 为它担保；\
                  它也不在所信任的证书之列。etcd 的 --auto-tls 生成的就是这种证书。",
            fix: "用 CA 签发服务器证书，或在核对指纹之后信任此证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::SelfSignedLeaf)
        .iter()
        .filter_map(|chain| {
            let leaf = chain.chain().first()?;
            let finding = chain
                .at_presenter(&DIAGNOSIS)
                .evidence(Label::Subject, leaf.subject())
                .evidence(Label::Issuer, leaf.issuer())
                .evidence(Label::Fingerprint, leaf.sha256())
                .evidence(Label::NotBefore, facts.show(leaf.not_before));
            Some(chain.go_says(finding).fix(chain.issued_by_ours(leaf)))
        })
        .collect()
}
