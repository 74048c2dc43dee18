//! Making a CA and issuing from it: names, usages and lifetimes, files and modes, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use etcd_tls::x509::{Certificate, Go, Question, Usage, second_opinion, verify};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use support::ca::Ca;
use time::OffsetDateTime;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn chain(path: &Path) -> Vec<Certificate> {
    let pem = fs::read(path).unwrap();
    let blocks = CertificateDer::pem_slice_iter(&pem).map(Result::unwrap);
    blocks.map(|der| Certificate::parse(&der, Go::DEFAULT).unwrap()).collect()
}

/// Go's rules, rustls-webpki's, and openssl's where it is installed.
#[track_caller]
fn everybody_accepts(ca: &Ca, name: &str, usages: &[Usage], host: Option<&str>) {
    let presented = chain(&ca.path(&format!("out/{name}.crt")));
    let (leaf, intermediates) = presented.split_first().unwrap();
    let anchors = chain(&ca.path("ca/ca.crt"));
    for usage in usages {
        let question = Question {
            leaf,
            intermediates,
            anchors: &anchors,
            when: OffsetDateTime::now_utc(),
            host,
            usages: std::slice::from_ref(usage),
            go: Go::DEFAULT,
        };
        assert_eq!(verify(&question).outcome, Ok(()));
        assert_eq!(second_opinion(&question), Ok(()));
        let purpose = if *usage == Usage::ServerAuth { "sslserver" } else { "sslclient" };
        let Ok(openssl) = Command::new("openssl")
            .args(["verify", "-x509_strict", "-purpose", purpose])
            .args([Path::new("-CAfile"), &ca.path("ca/ca.crt"), Path::new("-untrusted")])
            .args([ca.path(&format!("out/{name}.crt")), ca.path(&format!("out/{name}.crt"))])
            .output()
        else {
            continue;
        };
        assert!(openssl.status.success(), "{openssl:?}");
    }
}

#[test]
fn a_new_ca_keeps_its_key_to_itself() {
    let ca = Ca::new();
    assert_eq!((mode(&ca.path("ca")), mode(&ca.path("ca/ca.key"))), (0o700, 0o600));
    assert_eq!((mode(&ca.path("ca/ca.crt")), mode(&ca.path("ca/ledger.db"))), (0o644, 0o600));
    let root = chain(&ca.path("ca/ca.crt")).remove(0);
    assert_eq!(root.key_usage_display(), ["digitalSignature", "keyCertSign", "cRLSign"]);
    assert!(root.is_ca() && root.is_self_signed());
    assert_eq!(root.basic_constraints.unwrap().path_len, Some(0));
    assert_eq!(root.subject_key_id, root.authority_key_id);
    let before = fs::read(ca.path("ca/ca.key")).unwrap();
    let again = ca.run(&["init", "--cn", "etcd-ca"]);
    assert_eq!(again.code, Some(1), "{again:#?}");
    assert!(again.stderr.contains("ca rollover"), "{again:#?}");
    assert_eq!(fs::read(ca.path("ca/ca.key")).unwrap(), before);
}

#[test]
fn every_role_has_its_usages_and_everybody_accepts_it() {
    for kind in ["p256", "p384", "p521", "ed25519", "rsa2048"] {
        let ca = Ca::with(&["--key-algorithm", kind]);
        let flags = ["--key-algorithm", kind, "--san", "127.0.0.1", "--san", "etcd-0,::1"];
        ca.issue(&[&["server", "s"], &flags[..]].concat());
        ca.issue(&[&["peer", "p"], &flags[..]].concat());
        ca.issue(&["client", "c", "--key-algorithm", kind, "--org", "system:masters"]);
        let both = [Usage::ServerAuth, Usage::ClientAuth];
        everybody_accepts(&ca, "s", &both, Some("127.0.0.1"));
        everybody_accepts(&ca, "p", &both, Some("etcd-0"));
        everybody_accepts(&ca, "c", &both[1..], None);
        let client = chain(&ca.path("out/c.crt")).remove(0);
        assert_eq!(client.subject(), "CN=c,O=system:masters");
        assert_eq!(client.extended_key_usage_display(), ["clientAuth"]);
        let server = chain(&ca.path("out/s.crt")).remove(0);
        assert_eq!(server.names_display(), ["IP:127.0.0.1", "DNS:etcd-0", "IP:::1"]);
        let usage = server.key_usage_display().join(" ");
        assert_eq!(usage.contains("keyEncipherment"), kind == "rsa2048", "{usage}");
        ca.accepts("out/s", "server", Some("::1"));
        assert_eq!((mode(&ca.path("out/s.key")), mode(&ca.path("out/s.crt"))), (0o600, 0o644));
    }
}

#[test]
fn an_intermediate_issues_and_its_chain_is_presented() {
    let ca = Ca::with(&["--intermediate", "etcd-sub", "--org", "Example"]);
    assert_eq!(mode(&ca.path("ca/root.key")), 0o600);
    ca.issue(&["server", "s", "--san", "localhost"]);
    let presented = chain(&ca.path("out/s.crt"));
    let subjects: Vec<_> = presented.iter().map(Certificate::subject).collect();
    assert_eq!(subjects, ["CN=s", "CN=etcd-sub,O=Example"]);
    everybody_accepts(&ca, "s", &[Usage::ServerAuth], Some("localhost"));
    let anchors = chain(&ca.path("ca/ca.crt"));
    assert_eq!(anchors[1].basic_constraints.unwrap().path_len, Some(1));
}

#[test]
fn a_certificate_lives_as_asked_but_not_longer_than_its_ca() {
    let ca = Ca::with(&["--ttl", "10d"]);
    let made = ca.issue(&["client", "short", "--ttl", "2d"]);
    let record = &made["record"];
    let life = |record: &serde_json::Value| {
        record["expires_at"].as_i64().unwrap() - record["issued_at"].as_i64().unwrap()
    };
    assert_eq!(life(record), 2 * 86_400);
    let leaf = chain(&ca.path("out/short.crt")).remove(0);
    let backdated = record["issued_at"].as_i64().unwrap() - leaf.not_before.unix_timestamp();
    assert_eq!(backdated, 300);
    let run = ca.run(&["issue", "client", "long", "--out", "out"]);
    assert_eq!(run.code, Some(0));
    assert!(run.stderr.contains("shortened"), "{run:#?}");
    let root = chain(&ca.path("ca/ca.crt")).remove(0);
    assert_eq!(chain(&ca.path("out/long.crt"))[0].not_after, root.not_after);
}

#[test]
fn the_record_says_what_the_certificate_says() {
    let ca = Ca::new();
    let made = ca.issue(&["peer", "m0", "--san", "10.0.0.1", "--cluster-id", "c1"]);
    let leaf = chain(&ca.path("out/m0.crt")).remove(0);
    let record = &made["record"];
    assert_eq!(record["schema"], "etcd-tls/binding/v1");
    assert_eq!((&record["node_id"], &record["cluster_id"]), (&"m0".into(), &"c1".into()));
    assert_eq!(record["service_name"], serde_json::Value::Null);
    assert_eq!(record["cert_serial"], leaf.serial_hex().as_str());
    assert_eq!(record["cert_sha256"], leaf.sha256().as_str());
    assert_eq!(record["spki_sha256"], leaf.spki_sha256().as_str());
    assert_eq!(record["ca_sha256"], chain(&ca.path("ca/ca.crt"))[0].sha256().as_str());
    assert_eq!((&record["status"], &made["delivered"]), (&"active".into(), &false.into()));
    assert_eq!(ca.records(), std::slice::from_ref(record));
    ca.issue(&["client", "backup"]);
    assert!(ca.records().iter().any(|record| record["service_name"] == "backup"));
    assert_eq!(ca.json(&["list", "--role", "peer"]), std::slice::from_ref(record));
    assert_eq!(ca.json(&["list", "--service-name", "backup"]).len(), 1);
    assert_eq!(ca.json(&["list", "--expires-within", "1d"]).len(), 0);
    let table = ca.run(&["list"]).stdout;
    assert!(table.contains("HOLDER") && table.contains("IP:10.0.0.1"), "{table}");
}

#[test]
fn many_are_made_by_count_and_from_lines() {
    let ca = Ca::new();
    let many = ca.json(&["issue", "client", "c", "--count", "300", "--out", "out"]);
    assert_eq!(many.len(), 300);
    assert_eq!(many[299]["cert"], "out/c-300.crt");
    everybody_accepts(&ca, "c-300", &[Usage::ClientAuth], None);
    let orders = ca.path("orders");
    let lines = [
        r#"{"profile":"server","name":"s0","sans":["10.0.0.1","etcd-0"],"ttl":"1d"}"#,
        r#"{"profile":"client","name":"u0","org":["ops"],"key_algorithm":"p384"}"#,
    ];
    fs::write(&orders, lines.join("\n")).unwrap();
    let made = ca.json(&["issue", "--from", "orders", "--out", "out"]);
    assert_eq!(made[0]["record"]["sans"], serde_json::json!(["IP:10.0.0.1", "DNS:etcd-0"]));
    assert_eq!(made[1]["record"]["subject"], "CN=u0,O=ops");
    assert_eq!(ca.records().len(), 302);
    fs::write(&orders, "{\"profile\":\"client\"}\n").unwrap();
    let run = ca.run(&["issue", "--from", "orders"]);
    assert_eq!(run.code, Some(3));
    assert!(run.stderr.contains("--from orders, line 1"), "{}", run.stderr);
}

#[test]
fn a_passphrase_locks_the_ca_key() {
    let ca = Ca::nowhere();
    fs::write(ca.path("pass"), "correct horse\n").unwrap();
    let with = ["--ca-passphrase-file", "pass"];
    assert_eq!(ca.run(&[&["init", "--cn", "etcd-ca"], &with[..]].concat()).code, Some(0));
    let key = fs::read_to_string(ca.path("ca/ca.key")).unwrap();
    assert!(key.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    let refused = ca.run(&["issue", "client", "c"]);
    assert_eq!(refused.code, Some(3));
    assert!(refused.stderr.contains("encrypted") && !refused.stderr.contains("horse"));
    assert_eq!(ca.run(&[&["issue", "client", "c"], &with[..]].concat()).code, Some(0));
    let tool = ca.tool(&["ca"], &["issue", "client", "d"]);
    assert_eq!(tool.env("ETCD_TLS_CA_PASSPHRASE", "correct horse").run().code, Some(0));
    let wrong =
        ca.tool(&["ca"], &["issue", "client", "e"]).env("ETCD_TLS_CA_PASSPHRASE", "x").run();
    assert!(wrong.stderr.contains("passphrase does not open"), "{}", wrong.stderr);
    assert!(!ca.path("e.crt").exists() && ca.records().len() == 2);
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_written() {
    let ca = Ca::new();
    for (args, said) in [
        (&["client", "a/b"][..], "can't be a file's name"),
        (&["server", "s", "--san", "etcd-0:2379"], "has a port"),
        (&["server", "under score"], "needs --san"),
        (&["server", "s", "--san", "10.0.0.300"], "neither a DNS name nor an address"),
        (&["client", "c", "--ttl", "never"], "a number with a unit"),
        (&["robot", "r"], "robot"),
        (&["client", "c", "--count", "0"], "--count"),
        (&["client", "c", "--service-name", "../other"], "without slash"),
        (&["client", "c", "--cluster-id", "a/b"], "without slash"),
    ] {
        let run = ca.run(&[&["issue", "--out", "out"], args].concat());
        assert_eq!(run.code, Some(2), "{run:#?}");
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    assert!(!ca.path("out").exists() && ca.records().is_empty());
    ca.issue(&["client", "c"]);
    let again = ca.run(&["issue", "client", "c", "--out", "out"]);
    assert_eq!(again.code, Some(1));
    assert!(again.stderr.contains("out/c.key: the file already exists"), "{}", again.stderr);
    assert_eq!(ca.records().len(), 1);
}
