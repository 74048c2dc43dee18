//! etcd cannot read the file of `--client-crl-file`, and therefore turns every client certificate away.
//!
//! It starts all the same: the file is read on each connection (`checkCRL` in `client/pkg/transport/listener_tls.go`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{ClientFault, Endpoint, Facts, Subject},
    message::{EvidenceMessage, FileMessage, Label, Message, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "crl-missing",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd cannot read its revocation list",
            why: "etcd reads --client-crl-file on every connection and turns every client \
                  certificate away when it finds no list there. It starts without the file, so \
                  nobody notices before the first client connects.",
            fix: "Put a valid CRL at this path, or remove --client-crl-file and restart etcd.",
        },
        ja: Prose {
            title: "etcd が失効リスト (CRL) を読み込めません",
            why: "etcd は接続のたびに --client-crl-file を読み、CRL を読み込めないときはすべての\
                  クライアント証明書を拒否します。ファイルがなくても起動はするため、\
                  最初のクライアントが接続するまで気づけません。",
            fix: "有効な CRL をこのパスに置くか、--client-crl-file を外して etcd を再起動してください。",
        },
        zh: Prose {
            title: "etcd 读不到吊销列表 (CRL)",
            why: "etcd 每次建立连接都会读取 --client-crl-file，读不到 CRL 时会拒绝所有客户端证书。\
                  文件不存在时 etcd 照样能启动，所以要到有客户端连接时才会发现。",
            fix: "在该路径放置有效的 CRL，或去掉 --client-crl-file 并重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let crl_file = facts.section().crl;
    let Some((_, setting)) = facts.settings.get(crl_file) else { return Vec::new() };
    let refused: Vec<&Endpoint<'_>> = facts.refused_for(ClientFault::CrlMissing).collect();
    let missing = facts.settings.missing(crl_file);
    let severity = match (refused.is_empty(), missing) {
        (false, _) => Severity::Error,
        (true, Some(_)) => Severity::Warning,
        (true, None) => return Vec::new(),
    };
    let finding = Finding::new(&DIAGNOSIS, Subject::File(setting.value.clone()))
        .severity(severity)
        .evidence(Label::Setting, facts.settings.show(crl_file));
    let finding = match missing {
        Some(component) => {
            let why = Message::from(FileMessage::Missing).about(component);
            finding.evidence(Label::System, why)
        }
        None if facts.settings.crl_must_be_der(crl_file) => {
            finding.evidence(Label::Found, EvidenceMessage::PemList).fix(
                Fix::run("openssl crl -outform DER")
                    .arg("-in", &setting.value)
                    .arg("-out", format!("{}.der", setting.value)),
            )
        }
        None => finding.evidence(Label::Found, EvidenceMessage::NoList),
    };
    let finding = if refused.is_empty() {
        finding
    } else {
        finding.evidence(Label::Seen, EvidenceMessage::EndAfterHandshake)
    };
    let cert = facts.client.cert.map(|cert| Subject::File(cert.to_owned()));
    let endpoints = refused.iter().map(|endpoint| endpoint.subject());
    vec![endpoints.chain(cert).fold(finding, Finding::also_about)]
}
