//! A peer port that asks nobody who he is, and works: peer-auto-tls, or a member without companions.
//!
//! With `--peer-auto-tls` etcd makes a certificate for itself and skips verification (`TLSInfo.SelfCert`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    etcd::ListenerOptions,
    facts::{Certificate, Endpoint, Facts, Listener, Settings, Subject},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-auth-off",
    severity: Severity::Warning,
    side: Side::Peer,
    hardening: true,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Anyone who reaches this peer port can act as a member",
            why: "The peer port asks nobody for a certificate: TLS encrypts the connection and \
                  proves nobody's identity. With peer-auto-tls the members don't verify one another \
                  either, so that whoever is between them reads and changes everything.",
            fix: "Issue peer certificates and set --peer-cert-file, --peer-key-file, \
                  --peer-trusted-ca-file and --peer-client-cert-auth on every member.",
        },
        ja: Prose {
            title: "このピアポートに到達できれば誰でもメンバーとして振る舞えます",
            why: "ピアポートは証明書を要求しません。TLS で通信は暗号化されますが、相手の身元は\
                  確認されません。peer-auto-tls ではメンバー同士も検証しないため、通信経路の途中にい\
                  る者がすべてを読み取り、書き換えることができます。",
            fix: "ピア証明書を発行し、全メンバーで --peer-cert-file、--peer-key-file、\
                  --peer-trusted-ca-file、--peer-client-cert-auth を設定してください。",
        },
        zh: Prose {
            title: "任何能访问该对等端口的人都能充当成员",
            why: "对等端口不要求证书：TLS 只加密连接，并不证明任何人的身份。使用 peer-auto-tls 时\
                  成员之间也不互相验证，中间人可以读取和篡改全部通信。",
            fix: "签发对等证书，并在每个成员上设置 --peer-cert-file、--peer-key-file、\
                  --peer-trusted-ca-file 和 --peer-client-cert-auth。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let endpoints = facts.endpoints.iter().filter(|_| facts.among_peers());
    let open = endpoints.filter(|endpoint| is_open(endpoint, facts));
    let findings = open.map(|endpoint| {
        let leaf = endpoint.presented.as_ref().and_then(|seen| seen.leaf());
        Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Seen, EvidenceMessage::Unasked)
            .evidence(Label::Issuer, leaf.map(Certificate::issuer))
            .evidence(Label::Setting, facts.settings.show("peer-auto-tls"))
            .evidence(Label::Setting, facts.settings.show("peer-client-cert-auth"))
    });
    findings.chain(facts.processes().filter_map(|process| configured(process, facts))).collect()
}

/// Peers with a certificate and nothing to hold others' against, as the configuration has it.
fn configured(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let peer = &ListenerOptions::PEER;
    let (config, setting) = process.get(peer.certificate)?;
    let asks = process.names(peer.trusted_ca) || process.is_on(peer.demands);
    let speaks_tls = process.urls(peer.listens).iter().any(Listener::is_tls);
    if facts.among_peers() || asks || !speaks_tls || !process.names(peer.key) {
        return None;
    }
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let missing = [peer.trusted_ca, peer.demands].map(|option| format!("--{option}"));
    let finding = Finding::new(&DIAGNOSIS, subject)
        .evidence(Label::Setting, process.show(peer.listens))
        .evidence(Label::Setting, process.show(peer.certificate))
        .evidence(Label::Missing, Value::list(missing));
    Some(finding)
}

/// A private CA among several members is worse: `peer-ca-missing`.
fn is_open(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> bool {
    let trusted = endpoint.presented.as_ref().is_some_and(|seen| seen.is_trusted());
    let works = trusted
        && (facts.flag("--cacert").is_none() || facts.has_other_members(endpoint) != Some(true));
    endpoint.unasked_handshake().is_some() && (endpoint.is_auto_tls(facts) || works)
}
