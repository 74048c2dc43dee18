//! What goes wrong around a CA: one clear error, nothing changed; two at once; and no secret where it does not belong.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use data_encoding::{BASE64, HEXLOWER};
use etcd_tls::ca::{Authority, Passphrase, SigningKey};
use etcd_tls::ledger::{CredentialSources, Credentials, Login};
use pkcs8::EncryptedPrivateKeyInfo;
use pkcs8::pkcs5::pbes2::{
    EncryptionScheme, Kdf, Parameters, Pbkdf2Params, Pbkdf2Prf, ScryptParams,
};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rusqlite::Connection;
use support::ca::Ca;
use support::tool::{Run, etcd_tls};
use time::{Duration, OffsetDateTime};
use x509_cert::der::Encode as _;
use x509_cert::der::pem::{LineEnding, encode_string};

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// A failure with one line that says this, that leaves nothing behind.
#[track_caller]
fn fails(ca: &Ca, run: &Run, said: &str, before: &[PathBuf]) {
    assert_eq!(run.code, Some(3), "{run:#?}");
    let errors: Vec<_> = run.stderr.lines().filter(|line| line.starts_with("error: ")).collect();
    assert!(errors.len() == 1 && errors[0].contains(said), "{said}: {}", run.stderr);
    assert_eq!(files(ca.folder()), before);
}

/// A CA that could not be made by the tool itself.
fn odd_ca(ca: &Ca, change: impl Fn(&mut CertificateParams)) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "odd");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let now = OffsetDateTime::now_utc();
    (params.not_before, params.not_after) = (now - Duration::days(9), now + Duration::days(9));
    change(&mut params);
    fs::write(ca.path("ca/ca.crt"), params.self_signed(&key).unwrap().pem()).unwrap();
    fs::write(ca.path("ca/ca.key"), key.serialize_pem()).unwrap();
}

#[test]
fn a_ca_that_can_not_sign_says_why() {
    let now = OffsetDateTime::now_utc();
    let ca = Ca::new();
    let issue = || ca.run(&["issue", "client", "c", "--out", "out"]);
    let before = files(ca.folder());
    odd_ca(&ca, |params| params.not_after = now - Duration::days(1));
    fails(&ca, &issue(), "expired", &before);
    odd_ca(&ca, |params| params.not_before = now + Duration::days(1));
    fails(&ca, &issue(), "clock", &before);
    odd_ca(&ca, |params| params.key_usages = vec![KeyUsagePurpose::CrlSign]);
    fails(&ca, &issue(), "keyCertSign", &before);
    odd_ca(&ca, |params| params.is_ca = IsCa::ExplicitNoCa);
    fails(&ca, &issue(), "CA:TRUE", &before);
    odd_ca(&ca, |_| {});
    fs::write(ca.path("ca/ca.key"), KeyPair::generate().unwrap().serialize_pem()).unwrap();
    fails(&ca, &issue(), "is not the key of", &before);
    fs::write(ca.path("ca/ca.key"), "hello").unwrap();
    fails(&ca, &issue(), "no private key", &before);
    fs::write(ca.path("ca/ca.crt"), "hello").unwrap();
    fails(&ca, &issue(), "no PEM block", &before);
    odd_ca(&ca, |_| {});
    ca.issue(&["client", "c"]);
    assert_eq!(ca.run(&["crl"]).code, Some(1), "it lacks cRLSign");
}

#[test]
fn a_folder_that_takes_no_files_changes_nothing() {
    let ca = Ca::new();
    let before = files(ca.folder());
    // Refuses new files even to root.
    let run = ca.run(&["issue", "client", "c", "--out", "/sys/kernel"]);
    fails(&ca, &run, "/sys/kernel", &before);
    let run = ca.run(&["issue", "client", "c", "--out", "ca/ca.crt"]);
    fails(&ca, &run, "ca.crt", &before);
    assert!(ca.records().is_empty());
}

#[test]
fn a_full_disk_changes_nothing() {
    let ca = Ca::new();
    fs::create_dir(ca.path("full")).unwrap();
    let script = "mount -t tmpfs -o size=16k none full && dd if=/dev/zero of=full/x bs=1k count=64 \
                  2>/dev/null; \"$@\"; code=$?; ls -A full; exit $code";
    let tool = env!("CARGO_BIN_EXE_etcd-tls");
    let Ok(run) = Command::new("unshare")
        .args(["-rm", "sh", "-c", script, "sh", tool, "ca", "issue", "client", "c"])
        .args(["--ca-dir", "ca", "--out", "full"])
        .current_dir(ca.folder())
        .output()
    else {
        return;
    };
    let stderr = String::from_utf8_lossy(&run.stderr);
    if stderr.contains("unshare:") || stderr.contains("mount:") {
        {
            eprintln!("SKIPPED: no file system may be mounted here: {stderr}");
        }
        return;
    }
    assert_eq!(run.status.code(), Some(3), "{run:?}");
    assert!(stderr.contains("full: ") && stderr.contains("no space left"), "{stderr}");
    assert_eq!(String::from_utf8_lossy(&run.stdout).trim(), "x");
    assert!(ca.records().is_empty());
}

#[test]
fn a_locked_ledger_changes_nothing() {
    let ca = Ca::new();
    let other = Connection::open(ca.path("ca/ledger.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let run = ca.run(&["issue", "client", "c", "--out", "out"]);
    assert_eq!(run.code, Some(3), "{run:#?}");
    assert!(
        run.stderr.contains("ledger.db: the ledger is locked by another process"),
        "{}",
        run.stderr
    );
    assert!(!ca.path("out").exists());
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    assert!(ca.records().is_empty());
    fs::write(ca.path("ca/ledger.db"), "this is no database, but long enough to be taken for one")
        .unwrap();
    let run = ca.run(&["list"]);
    assert!(run.code == Some(3) && run.stderr.contains("is no ledger"), "{run:#?}");
}

#[test]
fn two_processes_issue_a_thousand_each() {
    let ca = Ca::new();
    let issue = |name: &'static str| {
        let tool = ca.tool(
            &["ca"],
            &["issue", "client", name, "--count", "1000", "--out", "out", "-o", "json"],
        );
        thread::spawn(move || tool.run())
    };
    let runs = [issue("a"), issue("b")].map(|run| run.join().unwrap());
    let mut serials = HashSet::new();
    for run in &runs {
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        serials.extend(run.lines().iter().map(|one| one["record"]["cert_serial"].to_string()));
    }
    assert_eq!(serials.len(), 2000);
    let recorded: HashSet<String> =
        ca.records().iter().map(|record| record["cert_serial"].to_string()).collect();
    assert_eq!(recorded, serials);
    assert_eq!(files(&ca.path("out")).len(), 4000);
}

/// Does not compile for a type that can be shown: two implementations would do then.
trait Secret<Marker> {
    fn is_kept() {}
}
impl<T> Secret<()> for T {}
impl<T: std::fmt::Debug> Secret<u8> for T {}
impl<T: serde::Serialize> Secret<u16> for T {}
impl<T: std::fmt::Display> Secret<u32> for T {}

#[test]
fn what_holds_secrets_can_not_be_shown() {
    <SigningKey as Secret<_>>::is_kept();
    <Passphrase as Secret<_>>::is_kept();
    <Authority as Secret<_>>::is_kept();
    <Credentials as Secret<_>>::is_kept();
    <CredentialSources as Secret<_>>::is_kept();
    <Login as Secret<_>>::is_kept();
}

#[test]
fn no_secret_is_anywhere_but_in_its_own_file() {
    let ca = Ca::nowhere();
    let mut said = String::new();
    let mut run = |args: &[&str]| {
        let tool = ca.tool(&["ca"], args).env("ETCD_TLS_CA_PASSPHRASE", "correct horse battery");
        let run = tool.run();
        said.push_str(&run.stdout);
        said.push_str(&run.stderr);
    };
    run(&["init", "--cn", "etcd-ca", "--intermediate", "sub"]);
    run(&["issue", "client", "c", "--out", "out", "-o", "json"]);
    run(&[
        "issue",
        "server",
        "s",
        "--san",
        "localhost",
        "--out",
        "out",
        "--key-algorithm",
        "ed25519",
    ]);
    run(&["issue", "client", "c", "--out", "out"]);
    run(&["renew", "out/c.crt", "-o", "json"]);
    run(&["revoke", "out/c.crt"]);
    run(&["crl", "--pem"]);
    run(&["list", "-o", "json"]);
    run(&["check-rotation"]);
    run(&["rotate", "--expires-within", "100d"]);
    run(&["rollover", "-o", "json"]);
    run(&["issue", "peer", "p", "--like", "out/s.crt", "--out", "out", "--key-algorithm", "rsa"]);
    run(&["issue", "client", "bad", "--out", "/sys/kernel"]);
    let all = files(ca.folder());
    let is_key = |path: &&PathBuf| {
        fs::read(path).unwrap().windows(11).any(|window| window == b"PRIVATE KEY")
    };
    let (keys, others): (Vec<_>, Vec<_>) = all.iter().partition(is_key);
    assert!(keys.len() >= 6, "{keys:?}");
    let mut secrets: Vec<Vec<u8>> = vec![b"correct horse battery".to_vec()];
    for key in keys {
        let pem = fs::read_to_string(key).unwrap();
        let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = BASE64.decode(body.as_bytes()).unwrap();
        // The scalar or seed of a plain key; what is encrypted is no secret by itself.
        if !pem.contains("ENCRYPTED") {
            let at = if der.len() < 60 { 16 } else { 36 };
            let secret = der[at..at + 32].to_vec();
            secrets.push(HEXLOWER.encode(&secret).into_bytes());
            secrets.push(BASE64.encode(&secret).as_bytes()[..40].to_vec());
            secrets.push(body.as_bytes()[..64].to_vec());
            secrets.push(secret);
        }
    }
    assert!(secrets.len() > 10);
    let holds = |content: &[u8], secret: &[u8]| {
        content.windows(secret.len()).any(|window| window == secret)
    };
    for secret in &secrets {
        assert!(!holds(said.as_bytes(), secret));
        for path in &others {
            assert!(!holds(&fs::read(path).unwrap(), secret), "{}", path.display());
        }
    }
}

/// A reader of remarks that went away ends nothing: what was made is delivered all the same.
#[test]
fn standard_error_that_can_not_be_written_ends_nothing() {
    let ca = Ca::new();
    let line = format!(
        "cd {} && {} ca issue server s --ca-dir ca --san 10.0.0.1 --out out",
        ca.folder().display(),
        env!("CARGO_BIN_EXE_etcd-tls")
    );
    for (index, end) in ["2>/dev/full", "2>&- ", "2>&1 >/dev/null | true"].iter().enumerate() {
        let name = format!("out{index}");
        let line = format!("{} {end}", line.replace("--out out", &format!("--out {name}")));
        Command::new("sh").args(["-c", &line]).status().unwrap();
        assert!(ca.path(&format!("{name}/s.crt")).exists(), "{line}");
        ca.accepts(&format!("{name}/s"), "server", Some("10.0.0.1"));
    }
    assert_eq!(ca.records().len(), 3);
}

/// No flag takes a time that no clock can be advanced by.
#[test]
fn endless_durations_are_refused_as_such() {
    let ca = Ca::new();
    let endless = "500000000000y";
    let lines: [&[&str]; 5] = [
        &["check", "--endpoints", "https://127.0.0.1:1", "--timeout", endless],
        &["probe", "https://127.0.0.1:1", "--timeout", endless],
        &["inspect", "https://127.0.0.1:1", "--timeout", endless],
        &["ca", "rotate", "--ca-dir", "ca", "--watch", "--interval", endless],
        &["ca", "rotate", "--ca-dir", "ca", "--watch", "--jitter", endless],
    ];
    for line in lines {
        let run = etcd_tls(line).folder(ca.folder()).run();
        assert_eq!(run.code, Some(2), "{line:?}: {run:#?}");
        assert!(run.stderr.contains("a hundred years"), "{line:?}: {run:#?}");
    }
}

/// The work that an encrypted key asks for comes before its passphrase: it is bounded.
#[test]
fn a_key_whose_encryption_asks_for_too_much_is_refused() {
    let (salt, iv) = ([1; 8], [2; 16]);
    let rounds = Kdf::Pbkdf2(Pbkdf2Params {
        salt: &salt,
        iteration_count: 2_000_000_000,
        key_length: None,
        prf: Pbkdf2Prf::HmacWithSha256,
    });
    let memory = Kdf::Scrypt(ScryptParams {
        salt: &salt,
        cost_parameter: 1 << 30,
        block_size: 8,
        parallelization: 1,
        key_length: None,
    });
    let ca = Ca::new();
    for kdf in [rounds, memory] {
        let encryption = EncryptionScheme::Aes256Cbc { iv: &iv };
        let info = EncryptedPrivateKeyInfo {
            encryption_algorithm: pkcs8::pkcs5::EncryptionScheme::Pbes2(Parameters {
                kdf,
                encryption,
            }),
            encrypted_data: &[3; 128],
        };
        let der = info.to_der().unwrap();
        let pem = encode_string("ENCRYPTED PRIVATE KEY", LineEnding::LF, &der).unwrap();
        fs::write(ca.path("costly.key"), pem).unwrap();
        let issue = ["issue", "client", "c", "--out", "out", "--ca-key", "costly.key"];
        let run = ca.tool(&["ca"], &issue).env("ETCD_TLS_CA_PASSPHRASE", "x").run();
        assert!(run.code != Some(0) && run.stderr.contains("3,000,000 rounds"), "{run:#?}");
        assert!(!ca.path("out/c.crt").exists(), "{run:#?}");
    }
}
