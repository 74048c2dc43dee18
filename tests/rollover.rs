//! The CA itself is replaced under a running etcd: each step is refused until the one before is true on the wire.

mod support;

use std::fs;

use support::ca::Ca;
use support::etcd::{Etcd, newest};
use support::tool::check;

#[test]
fn each_step_waits_for_the_one_before() {
    let Some(release) = newest() else { return };
    let ca = Ca::new();
    ca.issue(&["server", "s", "--san", "127.0.0.1"]);
    ca.issue(&["client", "c"]);
    fs::copy(ca.path("ca/ca.crt"), ca.path("pool.crt")).unwrap();
    let old = fs::read(ca.path("ca/ca.crt")).unwrap();
    let start = || {
        let flags = [
            format!("--cert-file={}", ca.text("out/s.crt")),
            format!("--key-file={}", ca.text("out/s.key")),
            "--client-cert-auth".to_owned(),
            format!("--trusted-ca-file={}", ca.text("pool.crt")),
        ];
        Etcd::start(&release, "https", &flags)
    };
    let roll = |etcd: &Etcd| ca.run(&["rollover", "--endpoints", &etcd.url, "-o", "json"]);
    let works = |etcd: &Etcd| {
        let paths = ["pool.crt", "out/c.crt", "out/c.key"].map(|name| ca.text(name));
        check(&etcd.url, &["--cacert", &paths[0], "--cert", &paths[1], "--key", &paths[2]])
            .is_healthy();
    };

    let etcd = start();
    let first = roll(&etcd);
    assert_eq!(first.code, Some(0), "{first:#?}");
    let early = roll(&etcd);
    assert_eq!(early.code, Some(1), "{early:#?}");
    assert!(early.stderr.contains("not every endpoint trusts the new CA yet"), "{}", early.stderr);
    works(&etcd);
    drop(etcd);

    // The bundle of both goes into the pool; etcd reads it at its start.
    fs::copy(ca.path("ca/ca-bundle.crt"), ca.path("pool.crt")).unwrap();
    let etcd = start();
    let before = [fs::read(ca.path("out/s.crt")).unwrap(), fs::read(ca.path("out/s.key")).unwrap()];
    let reissued = roll(&etcd);
    assert_eq!(reissued.code, Some(0), "{reissued:#?}");
    assert_eq!(reissued.json()["files"].as_array().unwrap().len(), 2);
    works(&etcd);

    // One member still serves the old pair.
    let after = [fs::read(ca.path("out/s.crt")).unwrap(), fs::read(ca.path("out/s.key")).unwrap()];
    for (file, content) in ["out/s.crt", "out/s.key"].iter().zip(&before) {
        fs::write(ca.path(file), content).unwrap();
    }
    let stale = roll(&etcd);
    assert_eq!(stale.code, Some(1), "{stale:#?}");
    assert!(stale.stderr.contains("still serves"), "{}", stale.stderr);
    for (file, content) in ["out/s.crt", "out/s.key"].iter().zip(&after) {
        fs::write(ca.path(file), content).unwrap();
    }
    let done = roll(&etcd);
    assert_eq!(done.code, Some(0), "{done:#?}");
    assert_ne!(fs::read(ca.path("ca/ca.crt")).unwrap(), old);
    assert_eq!(
        fs::read(ca.path("ca/ca-bundle.crt")).unwrap(),
        fs::read(ca.path("ca/ca.crt")).unwrap()
    );
    assert!(!ca.path("ca/next").exists());
    drop(etcd);

    fs::copy(ca.path("ca/ca-bundle.crt"), ca.path("pool.crt")).unwrap();
    works(&start());
    ca.issue(&["client", "d"]);
    ca.accepts("out/d", "client", None);
}
