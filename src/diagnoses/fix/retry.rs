//! The same check with one thing corrected, or a look at the same server with openssl, as a command to paste.

use crate::{
    diagnoses::engine::{Fix, Need},
    facts::{Endpoint, Facts, Pair, Settings},
    observation::{ConfigKind, Program},
};

/// How many endpoints a command names. Of more it names the first: nobody pastes a line of a thousand.
const ENDPOINTS: usize = 16;

impl Fix {
    /// `etcd-tls check` as it was called, with some flags replaced (`--endpoints`, `--cacert`, `--cert`, `--key`); of a
    /// configured client its configuration, edited so.
    pub fn check(facts: &Facts<'_>, corrections: &[(&str, &str)]) -> Self {
        if let Some(edit) = Self::configure(facts, corrections) {
            return edit;
        }
        let command = if facts.among_peers() { "etcd-tls check --peer" } else { "etcd-tls check" };
        let fix = Self::run(command).with_flags(facts, corrections);
        facts.observation.target.configs.iter().fold(fix, |fix, config| fix.arg("--config", config))
    }

    /// An etcdctl command on the same endpoints with the same files.
    pub fn etcdctl(facts: &Facts<'_>, subcommand: &'static str) -> Self {
        Self::run("etcdctl").with_flags(facts, &[]).plain(subcommand)
    }

    /// The same as etcd's user root: by the certificate of that name where it is at hand, else by its password.
    pub fn etcdctl_as_root(facts: &Facts<'_>, subcommand: &'static str) -> Self {
        let root = facts.pair_named("root");
        let files = root.iter().flat_map(|pair| [("--cert", pair.cert), ("--key", pair.key)]);
        let etcdctl = Self::run("etcdctl").with_flags(facts, &files.collect::<Vec<_>>());
        let etcdctl = if root.is_none() { etcdctl.arg("--user", "root") } else { etcdctl };
        etcdctl.plain(subcommand)
    }

    /// Gives a user a role of its own, with the rights that a client like kube-apiserver has: every key.
    pub fn own_role(facts: &Facts<'_>, user: &str) -> [Self; 3] {
        [
            Self::etcdctl_as_root(facts, "role add").value(user),
            Self::etcdctl_as_root(facts, "role grant-permission")
                .value(user)
                .plain("readwrite --prefix")
                .value(""),
            Self::etcdctl_as_root(facts, "user grant-role").value(user).value(user),
        ]
    }

    /// The command that takes a snapshot of one endpoint into a file.
    pub fn snapshot(facts: &Facts<'_>, endpoint: &str, file: &str) -> Self {
        let fix = Self::run("etcdctl").with_flags(facts, &[("--endpoints", endpoint)]);
        let user = facts.observation.target.user.as_ref();
        let fix = user.into_iter().fold(fix, |fix, user| fix.arg("--user", user));
        fix.plain("snapshot save").value(file)
    }

    fn with_flags(self, facts: &Facts<'_>, corrections: &[(&str, &str)]) -> Self {
        let target = &facts.observation.target;
        let endpoints = target.endpoints.iter().map(|given| given.value.as_str());
        let endpoints = endpoints.take(named(target.endpoints.len())).collect::<Vec<_>>().join(",");
        let given = |given: &Option<crate::observation::target::Given>| {
            given.as_ref().map(|given| given.value.clone())
        };
        let flags = [
            ("--endpoints", Some(endpoints)),
            ("--cacert", given(&target.cacert)),
            ("--cert", given(&target.cert)),
            ("--key", given(&target.key)),
        ];
        flags.into_iter().fold(self, |fix, (flag, value)| {
            let corrected = corrections.iter().find(|(name, _)| *name == flag);
            let corrected = corrected.map(|(_, value)| (*value).to_owned());
            match corrected.or(value).filter(|value| !value.is_empty()) {
                Some(value) => fix.arg(flag, value),
                None => fix,
            }
        })
    }

    /// The same with another client certificate and key.
    pub fn check_pair(facts: &Facts<'_>, pair: &Pair<'_>) -> Self {
        Self::check(facts, &[("--cert", pair.cert), ("--key", pair.key)])
    }

    /// The same with one endpoint replaced by another.
    pub fn check_endpoint(facts: &Facts<'_>, wrong: &str, right: &str) -> Self {
        if let Some(edit) = Self::redirect(facts, wrong, right) {
            return edit;
        }
        let given = &facts.observation.target.endpoints;
        let urls = given.iter().map(|given| given.value.as_str());
        let corrected: Vec<_> = match named(given.len()) {
            1 => vec![right],
            _ => urls.map(|url| if url == wrong { right } else { url }).collect(),
        };
        Self::check(facts, &[("--endpoints", &corrected.join(","))])
    }

    /// A handshake by openssl with some of its options.
    pub fn handshake(endpoint: &Endpoint<'_>, options: &'static str) -> Self {
        let dial = Self::run("openssl s_client").plain(options);
        Self::run("echo").pipe(dial.arg("-connect", endpoint.authority()))
    }

    /// Who listens on one of these ports.
    pub fn listeners_on(ports: impl IntoIterator<Item = u16>) -> Self {
        let ports: Vec<_> = ports.into_iter().map(|port| port.to_string()).collect();
        let pick = Self::run("grep -E").value(format!(":({})", ports.join("|")));
        Self::run("ss -lntp").pipe(pick)
    }

    /// Where a program listens.
    pub fn listeners_of(program: &str) -> Self {
        Self::run("ss -lntp").pipe(Self::run("grep").value(program))
    }

    /// Starts etcd again where a unit runs it.
    pub fn restart() -> Self {
        Self::run("systemctl restart etcd").needs(Need::Root).needs(Need::Restart)
    }

    /// Ends the static pods of etcd and its clients on this machine; the kubelet starts them again at once.
    pub fn restart_pods(facts: &Facts<'_>) -> Option<Self> {
        let in_pod = |process: &&Settings<'_>| {
            process.configs().any(|config| config.kind == ConfigKind::Manifest)
        };
        let mut names: Vec<_> =
            facts.processes().filter(in_pod).map(|process| process.program.name()).collect();
        names.retain(|name| *name != Program::Etcdctl.name());
        names.dedup();
        if names.is_empty() || facts.observation.target.root.is_some() {
            return None;
        }
        let pods = Self::run("crictl ps -q").arg("--name", format!("^({})$", names.join("|")));
        let stop = pods.pipe(Self::run("xargs -r crictl stop"));
        Some(stop.needs(Need::Root).needs(Need::Restart))
    }

    /// Prints the certificates that an endpoint presents.
    pub fn fetch_chain(endpoint: &Endpoint<'_>) -> Self {
        let unix = endpoint.seen.parsed.as_ref().is_ok_and(|parts| parts.unix);
        let address = endpoint.main().map(|main| main.to.as_str()).unwrap_or_default();
        let flag = if unix { "-unix" } else { "-connect" };
        Self::run("openssl s_client -showcerts").arg(flag, address).without_input()
    }
}

fn named(given: usize) -> usize {
    if given > ENDPOINTS { 1 } else { given }
}
