//! `probe` against real etcd of every release with its TLS options, an OpenSSL server that speaks what nobody should, and ports
//! where there is no TLS.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use support::{
    etcd::{Etcd, free_port, newest, releases, tls_flags},
    pki::{KeyKind, Pair, Pki},
    server::{Act, Server},
    tool::{Run, etcd_tls},
};

fn probe(url: &str) -> Run {
    etcd_tls(["probe", url, "-o", "ndjson", "--timeout", "10s"]).run()
}

fn listed(report: &Value, field: &str, value: &str) -> bool {
    report[field].as_array().unwrap().iter().any(|one| one == value)
}

#[test]
fn etcd_is_fit_for_etcd() {
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let etcd = Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
        let run = probe(&etcd.url);
        let report = run.json();
        assert_eq!((run.code, &report["grade"]), (Some(0), &json!("fit")), "{run:#?}");
        assert!(listed(&report, "versions", "TLSv1.3"), "{run:#?}");
        assert!(listed(&report, "groups", "X25519"), "{run:#?}");
        assert!(listed(&report, "versions", "TLSv1.2") && !listed(&report, "versions", "TLSv1.1"));
        assert!(listed(&report, "suites", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
        assert_eq!(report["alpn"][0], "h2");
        assert_eq!(report["client_certificate_requested"], true);
        assert_eq!(report["acceptable_cas"], json!(["CN=etcd-ca"]));
        assert_eq!(report["chain"][0]["subject"], "CN=server");
        assert_eq!(report["names"][1]["server_name"], "localhost");
        assert_eq!(report["not_checked"], json!([]));
        let run = etcd_tls(["probe", &etcd.url]).run();
        for part in ["fit for etcd", "TLSv1.2", "X25519", "CN=etcd-ca", "asked for"] {
            assert!(run.stdout.contains(part), "{part}: {run:#?}");
        }
    }
}

#[test]
fn what_flags_leave_of_etcd_is_all_that_is_found() {
    for release in releases() {
        if release.number() < [3, 5, 8] {
            continue;
        }
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let server = pki.server(&ca, "server").issue();
        let with = |more: &[&str]| {
            let mut flags = tls_flags(&server, None);
            flags.extend(more.iter().map(ToString::to_string));
            let etcd = Etcd::start(&release, "https", &flags);
            let run = probe(&etcd.url);
            assert_eq!(run.code, Some(0), "{run:#?}");
            run.json()
        };
        let one = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        let report = with(&["--cipher-suites", one, "--tls-max-version=TLS1.2"]);
        assert_eq!(report["suites_by_version"], json!({"TLSv1.2": [one]}));
        assert_eq!(report["client_certificate_requested"], false);
        let groups = report["groups"].as_array().unwrap();
        assert!(groups.contains(&json!("secp256r1")) && !groups.contains(&json!("FFDHE2048")));
        let report = with(&["--tls-min-version=TLS1.3"]);
        assert_eq!(report["versions"], json!(["TLSv1.3"]));
    }
}

#[test]
fn ports_without_tls_are_told_apart_and_nobody_is_waited_for() {
    let plain = Etcd::start(&newest(), "http", &[]);
    let silent = Server::start(Act::Silence);
    let closing = Server::start(Act::Close);
    let banner = Server::start(Act::Banner(b"SSH-2.0-OpenSSH_9.2\r\n"));
    let nobody = format!("127.0.0.1:{}", free_port());
    let expected = [
        (silent.url(), "The port takes connections and then says nothing."),
        (closing.url(), "The server hangs up as soon as TLS begins."),
        (banner.url(), "What answers here does not speak TLS."),
        (nobody, "Nobody answers at this address."),
        ("https//127.0.0.1".to_owned(), "Nobody answers at this address."),
        (plain.url.replace("http://", "https://"), "The port speaks HTTP in clear text, no TLS."),
    ];
    let run = etcd_tls(["probe", "-o", "ndjson", "--timeout", "5s"])
        .args(expected.iter().map(|(url, _)| url))
        .run();
    assert_eq!(run.code, Some(1), "{run:#?}");
    for (line, (url, note)) in run.stdout.lines().zip(&expected) {
        let report: Value = serde_json::from_str(line).unwrap();
        let first = &report["notes"][0]["text"];
        assert_eq!((&report["url"], first), (&json!(url), &json!(note)), "{line}");
        assert_eq!(report["grade"], "unfit");
    }
    assert_eq!(run.stdout.lines().count(), expected.len());
}

/// `openssl s_server` on a free port; `None`, said aloud, where there is none.
struct OpenSsl {
    child: Child,
    url: String,
}

impl OpenSsl {
    fn start(pair: &Pair, flags: &[&str]) -> Option<Self> {
        let port = free_port().to_string();
        let child = Command::new("openssl")
            .args(["s_server", "-accept", &port, "-cert", &pair.cert, "-key", &pair.key])
            .args(flags)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = child else {
            use std::io::Write as _;
            let _ = writeln!(std::io::stderr(), "SKIPPED: no openssl");
            return None;
        };
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap() == "ACCEPT"), "openssl listens");
        // It goes on to print what it sees.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { child, url: format!("https://localhost:{port}") })
    }
}

impl Drop for OpenSsl {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn what_should_no_longer_be_spoken_is_found() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "some-ca");
    let rsa = pki.server(&ca, "rsa").key(KeyKind::Rsa2048).any_key_usage().issue();
    let flags = ["-cipher", "AES128-SHA:ECDHE-RSA-AES128-SHA:@SECLEVEL=0", "-no_tls1_3"];
    let Some(server) = OpenSsl::start(&rsa, &flags) else { return };
    let run = probe(&server.url);
    let report = run.json();
    let suites = ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"];
    assert_eq!(report["versions"], json!(["TLSv1.2", "TLSv1.1", "TLSv1.0"]), "{run:#?}");
    for suite in suites {
        for version in ["TLSv1.2", "TLSv1.0"] {
            assert!(listed(&report["suites_by_version"], version, suite), "{version} {suite}");
        }
    }
    // Neither h2 nor a suite that HTTP/2 allows: etcd's clients can't speak with it.
    assert_eq!((run.code, &report["grade"]), (Some(1), &json!("unfit")));
    assert_eq!(report["notes"].as_array().unwrap().len(), 5, "{run:#?}");
}

#[test]
fn another_certificate_for_another_name_is_noticed() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "some-ca");
    let nameless = pki.server(&ca, "nameless").sans(&["other.example"]).issue();
    let named = pki.server(&ca, "named").sans(&["localhost"]).issue();
    let flags = ["-servername", "localhost", "-cert2", &named.cert, "-key2", &named.key];
    let Some(server) = OpenSsl::start(&nameless, &flags) else { return };
    let run = probe(&server.url);
    let report = run.json();
    assert_eq!(report["chain"][0]["subject"], "CN=named");
    assert_eq!(report["names"][0]["server_name"], "localhost");
    assert_eq!(report["names"][1]["server_name"], Value::Null);
    assert_ne!(report["names"][0]["sha256"], report["names"][1]["sha256"]);
    assert!(run.stdout.contains("Another certificate is presented"), "{run:#?}");
}
