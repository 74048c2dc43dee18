//! The server speaks TLS and asks nobody who he is: no `CertificateRequest` came in the handshake (RFC 8446 §4.3.2).
//!
//! Silent when etcd's own authentication turned us away or let us in by password.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-auth-off",
    severity: Severity::Warning,
    side: Side::Server,
    hardening: true,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Anyone who reaches this port can read and write etcd",
            why: "The server did not ask for a client certificate: TLS encrypts the connection and \
                  identifies nobody. All that etcd holds, Kubernetes Secrets included, is open to \
                  every machine that gets through the network.",
            fix: "Set --client-cert-auth and --trusted-ca-file with the CA of your clients, then \
                  restart etcd.",
        },
        ja: Prose {
            title: "このポートに到達できれば誰でも etcd を読み書きできます",
            why: "サーバーはクライアント証明書を要求しませんでした。TLS で通信は暗号化されますが、接\
                  続元は確認されません。Kubernetes の Secret を含む etcd の全データに、ネットワーク\
                  で到達できるすべてのマシンからアクセスできます。",
            fix: "--client-cert-auth と、クライアントの CA を指す --trusted-ca-file を設定して \
                  etcd を再起動してください。",
        },
        zh: Prose {
            title: "任何能访问该端口的人都能读写 etcd",
            why: "服务器没有要求客户端证书：TLS 只加密连接，并不验证对方身份。\
                  凡是网络可达的机器都能访问 etcd 中的全部数据，包括 Kubernetes 的 Secret。",
            fix: "设置 --client-cert-auth，并用 --trusted-ca-file 指定客户端的 CA，然后重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let open = facts.endpoints.iter().filter(|endpoint| {
        let unasked = endpoint.tls().is_some_and(|tls| tls.request.is_none());
        unasked && endpoint.serves_anyone()
    });
    let findings = open.map(|endpoint| {
        Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Seen, EvidenceMessage::Unasked)
            .evidence(Label::Setting, facts.settings.show("client-cert-auth"))
            .evidence(Label::Setting, facts.settings.show("cert-file"))
    });
    findings.collect()
}
