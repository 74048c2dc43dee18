//! Files that no careful tool should choke on, given as `--cacert`, `--cert` and `--key`: no hang, little memory, a clear finding.

mod support;

use std::{fs, process::Command};

use support::{
    etcd::free_port,
    pki::{Pki, mtls},
    tool::{Run, check, etcd_tls},
};

const MEMORY_KIB: u64 = 64 * 1024;

#[test]
fn what_is_no_regular_file_is_refused_unread() {
    let pki = Pki::new();
    let fifo = pki.path("ca.crt");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let folder = pki.folder().to_str().unwrap().to_owned();
    for path in [fifo.as_str(), "/dev/zero", "/dev/null", &folder] {
        blames(&given_as_each_flag(&pki, path), path);
    }
}

#[test]
fn a_huge_file_is_not_read() {
    let pki = Pki::new();
    let path = pki.path("huge.crt");
    let file = fs::File::create(&path).unwrap();
    file.set_len(100 << 20).unwrap();
    blames(&given_as_each_flag(&pki, &path), &path);

    // Not only when it is sparse.
    fs::write(&path, vec![b'A'; 100 << 20]).unwrap();
    blames(&given_as_each_flag(&pki, &path), &path);
}

#[test]
fn what_holds_no_certificate_is_named() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let pem = fs::read_to_string(&ca.cert).unwrap();
    for (id, name, content) in [
        ("file-empty", "empty.crt", String::new()),
        ("file-empty", "blank.crt", "\n\n  \n".to_owned()),
        ("pem-malformed", "bom.crt", format!("\u{feff}{pem}")),
        ("pem-malformed", "cut.crt", pem[..pem.len() / 2].to_owned()),
        ("pem-malformed", "one-line.crt", pem.replace('\n', "\\n")),
        ("pem-wrong-type", "key.crt", fs::read_to_string(&ca.key).unwrap()),
    ] {
        let path = pki.write(name, content);
        let run = check(&nobody(), &["--cacert", &path]);
        run.finds(id);
        assert_eq!(run.json()["root_cause"]["subject"], path.as_str());
    }
}

#[test]
fn a_file_that_is_not_there_is_named_with_its_neighbour() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let missing = pki.path("ca.pem");
    let run = check(&nobody(), &["--cacert", &missing]);
    run.finds("file-missing");
    assert!(run.stdout.contains(&ca.cert), "{run:#?}");
}

#[test]
fn swapped_flags_are_put_right() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let client = pki.client(&ca, "client").issue();
    let run =
        check(&nobody(), &["--cacert", &ca.cert, "--cert", &client.key, "--key", &client.cert]);
    run.finds("flags-swapped");
    let right = format!("--cert {} --key {}", client.cert, client.key);
    assert!(run.json()["findings"][0]["fix"].to_string().contains(&right), "{run:#?}");
}

#[test]
fn a_key_that_others_can_read_is_a_remark_until_strict() {
    use std::os::unix::fs::PermissionsExt;
    let release = support::etcd::newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let client = pki.client(&ca, "client").issue();
    let etcd = support::etcd::Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
    fs::set_permissions(&client.key, fs::Permissions::from_mode(0o644)).unwrap();
    let flags = mtls(&ca, &client);
    let run = check(&etcd.url, &flags);
    run.finds("key-permissions");
    assert_eq!(run.code, Some(0));
    let strict = etcd_tls(["check", "--strict", "--endpoints", &etcd.url]).args(flags).run();
    assert_eq!(strict.code, Some(1), "{strict:#?}");
}

/// One run for each of the three flags, the other two being right.
fn given_as_each_flag(pki: &Pki, path: &str) -> Vec<Run> {
    let ca = pki.authority("right-ca", "etcd-ca");
    let client = pki.client(&ca, "right").issue();
    let right = [("--cacert", &ca.cert), ("--cert", &client.cert), ("--key", &client.key)];
    let runs = (0..right.len()).map(|wrong| {
        let flags = right.iter().enumerate().flat_map(|(at, (flag, value))| {
            [*flag, if at == wrong { path } else { value.as_str() }]
        });
        check(&nobody(), &flags.collect::<Vec<_>>())
    });
    runs.collect()
}

/// The file is the root cause although nothing listens either, and looking at it took little memory.
#[track_caller]
fn blames(runs: &[Run], path: &str) {
    for run in runs {
        let report = run.json();
        assert_eq!(report["root_cause"]["subject"], path, "{run:#?}");
        assert_eq!(run.code, Some(1));
        assert!(run.peak_kib < MEMORY_KIB, "{run:#?}");
    }
}

fn nobody() -> String {
    format!("https://127.0.0.1:{}", free_port())
}
