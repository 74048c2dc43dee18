//! `env` as people use it: the shell evaluates what it prints, and etcdctl works; or nothing is printed, and the cause is named.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    path::Path,
    process::{Command, Output},
};

use support::{
    etcd::{Etcd, newest, tls_flags},
    pki::{Authority, Pair, Pki, Usage},
    tool::{Run, etcd_tls},
};

const PKI: &str = "a node's files/etc/kubernetes/pki/etcd";

/// A node's files, copied off: kubeadm's folder and etcd's manifest, below a folder that every shell has to quote.
struct Node {
    pki: Pki,
    ca: Authority,
    server: Pair,
}

impl Node {
    fn new() -> Self {
        let pki = Pki::new();
        std::fs::create_dir_all(pki.path(PKI)).unwrap();
        let ca = pki.authority(&format!("{PKI}/ca"), "etcd-ca");
        let both = [Usage::ServerAuth, Usage::ClientAuth];
        let server = pki.server(&ca, &format!("{PKI}/server")).usages(&both).issue();
        Self { pki, ca, server }
    }

    fn root(&self) -> String {
        self.pki.path("a node's files")
    }

    fn healthcheck(&self) -> support::pki::Leaf<'_> {
        self.pki.client(&self.ca, "a node's files/etc/kubernetes/pki/etcd/healthcheck-client")
    }

    /// Starts etcd with these files, and writes the manifest that would have started it.
    fn start(&self) -> Etcd {
        let release = newest();
        let flags = tls_flags(&self.server, Some(&self.ca));
        let etcd = Etcd::start(&release, "https", &flags);
        let root = self.root();
        let inside = |flag: &String| format!("    - {}\n", flag.replace(&root, ""));
        let flags: String = flags.iter().map(inside).collect();
        let url = &etcd.url;
        let manifest = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: etcd}}\nspec:\n  containers:\n  - name: etcd\n    command:\n    \
             - etcd\n    - --name=cp1\n    - --listen-client-urls={url}\n    - --advertise-client-urls={url}\n{flags}    \
             volumeMounts:\n    - {{name: certs, mountPath: /etc/kubernetes/pki/etcd}}\n  volumes:\n  \
             - {{name: certs, hostPath: {{path: /etc/kubernetes/pki/etcd}}}}\n"
        );
        std::fs::create_dir_all(self.pki.path("a node's files/etc/kubernetes/manifests")).unwrap();
        self.pki.write("a node's files/etc/kubernetes/manifests/etcd.yaml", manifest);
        etcd
    }

    fn env(&self, flags: &[&str]) -> Run {
        etcd_tls(["env", "--root", &self.root()]).args(flags).run()
    }
}

#[test]
fn what_env_prints_makes_etcdctl_work() {
    let node = Node::new();
    node.healthcheck().issue();
    let (release, etcd) = (newest(), node.start());
    let scripts = [
        ("bash", "eval \"$($1 env --root \"$2\" --shell bash)\" && $3 endpoint health"),
        (
            "fish",
            "eval ($argv[1] env --root $argv[2] --shell fish | string collect); and $argv[3] endpoint health",
        ),
        ("zsh", "eval \"$($1 env --root \"$2\" --shell zsh)\" && $3 endpoint health"),
    ];
    for (shell, script) in scripts {
        let Some(output) = run_shell(shell, script, &node.root(), release.folder()) else {
            eprintln!("SKIPPED: {shell} is not installed");
            continue;
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && text.contains("is healthy"), "{shell}: {text}");
    }
    drop(etcd);
}

/// Runs a script with the tool, the root and etcdctl as its arguments; `None` without that shell.
fn run_shell(shell: &str, script: &str, root: &str, etcd: &Path) -> Option<Output> {
    let tool = env!("CARGO_BIN_EXE_etcd-tls");
    let mut command = Command::new(shell);
    command.arg("-c").arg(script);
    if shell != "fish" {
        command.arg(shell);
    }
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ETCDCTL_"))
    {
        command.env_remove(name);
    }
    command.arg(tool).arg(root).arg(etcd.join("etcdctl")).output().ok()
}

#[test]
fn the_least_privileged_pair_that_works_is_taken() {
    let node = Node::new();
    node.healthcheck().issue();
    let etcd = node.start();
    let cert = |run: &Run| {
        let line =
            run.stdout.lines().find(|line| line.starts_with("ETCDCTL_CERT=")).unwrap_or_default();
        line.trim_end_matches('"').rsplit('/').next().unwrap_or_default().to_owned()
    };
    let dotenv = ["--shell", "dotenv"];
    assert_eq!(cert(&node.env(&dotenv)), "healthcheck-client.crt");
    // Reissued by another CA it no longer works; the server's own pair does.
    let other = Pki::new();
    let stranger = other.authority("ca", "etcd-ca");
    let bad = other.client(&stranger, "client").issue();
    std::fs::copy(bad.cert, node.pki.path(&format!("{PKI}/healthcheck-client.crt"))).unwrap();
    std::fs::copy(bad.key, node.pki.path(&format!("{PKI}/healthcheck-client.key"))).unwrap();
    assert_eq!(cert(&node.env(&dotenv)), "server.crt");
    drop(etcd);
}

#[test]
fn without_a_working_set_nothing_is_printed_and_the_cause_is_named() {
    let node = Node::new();
    let etcd = node.start();
    drop(etcd);
    let run = node.env(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{}", run.stderr);
    assert!(run.stderr.contains("tcp-refused"), "{}", run.stderr);
}

#[test]
fn other_clients_get_their_own_form() {
    let node = Node::new();
    node.healthcheck().issue();
    let etcd = node.start();
    let url = &etcd.url;
    let inside = "--cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/healthcheck-client.crt \
                  --key=/etc/kubernetes/pki/etcd/healthcheck-client.key";
    let kubectl = node.env(&["--kubectl", "--command", "member list"]);
    let line = format!(
        "kubectl -n kube-system exec etcd-cp1 -- etcdctl --endpoints={url} {inside} member list\n"
    );
    assert_eq!(kubectl.stdout, line);
    assert!(
        node.env(&["--crictl"])
            .stdout
            .contains(&format!("--endpoints={url} {inside} endpoint health"))
    );
    let save = node.env(&["--command", "snapshot save /backup/etcd.db"]).stdout;
    assert!(
        save.starts_with(&format!("etcdctl --endpoints={url} --cacert='"))
            && save.ends_with("snapshot save /backup/etcd.db\n")
    );
    assert!(
        node.env(&["--for", "apiserver"])
            .stdout
            .contains(&format!("--etcd-servers={url}\n--etcd-cafile=/"))
    );
    let prometheus = node.env(&["--for", "prometheus"]).stdout;
    assert!(
        prometheus.contains("scheme: https") && prometheus.contains("cert_file: \"/"),
        "{prometheus}"
    );
}

#[test]
fn a_pod_gets_only_files_that_it_mounts() {
    let node = Node::new();
    node.pki.client(&node.ca, "a node's files/etc/kubernetes/pki/apiserver-etcd-client").issue();
    let _etcd = node.start();
    let seen = "--cert=/etc/kubernetes/pki/etcd/server.crt";
    for pod in ["--kubectl", "--crictl"] {
        let run = node.env(&[pod]);
        assert!(run.stdout.contains(seen), "{run:#?}");
    }
    let run = node.env(&["--command", "member list"]);
    assert!(run.stdout.contains("/etc/kubernetes/pki/apiserver-etcd-client.crt"), "{run:#?}");
}
