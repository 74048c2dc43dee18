//! How long key and certificate differ on disk while `ca renew` moves them to their places, seen by a watcher that looks
//! at both files without pause; then the same through a link that is moved, and with the key kept.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may stop where it stands, and prints its figures"
)]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const RENEWALS: usize = 300;

fn ca(folder: &Path, args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_etcd-tls"));
    let command = command.arg("ca").args(args).args(["--ca-dir", "ca"]).current_dir(folder);
    assert!(command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
}

/// From the moment in which only the key is new to the moment in which the certificate is. The key moves first and is
/// looked at first, so that an old certificate behind a new key was really there, and is no gap between two looks.
fn watch(cert: &Path, key: &Path, ended: &AtomicBool) -> Duration {
    let file = |path: &Path| fs::metadata(path).map_or(0, |found| found.ino());
    let old = [file(key), file(cert)];
    let mut begun: Option<Instant> = None;
    while !ended.load(Ordering::Relaxed) {
        if file(key) == old[0] {
            continue;
        }
        if file(cert) != old[1] {
            break;
        }
        begun.get_or_insert_with(Instant::now);
    }
    begun.map_or(Duration::ZERO, |begun| begun.elapsed())
}

fn measure(name: &str, folder: &Path, place: &str, flags: &[&str]) {
    let (cert, key) = (folder.join(place).join("s.crt"), folder.join(place).join("s.key"));
    let mut windows: Vec<Duration> = (0..RENEWALS)
        .map(|_| {
            let ended = AtomicBool::new(false);
            thread::scope(|scope| {
                let watcher = scope.spawn(|| watch(&cert, &key, &ended));
                ca(folder, &[&["renew", &format!("{place}/s.crt")], flags].concat());
                ended.store(true, Ordering::Relaxed);
                watcher.join().unwrap()
            })
        })
        .collect();
    windows.sort();
    let at = |share: usize| windows[(RENEWALS - 1) * share / 100].as_secs_f64() * 1e6;
    let seen = windows.iter().filter(|window| !window.is_zero()).count();
    println!(
        "{name}: torn in {seen} of {RENEWALS} renewals; median {:.1} µs, 99 % {:.1} µs, longest {:.1} µs",
        at(50),
        at(99),
        at(100)
    );
}

fn main() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    ca(folder, &["init", "--cn", "etcd-ca"]);
    for place in ["plain", "kept", "first"] {
        ca(folder, &["issue", "server", "s", "--san", "localhost", "--out", place]);
    }
    symlink("first", folder.join("linked")).unwrap();
    measure("two renames", folder, "plain", &[]);
    measure("a link that is moved", folder, "linked", &[]);
    let key = fs::read(folder.join("kept/s.key")).unwrap();
    for _ in 0..3 {
        ca(folder, &["renew", "kept/s.crt", "--keep-key"]);
    }
    assert_eq!(fs::read(folder.join("kept/s.key")).unwrap(), key);
    println!("the key kept: it is never replaced");
}
