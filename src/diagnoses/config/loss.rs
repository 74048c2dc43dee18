//! What etcd does without an option that was meant to count, but doesn't reach it.

use crate::{
    diagnoses::engine::Finding,
    facts::{Facts, Listener, Settings, Subject},
};

/// What the loss of an option leads to, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    /// Nothing that shows: another place sets it, or it makes no difference here.
    Nothing,
    /// etcd asks nobody for a certificate.
    Open,
    /// etcd does not start, or turns everyone away.
    Broken,
}

/// What follows where `option` of a process was meant and lost.
pub(super) fn loss(process: &Settings<'_>, option: &str, facts: &Facts<'_>) -> Loss {
    if process.names(option) && !process.is_off(option) {
        return Loss::Nothing;
    }
    let served = facts.is_served(process);
    let speaks_tls =
        |urls: &str| process.names(urls) && process.urls(urls).iter().any(Listener::is_tls);
    let asks_nobody = || {
        facts.endpoints_of(process).any(|endpoint| {
            endpoint.is_etcd() && endpoint.tls().is_some_and(|tls| tls.request.is_none())
        })
    };
    match option {
        "listen-client-urls" if !served => Loss::Broken,
        "cert-file" | "key-file" if !served && speaks_tls("listen-client-urls") => Loss::Broken,
        "peer-cert-file" | "peer-key-file" if !served && speaks_tls("listen-peer-urls") => {
            Loss::Broken
        }
        "trusted-ca-file" if !served && process.is_on("client-cert-auth") => Loss::Broken,
        "trusted-ca-file" | "client-cert-auth" if asks_nobody() => Loss::Open,
        _ => Loss::Nothing,
    }
}

/// Ties a finding to the settings at which the consequences of such losses are found.
pub(super) fn about_consequences(finding: Finding, process: &Settings<'_>) -> Finding {
    let consequences =
        ["listen-client-urls", "listen-peer-urls", "client-cert-auth", "cert-file", "key-file"];
    consequences.into_iter().filter_map(|name| process.get(name)).fold(
        finding,
        |finding, (config, setting)| {
            let (file, name) = (config.path.clone(), setting.name.clone());
            finding.also_about(Subject::Setting { file, name })
        },
    )
}
