//! No trusted CA issued the server's certificate, and no file near by holds one that did.

use super::broken::{self, Broken, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Usable},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "unknown-authority",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server's certificate comes from a CA that you do not trust",
            why: "None of the trusted CAs has the issuer's name, so Go cannot build a chain. Without \
                  --cacert the system's roots are in force, and a private CA is never among them.",
            fix: "Give the certificate of the CA shown as issuer with --cacert; the cluster's owner has it.",
        },
        ja: Prose {
            title: "サーバー証明書を発行した CA が信頼されていません",
            why: "信頼している CA の中に発行者と同名のものがなく、Go はチェーンを組み立てられません。\
                  --cacert がないとシステムのルート証明書が使われますが、プライベート CA は\
                  含まれていません。",
            fix: "発行者として示した CA の証明書を管理者から入手し、--cacert に指定してください。",
        },
        zh: Prose {
            title: "签发服务器证书的 CA 不受信任",
            why: "受信任的 CA 中没有与颁发者同名的，Go 因此无法构建证书链。\
                  未指定 --cacert 时使用系统根证书，其中不会有私有 CA。",
            fix: "向集群管理员索取所示颁发者的 CA 证书，并用 --cacert 指定。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::UnknownAuthority).iter().map(describe).collect()
}

fn describe(chain: &Broken<'_, '_>) -> Finding {
    let facts = chain.facts;
    let trusted = match facts.anchors.usable {
        Usable::NotGiven => {
            let count = facts.observation.system_anchors.as_ref().map(|system| system.count);
            EvidenceMessage::SystemRoots { count: count.unwrap_or_default().into() }.into()
        }
        Usable::Yes | Usable::No => broken::anchor_subjects(facts),
    };
    let finding = chain
        .at_anchors(&DIAGNOSIS)
        .evidence(Label::Issuer, chain.culprit.issuer())
        .evidence(Label::AuthorityKeyId, broken::key_id(chain.culprit.authority_key_id.as_deref()))
        .evidence(Label::TrustAnchors, trusted)
        .evidence(Label::Chain, chain.subjects());
    let finding = chain.go_says(finding);
    finding.fix(chain.with_better_cacert().unwrap_or_else(|| chain.served_certificates()))
}
