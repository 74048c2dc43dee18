//! The CA itself is replaced under a running etcd: each step is refused until the one before is true on the wire.

mod support;

use std::fs;

use support::ca::Ca;
use support::cluster::Cluster;
use support::etcd::{Etcd, newest};
use support::tool::check;

#[test]
fn each_step_waits_for_the_one_before() {
    let release = newest();
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
    // A crash before the bundle was written is made good by the next call.
    fs::remove_file(ca.path("ca/ca-bundle.crt")).unwrap();
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

#[test]
fn peers_are_asked_as_well_as_clients() {
    let release = newest();
    let ca = Ca::new();
    ca.issue(&["server", "s", "--san", "127.0.0.1"]);
    ca.issue(&["client", "c"]);
    for peer in ["p0", "p1", "p2"] {
        ca.issue(&["peer", peer, "--san", "127.0.0.1"]);
    }
    let trust = |pool: &str, content: &str| {
        fs::copy(ca.path(content), ca.path(pool)).unwrap();
    };
    trust("clients.crt", "ca/ca.crt");
    trust("peers.crt", "ca/ca.crt");
    let flags = [
        format!("--cert-file={}", ca.text("out/s.crt")),
        format!("--key-file={}", ca.text("out/s.key")),
        "--client-cert-auth".to_owned(),
        format!("--trusted-ca-file={}", ca.text("clients.crt")),
        "--peer-client-cert-auth".to_owned(),
        format!("--peer-trusted-ca-file={}", ca.text("peers.crt")),
    ];
    let own = |index| {
        let at = |kind: &str| ca.text(&format!("out/p{index}.{kind}"));
        vec![format!("--peer-cert-file={}", at("crt")), format!("--peer-key-file={}", at("key"))]
    };
    let paths = ["clients.crt", "out/c.crt", "out/c.key"].map(|name| ca.text(name));
    let credentials = ["--cacert", &paths[0], "--cert", &paths[1], "--key", &paths[2]];
    let mut cluster = Cluster::with_peers(&release, &flags, "https", &own, &credentials);
    let urls = cluster.urls();
    let roll = || ca.run(&["rollover", "--endpoints", &urls, "-o", "json"]);
    let refuses = |said: &[&str]| {
        let run = roll();
        assert_eq!(run.code, Some(1), "{run:#?}");
        assert!(said.iter().all(|said| run.stderr.contains(said)), "{said:?}: {}", run.stderr);
    };

    assert_eq!(roll().code, Some(0));
    trust("clients.crt", "ca/ca-bundle.crt");
    (0..3).for_each(|index| cluster.restart(index, &credentials));
    // Clients of the new CA are let in by now, peers are not: reissuing would take the quorum away.
    let [_, peer] = cluster.urls_of(2);
    refuses(&["not every endpoint trusts the new CA yet", peer]);
    trust("peers.crt", "ca/ca-bundle.crt");
    (0..2).for_each(|index| cluster.restart(index, &credentials));
    let [_, peer] = cluster.urls_of(2);
    refuses(&["not every endpoint trusts the new CA yet", peer]);
    cluster.restart(2, &credentials);
    let [first, _] = cluster.urls_of(0);
    let alone = ca.run(&["rollover", "--endpoints", first]);
    assert!(alone.code == Some(1) && alone.stderr.contains("member m1 is not among"), "{alone:#?}");

    let before = ["out/p1.crt", "out/p1.key"].map(|name| fs::read(ca.path(name)).unwrap());
    let reissued = roll();
    assert_eq!(reissued.code, Some(0), "{reissued:#?}");
    assert_eq!(reissued.json()["files"].as_array().unwrap().len(), 5);
    let after = ["out/p1.crt", "out/p1.key"].map(|name| fs::read(ca.path(name)).unwrap());
    let put = |pair: &[Vec<u8>; 2]| {
        fs::write(ca.path("out/p1.crt"), &pair[0]).unwrap();
        fs::write(ca.path("out/p1.key"), &pair[1]).unwrap();
    };
    put(&before);
    let [_, peer] = cluster.urls_of(1);
    refuses(&["still serves", peer]);
    put(&after);
    assert_eq!(roll().code, Some(0));
    for pool in ["clients.crt", "peers.crt"] {
        trust(pool, "ca/ca-bundle.crt");
    }
    (0..3).for_each(|index| cluster.restart(index, &credentials));
    check(&urls, &credentials).is_healthy();
}
