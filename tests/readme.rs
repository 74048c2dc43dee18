//! The transcript at the top of the README is what the program prints against real etcd. `UPDATE_README=1` writes it anew.

mod support;

use std::{fs, path::Path};

use support::{
    etcd::{Etcd, newest},
    pki::Pki,
    tool::etcd_tls,
};

const BEGIN: &str = "<!-- transcript: written by tests/readme.rs -->\n";
const END: &str = "<!-- end of transcript -->\n";

#[test]
fn the_transcript_is_current() {
    let Some(release) = newest() else { return };
    let printed = transcript(&release);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (block, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, [before, BEGIN, &printed, END, after].concat()).unwrap();
        return;
    }
    assert_eq!(block, printed, "UPDATE_README=1 cargo test --test readme writes it anew");
    let shown = before.lines().count() + 1 + printed.lines().count();
    assert!(shown <= 25, "the failing run and its fix belong into the first 25 lines, not {shown}");
}

/// kubeadm's tree; the wrong pair of it is given first, then the right one.
fn transcript(release: &support::etcd::Release) -> String {
    let pki = Pki::new();
    let kubernetes = pki.authority("pki/ca", "kubernetes");
    let ca = pki.authority("pki/etcd/ca", "etcd-ca");
    let server = pki.server(&ca, "pki/etcd/server").issue();
    pki.client(&kubernetes, "pki/apiserver-kubelet-client").issue();
    pki.client(&ca, "pki/apiserver-etcd-client").issue();
    let etcd = Etcd::tls(release, &server, Some(&ca));
    let run = |name: &str, output: &[&str]| {
        let pair = [format!("pki/{name}.crt"), format!("pki/{name}.key")];
        let mut args = vec!["check", "--endpoints", &etcd.url, "--cacert", "pki/etcd/ca.crt"];
        args.extend(["--cert", &pair[0], "--key", &pair[1]]);
        args.extend(output);
        let run = etcd_tls(&args).folder(pki.folder()).run();
        format!("$ etcd-tls {}\n{}", args.join(" "), run.stdout.trim_end())
    };
    let wrong = run("apiserver-kubelet-client", &[]);
    let right = run("apiserver-etcd-client", &["-o", "simple"]);
    let text = steady(&format!("{wrong}\n{right}\n"), &etcd.url);
    format!("```console\n{text}```\n")
}

/// The same text on every run: a fixed port, dates, ids and times.
fn steady(text: &str, url: &str) -> String {
    let port = url.rsplit(':').next().unwrap();
    text.replace(port, "12379")
}
