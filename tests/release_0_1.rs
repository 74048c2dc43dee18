//! A folder of release 0.1 as a killed machine left it: a renewal in the ledger's journal, and a rollover between its two last moves,
//! so that the CA's certificate and key do not fit. Both are carried on.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use etcd_tls::ca::SigningKey;
use etcd_tls::x509::{Certificate, Go};
use rusqlite::Connection;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use support::ca::Ca;
use support::etcd::{Etcd, newest};

/// The old CA's serial, and the two of the client's certificate.
const OLD_CA: &str = "e0fae61912b444497128ab747ee6ce87";
const BEFORE: &str = "263d5813f7530cb063a71b81a2840ef7";
const AFTER: &str = "e1fde888eaecd3e492ca3c537c1eb2d8";

/// The folder, copied; the paths in its ledger follow.
fn left() -> Ca {
    let ca = Ca::nowhere();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/release-0.1/.");
    let copied = Command::new("cp").arg("-a").arg(fixture).arg(ca.folder()).status();
    assert!(copied.unwrap().success());
    let ledger = Connection::open(ca.path("ca/ledger.db")).unwrap();
    let places = ["/tmp/etcd-tls-0.1", ca.folder().to_str().unwrap()];
    for change in [
        "UPDATE record SET cert = replace(cert, ?1, ?2), key = replace(key, ?1, ?2)",
        "UPDATE journal SET body = replace(body, ?1, ?2)",
    ] {
        assert!(ledger.execute(change, places).unwrap() > 0, "{change}");
    }
    ca
}

#[track_caller]
fn fits(cert: &Path, key: &Path) -> Certificate {
    let der = CertificateDer::from_pem_file(cert).unwrap();
    let certificate = Certificate::parse(&der, Go::DEFAULT).unwrap();
    let key = SigningKey::from_pem(&fs::read(key).unwrap(), None).unwrap();
    assert!(key.spki() == certificate.spki, "{}", cert.display());
    certificate
}

#[test]
fn its_interrupted_renewal_is_completed() {
    let ca = left();
    let state = |serial: &str| {
        let records = ca.records();
        let record = records.iter().find(|record| record["cert_serial"] == serial);
        record.unwrap()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!([state(BEFORE), state(AFTER)], ["superseded", "active"]);
    assert_eq!(ca.records().len(), 5);
    let pair = fits(&ca.path("out/c.crt"), &ca.path("out/c.key"));
    assert_eq!(pair.serial_hex(), AFTER);
    let names = fs::read_dir(ca.path("out")).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().ends_with(".new")), "{names:?}");
}

#[test]
fn its_interrupted_rollover_is_completed() {
    let release = newest();
    let ca = left();
    let new = fs::read(ca.path("ca/next/ca.crt")).unwrap();
    let flags = [
        format!("--cert-file={}", ca.text("out/s.crt")),
        format!("--key-file={}", ca.text("out/s.key")),
        "--client-cert-auth".to_owned(),
        format!("--trusted-ca-file={}", ca.text("pool.crt")),
    ];
    let etcd = Etcd::start(&release, "https", &flags);
    let done = ca.run(&["rollover", "--endpoints", &etcd.url, "-o", "json"]);
    assert_eq!(done.code, Some(0), "{done:#?}");
    assert_eq!(done.json()["step"], "the new CA has taken the old one's place");
    fits(&ca.path("ca/ca.crt"), &ca.path("ca/ca.key"));
    for file in ["ca/ca.crt", "ca/ca-bundle.crt"] {
        assert_eq!(fs::read(ca.path(file)).unwrap(), new, "{file}");
    }
    let old = [format!("ca/ca.crt.bak-{OLD_CA}"), format!("ca/ca.key.bak-{OLD_CA}")];
    assert_eq!(fits(&ca.path(&old[0]), &ca.path(&old[1])).serial_hex(), OLD_CA);
    for gone in ["ca/next", "ca/ca.rollover"] {
        assert!(!ca.path(gone).exists(), "{gone}");
    }
    ca.issue(&["client", "d"]);
    ca.accepts("out/d", "client", None);
}
