//! The server's certificate, or a CA above it, restricts its use to something else than `serverAuth`.
//!
//! Go nests extended key usages through the CAs (`checkChainForKeyUsage`, `crypto/x509/verify.go`). RFC 5280 §4.2.1.12.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text, Value},
    x509::{Reason, Usage},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "server-eku-missing",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server certificate is not meant for servers",
            why: "The certificate, or a CA above it, has an extended key usage (EKU) without \
                  serverAuth. However trusted the CA is, Go clients refuse such a certificate from \
                  a server.",
            fix: "Issue the server certificate again with serverAuth and clientAuth.",
        },
        ja: Prose {
            title: "サーバー証明書の用途にサーバー認証が含まれていません",
            why: "証明書、またはその上位の CA の拡張鍵用途 (EKU) に serverAuth がありません。CA を信\
                  頼していても、Go のクライアントはこれをサーバー証明書として受け入れません。",
            fix: "EKU に serverAuth と clientAuth を指定して、サーバー証明書を再発行してください。",
        },
        zh: Prose {
            title: "服务器证书的用途不包括服务器认证",
            why: "证书本身或其上级 CA 的扩展密钥用途 (EKU) 不含 serverAuth。\
                  即使信任该 CA，Go 客户端也不会把它当作服务器证书。",
            fix: "重新签发服务器证书，EKU 中包含 serverAuth 和 clientAuth。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    // Among members it is `peer-eku-incomplete`.
    let servers = facts.presented().filter(|_| !facts.among_peers());
    let misused = servers.filter_map(|(endpoint, presented)| {
        let rejection = presented.rejection().filter(|r| r.reason == Reason::IncompatibleUsage)?;
        let leaf = presented.leaf()?;
        let restricts = leaf.extended_key_usage.is_some() && !leaf.allows(Usage::ServerAuth);
        let culprit = if restricts {
            leaf
        } else {
            presented.at(&facts.anchors, rejection.at).unwrap_or(leaf)
        };
        let renewal = restricts
            .then(|| Fix::renew(facts, leaf, &[], &[Usage::ServerAuth, Usage::ClientAuth]));
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Subject, culprit.subject())
            .evidence(Label::ExtendedKeyUsage, Value::list(culprit.extended_key_usage_display()))
            .evidence(Label::Required, Usage::ServerAuth.name())
            .evidence(Label::GoSays, Value::quoted(&rejection.message))
            .fixes(renewal.flatten());
        Some(finding)
    });
    misused.collect()
}
