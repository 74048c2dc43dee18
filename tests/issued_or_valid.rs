//! Who issued a certificate and whether it is valid now, against real etcd: expired certificates and CAs, what a trusted CA file holds,
//! files that can't be read.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use serde_json::Value;
use support::{
    etcd::{Etcd, newest},
    members::Plan,
    pki::{Authority, Pair, Pki, authority_params, mtls},
    tool::{Run, etcd_tls},
};

#[test]
fn everything_expired_is_one_cause_and_no_wrong_ca() {
    for (days, id) in [((-400, -1), "cert-expired"), ((2, 400), "cert-not-yet-valid")] {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let server = pki.server(&ca, "server").days(days.0, days.1).issue();
        let peer = pki.server(&ca, "peer").days(days.0, days.1).issue();
        let client = pki.client(&ca, "client").issue();
        let etcd = Etcd::tls(&newest(), &server, Some(&ca));
        let peers = format!("ETCD_PEER_CERT_FILE={}\nETCD_PEER_KEY_FILE={}\n", peer.cert, peer.key);
        let config = pki.write("etcd.env", settings(&etcd, &server, &ca.cert) + &peers);
        let run = check(&etcd.url, &config, &ca, &client);
        run.finds(id);
        let errors = errors(&run);
        assert_eq!(errors, [id], "{run:#?}");
        let said = run.json()["findings"][0].to_string();
        assert!(said.contains("2 of 2 certificates of this node"), "{run:#?}");
        assert!(said.contains(&peer.cert), "{run:#?}");
        assert!(said.contains(&format!("ca renew {}", server.cert)), "{run:#?}");
    }
}

#[test]
fn a_peer_certificate_that_expired_alone_is_named_as_a_peers() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let server = pki.server(&ca, "server").issue();
    let expired = pki.server(&ca, "peer").days(-400, -1).issue();
    let client = pki.client(&ca, "client").issue();
    let mut plan = Plan::new(&release, &server, &ca);
    (plan.peers, plan.serving) = ([Some(&expired); 3], 0);
    let cluster = plan.start();
    let config = pki.write("m0.env", plan.environment(&cluster, 0));
    let look = || check(&cluster.members[0].url, &config, &ca, &client);
    let run = Run::settled(look, "peer-cert-expired");
    let report = run.json();
    let follows = findings(&report).iter().find(|one| one["id"] == "no-leader").unwrap();
    assert_eq!(follows["caused_by"][0], "peer-cert-expired", "{run:#?}");
    assert!(!follows["message"].as_str().unwrap().contains("fine"), "{run:#?}");
    // No address is ticked for a certificate that nobody accepts.
    let cells = report["san_matrix"].as_array().unwrap();
    assert!(cells.iter().all(|cell| cell["accepted"].is_null()), "{run:#?}");
}

#[test]
fn the_members_that_are_lacking_are_named() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let pair = pki.server(&ca, "server").issue();
    let client = pki.client(&ca, "client").issue();
    let plan = Plan::new(&release, &pair, &ca);
    let mut cluster = plan.start();
    let config = pki.write("m0.env", plan.environment(&cluster, 0));
    let down: Vec<_> = cluster.members[1..].iter().map(|one| one.peer_url.clone()).collect();
    cluster.members[1].stop();
    cluster.members[2].stop();
    let url = cluster.members[0].url.clone();
    // From the configuration, and from the list that the member still has of its own.
    let flags = mtls(&ca, &client);
    let alone = || etcd_tls(["check", "-o", "json", "--endpoints", &url]).args(flags).run();
    for look in [&|| check(&url, &config, &ca, &client), &alone as &dyn Fn() -> Run] {
        let run = Run::settled(look, "no-leader");
        let report = run.json();
        let said = report["findings"][0].to_string();
        for url in &down {
            assert!(said.contains(url.as_str()), "{url}: {run:#?}");
        }
        assert!(said.contains("connection refused"), "{run:#?}");
        assert!(said.contains("systemctl start etcd"), "{run:#?}");
        assert!(!said.contains("member list"), "a command that hangs: {run:#?}");
        assert_eq!(errors(&run), ["no-leader"], "{run:#?}");
    }
}

#[test]
fn a_ca_that_only_the_server_still_has_expired_is_no_wrong_clock() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let (server, client) = (pki.server(&ca, "server").issue(), pki.client(&ca, "client").issue());
    let expired = expired(&pki, &ca, "etcd-ca");
    let mut trusted = pki.authority("other", "other");
    trusted.cert.clone_from(&expired);
    let etcd = Etcd::tls(&newest(), &server, Some(&trusted));
    let config = pki.write("etcd.env", settings(&etcd, &server, &expired));
    let run = check(&etcd.url, &config, &ca, &client);
    run.finds("ca-expired");
    let report = run.json();
    assert_eq!(report["root_cause"]["subject"], expired, "{run:#?}");
    let said = report["findings"][0].to_string();
    assert!(said.contains("--trusted-ca-file") && said.contains("--cacert"), "{run:#?}");
    assert!(said.contains(&format!("cp {} {expired}", ca.cert)), "{run:#?}");
}

#[test]
fn the_cas_own_pair_is_no_clients() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let server = pki.server(&ca, "server").issue();
    let etcd = Etcd::tls(&newest(), &server, Some(&ca));
    let own = ["--cacert", &ca.cert, "--cert", &ca.cert, "--key", &ca.key];
    let run = etcd_tls(["check", "-o", "json", "--endpoints", &etcd.url]).args(own).run();
    run.finds("ca-pair-as-client");
    assert_eq!(run.json()["verdict"], "warning", "{run:#?}");
    assert!(run.json()["findings"][0].to_string().contains("ca issue client"), "{run:#?}");
}

#[test]
fn a_leaf_as_trusted_ca_admits_no_real_client() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let (server, client) = (pki.server(&ca, "server").issue(), pki.client(&ca, "client").issue());
    let mut trusted = pki.authority("other", "other");
    trusted.cert.clone_from(&server.cert);
    let etcd = Etcd::tls(&newest(), &server, Some(&trusted));
    let config = pki.write("etcd.env", settings(&etcd, &server, &server.cert));
    let refused = check(&etcd.url, &config, &ca, &client);
    refused.finds("trusted-ca-mismatch");
    assert!(refused.json()["findings"][0].to_string().contains("no CA"), "{refused:#?}");
}

#[test]
fn a_configured_key_that_cannot_be_read_is_an_error() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let (server, client) = (pki.server(&ca, "server").issue(), pki.client(&ca, "client").issue());
    let etcd = Etcd::tls(&newest(), &server, Some(&ca));
    // A directory is what even root can't read as a file.
    let folder = pki.path("");
    let hidden = settings(&etcd, &Pair { key: folder.clone(), ..server.clone() }, &ca.cert);
    let config = pki.write("etcd.env", hidden);
    let run = check(&etcd.url, &config, &ca, &client);
    run.finds("file-unreadable");
    assert_eq!(run.json()["verdict"], "error", "{run:#?}");
}

#[test]
fn a_snapshot_that_was_not_taken_is_no_success() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let other = pki.authority("other", "other-ca");
    let server = pki.server(&ca, "server").issue();
    let etcd = Etcd::tls(&newest(), &server, Some(&ca));
    let client = pki.client(&other, "client").issue();
    let target = pki.path("backup.db");
    let run = etcd_tls(["preflight", "-o", "json", "--endpoints", &etcd.url, "--save", &target])
        .args(mtls(&ca, &client))
        .run();
    assert_eq!(run.code, Some(1), "{run:#?}");
    assert!(!std::path::Path::new(&target).exists());
}

/// The CA with its name and key and another validity, which is over.
fn expired(pki: &Pki, ca: &Authority, cn: &str) -> String {
    let key = rcgen::KeyPair::from_pem(&std::fs::read_to_string(&ca.key).unwrap()).unwrap();
    let mut params = authority_params(cn);
    params.not_before = rcgen::date_time_ymd(2016, 1, 1);
    params.not_after = rcgen::date_time_ymd(2020, 1, 1);
    pki.write("ca-old.crt", params.self_signed(&key).unwrap().pem())
}

fn settings(etcd: &Etcd, server: &Pair, trusted: &str) -> String {
    let Pair { cert, key, .. } = server;
    let Etcd { url, .. } = etcd;
    format!(
        "ETCD_NAME=m0\nETCD_LISTEN_CLIENT_URLS={url}\nETCD_ADVERTISE_CLIENT_URLS={url}\n\
         ETCD_CERT_FILE={cert}\nETCD_KEY_FILE={key}\nETCD_CLIENT_CERT_AUTH=true\n\
         ETCD_TRUSTED_CA_FILE={trusted}\n"
    )
}

fn check(url: &str, config: &str, ca: &Authority, pair: &Pair) -> Run {
    etcd_tls(["check", "-o", "json", "--endpoints", url, "--config", config])
        .args(mtls(ca, pair))
        .run()
}

fn findings(report: &Value) -> &[Value] {
    report["findings"].as_array().unwrap()
}

fn errors(run: &Run) -> Vec<String> {
    let report = run.json();
    let causes = findings(&report).iter().filter(|one| {
        one["severity"] == "error" && one["caused_by"].as_array().is_none_or(Vec::is_empty)
    });
    causes.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}
