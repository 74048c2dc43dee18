//! `explain --log` reads the lines of one input together: what names the reason comes first, and a healthy cluster has nothing wrong.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;

use serde_json::Value;
use support::{
    cluster::Cluster,
    etcd::{free_port, releases, tls_flags},
    pki::Pki,
    tool::{Run, etcd_tls},
};
use tempfile::TempDir;

/// What the log holds, explained as objects.
fn explained(log: &[u8]) -> (Run, Vec<Value>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("log");
    fs::write(&path, log).unwrap();
    let run = etcd_tls(["explain", "--log", path.to_str().unwrap(), "-o", "json"]).run();
    let objects = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (run, objects)
}

fn lines(objects: &[Value]) -> Vec<&Value> {
    objects.iter().filter(|one| one.get("line").is_some()).collect()
}

/// The ids of all lines that are told, in the order in which they are told.
fn ids(log: &str) -> Vec<String> {
    let (_, objects) = explained(log.as_bytes());
    lines(&objects).iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_line_that_names_the_reason_comes_first() {
    let withheld = r#"{"level":"warn","msg":"retrying of unary invoker failed","error":"rpc error: code = DeadlineExceeded desc = context deadline exceeded"}"#;
    let guess = r"dial tcp 10.0.0.1:2379: connect: connection refused";
    let listener = r#"{"level":"info","msg":"serving client traffic insecurely; this is strongly discouraged!"}"#;
    let named = r"transport: authentication handshake failed: x509: certificate has expired or is not yet valid: current time 2026-11-30T10:28:36Z is after 2026-01-01T00:00:00Z";
    let log = [listener, withheld, guess, named].join("\n");
    let wanted = ["cert-expired", "tcp-refused", "plaintext-server", "reason-withheld"];
    assert_eq!(ids(&log), wanted);
}

#[test]
fn a_line_without_a_reason_proposes_no_single_cause() {
    for line in [
        "Error:  rpc error: code = 13 desc = transport is closing",
        r#"level=warning msg="failed to get /healthz" error="context deadline exceeded""#,
        r#"embed: rejected connection from "10.0.0.7:41400" (error "EOF", ServerName "etcd.corp.example")"#,
    ] {
        let (_, objects) = explained(line.as_bytes());
        let told = &objects[0];
        assert_eq!((&told["id"], &told["severity"]), (&"reason-withheld".into(), &"info".into()));
        assert_eq!(told["confidence"], "likely");
        let fix = told["fix"].as_array().unwrap();
        assert_eq!(fix.len(), 1, "{told:#}");
        assert!(!fix[0].as_str().unwrap().contains("--cacert"), "{told:#}");
    }
}

#[test]
fn a_connection_that_was_cut_is_no_finding_beside_the_alert_that_cut_it() {
    let cut = |port: u16, server: &str| {
        format!(
            r#"createTransport failed to connect to {{Addr: "{server}"}}. Err: write tcp 127.0.0.1:{port}->{server}: write: broken pipe"#
        )
    };
    let alert = r#"createTransport failed to connect to {Addr: "127.0.0.1:2379"}. Err: connection error: desc = "error reading server preface: remote error: tls: unknown certificate authority""#;
    let refusal = r#"{"level":"warn","msg":"rejected connection on client endpoint","remote-addr":"127.0.0.1:40886","server-name":"","error":"tls: failed to verify certificate: x509: certificate signed by unknown authority"}"#;
    let told = |log: &[&str]| ids(&log.join("\n"));
    let here = cut(40886, "127.0.0.1:2379");
    assert_eq!(told(&[&here, alert]), ["client-cert-untrusted"]);
    assert_eq!(told(&[&here, refusal]), ["client-cert-untrusted"]);
    let elsewhere = cut(40886, "10.0.0.9:2379");
    assert_eq!(told(&[&elsewhere, alert])[0], "client-cert-untrusted");
    assert_eq!(told(&[&elsewhere, alert]).len(), 2, "another server's connection");
    assert_eq!(told(&[&here]).len(), 1, "nothing else names a reason");
}

#[test]
fn a_request_that_timed_out_on_a_slow_disk_is_told_so() {
    let timed_out =
        r#"{"level":"warn","msg":"failed to publish","error":"etcdserver: request timed out"}"#;
    let request = "Error: etcdserver: request timed out";
    for slow in [
        r#"{"level":"warn","msg":"slow fdatasync","took":"2.1s","expected-duration":"1s"}"#,
        "2016-06-27 19:30:19.629063 W | etcdserver: apply entries took too long [2.932839503s for 2 entries]",
    ] {
        for log in [[slow, request], [request, slow]] {
            let (_, objects) = explained(log.join("\n").as_bytes());
            let told = lines(&objects)[0];
            assert_eq!(
                (&told["id"], &told["confidence"]),
                (&"slow-storage".into(), &"likely".into())
            );
        }
    }
    let (_, objects) = explained(request.as_bytes());
    assert_eq!(
        (&objects[0]["id"], &objects[0]["confidence"]),
        (&"no-leader".into(), &"likely".into())
    );
    assert_eq!(ids(timed_out).len(), 1);
}

/// Three members start, serve, are backed up, defragmented and checked by etcd-tls; a member is added and removed, and one starts again.
#[test]
fn a_healthy_cluster_logs_nothing_wrong() {
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let peer = pki.server(&ca, "peer").issue();
        let client = pki.client(&ca, "client").issue();
        let mut flags = tls_flags(&peer, Some(&ca));
        flags.extend([
            format!("--peer-cert-file={}", peer.cert),
            format!("--peer-key-file={}", peer.key),
            format!("--peer-trusted-ca-file={}", ca.cert),
            "--peer-client-cert-auth".to_owned(),
            // A member can be added before all of them have met for five seconds.
            "--strict-reconfig-check=false".to_owned(),
        ]);
        let credentials = ["--cacert", &ca.cert, "--cert", &client.cert, "--key", &client.key];
        let mut cluster =
            Cluster::with_peers(&release, &flags, "https", &|_| Vec::new(), &credentials);
        let run = |args: &[&str]| {
            let output = cluster.etcdctl(&credentials, args);
            assert!(output.status.success(), "{args:?}: {output:?}");
            output
        };
        run(&["put", "key", "value"]);
        run(&["defrag"]);
        let [url, _] = cluster.urls_of(0);
        let snapshot = pki.path("snapshot.db");
        let saved = release.etcdctl(
            &[&["--endpoints", url], &credentials[..], &["snapshot", "save", &snapshot]].concat(),
        );
        assert!(saved.status.success(), "{saved:?}");
        let learner = format!("https://127.0.0.1:{}", free_port());
        let added =
            run(&["member", "add", "m9", "--learner", "--peer-urls", &learner, "-w", "json"]);
        let added: Value = serde_json::from_slice(&added.stdout).unwrap();
        run(&["member", "remove", &format!("{:x}", added["member"]["ID"].as_u64().unwrap())]);
        // One endpoint, so that the other members are known from the member list alone.
        etcd_tls(["check", "--strict", "-o", "json", "--endpoints", url])
            .args(credentials)
            .run()
            .is_healthy();
        let follower = (cluster.leader(&credentials) + 1) % 3;
        cluster.restart(follower, &credentials);
        for log in cluster.log() {
            assert!(log.lines().count() > 20, "{log}");
            let (_, objects) = explained(log.as_bytes());
            let bad = lines(&objects).into_iter().filter(|one| one["severity"] == "error");
            let bad: Vec<_> = bad.collect();
            assert!(bad.is_empty(), "etcd {}: {bad:#?}", release.version);
            assert!(!log.contains("didn't provide a certificate"), "our own connections: {log}");
        }
    }
}
