//! Loopback servers act out each way in which a handshake, or what follows it, goes wrong; the binary names it, in bounded time.

mod support;

use std::time::Duration;

use rustls::{CertificateError, version::TLS12};
use support::{
    etcd::{Etcd, newest},
    pki::{Authority, Pair, Pki, mtls},
    server::{Act, After, NOT_FOUND, Server, Setup},
    tool::{Run, check},
};

/// The bound given to each check. A run that ignores it, as one that waits for the last drip, is killed in the end.
const TIMEOUT: &str = "3s";
const MEMORY_KIB: u64 = 64 * 1024;

#[test]
fn silence_costs_the_timeout_and_no_more() {
    for act in [Act::Silence, Act::Drip] {
        let run = look(&Server::start(act), &[]);
        run.finds("tls-stalled");
        assert!(run.elapsed >= Duration::from_millis(2900), "{run:#?}");
    }
}

#[test]
fn garbage_without_end_is_cut_off() {
    let run = look(&Server::start(Act::Garbage), &[]);
    run.finds("tls-garbage");
    assert!(run.peak_kib < MEMORY_KIB, "{run:#?}");
}

#[test]
fn a_closed_or_reset_connection_is_told_from_silence() {
    for act in [Act::Close, Act::Reset] {
        look(&Server::start(act), &[]).finds("tcp-reset");
    }
}

#[test]
fn other_services_are_recognised() {
    look(&Server::start(Act::Banner(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")), &[]).finds("not-etcd");
    look(&Server::start(Act::Answer(NOT_FOUND.to_vec())), &[]).finds("not-etcd");

    let site = Site::new();
    let setup = Setup { alpn: &["http/1.1"], ..Setup::new(&site.server) };
    let web = Server::start(Act::Tls(setup.config(), After::NotFound));
    look(&web, &site.anonymous()).finds("not-etcd");
}

#[test]
fn an_alert_to_the_client_hello_is_read() {
    for (code, id, name) in [
        (70, "tls-version-mismatch", "protocol_version"),
        (40, "tls-cipher-mismatch", "handshake_failure"),
        (80, "server-cert-unloadable", "internal_error"),
    ] {
        let run = look(&Server::alerting(code), &[]);
        run.finds(id);
        assert_eq!(run.json()["endpoints"][0]["tls"]["alert"], name);
    }
}

#[test]
fn a_late_refusal_is_still_read() {
    let site = Site::new();
    let delays = [0, 100, 400].map(Duration::from_millis);
    for delay in delays {
        let refuses = Some((CertificateError::Expired, delay));
        let setup = Setup { refuses, ..Setup::new(&site.server) };
        let server = Server::start(Act::Tls(setup.config(), After::Silence));
        let run = look(&server, &site.mtls());
        run.finds("client-cert-expired-rejected");
        assert_eq!(run.json()["endpoints"][0]["tls"]["alert"], "certificate_expired");
    }
}

#[test]
fn a_refusal_within_the_handshake_is_read() {
    let site = Site::new();
    let refuses = Some((CertificateError::UnknownIssuer, Duration::ZERO));
    let setup = Setup { refuses, versions: &[&TLS12], ..Setup::new(&site.server) };
    let server = Server::start(Act::Tls(setup.config(), After::Silence));
    let run = look(&server, &site.mtls());
    run.finds("client-cert-untrusted");
    assert_eq!(run.json()["endpoints"][0]["tls"]["alert"], "unknown_ca");
}

#[test]
fn a_server_without_the_key_of_its_certificate_is_found_out() {
    let site = Site::new();
    let forged = Pair { cert: site.server.cert.clone(), key: site.client.key.clone() };
    let server = Server::start(Act::Tls(Setup::new(&forged).config(), After::Silence));
    look(&server, &site.anonymous()).finds("server-signature-invalid");
}

#[test]
fn a_server_that_never_sends_settings_is_stalled() {
    let site = Site::new();
    let server = Server::start(Act::Tls(Setup::new(&site.server).config(), After::Silence));
    look(&server, &site.anonymous()).finds("tls-stalled");
}

#[test]
fn a_proxy_without_alpn_is_a_warning() {
    let release = newest();
    let site = Site::new();
    let etcd = Etcd::start(&release, "http", &[]);
    let behind = etcd.url.strip_prefix("http://").unwrap().parse().unwrap();
    let setup = Setup { alpn: &[], ..Setup::new(&site.server) };
    let proxy = Server::start(Act::Tls(setup.config(), After::Forward(behind)));
    // No SETTINGS come before the client speaks, so the whole wait for a late alert passes first: no short timeout here.
    let run = check(&proxy.url(), &[&site.anonymous()[..], &["--timeout", "5s"]].concat());
    run.finds("alpn-missing");
    assert_eq!((run.json()["verdict"].as_str(), run.code), (Some("warning"), Some(0)));
}

#[test]
fn nothing_is_written_to_a_server_that_is_not_trusted() {
    let site = Site::new();
    let stranger = Site::new();
    let config = Setup::new(&stranger.server).config();
    let server = Server::start(Act::Tls(config, After::Silence));
    look(&server, &site.mtls()).finds("ca-regenerated");
    assert_eq!(server.bytes_after_handshake(), 0);
    assert_eq!(server.connections(), 1, "what the handshake showed needs no second connection");
}

/// A CA with a server and a client certificate.
struct Site {
    _pki: Pki,
    ca: Authority,
    server: Pair,
    client: Pair,
}

impl Site {
    fn new() -> Self {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let server = pki.server(&ca, "server").issue();
        let client = pki.client(&ca, "client").issue();
        Self { _pki: pki, ca, server, client }
    }

    fn anonymous(&self) -> [&str; 2] {
        ["--cacert", &self.ca.cert]
    }

    fn mtls(&self) -> [&str; 6] {
        mtls(&self.ca, &self.client)
    }
}

#[track_caller]
fn look(server: &Server, flags: &[&str]) -> Run {
    check(&server.url(), &[flags, &["--timeout", TIMEOUT]].concat())
}
