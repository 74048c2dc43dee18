//! Requests: those of other tools are signed with their own key, names outside what is allowed are dropped aloud.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use etcd_tls::x509::{Certificate, Go, Request};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use support::ca::Ca;

fn leaf(ca: &Ca, name: &str) -> Certificate {
    let der = CertificateDer::from_pem_file(ca.path(name)).unwrap();
    Certificate::parse(&der, Go::DEFAULT).unwrap()
}

/// Runs openssl; false where it is not installed, which is said.
fn openssl(ca: &Ca, args: &str) -> bool {
    let Ok(output) =
        Command::new("openssl").args(args.split(' ')).current_dir(ca.folder()).output()
    else {
        #[expect(clippy::print_stderr, reason = "a test says aloud what it skips")]
        {
            eprintln!("SKIPPED: openssl is not installed");
        }
        return false;
    };
    assert!(output.status.success(), "{args}: {output:?}");
    true
}

#[test]
fn a_request_of_our_own_becomes_a_certificate() {
    let ca = Ca::new();
    let made = ca.tool(&["ca"], &["list"]).run();
    assert_eq!(made.code, Some(0));
    let request = support::tool::etcd_tls(["ca", "request", "peer", "m0", "--san", "10.0.0.1"])
        .args(["--san", "m0.etcd", "--org", "ops", "--out", "req", "-o", "json"])
        .folder(ca.folder())
        .run();
    assert_eq!(request.code, Some(0), "{request:#?}");
    let signed = ca.json(&["sign", "--csr", "req/m0.csr", "--profile", "peer", "--out", "out"]);
    assert_eq!(signed[0]["key"], serde_json::Value::Null);
    assert_eq!(signed[0]["record"]["node_id"], "m0");
    fs::copy(ca.path("req/m0.key"), ca.path("out/m0.key")).unwrap();
    ca.accepts("out/m0", "server", Some("10.0.0.1"));
    assert_eq!(leaf(&ca, "out/m0.crt").subject(), "CN=m0,O=ops");
    let again = support::tool::etcd_tls(["ca", "request", "peer", "m0", "--out", "req"])
        .folder(ca.folder())
        .run();
    assert_eq!(again.code, Some(1), "{again:#?}");
}

#[test]
fn requests_of_openssl_keep_their_key_byte_for_byte() {
    let ca = Ca::new();
    for (index, (key, hash)) in [
        ("ec -pkeyopt ec_paramgen_curve:P-256", "sha256"),
        ("ec -pkeyopt ec_paramgen_curve:P-256", "sha512"),
        ("ec -pkeyopt ec_paramgen_curve:P-384", "sha256"),
        ("ec -pkeyopt ec_paramgen_curve:P-384", "sha384"),
        ("ec -pkeyopt ec_paramgen_curve:P-521", "sha256"),
        ("ec -pkeyopt ec_paramgen_curve:P-521", "sha512"),
        ("ed25519", "sha256"),
        ("rsa:2048", "sha256"),
        ("rsa:2048", "sha384"),
        ("rsa:3072", "sha512"),
    ]
    .into_iter()
    .enumerate()
    {
        for form in ["PEM", "DER"] {
            let name = format!("{index}{form}");
            let made = format!(
                "req -new -newkey {key} -nodes -keyout {name}.key -{hash} -subj /O=ops/CN=etcd-0 \
                 -addext subjectAltName=DNS:etcd-0,IP:10.0.0.1 -addext basicConstraints=CA:FALSE \
                 -outform {form} -out {name}.csr"
            );
            if !openssl(&ca, &made) {
                return;
            }
            let csr = format!("{name}.csr");
            ca.json(&["sign", "--csr", &csr, "--profile", "server"]);
            let der = fs::read(ca.path(&csr)).unwrap();
            if form == "DER" {
                let request = Request::parse(&der).unwrap();
                assert_eq!(leaf(&ca, &format!("{name}.crt")).spki, request.spki);
                assert_eq!(leaf(&ca, &format!("{name}.crt")).raw_subject, request.raw_subject);
            }
            ca.accepts(&name, "server", Some("10.0.0.1"));
        }
    }
}

#[test]
fn what_is_not_allowed_is_dropped_aloud() {
    let ca = Ca::new();
    let made = "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -subj /CN=x -out x.csr \
         -addext subjectAltName=DNS:a.etcd,DNS:evil.example,IP:10.0.0.1,IP:192.168.0.1 \
         -addext basicConstraints=critical,CA:TRUE -addext extendedKeyUsage=codeSigning,serverAuth \
         -addext tlsfeature=status_request";
    if !openssl(&ca, made) {
        return;
    }
    let run = ca.run(&[
        "sign",
        "--csr",
        "x.csr",
        "--profile",
        "server",
        "--allow-san",
        "*.etcd",
        "--allow-san",
        "10.0.0.0/8",
        "-o",
        "json",
    ]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    assert_eq!(run.json()["record"]["sans"], serde_json::json!(["DNS:a.etcd", "IP:10.0.0.1"]));
    for dropped in
        ["DNS:evil.example", "IP:192.168.0.1", "CA:TRUE", "codeSigning", "1.3.6.1.5.5.7.1.24"]
    {
        assert!(run.stderr.contains(dropped), "{dropped}: {}", run.stderr);
    }
    assert!(!leaf(&ca, "x.crt").is_ca());
    let none =
        ca.run(&["sign", "--csr", "x.csr", "--profile", "peer", "--allow-san", "b", "--out", "o"]);
    assert_eq!(none.code, Some(1), "{none:#?}");
    assert!(none.stderr.contains("no name is left") && !ca.path("o").exists());
}

/// Requests that other tools made, as `fixtures/requests/README.md` says.
#[test]
fn requests_of_other_tools_are_signed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/requests");
    let mut signed = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "csr") {
            continue;
        }
        let ca = Ca::new();
        let csr = path.to_str().unwrap();
        let profile = if csr.contains("client") { "client" } else { "peer" };
        let made =
            ca.run(&["sign", "--csr", csr, "--profile", profile, "--out", "out", "-o", "json"]);
        assert_eq!(made.code, Some(0), "{made:#?}");
        assert_eq!(made.stderr, "", "{csr}");
        let (_, der) = x509_cert::der::pem::decode_vec(&fs::read(&path).unwrap()).unwrap();
        let request = Request::parse(&der).unwrap();
        let leaf = leaf(&ca, made.json()["cert"].as_str().unwrap());
        assert_eq!((leaf.spki, leaf.raw_subject), (request.spki, request.raw_subject), "{csr}");
        assert_eq!(leaf.sans.unwrap_or_default(), request.sans, "{csr}");
        signed += 1;
    }
    assert!(signed >= 5, "{signed}");
}

#[test]
fn what_a_request_says_does_no_harm() {
    let ca = Ca::new();
    let key = rcgen::KeyPair::generate().unwrap();
    let mut request = rcgen::CertificateParams::new(["x".to_owned()]).unwrap();
    let mailbox = rcgen::string::Ia5String::try_from("a\u{1b}[31m@b".to_owned()).unwrap();
    request.subject_alt_names.push(rcgen::SanType::Rfc822Name(mailbox));
    request.distinguished_name.push(rcgen::DnType::CommonName, "../../other/mtls/certs/n");
    fs::write(ca.path("x.csr"), request.serialize_request(&key).unwrap().pem().unwrap()).unwrap();
    let sign = |more: &[&str]| {
        let args = ["sign", "--csr", "x.csr", "--profile", "peer", "--allow-san", "x"];
        ca.run(&[&args[..], more].concat())
    };
    let other = sign(&[]);
    assert!(other.code == Some(2) && other.stderr.contains("without slash"), "{other:#?}");
    assert!(ca.records().is_empty() && !ca.path("x.crt").exists());
    let named = sign(&["--node-id", "n"]);
    assert_eq!(named.code, Some(0), "{named:#?}");
    assert!(named.stderr.contains("\\x1b[31m") && !named.stderr.contains('\u{1b}'), "{named:#?}");
    assert!(!named.stdout.contains('\u{1b}'));
}

#[test]
fn a_request_that_lies_gets_nothing() {
    let ca = Ca::new();
    if !openssl(
        &ca,
        "req -new -newkey rsa:1024 -nodes -keyout k -subj /CN=x -outform DER -out short.csr",
    ) || !openssl(
        &ca,
        "req -new -newkey rsa:2048 -sha1 -nodes -keyout k -subj /CN=x -out sha1.csr",
    ) {
        return;
    }
    let key = rcgen::KeyPair::generate().unwrap();
    let request = rcgen::CertificateParams::new(["x".to_owned()]).unwrap();
    let mut der = request.serialize_request(&key).unwrap().der().to_vec();
    *der.last_mut().unwrap() ^= 1;
    fs::write(ca.path("forged.csr"), der).unwrap();
    fs::write(ca.path("none.csr"), "hello").unwrap();
    for (csr, code, said) in [
        ("short.csr", 1, "RSA 1024"),
        ("sha1.csr", 1, "not signed by its own key"),
        ("forged.csr", 1, "not signed by its own key"),
        ("none.csr", 3, "no certificate request"),
        ("missing.csr", 3, "missing.csr"),
    ] {
        let run = ca.run(&["sign", "--csr", csr, "--profile", "client"]);
        assert_eq!(run.code, Some(code), "{run:#?}");
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    assert!(ca.records().is_empty());
}
