//! The transcript at the top of the README is what the program prints against real etcd. `UPDATE_README=1` writes it anew.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{fs, path::Path};

use support::{
    etcd::{Etcd, Release, newest},
    pki::Pki,
    tool::etcd_tls,
};

const BEGIN: &str = "<!-- transcript: written by tests/readme.rs -->\n";
const END: &str = "<!-- end of transcript -->\n";

#[test]
fn the_transcript_is_current() {
    let release = newest();
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
    let (run, _) = readme.split_once(RIGHT).unwrap();
    let fix = run.lines().position(|line| line.contains("--key pki/apiserver-etcd-client.key"));
    assert!(fix.is_some_and(|line| line < 30), "the fix stands below line 30: {fix:?}");
}

/// The second command of the transcript, up to where it differs from the first.
const RIGHT: &str = "$ etcd-tls check --endpoints https://127.0.0.1:12379 --cacert pki/etcd/ca.crt \\
    --cert pki/apiserver-etcd-client.crt";

/// kubeadm's tree; a pair of the wrong CA is given first, then the one that the fix names.
fn transcript(release: &Release) -> String {
    let pki = Pki::new();
    let kubernetes = pki.authority("pki/ca", "kubernetes");
    let ca = pki.authority("pki/etcd/ca", "etcd-ca");
    let server = pki.server(&ca, "pki/etcd/server").cn("node-1").issue();
    pki.client(&kubernetes, "pki/apiserver-kubelet-client").issue();
    pki.client(&ca, "pki/apiserver-etcd-client").cn("kube-apiserver-etcd-client").issue();
    let etcd = Etcd::tls(release, &server, Some(&ca));
    let run = |name: &str| {
        let pair = [format!("pki/{name}.crt"), format!("pki/{name}.key")];
        let to = ["check", "--endpoints", &etcd.url, "--cacert", "pki/etcd/ca.crt"];
        let with = ["--cert", &pair[0], "--key", &pair[1]];
        let run = etcd_tls(to).args(with).folder(pki.folder()).run();
        (format!("$ etcd-tls {} \\\n    {}\n", to.join(" "), with.join(" ")), run.stdout)
    };
    let (wrong, refused) = run("apiserver-kubelet-client");
    let (right, healthy) = run("apiserver-etcd-client");
    let sections =
        format!("[…]\n{}{}", section(&refused, "Evidence"), section(&refused, "error: "));
    // What matters most stands last.
    let (verdict, _) = healthy.lines().last().unwrap().split_once(" (").unwrap();
    let text = format!("```console\n{wrong}{sections}{right}[…]\n{verdict}\n```\n");
    // The port is another one each time.
    text.replace(etcd.url.rsplit(':').next().unwrap(), "12379")
}

/// From the line that starts like this up to the next heading, which stands unindented after an empty line.
fn section<'a>(report: &'a str, heading: &str) -> &'a str {
    let start = report.find(heading).unwrap_or_else(|| panic!("no {heading} in {report}"));
    let text = &report[start..];
    let end = text.match_indices("\n\n").find(|(at, _)| !text[at + 2..].starts_with(' '));
    end.map_or(text, |(at, _)| &text[..at + 1 + usize::from(heading == "Evidence")])
}
