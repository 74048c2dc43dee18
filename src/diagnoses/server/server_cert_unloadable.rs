//! The running server cannot load its certificate and key: `internal_error` in answer to the `ClientHello`.
//!
//! etcd reads both on every connection (`GetCertificate` in `client/pkg/transport/listener.go`); Go turns a failure into
//! alert 80 (RFC 8446 §6.2).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Reach, Subject},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "server-cert-unloadable",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server cannot load its own certificate",
            why: "etcd reads its certificate and key again on every connection. It answered the \
                  ClientHello with internal_error because that pair does not load: a file is gone \
                  or unreadable, or the key does not belong to the certificate.",
            fix: "Put a certificate and key that belong together in place; etcd needs no restart.",
        },
        ja: Prose {
            title: "サーバーが自身の証明書を読み込めません",
            why: "etcd は接続のたびに証明書と秘密鍵を読み直します。ClientHello に internal_error で\
                  応答したのは、その組を読み込めないためです。ファイルがないか読み取れない、\
                  または秘密鍵が証明書と対応していません。",
            fix: "対応する証明書と秘密鍵の組を元の場所に置いてください (etcd の再起動は不要です)。",
        },
        zh: Prose {
            title: "服务器无法加载自己的证书",
            why: "etcd 每次建立连接都会重新读取证书和私钥。它用 internal_error 回应 ClientHello，\
                  说明这一对文件无法加载：文件缺失或不可读，或者私钥与证书不匹配。",
            fix: "把相互匹配的证书和私钥放到原处，etcd 无需重启。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let unloadable = facts.endpoints.iter().filter(|endpoint| endpoint.reach == Reach::Unloadable);
    let findings = unloadable.map(|endpoint| {
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Alert, endpoint.alert().unwrap_or("internal_error"))
            .evidence(Label::Seen, EvidenceMessage::AlertToHello);
        on_disk(facts, endpoint, finding)
    });
    findings.collect()
}

/// Adds what the configuration says about the pair, and what mends it.
fn on_disk(facts: &Facts<'_>, endpoint: &Endpoint<'_>, finding: Finding) -> Finding {
    let Some(server) = facts.server_of(endpoint) else { return finding };
    let (cert, key) = (server.named("cert-file"), server.named("key-file"));
    let (Some(cert), Some(key)) = (cert, key) else { return finding };
    finding
        .evidence(Label::Setting, server.show("cert-file"))
        .evidence(Label::Setting, server.show("key-file"))
        .also_about(Subject::File(cert.file.path.clone()))
        .also_about(Subject::File(key.file.path.clone()))
        .fixes(Fix::for_named(facts, &key))
}
