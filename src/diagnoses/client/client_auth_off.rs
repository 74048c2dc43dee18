//! The server speaks TLS and asks nobody who he is: no `CertificateRequest` came in the handshake (RFC 8446 §4.3.2).
//!
//! Silent when etcd's own authentication turned us away or let us in by password.

use crate::{
    diagnoses::{
        config,
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
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
            .fixes(asking(facts))
    });
    findings.collect()
}

/// The CA of `--cacert` for clients too, and a certificate of it for this one: without the CA's key at hand, who would ask for
/// certificates would lock everybody out.
fn asking(facts: &Facts<'_>) -> Vec<Fix> {
    let ca = facts.flag("--cacert").and_then(|cacert| facts.authority_in(cacert.file));
    let setting = facts.settings.get("cert-file");
    let (Some(ca), Some((file, setting))) = (ca, setting) else { return Vec::new() };
    let trusted = facts.path_for(file, ca.cert);
    let trusted = trusted.and_then(|ca| Edit::add(file, setting, "trusted-ca-file", &ca));
    let on = Edit::add(file, setting, "client-cert-auth", "true");
    let (Some(trusted), Some(on)) = (trusted, on) else { return Vec::new() };
    let made = Fix::made_pair(facts, &ca, "etcdctl");
    let edits = Fix::edits([trusted, on]).into_iter().chain(config::restart(&facts.settings));
    made.into_iter().chain(edits).collect()
}
