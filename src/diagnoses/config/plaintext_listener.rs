//! A listener without TLS: beside one with TLS that demands certificates, or the only one, reached over the network.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    etcd::ListenerOptions,
    facts::{Endpoint, Facts, Settings, Subject},
    message::{Label, NetworkMessage, Prose, Text},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "plaintext-listener",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: true,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd serves its whole API in plaintext, without any certificate",
            why: "Nobody is asked for a certificate at an http URL: whoever reaches the port reads and \
                  writes every key, and whoever is on the path reads along. An https URL beside it \
                  protects nothing then.",
            fix: "Remove the http URL or replace it by a unix socket. To serve the network, configure a \
                  certificate and listen on https.",
        },
        ja: Prose {
            title: "etcd が証明書なしの平文で API 全体を提供しています",
            why: "http の URL では誰も証明書を求められません。ポートに到達できれば誰でもすべてのキーを\
                  読み書きでき、経路上の第三者も内容を読み取れます。https の URL が並んでいても保護にはな\
                  りません。",
            fix: "http の URL を削除するか、unix ソケットに置き換えてください。ネットワークに公開するなら、証明書を\
                  設定して https で待ち受けてください。",
        },
        zh: Prose {
            title: "etcd 以明文提供全部 API，不要求任何证书",
            why: "http URL 不会要求任何人出示证书：凡能访问该端口者都可读写所有键，链路上的第三方也能\
                  看到内容。即使同时监听 https，也起不到保护作用。",
            fix: "删除该 http URL，或改用 unix 套接字。若要通过网络提供服务，请配置证书并监听 https。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    let listeners = |process| ListenerOptions::ALL.into_iter().map(move |one| (process, one));
    let beside = etcds.flat_map(listeners);
    let beside = beside.filter_map(|(process, listener)| beside_tls(process, &listener, facts));
    beside.chain(facts.endpoints.iter().filter_map(|endpoint| alone(endpoint, facts))).collect()
}

fn beside_tls(
    process: &Settings<'_>,
    listener: &ListenerOptions,
    facts: &Facts<'_>,
) -> Option<Finding> {
    let (plain, speaks_tls) = process.plain_urls(listener);
    let (config, setting) = process.get(listener.listens)?;
    if plain.is_empty() || !speaks_tls {
        return None;
    }
    let is_plain = |url: &&str| plain.iter().any(|plain| plain.url == *url);
    let kept: Vec<_> =
        process.list(listener.listens).into_iter().filter(|url| !is_plain(url)).collect();
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let finding = super::finding(&DIAGNOSIS, process, subject, facts)
        .evidence(Label::Setting, process.show(listener.listens))
        .evidence(Label::Setting, process.show(listener.demands))
        .evidence(Label::Correct, kept.join(","));
    // What is advertised at the URL has clients that would lose it.
    let advertised = process.urls(listener.advertises);
    let is_unused =
        plain.iter().all(|url| advertised.iter().all(|known| !url.is_reached_by(known)));
    let edit = super::replaced(config, setting, &kept.join(",")).filter(|_| is_unused);
    let restart = super::restart(process).filter(|_| edit.is_some());
    Some(finding.fixes(edit).fixes(restart))
}

/// An endpoint that answers in plaintext, as its URL says: known to whoever is on this machine, or to the network.
fn alone(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let in_plaintext = endpoint.seen.parsed.as_ref().is_ok_and(|parts| !parts.tls && !parts.unix);
    if !in_plaintext || !endpoint.serves_anyone() || is_explained(endpoint, facts) {
        return None;
    }
    let severity = if endpoint.is_loopback() { Severity::Info } else { Severity::Warning };
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .severity(severity)
        .evidence(Label::Seen, NetworkMessage::Plaintext)
        .evidence(Label::Dialled, endpoint.dialled());
    Some(finding)
}

/// Whether the configuration at hand says why.
fn is_explained(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> bool {
    let listener = &ListenerOptions::CLIENT;
    facts.processes().filter(|one| one.program == Program::Etcd).any(|process| {
        let (_, speaks_tls) = process.plain_urls(listener);
        process.is_behind(endpoint.seen)
            && (speaks_tls || !process.tls_options(listener).is_empty())
    })
}
