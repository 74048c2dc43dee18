//! The CA was created again under its old name: names still match, signatures do not.
//!
//! AKI and SKI are evidence only; the verdict rests on the signature. RFC 5280 §4.2.1.1.

use super::broken::{self, Broken, Flaw, Presenter};
use crate::{
    diagnoses::client::client_cert_untrusted,
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "ca-regenerated",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[&client_cert_untrusted::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "Your CA has the right name but a different key",
            why: "The server's certificate names this CA as its issuer, yet this CA's key did not \
                  sign it. That happens when a CA is generated again instead of being reused.",
            fix: "Get the CA certificate that the server's was issued from, or reissue the server's.",
        },
        ja: Prose {
            title: "CA の名前は一致しますが鍵が異なります",
            why: "サーバー証明書の発行者はこの CA と同名ですが、署名は別の鍵によるものです。\
                  CA を再利用せず作り直したときに起こります。",
            fix: "サーバー証明書を発行した CA の証明書を入手するか、サーバー証明書を再発行してください。",
        },
        zh: Prose {
            title: "CA 名称相同，但密钥不同",
            why: "服务器证书的颁发者与此 CA 同名，但签名并非由此 CA 的密钥生成。\
                  通常是没有沿用原 CA 而重新生成所致。",
            fix: "取得签发服务器证书的那个 CA 的证书，或用现有 CA 重新签发服务器证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::CaRegenerated).iter().filter_map(describe).collect()
}

fn describe(chain: &Broken<'_, '_>) -> Option<Finding> {
    let Presenter::Server(presented) = chain.presenter else { return None };
    let anchor = presented.namesake_anchor(chain.facts)?;
    let child = presented.chain.iter().find(|child| child.raw_issuer == anchor.raw_subject)?;
    let mut finding = chain
        .at_anchors(&DIAGNOSIS)
        .evidence(Label::Issuer, child.issuer())
        .evidence(Label::AuthorityKeyId, broken::key_id(child.authority_key_id.as_deref()))
        .evidence(Label::SubjectKeyId, broken::key_id(anchor.subject_key_id.as_deref()))
        .evidence(Label::Fingerprint, anchor.sha256())
        .evidence(Label::NotBefore, chain.facts.show(anchor.not_before));
    finding = chain.go_says(finding);
    Some(finding.fix(chain.with_better_cacert().unwrap_or_else(|| chain.served_certificates())))
}
