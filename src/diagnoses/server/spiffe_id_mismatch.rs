//! The server's certificate is no X.509-SVID of the workload that `--expect-spiffe` names.
//!
//! Exactly one URI SAN, a well-formed ID with a path, no CA: X509-SVID §2 to §5.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text, Value},
    x509::SpiffeId,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "spiffe-id-mismatch",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server certificate does not carry the expected SPIFFE ID",
            why: "You asked for one workload by its SPIFFE ID. The certificate has another one, none, or \
                  one that breaks the rules for X.509-SVIDs, so this is not the workload you meant.",
            fix: "Dial the workload you mean, or reissue its certificate with this SPIFFE ID.",
        },
        ja: Prose {
            title: "サーバー証明書に期待した SPIFFE ID がありません",
            why: "SPIFFE ID で特定のワークロードを指定しましたが、証明書の ID は別のものか、存在しないか、\
                  X.509-SVID の規則に反しています。接続先は意図したワークロードではありません。",
            fix: "意図したワークロードに接続するか、この SPIFFE ID を入れて証明書を再発行してください。",
        },
        zh: Prose {
            title: "服务器证书没有所期望的 SPIFFE ID",
            why: "你用 SPIFFE ID 指定了一个工作负载，但证书中是另一个 ID、没有 ID，或违反了 \
                  X.509-SVID 的规则，因此对方不是你想要的工作负载。",
            fix: "连接你想要的工作负载，或用此 SPIFFE ID 重新签发证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let expected = facts.observation.target.expect_spiffe.as_deref();
    let Some(expected) = expected.and_then(|text| SpiffeId::parse(text).ok()) else {
        return Vec::new();
    };
    let presented = facts.presented().filter_map(|(endpoint, presented)| {
        let leaf = presented.leaf()?;
        let why = leaf.check_svid(&expected).err()?;
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Expected, expected.to_string())
            .evidence(Label::SubjectAltNames, Value::list(leaf.names_display()))
            .evidence(Label::Defect, why)
            .fix(Fix::fetch_chain(endpoint));
        Some(finding)
    });
    presented.collect()
}
