//! One member that an environment file configures, and the edits that a report proposes for it.

use std::{fs, process::Command};

use super::{
    etcd::{Etcd, Release, free_port},
    pki::{Authority, Pair, Pki},
    tool::{Run, etcd_tls},
};

/// One member with certificates for clients and peers, configured by an environment file.
pub(crate) struct Member {
    pub pki: Pki,
    pub ca: Authority,
    pub server: Pair,
    pub client: Pair,
    pub url: String,
    pub settings: Vec<(&'static str, String)>,
}

impl Member {
    /// With certificates for clients and peers, not yet started.
    pub(crate) fn new() -> Self {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let server = pki.server(&ca, "server").sans(&["127.0.0.1", "0.0.0.0"]).issue();
        let client = pki.client(&ca, "client").issue();
        let url = format!("https://127.0.0.1:{}", free_port());
        let peer_url = format!("https://127.0.0.1:{}", free_port());
        let settings = vec![
            ("name", "m0".to_owned()),
            ("data-dir", pki.path("data")),
            ("listen-client-urls", url.clone()),
            ("advertise-client-urls", url.clone()),
            ("listen-peer-urls", peer_url.clone()),
            ("initial-advertise-peer-urls", peer_url.clone()),
            ("initial-cluster", format!("m0={peer_url}")),
            ("cert-file", server.cert.clone()),
            ("key-file", server.key.clone()),
            ("trusted-ca-file", ca.cert.clone()),
            ("client-cert-auth", "true".to_owned()),
            ("peer-cert-file", server.cert.clone()),
            ("peer-key-file", server.key.clone()),
            ("peer-trusted-ca-file", ca.cert.clone()),
            ("peer-client-cert-auth", "true".to_owned()),
        ];
        Self { pki, ca, server, client, url, settings }
    }

    /// The value of a setting.
    pub(crate) fn get(&self, name: &str) -> String {
        self.settings.iter().find(|(known, _)| *known == name).unwrap().1.clone()
    }

    /// Sets a setting.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.into()));
    }

    /// The settings as flags.
    pub(crate) fn arguments(&self) -> Vec<String> {
        self.settings.iter().map(|(name, value)| format!("--{name}={value}")).collect()
    }

    /// Writes the environment file.
    pub(crate) fn write(&self) -> String {
        let line = |(name, value): &(&str, String)| {
            format!("ETCD_{}={value}\n", name.to_ascii_uppercase().replace('-', "_"))
        };
        self.pki.write("etcd.env", self.settings.iter().map(line).collect::<String>())
    }

    /// The arguments that the environment file stands for by now.
    pub(crate) fn reread(&self) -> Vec<String> {
        let text = fs::read_to_string(self.pki.path("etcd.env")).unwrap();
        let argument = |line: &str| {
            let (name, value) = line.split_once('=').unwrap();
            let name = name.trim_start_matches("ETCD_").to_ascii_lowercase().replace('_', "-");
            format!("--{name}={value}")
        };
        text.lines().map(argument).collect()
    }

    /// `check` with this configuration and a client's pair.
    pub(crate) fn check(&self, config: &str) -> Run {
        etcd_tls(["check", "-o", "json", "--config", config])
            .args([
                "--cacert",
                &self.ca.cert,
                "--cert",
                &self.client.cert,
                "--key",
                &self.client.key,
            ])
            .run()
    }

    /// Starts it with these arguments.
    pub(crate) fn start(&self, release: &Release, arguments: &[String]) -> Etcd {
        Etcd::from_arguments(release, &self.url, arguments).unwrap()
    }
}

/// Runs the edits that the root cause proposes, as somebody would paste them.
pub(crate) fn paste_edits(run: &Run) {
    let report = run.json();
    let id = &report["root_cause"]["id"];
    let findings = report["findings"].as_array().unwrap();
    let root = findings.iter().find(|finding| finding["id"] == *id).unwrap();
    let steps = root["fix"].as_array().unwrap().iter();
    let lines: Vec<String> = steps
        .flat_map(|step| match step.as_str() {
            Some(line) => vec![line.to_owned()],
            None => step["commands"]
                .as_array()
                .unwrap()
                .iter()
                .map(|command| command["run"].as_str().unwrap().to_owned())
                .collect(),
        })
        .filter(|line| line.starts_with("sed ") || line.starts_with("ch"))
        .collect();
    assert!(!lines.is_empty(), "no edit: {run:#?}");
    for line in lines {
        let output = Command::new("sh").args(["-c", &line]).output().unwrap();
        assert!(output.status.success(), "{line}: {output:?}");
    }
}
