//! What other programs need to reach etcd, in their own words: variables, command lines and configuration.

use super::pod::Pod;
use crate::{
    etcd::option,
    facts::{Facts, Listener},
    observation::Target,
    shell::{self, Shell},
};

/// The program that wants to reach etcd, and how.
#[derive(Debug, Clone)]
pub enum Client {
    /// etcdctl, by variables of a shell.
    Variables(Shell),
    /// etcdctl, with this command.
    Etcdctl(String),
    /// etcdctl inside etcd's static pod, through kubectl.
    Kubectl(Option<String>),
    /// The same through crictl, for a node whose API server is down.
    Crictl(Option<String>),
    /// Prometheus.
    Prometheus,
    /// kube-apiserver.
    Apiserver,
}

/// What the program needs; nothing if it needs etcd's static pod and there is none, or the pod doesn't see the files.
pub fn client_text(client: &Client, facts: &Facts<'_>) -> Option<String> {
    let target = &facts.observation.target;
    Some(match client {
        Client::Variables(shell) => variables(target, *shell),
        Client::Etcdctl(command) => etcdctl(target, command),
        Client::Kubectl(command) => Pod::find(facts)?.kubectl(facts, command.as_deref())?,
        Client::Crictl(command) => Pod::find(facts)?.crictl(facts, command.as_deref())?,
        Client::Prometheus => for_prometheus(facts),
        Client::Apiserver => for_apiserver(target),
    })
}

/// Whether the program sees the files that work here: a container may not.
pub fn sees_files(client: &Client, facts: &Facts<'_>) -> bool {
    // Without a pod there is nothing to see them from.
    Pod::find(facts).is_none() || client_text(client, facts).is_some()
}

/// The `ETCDCTL_*` variables.
fn variables(target: &Target, shell: Shell) -> String {
    let lines = settings(target)
        .into_iter()
        .map(|(flag, value)| shell.assignment(&option::variable("ETCDCTL_", flag), &value));
    lines.collect::<Vec<_>>().join("\n")
}

/// The whole command line; a snapshot is taken of one member.
fn etcdctl(target: &Target, command: &str) -> String {
    let single = command.trim_start().starts_with("snapshot save");
    let flags = settings(target).into_iter().map(|(flag, value)| {
        let value = if single && flag == "endpoints" { first_of(&value) } else { &value };
        format!("--{flag}={}", shell::quoted(value))
    });
    format!("etcdctl {} {command}", flags.collect::<Vec<_>>().join(" "))
}

fn first_of(urls: &str) -> &str {
    urls.split(',').next().unwrap_or_default()
}

/// Names as etcdctl spells them, with values that hold in every folder.
fn settings(target: &Target) -> Vec<(&'static str, String)> {
    let urls: Vec<&str> = target.endpoints.iter().map(|given| given.value.as_str()).collect();
    let mut settings = vec![("endpoints", urls.join(","))];
    for (flag, given) in [("cacert", &target.cacert), ("cert", &target.cert), ("key", &target.key)]
    {
        settings.extend(given.as_ref().map(|given| (flag, absolute(&given.value))));
    }
    settings
}

fn absolute(path: &str) -> String {
    std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| path.display().to_string())
}

/// A job for Prometheus: etcd's own metrics listener where it has one in clear text, else the client port.
fn for_prometheus(facts: &Facts<'_>) -> String {
    let metrics = facts.settings.urls("listen-metrics-urls");
    let clear: Vec<_> =
        metrics.iter().filter(|url| !url.is_tls()).map(Listener::authority).collect();
    if !clear.is_empty() {
        return format!(
            "- job_name: etcd\n  static_configs:\n  - targets: [{}]",
            clear.iter().map(|target| quoted(target)).collect::<Vec<_>>().join(", ")
        );
    }
    let target = &facts.observation.target;
    let targets: Vec<_> =
        facts.endpoints.iter().map(|endpoint| quoted(&endpoint.authority())).collect();
    let mut lines = vec!["- job_name: etcd".to_owned()];
    if facts.endpoints.iter().any(|endpoint| endpoint.tls().is_some()) {
        lines.extend(["  scheme: https".to_owned(), "  tls_config:".to_owned()]);
        for (name, given) in
            [("ca_file", &target.cacert), ("cert_file", &target.cert), ("key_file", &target.key)]
        {
            lines.extend(
                given
                    .as_ref()
                    .map(|given| format!("    {name}: {}", quoted(&absolute(&given.value)))),
            );
        }
    }
    lines
        .extend(["  static_configs:".to_owned(), format!("  - targets: [{}]", targets.join(", "))]);
    lines.join("\n")
}

/// A YAML scalar in quotes: JSON's are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn for_apiserver(target: &Target) -> String {
    let names = [
        ("endpoints", "etcd-servers"),
        ("cacert", "etcd-cafile"),
        ("cert", "etcd-certfile"),
        ("key", "etcd-keyfile"),
    ];
    let flag = |(name, value): (&str, String)| {
        let flag = names.iter().find(|(own, _)| *own == name).map_or(name, |(_, flag)| flag);
        format!("--{flag}={value}")
    };
    settings(target).into_iter().map(flag).collect::<Vec<_>>().join("\n")
}
