//! `preflight` against real etcd: what it recommends, the snapshot that it takes, and what it refuses to leave half-written.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says aloud what it skips"
)]

mod support;

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Command,
    thread,
};

use support::{
    etcd::{Etcd, Release, newest, releases, tls_flags},
    members::Plan,
    pki::{Authority, Pair, Pki, mtls},
    tool::{Run, etcd_tls},
};

#[test]
fn a_follower_is_recommended_with_the_whole_command() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let pair = pki.server(&ca, "member").issue();
    let cluster = Plan::new(&release, &pair, &ca).start();
    let run = preflight(&cluster.urls(), &ca, &pair, &["--every", "6h"]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    let report = run.json();
    let source = report["backup"]["recommended"].as_str().unwrap();
    let endpoints = report["endpoints"].as_array().unwrap();
    let leads = |url: &str| {
        endpoints.iter().any(|one| one["url"] == url && one["etcd"]["is_leader"] == true)
    };
    assert!(!leads(source), "{run:#?}");
    assert!(report["backup"]["snapshot_bytes"].as_u64().unwrap() > 0, "the stream opened");
    // The command works as printed.
    let target = pki.path("by-command.db");
    let command = report["backup"]["command"].as_str().unwrap().replace("snapshot.db", &target);
    let words: Vec<&str> = command.split_whitespace().skip(1).collect();
    let output = release.etcdctl(&words);
    assert!(output.status.success() && Path::new(&target).is_file(), "{command}: {output:?}");

    let run = preflight(&cluster.urls(), &ca, &pair, &["--save", &pki.path("two.db")]);
    assert_eq!(run.code, Some(2), "{run:#?}");
    assert!(run.stderr.contains("one endpoint"), "{run:#?}");
    let run = preflight(&cluster.urls(), &ca, &pair, &["--every", "4000d"]);
    assert_eq!((run.code, run.root_cause().as_str()), (Some(1), "cert-ends-before-backup"));
}

#[test]
fn a_snapshot_is_saved_whole_and_restores_key_by_key() {
    snapshot_of(1_000, 2_000);
}

/// 200 MB and more; some 30 s.
#[test]
#[ignore = "takes more than 20 s: cargo test --test preflight -- --ignored"]
fn a_large_snapshot_is_saved_whole_within_64_mib() {
    let run = snapshot_of(1_000, 220_000);
    eprintln!("{}", run.stderr);
    assert!(run.peak_kib < 64 * 1024, "{} KiB", run.peak_kib);
}

/// Fills an etcd with this many keys of this size, saves it, restores it, and compares.
fn snapshot_of(keys: usize, size: usize) -> Run {
    let release = releases().into_iter().rfind(can_restore).unwrap();
    let world = World::new(&release, &["--quota-backend-bytes=2000000000"]);
    world.fill(&release, keys, size);
    let target = world.pki.path("saved.db");
    let run = world.preflight(&["--save", &target]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    let saved = &run.json()["backup"]["saved"];
    let length = fs::metadata(&target).unwrap().len();
    assert_eq!(saved["bytes"].as_u64(), Some(length));
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    let seconds = saved["ms"].as_f64().unwrap() / 1000.0;
    let start = std::time::Instant::now();
    let by_etcdctl = world.pki.path("by-etcdctl.db");
    let output = world.etcdctl(&release, &["snapshot", "save", &by_etcdctl]);
    assert!(output.status.success(), "{output:?}");
    let theirs = start.elapsed().as_secs_f64();
    let megabytes = length / 1_000_000;
    eprintln!(
        "{megabytes} MB: preflight --save {seconds:.2} s, etcdctl snapshot save {theirs:.2} s"
    );

    // Under a root of its own: a restore is checked against the etcd of this machine, and one may run here.
    let root = tempfile::tempdir().unwrap();
    let run = etcd_tls(["preflight", "-o", "json", "--restore", &target, "--root"]);
    let run = run.args([root.path()]).run();
    assert_eq!(run.code, Some(0), "{run:#?}");
    let restored = world.pki.path("restored");
    let output = restore(&release, &target, &restored);
    assert!(output.status.success(), "{output:?}");
    let flags = [&world.flags[..], &[format!("--data-dir={restored}")]].concat();
    let again = Etcd::start(&release, "https", &flags);
    let all = |url: &str| {
        let given = world.mtls();
        let args = [&["--endpoints", url], &given[..], &["get", "", "--from-key"]].concat();
        let output = release.etcdctl(&args);
        assert!(output.status.success(), "{output:?}");
        output.stdout
    };
    let (before, after) = (all(&world.etcd.url), all(&again.url));
    assert!(
        before == after && before.len() > keys * size,
        "{} bytes, {}",
        before.len(),
        after.len()
    );
    run
}

#[test]
fn nothing_half_written_is_left() {
    let release = newest();
    let world = World::new(&release, &[]);
    world.fill(&release, 100, 5_000);
    let there = world.pki.write("there.db", "an older backup");
    let run = world.preflight(&["--save", &there]);
    assert_eq!((run.code, run.root_cause().as_str()), (Some(1), "snapshot-target-exists"));
    assert_eq!(fs::read_to_string(&there).unwrap(), "an older backup");

    let nowhere = world.pki.path("no/such/folder/snap.db");
    let run = world.preflight(&["--save", &nowhere]);
    assert_eq!((run.code, run.root_cause().as_str()), (Some(1), "snapshot-target-unwritable"));

    // A member that dies in the middle: the connection breaks after so many bytes.
    let folder = world.pki.path("cut");
    fs::create_dir(&folder).unwrap();
    let target = format!("{folder}/snap.db");
    let url = forward_once_until(&world.etcd.url, 300_000);
    let run = preflight(&url, &world.ca, &world.client, &["--save", &target]);
    assert_eq!(run.code, Some(1), "{run:#?}");
    assert!(run.stderr.contains("broke off after"), "{run:#?}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "{run:#?}");
}

#[test]
fn a_full_disk_is_said_and_leaves_nothing() {
    let release = newest();
    let folder = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=300k", "tmpfs"])
        .arg(folder.path())
        .output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: a small tmpfs needs root");
        return;
    }
    let world = World::new(&release, &[]);
    world.fill(&release, 300, 5_000);
    let target = folder.path().join("snap.db").display().to_string();
    let run = world.preflight(&["--save", &target]);
    let left = fs::read_dir(folder.path()).unwrap().count();
    let read_only = Command::new("mount").args(["-o", "remount,ro"]).arg(folder.path()).status();
    let refused = world.preflight(&["--save", &target]);
    Command::new("umount").arg(folder.path()).status().unwrap();
    assert_eq!((run.code, run.root_cause().as_str()), (Some(1), "snapshot-no-room"), "{run:#?}");
    assert_eq!(left, 0, "{run:#?}");
    assert!(read_only.unwrap().success());
    assert_eq!(refused.root_cause(), "snapshot-target-unwritable", "{refused:#?}");
    assert!(refused.stdout.contains("read-only file system"), "{refused:#?}");
}

#[test]
fn a_restore_is_checked_before_it_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let look = |file: &str, more: &[&str]| {
        etcd_tls(["preflight", "-o", "json", "--restore", file]).args(more).run()
    };
    fs::write(path("text.db"), "no snapshot").unwrap();
    // A machine without an etcd: one may run here.
    let elsewhere = path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let run = look(&path("text.db"), &["--root", &elsewhere]);
    assert_eq!((run.code, run.root_cause().as_str()), (Some(1), "snapshot-damaged"), "{run:#?}");
    let run = look(&path("none.db"), &["--root", &elsewhere]);
    assert_eq!((run.code, run.root_cause().as_str()), (Some(1), "snapshot-damaged"), "{run:#?}");
    fs::create_dir_all(path("data/member")).unwrap();
    fs::write(path("etcd.env"), format!("ETCD_DATA_DIR={}\n", path("data"))).unwrap();
    let run = look(&path("none.db"), &["--config", &path("etcd.env")]);
    assert!(run.stdout.contains("data-dir-occupied"), "{run:#?}");
}

#[test]
fn a_snapshot_is_restored_only_as_a_whole_database() {
    let mut compared = 0;
    for release in releases() {
        let world = World::new(&release, &[]);
        world.fill(&release, 300, 2_000);
        let (whole, elsewhere) = (world.pki.path("whole.db"), world.pki.path("elsewhere"));
        fs::create_dir(&elsewhere).unwrap();
        assert_eq!(world.preflight(&["--save", &whole]).code, Some(0));
        let look = |file: &str| {
            etcd_tls(["preflight", "-o", "json", "--restore", file, "--root", &elsewhere]).run()
        };
        let run = look(&whole);
        assert_eq!(run.code, Some(0), "{run:#?}");
        let verified = &run.json()["backup"]["verified"];
        assert_eq!(verified["path"], whole.as_str(), "{run:#?}");
        let arguments = ["snapshot", "status", &whole, "-w", "json"];
        let status = release.etcdutl(&arguments).unwrap_or_else(|| release.etcdctl(&arguments));
        // Behind a line that calls the command deprecated; etcdctl 3.6 doesn't have it any more.
        let text = String::from_utf8_lossy(&status.stdout).into_owned();
        if let Some(line) = text.lines().find(|line| line.starts_with('{')) {
            compared += 1;
            let status: serde_json::Value = serde_json::from_str(line).unwrap();
            let hash = format!("{:x}", status["hash"].as_u64().unwrap());
            assert_eq!(verified["hash"], hash.as_str(), "{}", release.version);
            assert_eq!(verified["revision"], status["revision"]);
            assert_eq!(verified["total_keys"], status["totalKey"]);
            assert_eq!(verified["total_size"], status["totalSize"]);
        }
        let bytes = fs::read(&whole).unwrap();
        let refused = |name: &str, content: &[u8]| {
            let run = look(&world.pki.write(name, content));
            let found = (run.code, run.root_cause());
            assert_eq!(found, (Some(1), "snapshot-damaged".to_owned()), "{name}: {run:#?}");
        };
        refused("at-a-page.db", &bytes[..bytes.len() / 4096 / 2 * 4096]);
        refused("anywhere.db", &bytes[..bytes.len() - 1000]);
        refused("like-a-hash.db", &bytes[..bytes.len() / 4096 / 2 * 4096 + 32]);
        let mut changed = bytes.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        refused("changed.db", &changed);
        // Without its hash, a copy of the database file is still whole.
        let copy = look(&world.pki.write("copy.db", &bytes[..bytes.len() - 32]));
        assert_eq!((copy.code, copy.root_cause()), (Some(0), "snapshot-damaged".to_owned()));
    }
    assert!(compared > 0);
}

/// A single mTLS member with a client pair.
struct World {
    pki: Pki,
    ca: Authority,
    client: Pair,
    flags: Vec<String>,
    etcd: Etcd,
}

impl World {
    fn new(release: &Release, more: &[&str]) -> Self {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let server = pki.server(&ca, "server").issue();
        let client = pki.client(&ca, "client").issue();
        let mut flags = tls_flags(&server, Some(&ca));
        flags.extend(more.iter().map(|&flag| flag.to_owned()));
        let etcd = Etcd::start(release, "https", &flags);
        Self { pki, ca, client, flags, etcd }
    }

    fn mtls(&self) -> [&str; 6] {
        mtls(&self.ca, &self.client)
    }

    fn etcdctl(&self, release: &Release, command: &[&str]) -> std::process::Output {
        release.etcdctl(&[&["--endpoints", &self.etcd.url], &self.mtls()[..], command].concat())
    }

    /// Writes keys, a hundred a transaction.
    fn fill(&self, release: &Release, keys: usize, size: usize) {
        for batch in (0..keys).collect::<Vec<_>>().chunks((1_000_000 / size).clamp(1, 100)) {
            let value = "x".repeat(size);
            let puts: Vec<String> =
                batch.iter().map(|key| format!("put key-{key:06} {key}-{value}")).collect();
            let puts = puts.join("\n");
            let given = self.mtls();
            let args = [&["--endpoints", &self.etcd.url], &given[..], &["txn"]].concat();
            let output = release.etcdctl_with(&args, &format!("\n{puts}\n\n\n"));
            assert!(output.status.success(), "{output:?}");
        }
    }

    fn preflight(&self, more: &[&str]) -> Run {
        preflight(&self.etcd.url, &self.ca, &self.client, more)
    }
}

fn preflight(urls: &str, ca: &Authority, pair: &Pair, more: &[&str]) -> Run {
    etcd_tls(["preflight", "-o", "json", "--timeout", "5s", "--endpoints", urls])
        .args(mtls(ca, pair))
        .args(more)
        .run()
}

/// etcdctl restores up to 3.5, etcdutl from 3.5 on, where it is installed.
fn can_restore(release: &Release) -> bool {
    release.number() < [3, 6, 0] || release.etcdutl(&["version"]).is_some()
}

/// With etcdutl where there is one, else with etcdctl.
fn restore(release: &Release, snapshot: &str, folder: &str) -> std::process::Output {
    let args = ["snapshot", "restore", snapshot, "--data-dir", folder];
    release.etcdutl(&args).unwrap_or_else(|| release.etcdctl(&args))
}

/// A TCP relay to an endpoint: the connection that carries more than `limit` bytes back breaks there.
fn forward_once_until(url: &str, limit: usize) -> String {
    let to = url.trim_start_matches("https://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = listener.local_addr().unwrap();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let Ok(server) = TcpStream::connect(&to) else { return };
            let (mut from_client, mut to_server) =
                (client.try_clone().unwrap(), server.try_clone().unwrap());
            thread::spawn(move || std::io::copy(&mut from_client, &mut to_server));
            thread::spawn(move || relay(server, client, limit));
        }
    });
    format!("https://{here}")
}

fn relay(mut server: TcpStream, mut client: TcpStream, limit: usize) {
    let mut block = [0; 16 * 1024];
    let mut passed = 0;
    while let Ok(count) = server.read(&mut block) {
        passed += count;
        if count == 0 || passed > limit || client.write_all(&block[..count]).is_err() {
            break;
        }
    }
    client.shutdown(std::net::Shutdown::Both).ok();
    server.shutdown(std::net::Shutdown::Both).ok();
}
