//! Killed after any write, rename or sync: every certificate on disk has its record, no key was ever readable by others,
//! and after the next `ca` command no pair is torn. The process is stopped at each system call by ptrace.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use etcd_tls::ca::SigningKey;
use etcd_tls::x509::{Certificate, Go};
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitStatus, waitpid};
use rusqlite::{Connection, OpenFlags};
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use support::ca::Ca;
use support::etcd::{Etcd, Release, newest};
use tempfile::TempDir;

/// write, pwrite64, openat, rename, link, unlink, fsync, fdatasync, ftruncate, mkdir, fchmod, fchown, linkat, unlinkat,
/// fallocate, syncfs, renameat2, mkdirat, symlink, symlinkat, chmod, chown, rmdir: whatever changes a disk.
const CHANGES: [u64; 23] = [
    1, 18, 257, 82, 86, 87, 74, 75, 77, 83, 91, 93, 265, 263, 285, 306, 316, 258, 88, 266, 90, 92,
    84,
];

/// Runs the tool and kills it right after its `point`th change; false if it ended before that.
#[expect(clippy::zombie_processes, reason = "waited for in the loop below")]
fn kill_after(folder: &Path, args: &[&str], point: usize) -> bool {
    let mut child = Command::new("sh")
        .args(["-c", "read go; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_etcd-tls")])
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let pid = nix::unistd::Pid::from_raw(child.id().cast_signed());
    ptrace::attach(pid).unwrap();
    waitpid(pid, None).unwrap();
    let options =
        Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_EXITKILL | Options::PTRACE_O_TRACEEXEC;
    ptrace::setoptions(pid, options).unwrap();
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    let (mut running, mut entered, mut changes) = (false, false, 0);
    let mut deliver = None;
    loop {
        ptrace::syscall(pid, deliver.take()).unwrap();
        match waitpid(pid, None).unwrap() {
            WaitStatus::Exited(..) | WaitStatus::Signaled(..) => return false,
            WaitStatus::PtraceEvent(..) => (running, entered) = (true, true),
            WaitStatus::PtraceSyscall(_) => {
                entered = !entered;
                if running && !entered && is_change(&ptrace::getregs(pid).unwrap()) {
                    changes += 1;
                    if changes == point {
                        ptrace::kill(pid).ok();
                        nix::sys::signal::kill(pid, Signal::SIGKILL).ok();
                        child.wait().unwrap();
                        return true;
                    }
                }
            }
            WaitStatus::Stopped(_, signal) if signal != Signal::SIGSTOP => deliver = Some(signal),
            _ => {}
        }
    }
}

/// Whether a system call that returned has changed a disk: opening a file counts where it may have made one.
fn is_change(registers: &nix::libc::user_regs_struct) -> bool {
    const OPENAT: u64 = 257;
    const CREATE: u64 = 0o100;
    let call = registers.orig_rax;
    let failed = registers.rax.cast_signed() < 0;
    CHANGES.contains(&call) && !failed && (call != OPENAT || registers.rdx & CREATE != 0)
}

/// Every file; a link to a folder is none, since the folder itself is beside it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let entries = entries.filter(|path| !(path.is_symlink() && path.is_dir()));
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Whether a file lies in the folder that the link `current` has left.
fn is_left_behind(path: &Path, folder: &Path) -> bool {
    let target = fs::read_link(folder.join("current"));
    target.is_ok_and(|target| target != Path::new("data")) && path.starts_with(folder.join("data"))
}

fn leaf(path: &Path) -> Option<Certificate> {
    let der = CertificateDer::from_pem_slice(&fs::read(path).ok()?).ok()?;
    Certificate::parse(&der, Go::DEFAULT).ok()
}

/// What has to hold at any moment, before anybody has put anything right.
fn holds_at_once(folder: &Path) {
    let ledger =
        Connection::open_with_flags(folder.join("ca/ledger.db"), OpenFlags::SQLITE_OPEN_READ_WRITE);
    let serials: std::collections::HashSet<String> = ledger
        .and_then(|ledger| {
            let mut query = ledger.prepare("SELECT serial FROM record")?;
            query.query_map([], |row| row.get(0))?.collect()
        })
        .unwrap_or_default();
    for path in files(folder) {
        let content = fs::read(&path).unwrap();
        if content.windows(11).any(|window| window == b"PRIVATE KEY") {
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}", path.display());
        }
        if let Some(leaf) = leaf(&path).filter(|leaf| !leaf.is_ca()) {
            assert!(serials.contains(&leaf.serial_hex()), "no record of {}", path.display());
        }
    }
}

/// What has to hold after the next command: no pair is torn, nothing is left under way, states fit.
fn holds_afterwards(folder: &Path) {
    let list = Command::new(env!("CARGO_BIN_EXE_etcd-tls"))
        .args(["ca", "list", "--ca-dir", "ca", "-o", "json"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(list.status.success(), "{list:?}");
    let text = String::from_utf8(list.stdout).unwrap();
    let records: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for path in files(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // A half-written list or bundle is no pair: the next command overwrites it.
        let is_public = name == ".ca.crl.new" || name == ".ca-bundle.crt.new";
        assert!(!name.ends_with(".new") || is_public, "{name} is left");
        let is_pool = name == "ca-bundle.crt";
        let is_pair = name.ends_with(".crt") && !name.contains(".bak-") && !is_pool;
        // What is left of a CA that has taken its place already; the next `ca rollover` clears it away.
        let is_cleared = path.ends_with("ca/next/ca.crt")
            && fs::read(&path).unwrap() == fs::read(folder.join("ca/ca.crt")).unwrap();
        if !is_pair || is_cleared {
            continue;
        }
        let leaf = leaf(&path).unwrap();
        let key = path.with_extension("key");
        let key = SigningKey::from_pem(&fs::read(&key).unwrap(), None).unwrap();
        assert!(key.spki() == leaf.spki, "{name} is torn");
        if !leaf.is_ca() && !is_left_behind(&path, folder) {
            let state = |one: &&serde_json::Value| one["cert_serial"] == leaf.serial_hex().as_str();
            assert_eq!(records.iter().find(state).unwrap()["status"], "active", "{name}");
        }
    }
    for path in files(folder).iter().filter(|path| path.extension().is_some_and(|one| one == "key"))
    {
        let asked = path.with_extension("csr").exists();
        assert!(asked || path.with_extension("crt").exists(), "{} is alone", path.display());
    }
    let active = records.iter().filter(|record| record["status"] == "active").count();
    let certificates = files(folder)
        .iter()
        .filter(|path| leaf(path).is_some_and(|leaf| !leaf.is_ca()))
        .filter(|path| path.extension().is_some_and(|one| one == "crt"))
        .filter(|path| !is_left_behind(path, folder))
        .count();
    assert_eq!(active, certificates);
}

/// Kills one command at every point; how many times.
fn kill_everywhere(prepare: impl Fn(&Ca), args: &[&str]) -> usize {
    let ca = Ca::nowhere();
    prepare(&ca);
    kill_again_and_again(&ca, args, |_| {})
}

/// The same in a folder that is put back each time, since ledgers hold whole paths, and in which something else has to hold at the end.
fn kill_again_and_again(ca: &Ca, args: &[&str], holds: impl Fn(&Path)) -> usize {
    let saved = TempDir::new().unwrap();
    copy(ca.folder(), saved.path());
    for point in 1.. {
        let killed = kill_after(ca.folder(), args, point);
        if ca.path("ca/ledger.db").exists() {
            holds_at_once(ca.folder());
            holds_afterwards(ca.folder());
            holds(ca.folder());
        }
        for entry in fs::read_dir(ca.folder()).unwrap() {
            let path = entry.unwrap().path();
            let is_folder = path.is_dir() && !path.is_symlink();
            if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
        }
        copy(saved.path(), ca.folder());
        if !killed {
            #[expect(clippy::print_stderr, reason = "the figure is worth reading")]
            {
                eprintln!("{}: killed {} times", args.join(" "), point - 1);
            }
            return point - 1;
        }
    }
    0
}

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status();
    assert!(copied.unwrap().success());
}

fn with_pairs(ca: &Ca) {
    assert_eq!(ca.run(&["init", "--cn", "etcd-ca"]).code, Some(0));
    ca.issue(&["server", "s", "--san", "localhost"]);
    ca.issue(&["client", "c"]);
}

const DIR: [&str; 2] = ["--ca-dir", "ca"];

#[test]
fn issuing_can_be_killed_anywhere() {
    let one = kill_everywhere(
        with_pairs,
        &[&["ca", "issue", "client", "n", "--out", "out"], &DIR[..]].concat(),
    );
    let many = kill_everywhere(
        with_pairs,
        &[&["ca", "issue", "peer", "p", "--count", "10", "--out", "new"], &DIR[..]].concat(),
    );
    let signed = kill_everywhere(
        |ca| {
            with_pairs(ca);
            let made = Command::new(env!("CARGO_BIN_EXE_etcd-tls"))
                .args(["ca", "request", "client", "r", "--out", "signed"])
                .current_dir(ca.folder())
                .status();
            assert!(made.unwrap().success());
        },
        &[
            &["ca", "sign", "--csr", "signed/r.csr", "--profile", "client", "--out", "signed"],
            &DIR[..],
        ]
        .concat(),
    );
    assert!(one + many + signed > 110, "{one} {many} {signed}");
}

#[test]
fn renewing_can_be_killed_anywhere() {
    let renew = kill_everywhere(with_pairs, &[&["ca", "renew", "out/s.crt"], &DIR[..]].concat());
    let kept = kill_everywhere(
        with_pairs,
        &[&["ca", "renew", "out/s.crt", "--keep-key"], &DIR[..]].concat(),
    );
    let rotate = kill_everywhere(
        with_pairs,
        &[&["ca", "rotate", "out", "--expires-within", "100d"], &DIR[..]].concat(),
    );
    assert!(renew + kept + rotate > 110, "{renew} {kept} {rotate}");
}

#[test]
fn moving_a_link_can_be_killed_anywhere() {
    let linked = |ca: &Ca| {
        with_pairs(ca);
        fs::create_dir(ca.path("data")).unwrap();
        for file in ["s.crt", "s.key"] {
            fs::rename(ca.path("out").join(file), ca.path("data").join(file)).unwrap();
        }
        fs::copy(ca.path("ca/ca.crt"), ca.path("data/pool.pem")).unwrap();
        symlink("data", ca.path("current")).unwrap();
    };
    let swapped = kill_everywhere(linked, &[&["ca", "renew", "current/s.crt"], &DIR[..]].concat());
    assert!(swapped > 30, "{swapped}");
}

#[test]
fn making_a_ca_and_revoking_can_be_killed_anywhere() {
    let init = kill_everywhere(
        |_| {},
        &[&["ca", "init", "--cn", "etcd-ca", "--intermediate", "sub"], &DIR[..]].concat(),
    );
    let revoke = kill_everywhere(with_pairs, &[&["ca", "crl"], &DIR[..]].concat());
    assert!(init + revoke > 60, "{init} {revoke}");
}

/// A server of the CA with files of its own, and the command that replaces the CA under it.
struct Served {
    ca: Ca,
    files: TempDir,
    release: Release,
    etcd: Option<Etcd>,
}

impl Served {
    fn new(release: Release) -> Self {
        let ca = Ca::new();
        ca.issue(&["server", "s", "--san", "127.0.0.1"]);
        ca.issue(&["client", "c"]);
        let mut served = Self { ca, files: TempDir::new().unwrap(), release, etcd: None };
        served.carry("ca/ca.crt");
        served
    }

    /// Carries the pair and a pool to the server, and starts it again.
    fn carry(&mut self, pool: &str) {
        self.etcd = None;
        let put = |from: &str, name: &str| {
            let to = self.files.path().join(name);
            fs::copy(self.ca.path(from), &to).unwrap();
            to.display().to_string()
        };
        let flags = [
            format!("--cert-file={}", put("out/s.crt", "s.crt")),
            format!("--key-file={}", put("out/s.key", "s.key")),
            "--client-cert-auth".to_owned(),
            format!("--trusted-ca-file={}", put(pool, "pool.crt")),
        ];
        self.etcd = Some(Etcd::start(&self.release, "https", &flags));
    }

    fn command(&self) -> Vec<&str> {
        let url = &self.etcd.as_ref().unwrap().url;
        vec!["ca", "rollover", "--ca-dir", "ca", "--endpoints", url, "-o", "json"]
    }

    /// Kills the next step everywhere. Each time another call does what was left, or refuses the step behind it for the reason given.
    fn kill_step(&self, refusal: &str, holds: impl Fn(&Path)) -> usize {
        let command = self.command();
        kill_again_and_again(&self.ca, &command, |folder| {
            let run = Command::new(env!("CARGO_BIN_EXE_etcd-tls"))
                .args(&command)
                .current_dir(folder)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&run.stderr);
            let refused = run.status.code() == Some(1) && said.contains(refusal);
            assert!(run.status.success() || refused, "{said}");
            holds_afterwards(folder);
            holds(folder);
        })
    }

    fn step(&self) {
        let run = Command::new(env!("CARGO_BIN_EXE_etcd-tls"))
            .args(self.command())
            .current_dir(self.ca.folder())
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
    }
}

fn pem(folder: &Path, files: &[&str]) -> Vec<u8> {
    files.iter().flat_map(|file| fs::read(folder.join(file)).unwrap()).collect()
}

#[test]
fn a_rollover_can_be_killed_at_each_of_its_steps() {
    let release = newest();
    let mut served = Served::new(release);
    let both = |folder: &Path| {
        assert_eq!(
            pem(folder, &["ca/ca-bundle.crt"]),
            pem(folder, &["ca/ca.crt", "ca/next/ca.crt"])
        );
    };
    let begun = served.kill_step("not every endpoint trusts the new CA yet", both);

    served.step();
    served.carry("ca/ca-bundle.crt");
    let new = leaf(&served.ca.path("ca/next/ca.crt")).unwrap();
    let all_by = |folder: &Path| {
        for name in ["out/s.crt", "out/c.crt"] {
            assert!(leaf(&folder.join(name)).unwrap().signed_by(&new), "{name}");
        }
        both(folder);
    };
    let reissued =
        served.kill_step("not every endpoint serves the new CA's certificates yet", all_by);

    served.step();
    served.carry("ca/ca-bundle.crt");
    let old = leaf(&served.ca.path("ca/ca.crt")).unwrap();
    let taken_over = served.kill_step("not every endpoint trusts the new CA yet", |folder| {
        assert!(leaf(&folder.join("ca/ca.crt")).unwrap().der == new.der);
        let backup = |kind: &str| folder.join(format!("ca/ca.{kind}.bak-{}", old.serial_hex()));
        let key = SigningKey::from_pem(&fs::read(backup("key")).unwrap(), None).unwrap();
        assert!(leaf(&backup("crt")).unwrap().der == old.der && key.spki() == old.spki);
        // Where nothing was left to do, the call has begun the next rollover.
        let next = folder.join("ca/next/ca.crt").exists();
        let pool = if next { &["ca/ca.crt", "ca/next/ca.crt"][..] } else { &["ca/ca.crt"] };
        assert_eq!(pem(folder, &["ca/ca-bundle.crt"]), pem(folder, pool));
    });
    let killed = [begun, reissued, taken_over];
    assert!(killed.iter().all(|times| *times > 15), "{killed:?}");
}
