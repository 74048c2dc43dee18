//! Every flag that takes a file, given what is no such file: a FIFO, a device, a directory, a socket, one that is far too large, one
//! that is missing or may not be read. The tool names it, ends with a code of its own, and waits for nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs::{self, File, Permissions};
use std::os::unix::{fs::PermissionsExt as _, net::UnixListener};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use support::ca::Ca;
use support::tool::{Run, etcd_tls};

/// What stands where a file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hostile {
    Fifo,
    Device,
    Directory,
    Socket,
    Large,
    Missing,
    Denied,
}

use Hostile::{Denied, Device, Directory, Fifo, Large, Missing, Socket};

const ALL: [Hostile; 7] = [Fifo, Device, Directory, Socket, Large, Missing, Denied];

/// Command lines with `{}` for the file, and what is no defect there.
const COMMANDS: &[(&str, &[Hostile])] = &[
    ("check --endpoints https://127.0.0.1:9 --cacert {}", &[]),
    ("check --endpoints https://127.0.0.1:9 --cacert ca/ca.crt --cert {} --key out/c.key", &[]),
    ("check --endpoints https://127.0.0.1:9 --cacert ca/ca.crt --cert out/c.crt --key {}", &[]),
    ("check --endpoints https://127.0.0.1:9 --config {}", &[Directory]),
    ("check --endpoints https://127.0.0.1:9 --server-log {}", &[Large]),
    ("check --case {}", &[]),
    ("env --endpoints https://127.0.0.1:9 --cacert {}", &[]),
    ("env --endpoints https://127.0.0.1:9 --cert out/c.crt --key {}", &[]),
    ("preflight --endpoints https://127.0.0.1:9 --cacert {}", &[]),
    ("preflight --root . --restore {}", &[]),
    ("inspect {}", &[]),
    ("inspect out/c.crt --passphrase-file {}", &[]),
    ("scan {}", &[Directory]),
    ("verify --cacert {} --cert out/c.crt", &[]),
    ("verify --cacert ca/ca.crt --cert {}", &[]),
    ("verify --cacert ca/ca.crt --cert out/c.crt --key {}", &[]),
    ("verify --cacert ca/ca.crt --cert out/c.crt --crl {}", &[]),
    ("verify --cases {}", &[]),
    // A log may come from a FIFO: it is read as its lines come.
    ("explain --log {}", &[Fifo, Large]),
    ("ca issue client d --out out --ca-cert {} --ca-key ca/ca.key", &[]),
    ("ca issue client d --out out --ca-cert ca/ca.crt --ca-key {}", &[]),
    ("ca issue client d --out out --ca-dir ca --ca-passphrase-file {}", &[]),
    ("ca issue --from {} --out out --ca-dir ca", &[]),
    ("ca issue server d --like {} --out out --ca-dir ca", &[]),
    ("ca issue client d --out out --ca-dir ca --endpoints https://127.0.0.1:9 --cacert {}", &[]),
    ("ca sign --csr {} --profile client --out out --ca-dir ca", &[]),
    ("ca request client r --key-file {} --out out", &[]),
    ("ca renew {} --ca-dir ca", &[]),
    ("ca renew out/c.crt --key-file {} --ca-dir ca", &[]),
    ("ca revoke {} --ca-dir ca", &[]),
    ("ca check-rotation {} --ca-dir ca", &[Directory]),
    ("ca rotate {} --ca-dir ca", &[Directory]),
    ("ca missing --config {} --ca-dir ca", &[Directory]),
    ("ca list --ca-dir ca --endpoints https://127.0.0.1:9 --cert out/c.crt --key {}", &[]),
    ("ledger audit --ca-cert {} --ledger ca/ledger.db", &[]),
    ("ledger list --ledger {}", &[Missing]),
    ("ledger sync --ca-dir ca --endpoints https://127.0.0.1:9 --cacert {}", &[]),
];

struct Site {
    ca: Ca,
    _socket: UnixListener,
}

impl Site {
    /// A CA, a certificate, and a hostile thing of each kind in the same folder.
    fn new() -> Self {
        let ca = Ca::new();
        ca.issue(&["client", "c"]);
        let at = |kind: Hostile| ca.path(name(kind));
        mknodat(CWD, at(Fifo), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        std::os::unix::fs::symlink("/dev/zero", at(Device)).unwrap();
        fs::create_dir(at(Directory)).unwrap();
        let socket = UnixListener::bind(at(Socket)).unwrap();
        File::create(at(Large)).unwrap().set_len(300 << 20).unwrap();
        fs::write(at(Denied), "-----BEGIN CERTIFICATE-----\n").unwrap();
        fs::set_permissions(at(Denied), Permissions::from_mode(0o000)).unwrap();
        Self { ca, _socket: socket }
    }

    /// Runs a command line; one that hangs is killed, and fails the test.
    fn run(&self, line: &str, kind: Hostile) -> Run {
        let line = line.replace("{}", name(kind));
        let tool = etcd_tls(line.split(' ')).folder(self.ca.folder());
        tool.env("ETCDCTL_API", "3").run()
    }
}

fn name(kind: Hostile) -> &'static str {
    match kind {
        Fifo => "hostile.fifo",
        Device => "hostile.device",
        Directory => "hostile.directory",
        Socket => "hostile.socket",
        Large => "hostile.large",
        Missing => "hostile.missing",
        Denied => "hostile.denied",
    }
}

/// Nothing is denied to root.
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[test]
fn every_flag_that_takes_a_file_names_one_that_is_none() {
    let site = Site::new();
    let mut wrong = Vec::new();
    for (line, fine) in COMMANDS {
        for kind in ALL.into_iter().filter(|kind| !fine.contains(kind)) {
            if kind == Denied && is_root() {
                continue;
            }
            let run = site.run(line, kind);
            let names = format!("{}{}", run.stdout, run.stderr).contains(name(kind));
            let errors = run.stderr.lines().filter(|line| line.starts_with("error:")).count();
            if !matches!(run.code, Some(1..=3)) || !names || errors > 1 {
                wrong.push(format!("{line} with {kind:?}: {run:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

/// As root the file itself can't be denied, but another user can be asked to read it.
#[test]
fn a_file_of_others_is_named() {
    if !is_root() {
        return;
    }
    let site = Site::new();
    fs::set_permissions(site.ca.folder(), Permissions::from_mode(0o755)).unwrap();
    let folder = site.ca.folder().to_owned();
    let tool = folder.join("etcd-tls");
    fs::copy(env!("CARGO_BIN_EXE_etcd-tls"), &tool).unwrap();
    for line in
        ["inspect {}", "ca request client r --key-file {}", "ca issue --from {} --ca-dir ca"]
    {
        let line = line.replace("{}", name(Denied));
        let output = std::process::Command::new("setpriv")
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(&tool)
            .args(line.split(' '))
            .current_dir(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(matches!(output.status.code(), Some(1..=3)), "{line}: {said}");
        assert!(
            said.contains(name(Denied)) && said.to_lowercase().contains("permission denied"),
            "{said}"
        );
    }
}
