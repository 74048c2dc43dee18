//! Every configured client of etcd is checked as itself: by its own URLs, its own CA and its own pair, against a real etcd that the check's
//! own way finds healthy.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{path::Path, process::Command};

use serde_json::Value;
use support::{
    etcd::{Etcd, free_port, newest},
    pki::{Authority, Pair, Pki, Usage},
    tool::{Run, etcd_tls},
};

#[test]
fn what_kube_apiserver_alone_meets_is_told_with_its_setting_and_mended_there() {
    let node = Node::new();
    let peer = node.etcd.peer_url.replace("http://", "https://");
    let closed = format!("https://127.0.0.1:{}", free_port());
    let own = |option: &str, value: &str| -> Vec<(String, String)> {
        let right = node.apiserver();
        right
            .into_iter()
            .map(|(name, known)| {
                let value = if name == option { value.to_owned() } else { known };
                (name, value)
            })
            .collect()
    };
    let without = |options: &[&str]| -> Vec<(String, String)> {
        node.apiserver().into_iter().filter(|(name, _)| !options.contains(&name.as_str())).collect()
    };
    let unlisted = node.etcd.url.replace("127.0.0.1", "127.0.0.2");
    let foreign = &node.foreign;
    let cases = [
        (own("etcd-servers", &closed), "tcp-refused", closed.as_str()),
        (own("etcd-servers", &peer), "peer-port", &peer),
        (own("etcd-servers", "https://etcd.invalid:2379"), "dns-failure", "etcd.invalid"),
        (own("etcd-servers", &unlisted), "tcp-refused", "127.0.0.2"),
        (without(&["etcd-certfile", "etcd-keyfile"]), "client-cert-required", "etcd-servers"),
        (own("etcd-cafile", &foreign.cert), "apiserver-cafile-mismatch", "foreign.crt"),
        (without(&["etcd-cafile"]), "unknown-authority", "etcd-servers"),
    ];
    for (flags, id, named) in cases {
        node.write_apiserver(&flags);
        let run = node.check();
        assert_eq!((run.code, run.root_cause().as_str()), (Some(1), id), "{flags:?}: {run:#?}");
        let finding = &run.json()["findings"][0];
        let text = finding.to_string();
        assert!(text.contains("kube-apiserver.yaml") && text.contains(named), "{text}");
        let served = as_whom(&run).into_iter().filter(|(whom, ok)| whom.is_none() && *ok).count();
        assert_eq!(served, 1, "the check's own way works: {run:#?}");
        if id == "unknown-authority" {
            continue;
        }
        repair(finding);
        node.check().is_healthy();
    }
}

#[test]
fn a_client_certificate_for_servers_is_renewed_for_the_client_that_has_it() {
    let node = Node::new();
    let pair = node.pki.client(&node.ca, "apiserver").usages(&[Usage::ServerAuth]).issue();
    assert_eq!(pair.cert, node.apiserver.cert, "in place");
    let run = node.check();
    assert_eq!(run.root_cause(), "client-eku-missing", "{run:#?}");
    let finding = &run.json()["findings"][0];
    assert_eq!(finding["subject"], pair.cert);
    repair(finding);
    node.check().is_healthy();
}

#[test]
fn nobody_is_dialled_twice_with_the_same_files_and_given_endpoints_stay_ones_own() {
    let node = Node::new();
    node.check().is_healthy();
    let seen = as_whom(&node.check());
    assert_eq!(seen, [(None, true), (Some("kube-apiserver".to_owned()), true)]);

    let flags = [
        "--endpoints",
        &node.etcd.url,
        "--cacert",
        &node.ca.cert,
        "--cert",
        &node.health.cert,
        "--key",
        &node.health.key,
    ];
    node.write_apiserver(&[("etcd-servers".to_owned(), "https://127.0.0.1:1".to_owned())]);
    let run = etcd_tls(["check", "-o", "json", "--config", node.folder()]).args(flags).run();
    assert_eq!(as_whom(&run), [(None, true)], "{run:#?}");

    // With kube-apiserver's own files, the check's own way is kube-apiserver's.
    node.write_apiserver(&node.apiserver());
    let (Pair { cert, key }, cacert) = (&node.apiserver, &node.ca.cert);
    let own = ["--cacert", cacert, "--cert", cert, "--key", key];
    let run = etcd_tls(["check", "-o", "json", "--config", node.folder()]).args(own).run();
    assert_eq!(as_whom(&run), [(None, true)], "{run:#?}");
}

#[test]
fn every_url_of_overrides_is_dialled() {
    let node = Node::new();
    let closed = free_port();
    let mut flags = node.apiserver();
    let overrides = format!("/events#{};https://127.0.0.1:{closed}", node.etcd.url);
    flags.push(("etcd-servers-overrides".to_owned(), overrides));
    node.write_apiserver(&flags);
    let run = node.check();
    assert_eq!(run.root_cause(), "tcp-refused", "{run:#?}");
    let subject = run.json()["findings"][0]["subject"].as_str().unwrap().to_owned();
    assert!(subject.ends_with("kube-apiserver.yaml --etcd-servers-overrides"), "{subject}");
}

#[test]
fn what_is_wrong_for_everybody_is_told_once() {
    let node = Node::new();
    let elsewhere = node.etcd.url.replace("127.0.0.1", "localhost");
    let mut flags = node.apiserver();
    flags[0].1 = elsewhere;
    node.write_apiserver(&flags);
    let Node { etcd, .. } = &node;
    let url = etcd.url.clone();
    let run = node.without_etcd();
    assert_eq!(run.root_cause(), "tcp-refused", "{run:#?}");
    let report = run.json();
    let errors = report["findings"].as_array().unwrap().iter();
    let errors: Vec<_> = errors.filter(|one| one["severity"] == "error").collect();
    assert_eq!(errors.len(), 1, "{report:#}");
    assert_eq!(errors[0]["subject"], url);
}

#[test]
fn a_snapshot_is_saved_although_another_client_is_shut_out() {
    let node = Node::new();
    let mut flags = node.apiserver();
    flags[0].1 = format!("https://127.0.0.1:{}", free_port());
    for (wrong, id) in [
        (flags, "tcp-refused"),
        (
            {
                let mut flags = node.apiserver();
                flags[1].1.clone_from(&node.foreign.cert);
                flags
            },
            "apiserver-cafile-mismatch",
        ),
    ] {
        node.write_apiserver(&wrong);
        let file = node.pki.path(&format!("{id}.db"));
        let run =
            etcd_tls(["preflight", "-o", "json", "--config", node.folder(), "--save", &file]).run();
        assert_eq!(run.code, Some(0), "{run:#?}");
        assert!(Path::new(&file).is_file(), "{run:#?}");
        let report = run.json();
        let beside = report["findings"].as_array().unwrap().iter().find(|one| one["id"] == id);
        assert_eq!(beside.unwrap()["severity"], "warning", "{report:#}");
    }
}

/// A running etcd, kube-apiserver's manifest beside etcd's own, and three pairs.
struct Node {
    pki: Pki,
    ca: Authority,
    foreign: Authority,
    health: Pair,
    apiserver: Pair,
    etcd: Etcd,
}

impl Node {
    fn new() -> Self {
        let pki = Pki::new();
        let (ca, foreign) =
            (pki.authority("ca", "etcd-ca"), pki.authority("foreign", "kubernetes"));
        let server = pki.server(&ca, "server").issue();
        let health = pki.client(&ca, "healthcheck-client").issue();
        let apiserver = pki.client(&ca, "apiserver").cn("kube-apiserver-etcd-client").issue();
        let etcd = Etcd::tls(&newest(), &server, Some(&ca));
        let flags = [
            ("listen-client-urls", etcd.url.as_str()),
            ("advertise-client-urls", &etcd.url),
            ("cert-file", &server.cert),
            ("key-file", &server.key),
            ("trusted-ca-file", &ca.cert),
        ];
        pki.write("etcd.yaml", pod("etcd", flags));
        let node = Self { pki, ca, foreign, health, apiserver, etcd };
        node.write_apiserver(&node.apiserver());
        node
    }

    /// kube-apiserver's flags as they should be.
    fn apiserver(&self) -> Vec<(String, String)> {
        let flags = [
            ("etcd-servers", &self.etcd.url),
            ("etcd-cafile", &self.ca.cert),
            ("etcd-certfile", &self.apiserver.cert),
            ("etcd-keyfile", &self.apiserver.key),
        ];
        flags.map(|(name, value)| (name.to_owned(), value.clone())).into()
    }

    fn write_apiserver(&self, flags: &[(String, String)]) {
        let flags = flags.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        self.pki.write("kube-apiserver.yaml", pod("kube-apiserver", flags));
    }

    fn folder(&self) -> &str {
        self.pki.folder().to_str().unwrap()
    }

    fn check(&self) -> Run {
        etcd_tls(["check", "-o", "json", "--config", self.folder()]).run()
    }

    /// The same once etcd has ended.
    fn without_etcd(self) -> Run {
        let Self { pki, etcd, .. } = self;
        drop(etcd);
        etcd_tls(["check", "-o", "json", "--config", pki.folder().to_str().unwrap()]).run()
    }
}

fn pod<'f>(program: &str, flags: impl IntoIterator<Item = (&'f str, &'f str)>) -> String {
    let flags = flags.into_iter().map(|(name, value)| format!("    - --{name}={value}\n"));
    format!(
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command:\n    - {program}\n{}    \
         volumeMounts:\n    - {{mountPath: /, name: all}}\n  volumes:\n  - {{name: all, hostPath: {{path: /}}}}\n",
        flags.collect::<String>()
    )
}

/// As whom each endpoint was dialled, and whether etcd answered.
fn as_whom(run: &Run) -> Vec<(Option<String>, bool)> {
    let report = run.json();
    let endpoints = report["endpoints"].as_array().unwrap().iter();
    endpoints
        .map(|one| {
            let whom = one["checked_as"]["program"].as_str().map(str::to_owned);
            (whom, one["etcd"] != Value::Null)
        })
        .collect()
}

/// Types the commands of a finding as printed, those that change something.
fn repair(finding: &Value) {
    let steps = finding["fix"].as_array().unwrap().iter();
    let commands = steps.flat_map(|step| step["commands"].as_array().unwrap());
    let tool = Path::new(env!("CARGO_BIN_EXE_etcd-tls")).parent().unwrap();
    let path = format!("{}:{}", tool.display(), std::env::var("PATH").unwrap());
    let mut typed = 0;
    for command in commands.map(|command| command["run"].as_str().unwrap()) {
        if !["sed ", "etcd-tls ca "].iter().any(|begin| command.starts_with(begin)) {
            continue;
        }
        let status = Command::new("bash").args(["-ec", command]).env("PATH", &path).status();
        assert!(status.unwrap().success(), "{command}");
        typed += 1;
    }
    assert!(typed > 0, "{finding:#}");
}
