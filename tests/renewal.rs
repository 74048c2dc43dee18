//! Renewing: same names and role, old files kept, what is due is said and rotated.

mod support;

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixDatagram;

use serde_json::Value;
use support::ca::Ca;

#[test]
fn a_renewal_keeps_names_role_and_the_old_pair() {
    let ca = Ca::new();
    let first =
        ca.issue(&["peer", "m0", "--san", "10.0.0.1", "--ttl", "9d", "--key-algorithm", "p384"]);
    let old = [fs::read(ca.path("out/m0.crt")).unwrap(), fs::read(ca.path("out/m0.key")).unwrap()];
    let made = &ca.json(&["renew", "out/m0.crt"])[0];
    ca.accepts("out/m0", "server", Some("10.0.0.1"));
    let (was, is) = (&first["record"], &made["record"]);
    for same in ["subject", "sans", "profile", "node_id", "cluster_id"] {
        assert_eq!(was[same], is[same], "{same}");
    }
    assert_ne!(was["spki_sha256"], is["spki_sha256"]);
    assert_eq!(is["supersedes"], was["cert_serial"]);
    let life = |record: &Value| {
        record["expires_at"].as_i64().unwrap() - record["issued_at"].as_i64().unwrap()
    };
    assert_eq!(life(is), 9 * 86_400);
    let serial = was["cert_serial"].as_str().unwrap();
    for (file, old) in ["crt", "key"].into_iter().zip(old) {
        let kept = ca.path(&format!("out/m0.{file}.bak-{serial}"));
        assert_eq!(fs::read(&kept).unwrap(), old);
    }
    let mode = fs::metadata(ca.path("out/m0.key")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let records = ca.records();
    let status = |serial: &Value| {
        records.iter().find(|record| record["cert_serial"] == *serial).unwrap()["status"].clone()
    };
    assert_eq!(
        (status(&was["cert_serial"]), status(&is["cert_serial"])),
        ("superseded".into(), "active".into())
    );
}

#[test]
fn a_kept_key_is_not_touched() {
    let ca = Ca::new();
    ca.issue(&["client", "c"]);
    let key = fs::read(ca.path("out/c.key")).unwrap();
    let made = &ca.json(&["renew", "out/c.crt", "--keep-key", "--ttl", "1d"])[0];
    assert_eq!(made["key"], Value::Null);
    assert_eq!(fs::read(ca.path("out/c.key")).unwrap(), key);
    ca.accepts("out/c", "client", None);
}

#[test]
fn a_link_to_the_pairs_folder_moves_to_a_new_one() {
    let ca = Ca::new();
    let serial = ca.issue(&["server", "tls", "--san", "localhost"])["record"]["cert_serial"]
        .as_str()
        .unwrap()
        .to_owned();
    fs::rename(ca.path("out"), ca.path("first")).unwrap();
    fs::copy(ca.path("ca/ca.crt"), ca.path("first/ca.crt")).unwrap();
    symlink("first", ca.path("..data")).unwrap();
    fs::create_dir(ca.path("mounted")).unwrap();
    for file in ["tls.crt", "tls.key"] {
        symlink(format!("../..data/{file}"), ca.path("mounted").join(file)).unwrap();
    }
    let old = ["crt", "key"].map(|kind| fs::read(ca.path(&format!("first/tls.{kind}"))).unwrap());
    for file in ["..data/tls.crt", "mounted/tls.crt"] {
        let before = fs::read_link(ca.path("..data")).unwrap();
        ca.json(&["renew", file]);
        assert_ne!(fs::read_link(ca.path("..data")).unwrap(), before);
        ca.accepts("..data/tls", "server", Some("localhost"));
    }
    assert!(ca.path("mounted/tls.crt").is_symlink() && ca.path("..data/ca.crt").is_file());
    assert_eq!(
        ["crt", "key"].map(|kind| fs::read(ca.path(&format!("first/tls.{kind}"))).unwrap()),
        old
    );
    let mode = fs::metadata(ca.path("..data/tls.key")).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode, fs::read_dir(ca.path("..data")).unwrap().count()), (0o600, 3));
    let records = ca.records();
    let states: Vec<_> = records.iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(states, ["superseded", "superseded", "active"]);
    assert_eq!(records[0]["cert_serial"], serial.as_str());
    let left = ca.run(&["rotate", "first", "--expires-within", "100d"]);
    assert!(left.code == Some(0) && left.stderr.contains("nothing is due"), "{left:#?}");
    let kept = ca.json(&["renew", "..data/tls.crt", "--keep-key"]);
    assert_eq!(kept[0]["cert"], "..data/tls.crt");
    // The folder of a second link is none of its own: there the two files are renamed as anywhere else.
    fs::create_dir(ca.path("first/sub")).unwrap();
    symlink("first", ca.path("other")).unwrap();
    assert_eq!(ca.run(&["renew", "other/tls.crt"]).code, Some(0));
    assert!(ca.path(&format!("first/tls.crt.bak-{serial}")).is_file());
}

#[test]
fn the_key_is_found_by_what_it_is() {
    let ca = Ca::new();
    ca.issue(&["client", "c"]);
    fs::rename(ca.path("out/c.key"), ca.path("out/whatever")).unwrap();
    fs::set_permissions(ca.path("out/whatever"), fs::Permissions::from_mode(0o644)).unwrap();
    let made = &ca.json(&["renew", "out/c.crt"])[0];
    assert_eq!(made["key"], "out/whatever");
    let mode = fs::metadata(ca.path("out/whatever")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    fs::remove_file(ca.path("out/whatever")).unwrap();
    let backup = fs::read_dir(ca.path("out")).unwrap().map(|entry| entry.unwrap().path());
    for file in backup.filter(|path| path.to_string_lossy().contains("whatever.bak")) {
        fs::remove_file(file).unwrap();
    }
    let run = ca.run(&["renew", "out/c.crt"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("no key file in its directory fits"), "{}", run.stderr);
}

#[test]
fn a_foreign_certificate_is_renewed_only_when_asked() {
    let (ca, other) = (Ca::new(), Ca::new());
    other.issue(&["server", "s", "--san", "localhost"]);
    fs::create_dir(ca.path("out")).unwrap();
    for file in ["out/s.crt", "out/s.key"] {
        fs::copy(other.path(file), ca.path(file)).unwrap();
    }
    let run = ca.run(&["renew", "out/s.crt"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("not issued by this CA"), "{}", run.stderr);
    let made = &ca.json(&["renew", "out/s.crt", "--any-issuer"])[0];
    assert_eq!(made["record"]["profile"], "server");
    ca.accepts("out/s", "server", Some("localhost"));
    assert_eq!(ca.run(&["renew", "ca/ca.crt"]).code, Some(3));
}

#[test]
fn what_is_due_is_said_and_nothing_is_said_aloud_too() {
    let ca = Ca::new();
    ca.issue(&["client", "fine"]);
    let none = ca.run(&["check-rotation"]);
    assert_eq!(none.code, Some(0));
    assert!(none.stdout.contains("0 of 1 due; the next is on "), "{}", none.stdout);
    assert_eq!(ca.run(&["check-rotation", "--ledger"]).stdout, none.stdout);
    let due = ca.run(&["check-rotation", "out", "--expires-within", "91d", "-o", "json"]);
    assert_eq!(due.code, Some(1));
    let due = &due.lines()[0];
    assert_eq!((&due["path"], &due["subject"]), (&"out/fine.crt".into(), &"CN=fine".into()));
    let table = ca.run(&["check-rotation", "out/fine.crt", "--expires-within", "91d"]);
    assert!(table.stdout.contains("now  out/fine.crt") && table.stdout.contains("1 of 1 due"));
    fs::create_dir(ca.path("empty")).unwrap();
    let empty = ca.run(&["check-rotation", "empty"]);
    assert!(empty.code == Some(0) && empty.stdout.contains("no certificate found"));
    assert_eq!(ca.run(&["check-rotation", "missing"]).code, Some(3));
    let nowhere = Ca::nowhere().run(&["check-rotation"]);
    assert!(nowhere.code == Some(3) && nowhere.stderr.contains("there is no ledger"));
}

#[test]
fn rotating_renews_what_is_due_and_runs_the_hook() {
    let ca = Ca::new();
    ca.issue(&["client", "due", "--ttl", "1d"]);
    ca.issue(&["client", "fine", "--ttl", "60d"]);
    let args = ["rotate", "--expires-within", "10d", "--hook", "echo $ETCD_TLS_CERT >>hooked"];
    let run = ca.run(&[&args[..], &["--ttl", "30d"]].concat());
    assert_eq!(run.code, Some(0), "{run:#?}");
    let hooked = fs::read_to_string(ca.path("hooked")).unwrap();
    assert!(hooked.trim().ends_with("out/due.crt") && hooked.lines().count() == 1, "{hooked}");
    let again = ca.run(&args);
    assert!(again.code == Some(0) && again.stderr.contains("nothing is due"), "{again:#?}");
    let fails = ca.run(&["rotate", "--expires-within", "40d", "--hook", "exit 7"]);
    assert_eq!(fails.code, Some(1));
    assert!(fails.stderr.contains("the hook after") && fails.stderr.contains('7'), "{fails:#?}");
}

#[test]
fn a_failed_renewal_leaves_the_old_pair() {
    let ca = Ca::new();
    ca.issue(&["client", "c", "--ttl", "1d"]);
    let key = fs::read(ca.path("out/c.key")).unwrap();
    fs::rename(ca.path("ca/ca.key"), ca.path("ca/away")).unwrap();
    let run = ca.run(&["rotate", "--expires-within", "10d"]);
    assert_eq!(run.code, Some(1), "{run:#?}");
    assert!(run.stderr.contains("ca/ca.key"), "{}", run.stderr);
    assert_eq!(fs::read(ca.path("out/c.key")).unwrap(), key);
    assert_eq!(ca.records().len(), 1);
}

#[test]
fn a_service_says_when_it_is_ready_and_ends_cleanly() {
    let ca = Ca::new();
    ca.issue(&["client", "c", "--ttl", "1d"]);
    let socket = ca.path("notify");
    let listener = UnixDatagram::bind(&socket).unwrap();
    let tool =
        ca.tool(&["ca"], &["rotate", "--watch", "--expires-within", "2d", "--interval", "1h"]);
    let tool = tool.env("NOTIFY_SOCKET", socket.to_str().unwrap());
    let mut child = tool.env("WATCHDOG_USEC", "300000").spawn();
    let hear = || -> String {
        let mut text = [0; 256];
        let length = listener.recv(&mut text).unwrap();
        String::from_utf8_lossy(&text[..length]).into_owned()
    };
    assert!(hear().contains("READY=1"));
    assert!(hear().contains("STATUS=1 renewed, 0 failed"));
    // The next look is an hour away; the watchdog hears of it all the same.
    assert_eq!((hear().trim(), hear().trim()), ("WATCHDOG=1", "WATCHDOG=1"));
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let last = std::iter::repeat_with(hear).find(|text| !text.contains("WATCHDOG"));
    assert!(last.unwrap().contains("STOPPING=1"));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(ca.records().len(), 2);
}
