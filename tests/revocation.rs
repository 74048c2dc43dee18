//! Revoking: the list that a real etcd reads turns the revoked certificate away at its next connection, and no other.

mod support;

use std::fs;
use std::process::Command;

use etcd_tls::x509::Crl;
use support::ca::Ca;
use support::etcd::{Etcd, releases};
use support::tool::{check, etcd_tls};

#[test]
fn etcd_refuses_what_is_revoked_and_nothing_else() {
    for release in releases() {
        let ca = Ca::new();
        ca.issue(&["server", "s", "--san", "127.0.0.1", "--san", "localhost"]);
        for name in ["good", "bad"] {
            ca.issue(&["client", name]);
        }
        assert_eq!(ca.json(&["crl"])[0]["revoked"], 0);
        let (cacert, crl) = (ca.text("ca/ca.crt"), ca.text("ca/ca.crl"));
        let flags = [
            format!("--cert-file={}", ca.text("out/s.crt")),
            format!("--key-file={}", ca.text("out/s.key")),
            "--client-cert-auth".to_owned(),
            format!("--trusted-ca-file={cacert}"),
            format!("--client-crl-file={crl}"),
        ];
        let etcd = Etcd::start(&release, "https", &flags);
        let dial = |name: &str| {
            let (cert, key) =
                (ca.text(&format!("out/{name}.crt")), ca.text(&format!("out/{name}.key")));
            check(&etcd.url, &["--cacert", &cacert, "--cert", &cert, "--key", &key])
        };
        dial("good").is_healthy();
        dial("bad").is_healthy();
        let revoked = ca.json(&["revoke", "out/bad.crt", "--reason", "key-compromise"]);
        assert_eq!(revoked[0]["record"]["status"], "revoked");
        assert_eq!(revoked[0]["record"]["reason"], "keyCompromise");
        assert_eq!(ca.json(&["crl"])[0]["number"], 2);
        dial("good").is_healthy();
        assert_eq!(dial("bad").code, Some(1), "etcd {}", release.version);
        assert_eq!(ca.json(&["list", "--status", "revoked"]).len(), 1);
        let renewed = ca.run(&["renew", "out/bad.crt"]);
        assert!(renewed.code == Some(1) && renewed.stderr.contains("is revoked"), "{renewed:#?}");
    }
}

#[test]
fn the_list_is_der_with_number_reason_and_dates() {
    let ca = Ca::new();
    let serial = ca.issue(&["client", "c"])["record"]["cert_serial"].as_str().unwrap().to_owned();
    ca.json(&["revoke", &serial.to_uppercase(), "--reason", "superseded"]);
    let again = ca.run(&["revoke", &serial]);
    assert!(again.code == Some(0) && again.stderr.contains("already revoked"), "{again:#?}");
    assert_eq!(ca.run(&["revoke", "abcdef"]).code, Some(1));
    assert_eq!(ca.run(&["revoke", &serial, "--reason", "boredom"]).code, Some(2));
    let listed = &ca.json(&["crl", "--next-update", "1d"])[0];
    let list = Crl::parse(&fs::read(ca.path("ca/ca.crl")).unwrap()).unwrap();
    assert_eq!(list.issuer, "CN=etcd-ca");
    assert_eq!(list.next_update.unwrap().unix_timestamp(), listed["next_update"].as_i64().unwrap());
    assert_eq!(list.serials.len(), 1);
    ca.json(&["crl", "--pem", "--out", "list.pem"]);
    let Ok(openssl) = Command::new("openssl")
        .args(["crl", "-in", "list.pem", "-CAfile", "ca/ca.crt", "-noout", "-text"])
        .current_dir(ca.folder())
        .output()
    else {
        return;
    };
    let text = String::from_utf8_lossy(&openssl.stdout).into_owned();
    assert!(String::from_utf8_lossy(&openssl.stderr).contains("verify OK"), "{openssl:?}");
    for part in ["X509v3 CRL Number", "Superseded", "X509v3 Authority Key Identifier"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_certificate_without_record_is_revoked_by_its_file() {
    let ca = Ca::new();
    ca.issue(&["client", "c"]);
    forget(&ca);
    assert!(ca.records().is_empty());
    ca.json(&["revoke", "out/c.crt"]);
    assert_eq!(ca.records()[0]["status"], "revoked");
    let other = Ca::new();
    let run = other.run(&["revoke", &ca.text("out/c.crt")]);
    assert!(run.code == Some(1) && run.stderr.contains("not issued by this CA"), "{run:#?}");
}

/// How a ledger gets lost.
type Loss = fn(&Ca);

/// Whatever became of the ledger, no list lets in again what the one before turned away, and no command begins a new ledger in its place.
#[test]
fn a_lost_ledger_lets_nobody_in_again() {
    let lost: [(&str, Loss); 4] = [
        ("removed", |ca| forget(ca)),
        ("emptied", |ca| {
            forget(ca);
            fs::write(ca.path("ca/ledger.db"), "").unwrap();
        }),
        ("another one", |ca| {
            let other = Ca::new();
            other.issue(&["client", "c"]);
            forget(ca);
            fs::copy(other.path("ca/ledger.db"), ca.path("ca/ledger.db")).unwrap();
        }),
        ("an older copy", |ca| {
            fs::copy(ca.path("early.db"), ca.path("ca/ledger.db")).unwrap();
        }),
    ];
    for (how, lose) in lost {
        let ca = Ca::new();
        ca.issue(&["client", "bad"]);
        ca.json(&["crl"]);
        fs::copy(ca.path("ca/ledger.db"), ca.path("early.db")).unwrap();
        ca.json(&["revoke", "out/bad.crt"]);
        ca.json(&["crl"]);
        let before = fs::read(ca.path("ca/ca.crl")).unwrap();
        lose(&ca);
        for command in [&["crl"][..], &["crl", "--out", "elsewhere.crl"]] {
            let run = ca.run(command);
            assert_eq!(run.code, Some(1), "{how} {command:?}: {run:#?}");
            assert!(run.stderr.contains("ledger.db"), "{how} {command:?}: {run:#?}");
        }
        assert_eq!(fs::read(ca.path("ca/ca.crl")).unwrap(), before, "{how}");
        assert!(!ca.path("elsewhere.crl").exists(), "{how}");
        let audit = ca.ledger(&["audit", "-o", "json"]);
        let differences = audit.lines();
        assert_eq!(audit.code, Some(1), "{how}: {audit:#?}");
        let unrecorded = |one: &serde_json::Value| one["kind"] == "unrecorded-revocation";
        assert!(differences.iter().any(unrecorded), "{how}: {audit:#?}");
    }
}

#[test]
fn no_command_begins_a_ledger_where_a_list_says_there_was_one() {
    let ca = Ca::new();
    ca.issue(&["client", "c"]);
    ca.json(&["crl"]);
    forget(&ca);
    let commands: [&[&str]; 4] = [
        &["revoke", "out/c.crt"],
        &["renew", "out/c.crt"],
        &["issue", "client", "d", "--out", "out"],
        &["rotate", "out/c.crt", "--expires-within", "90y"],
    ];
    for command in commands {
        let run = ca.run(command);
        assert_eq!(run.code, Some(1), "{command:?}: {run:#?}");
        assert!(run.stderr.contains("ca.crl was written from a ledger"), "{command:?}: {run:#?}");
        assert!(!ca.path("ca/ledger.db").exists(), "{command:?}");
    }
    let audit = ca.ledger(&["audit", "-o", "json"]);
    assert_eq!(
        (audit.code, &audit.lines()[0]["kind"]),
        (Some(1), &"no-ledger".into()),
        "{audit:#?}"
    );
}

fn forget(ca: &Ca) {
    for file in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
        fs::remove_file(ca.path("ca").join(file)).ok();
    }
}

#[test]
fn scan_tells_what_a_list_in_the_tree_revokes() {
    let ca = Ca::new();
    for name in ["good", "bad"] {
        ca.issue(&["client", name]);
    }
    let told = || {
        let run = etcd_tls(["scan", "-o", "json", &ca.text(".")]).run();
        let report = run.json();
        let findings = report["findings"].as_array().unwrap().clone();
        let revoked = findings.into_iter().filter(|one| one["id"] == "cert-revoked");
        revoked.map(|one| one["subject"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told(), [""; 0]);
    ca.json(&["revoke", "out/bad.crt"]);
    ca.json(&["crl"]);
    let told = told();
    assert!(told.len() == 1 && told[0].ends_with("out/bad.crt"), "{told:?}");
}

#[test]
fn the_command_that_writes_the_list_is_whole() {
    let ca = Ca::new();
    let serial = ca.issue(&["client", "c"])["record"]["cert_serial"].as_str().unwrap().to_owned();
    let revoked = ca.run(&["revoke", &serial]);
    assert!(revoked.stdout.contains("etcd-tls ca crl --ca-dir ca\n"), "{revoked:#?}");
}

#[test]
fn a_ca_that_is_there_is_rolled_over_and_not_made_again() {
    let ca = Ca::new();
    let again = ca.run(&["init", "--cn", "etcd-ca"]);
    assert!(again.code == Some(1) && again.stderr.contains("ca rollover"), "{again:#?}");
}
