//! The ledger: embedded and shared, delivered once whatever dies, held against what is really there.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use support::ca::Ca;
use support::cluster::Cluster;
use support::etcd::{Etcd, Release, newest, releases};

/// A CA whose etcd demands client certificates, and the flags to reach it.
struct Site {
    ca: Ca,
    etcd: Etcd,
    release: Release,
}

fn server_flags(ca: &Ca) -> Vec<String> {
    vec![
        format!("--cert-file={}", ca.text("out/s.crt")),
        format!("--key-file={}", ca.text("out/s.key")),
        "--client-cert-auth".to_owned(),
        format!("--trusted-ca-file={}", ca.text("ca/ca.crt")),
    ]
}

fn credentials() -> [&'static str; 6] {
    ["--cacert", "ca/ca.crt", "--cert", "out/c.crt", "--key", "out/c.key"]
}

fn new_ca() -> Ca {
    let ca = Ca::new();
    ca.issue(&["server", "s", "--san", "127.0.0.1,localhost"]);
    ca.issue(&["client", "c"]);
    ca
}

impl Site {
    fn new(release: Release) -> Self {
        let ca = new_ca();
        let etcd = Etcd::start(&release, "https", &server_flags(&ca));
        Self { ca, etcd, release }
    }

    fn shared(&self) -> Vec<&str> {
        [&["--endpoints", self.etcd.url.as_str()], &credentials()[..]].concat()
    }

    fn etcdctl(&self, args: &[&str]) -> String {
        let paths = ["ca/ca.crt", "out/c.crt", "out/c.key"].map(|name| self.ca.text(name));
        let flags = [
            "--endpoints",
            &self.etcd.url,
            "--cacert",
            &paths[0],
            "--cert",
            &paths[1],
            "--key",
            &paths[2],
        ];
        let output = self.release.etcdctl(&[&flags[..], args].concat());
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        let keys = self.etcdctl(&["get", "--prefix", prefix, "--keys-only"]);
        keys.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

#[test]
fn what_is_issued_beside_an_etcd_is_recorded_there_at_once() {
    for release in releases() {
        let site = Site::new(release);
        let made = site.ca.json(
            &[
                &["issue", "peer", "m0", "--san", "10.0.0.1", "--cluster-id", "c1", "--out", "out"],
                &site.shared()[..],
            ]
            .concat(),
        );
        assert_eq!(made[0]["delivered"], true);
        let serial = made[0]["record"]["cert_serial"].as_str().unwrap();
        let key = format!("etcd-tls/clusters/c1/mtls/certs/m0/{serial}");
        let value: Value =
            serde_json::from_str(&site.etcdctl(&["get", &key, "--print-value-only"])).unwrap();
        assert_eq!(value, made[0]["record"]);
        // What was issued before went along.
        assert_eq!(site.keys("etcd-tls/clusters/").len(), 3);
        site.ca.json(&[&["renew", "out/m0.crt"], &site.shared()[..]].concat());
        let old: Value =
            serde_json::from_str(&site.etcdctl(&["get", &key, "--print-value-only"])).unwrap();
        assert_eq!(old["status"], "superseded");
        let shown =
            site.ca.ledger(&[&["show", serial, "-o", "json"], &site.shared()[..]].concat()).json();
        assert_eq!((&shown["shared_key"], &shown["delivered"]), (&key.into(), &true.into()));
        for (lang, told) in [("ja", "0 件を送信しました\n"), ("zh", "已提交 0 条\n")] {
            let sync = site.ca.ledger(&[&["sync", "--lang", lang], &site.shared()[..]].concat());
            assert_eq!(sync.stdout, told);
        }
        assert_eq!(shown["shared"], shown["record"]);
    }
}

#[test]
fn a_record_waits_for_an_etcd_that_is_away() {
    let release = newest();
    let ca = new_ca();
    let away =
        ["--endpoints", "https://127.0.0.1:9", "--cacert", "ca/ca.crt", "--timeout", "500ms"];
    let run =
        ca.run(&[&["issue", "client", "d", "--out", "out", "-o", "json"], &away[..]].concat());
    assert_eq!((run.code, &run.json()["delivered"]), (Some(0), &Value::Bool(false)), "{run:#?}");
    assert!(run.stderr.contains("waits for ledger sync"), "{}", run.stderr);
    let failed = ca.ledger(&[&["sync", "--give-up", "300ms"], &away[..]].concat());
    assert_eq!(failed.code, Some(3));
    assert!(failed.stderr.contains("https://127.0.0.1:9"), "{}", failed.stderr);
    assert_eq!(ca.ledger(&["sync"]).code, Some(2));
    let etcd = Etcd::start(&release, "https", &server_flags(&ca));
    let site = Site { ca, etcd, release };
    let sync = || site.ca.ledger(&[&["sync", "-o", "json"], &site.shared()[..]].concat());
    assert_eq!(sync().json(), json!({ "delivered": 3, "conflicts": 0 }));
    assert_eq!(sync().json(), json!({ "delivered": 0, "conflicts": 0 }));
}

#[test]
fn a_foreign_record_is_shown_and_never_overwritten() {
    let release = newest();
    let site = Site::new(release);
    let of_client = site.ca.json(&["list", "--service-name", "c"]);
    let serial = of_client[0]["cert_serial"].as_str().unwrap().to_owned();
    let key = format!("photoncloud/clusters/default/mtls/certs/c/{serial}");
    let theirs = r#"{"node_id":"x","cert_serial":"0099","issued_at":1,"expires_at":4102444800}"#;
    site.etcdctl(&["put", &key, theirs]);
    let with_prefix =
        [&["sync", "--ledger-prefix", "photoncloud/clusters"], &site.shared()[..]].concat();
    let run = site.ca.ledger(&with_prefix);
    assert_eq!(run.code, Some(1), "{run:#?}");
    assert!(run.stderr.contains("conflict") && run.stderr.contains("0099"), "{}", run.stderr);
    assert_eq!(site.etcdctl(&["get", &key, "--print-value-only"]).trim(), theirs);
    let list = site.ca.ledger(&[&["list", "-o", "json"], &site.shared()[..]].concat()).lines();
    assert!(list.iter().any(|one| one["cert_serial"] == "0099" && one["cluster_id"] == "default"));
    let table = site.ca.ledger(&[&["list"], &site.shared()[..]].concat()).stdout;
    assert!(table.contains("of another tool"), "{table}");
    // Nor one that stands in the place of a record which was delivered before and changed since.
    site.ca.ledger(&[&["sync"], &site.shared()[..]].concat());
    let ours = format!("etcd-tls/clusters/default/mtls/certs/c/{serial}");
    site.etcdctl(&["put", &ours, theirs]);
    site.ca.json(&["revoke", &serial]);
    assert_eq!(site.ca.ledger(&[&["sync"], &site.shared()[..]].concat()).code, Some(1));
    assert_eq!(site.etcdctl(&["get", &ours, "--print-value-only"]).trim(), theirs);
}

#[test]
fn records_go_only_to_an_etcd_that_can_be_verified() {
    let release = newest();
    let site = Site::new(release);
    let other = Ca::new();
    let cacert = other.text("ca/ca.crt");
    let flags = [
        "--endpoints",
        &site.etcd.url,
        "--cacert",
        &cacert,
        "--cert",
        "out/c.crt",
        "--key",
        "out/c.key",
    ];
    let run = site.ca.ledger(&[&["sync", "--give-up", "100ms"], &flags[..]].concat());
    assert_eq!(run.code, Some(3), "{run:#?}");
    assert!(run.stderr.contains("x509: certificate signed by unknown authority"), "{}", run.stderr);
    assert!(site.keys("etcd-tls").is_empty());
}

#[test]
fn an_audit_names_what_differs() {
    let release = newest();
    let site = Site::new(release);
    let shared = site.shared();
    let audit = || {
        let run = site.ca.ledger(&[&["audit", "-o", "json"], &shared[..]].concat());
        let lines = run.lines();
        let mut kinds: Vec<_> =
            lines.iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect();
        kinds.sort();
        assert_eq!(run.code, Some(i32::from(!kinds.is_empty())), "{run:#?}");
        kinds
    };
    assert_eq!(audit(), ["undelivered", "undelivered"]);
    site.ca.ledger(&[&["sync"], &shared[..]].concat());
    assert_eq!(audit(), Vec::<String>::new());
    site.ca.json(&[&["issue", "client", "lost", "--out", "out"], &shared[..]].concat());
    fs::remove_file(site.ca.path("out/lost.crt")).unwrap();
    site.ca.json(&[&["issue", "client", "bad", "--out", "out"], &shared[..]].concat());
    site.ca.json(&[&["revoke", "out/bad.crt"], &shared[..]].concat());
    let old = fs::read(site.ca.path("out/s.crt")).unwrap();
    let old_key = fs::read(site.ca.path("out/s.key")).unwrap();
    site.ca.json(&[&["renew", "out/s.crt"], &shared[..]].concat());
    // etcd reads its pair anew for each connection: put the old one back under its eyes.
    fs::write(site.ca.path("out/s.crt"), old).unwrap();
    fs::write(site.ca.path("out/s.key"), old_key).unwrap();
    fs::create_dir(site.ca.path("spare")).unwrap();
    let args = ["issue", "client", "unknown", "--out", "out", "--ledger", "spare/ledger.db"];
    site.ca.json(&args);
    assert_eq!(
        audit(),
        ["missing", "missing", "revoked-accepted", "superseded-served", "unrecorded"]
    );
    let table = site.ca.ledger(&[&["audit"], &shared[..]].concat());
    assert!(table.stdout.contains("accepts this revoked certificate"), "{}", table.stdout);
}

#[test]
fn a_thousand_records_survive_the_death_of_the_leader() {
    let release = newest();
    let ca = new_ca();
    ca.json(&["issue", "client", "n", "--count", "998", "--out", "many"]);
    let paths = ["ca/ca.crt", "out/c.crt", "out/c.key"].map(|name| ca.text(name));
    let flags = ["--cacert", &paths[0], "--cert", &paths[1], "--key", &paths[2]];
    let mut cluster = Cluster::start(&release, &server_flags(&ca), &flags);
    let urls = cluster.urls();
    let args = ["sync", "--endpoints", &urls, "--timeout", "1s", "--give-up", "30s", "-o", "json"];
    let tool = ca.tool(&["ledger"], &[&args[..], &flags].concat());
    let syncing = thread::spawn(move || tool.run());
    let count = |cluster: &Cluster| {
        let found = cluster
            .etcdctl(&flags, &["get", "--prefix", "etcd-tls/", "--count-only", "-w", "json"]);
        let found: Value = serde_json::from_slice(&found.stdout).unwrap_or_default();
        found["count"].as_u64().unwrap_or(0)
    };
    while count(&cluster) == 0 && !syncing.is_finished() {
        thread::sleep(Duration::from_millis(1));
    }
    cluster.kill_leader(&flags);
    let run = syncing.join().unwrap();
    assert_eq!(run.code, Some(0), "{run:#?}");
    let all = cluster.etcdctl(&flags, &["get", "--prefix", "etcd-tls/", "-w", "json"]);
    let all: Value = serde_json::from_slice(&all.stdout).unwrap();
    let entries = all["kvs"].as_array().unwrap();
    assert_eq!(entries.len(), 1000);
    assert!(entries.iter().all(|entry| entry["version"] == 1), "none was written twice");
    let waiting = ca.ledger(&[&args[..], &flags].concat()).json();
    assert_eq!(waiting["delivered"], 0);
}

#[test]
fn records_stand_in_the_order_of_issue() {
    let ca = Ca::new();
    let names = ["n", "m", "l", "k", "j", "i"];
    let made = names.map(|name| ca.issue(&["client", name])["record"]["cert_serial"].clone());
    let listed: Vec<_> = ca.records().iter().map(|one| one["cert_serial"].clone()).collect();
    assert_eq!(listed, made);
}

#[test]
fn an_older_ledger_is_brought_up_to_date() {
    let ca = Ca::new();
    ca.issue(&["client", "a"]);
    ca.issue(&["client", "b"]);
    let before = ca.records();
    let ledger = rusqlite::Connection::open(ca.path("ca/ledger.db")).unwrap();
    ledger
        .execute_batch(
            "CREATE TABLE first (serial TEXT PRIMARY KEY, body TEXT NOT NULL, cert TEXT, key TEXT,
                 delivered TEXT) STRICT, WITHOUT ROWID;
             INSERT INTO first SELECT serial, json_set(body, '$.issued_at', number), cert, key,
                 delivered FROM record;
             DROP TABLE record; ALTER TABLE first RENAME TO record; PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(ledger);
    let serials = |records: &[Value]| -> Vec<Value> {
        records.iter().map(|one| one["cert_serial"].clone()).collect()
    };
    assert_eq!(serials(&ca.records()), serials(&before));
    assert_eq!(ca.json(&["renew", "out/a.crt"]).len(), 1);
    let newer = rusqlite::Connection::open(ca.path("ca/ledger.db")).unwrap();
    newer.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(newer);
    let run = ca.run(&["list"]);
    assert!(run.code == Some(3) && run.stderr.contains("schema 99"), "{run:#?}");
}
