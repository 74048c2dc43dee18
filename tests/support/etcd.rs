//! Real etcd: the releases that are here (`scripts/etcd` and PATH), and a process of one of them.

use std::{
    fs,
    io::Write,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{self, Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::pki::{Authority, Pair};

/// One release of etcd with its etcdctl.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    /// Such as `3.5.16`.
    pub version: String,
    folder: PathBuf,
}

/// Every minor release that is here, oldest first. Fails where there are fewer than two, one of them 3.5 or newer: what is true of one
/// etcd alone is not what these tests claim, and a test that passes without an etcd claims nothing.
pub(crate) fn releases() -> Vec<Release> {
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("etcd");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(fs::read_dir(built).into_iter().flatten().flatten().map(|entry| entry.path()));
    let mut found: Vec<Release> = folders.iter().filter_map(|folder| Release::at(folder)).collect();
    found.sort_by_key(Release::number);
    found.dedup_by_key(|release| release.minor());
    let enough = found.len() >= 2 && found.iter().any(|release| release.number() >= [3, 5, 0]);
    let versions: Vec<_> = found.iter().map(|release| release.version.as_str()).collect();
    assert!(
        enough,
        "this test needs etcd of two minor releases, one of them 3.5 or newer, and finds {versions:?}. \
         These commands bring them into target/etcd: scripts/etcd 3.4.23; scripts/etcd 3.5.16"
    );
    found
}

/// The newest release, for tests that need etcd but no particular one.
pub(crate) fn newest() -> Release {
    releases().pop().unwrap()
}

impl Release {
    fn at(folder: &Path) -> Option<Self> {
        let output = Command::new(folder.join("etcd")).arg("--version").output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let version = text.lines().find_map(|line| line.strip_prefix("etcd Version: "))?.to_owned();
        let whole = folder.join("etcdctl").is_file();
        whole.then(|| Self { version, folder: folder.to_owned() })
    }

    /// Major, minor and patch.
    pub(crate) fn number(&self) -> [u32; 3] {
        let mut parts = self.version.split('.').map(|part| part.parse().unwrap_or(0));
        [0; 3].map(|zero| parts.next().unwrap_or(zero))
    }

    /// etcd of this release, not yet started.
    pub(crate) fn server(&self) -> Command {
        let mut command = Command::new(self.folder.join("etcd"));
        clear_settings(&mut command);
        command
    }

    fn minor(&self) -> [u32; 2] {
        let [major, minor, _] = self.number();
        [major, minor]
    }

    /// The folder of its programs.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    #[allow(clippy::expect_used, reason = "a test fails by panicking")]
    /// Starts etcd with arguments and variables that it can't start with, and gives back what it says.
    pub(crate) fn refuses(&self, arguments: &[String], variables: &[(&str, &str)]) -> String {
        let folder = TempDir::new().unwrap();
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let mut command = Command::new(self.folder.join("etcd"));
        let command = clear_settings(&mut command).args(arguments).stdin(Stdio::null());
        let command = command.envs(variables.iter().copied()).current_dir(folder.path());
        let process = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        let (url, peer_url) = (String::new(), String::new());
        let mut etcd = Etcd { process, url, peer_url, folder };
        etcd.wait_until_ready().expect_err("it started all the same")
    }

    /// Runs etcdutl of this release; `None` where it has none (3.4).
    pub(crate) fn etcdutl(&self, args: &[&str]) -> Option<Output> {
        Command::new(self.folder.join("etcdutl")).args(args).output().ok()
    }

    /// Runs etcdctl of this release with a text on its standard input.
    pub(crate) fn etcdctl_with(&self, args: &[&str], input: &str) -> Output {
        let mut command = Command::new(self.folder.join("etcdctl"));
        clear_settings(&mut command).env("ETCDCTL_API", "3").args(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Runs etcdctl of this release.
    pub(crate) fn etcdctl(&self, args: &[&str]) -> Output {
        self.etcdctl_in(args, &[])
    }

    /// The same with these variables.
    pub(crate) fn etcdctl_in(&self, args: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(self.folder.join("etcdctl"));
        let command = clear_settings(&mut command).env("ETCDCTL_API", "3").args(args);
        command.envs(variables.iter().copied()).output().unwrap()
    }
}

/// A running etcd with a data directory of its own; dropping it kills the process.
pub(crate) struct Etcd {
    process: Child,
    /// The client URL.
    pub url: String,
    /// The peer URL.
    pub peer_url: String,
    folder: TempDir,
}

impl Etcd {
    /// A member that serves `server` and, when `trusted` is given, demands client certificates of it.
    pub(crate) fn tls(release: &Release, server: &Pair, trusted: Option<&Authority>) -> Self {
        Self::start(release, "https", &tls_flags(server, trusted))
    }

    /// A member with these flags, serving clients at a URL of this scheme. Ready to answer when this returns.
    pub(crate) fn start(release: &Release, scheme: &str, flags: &[String]) -> Self {
        // Another process can take a free port before etcd binds it: build once more then, from nothing.
        let attempts = (0..5).map(|_| Self::spawn(release, scheme, flags));
        let mut last = String::new();
        for mut etcd in attempts {
            match etcd.wait_until_ready() {
                Ok(()) => return etcd,
                Err(log) if log.contains("address already in use") => last = log,
                Err(log) => panic!("etcd {} did not start: {log}", release.version),
            }
        }
        panic!("no free port for etcd: {last}")
    }

    /// A member started with these arguments alone, which make it serve at `url`, ready to answer; or its log, when it ended
    /// because another process took one of the ports meanwhile.
    pub(crate) fn from_arguments(
        release: &Release,
        url: &str,
        arguments: &[String],
    ) -> Result<Self, String> {
        let mut etcd = Self::run(release, url, arguments);
        match etcd.wait_until_ready() {
            Ok(()) => Ok(etcd),
            Err(log) if log.contains("address already in use") => Err(log),
            Err(log) => panic!("etcd {} did not start with {arguments:#?}: {log}", release.version),
        }
    }

    /// A member started with these arguments alone; nothing where it ends at once. Fails only where it does neither.
    pub(crate) fn attempt(release: &Release, url: &str, arguments: &[String]) -> Option<Self> {
        let mut etcd = Self::run(release, url, arguments);
        match etcd.wait_until_ready() {
            Ok(()) => Some(etcd),
            Err(_) if etcd.process.try_wait().unwrap().is_some() => None,
            Err(log) => panic!("etcd {} neither starts nor ends: {log}", release.version),
        }
    }

    fn run(release: &Release, url: &str, arguments: &[String]) -> Self {
        let folder = TempDir::new().unwrap();
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let mut command = Command::new(release.folder.join("etcd"));
        let command = clear_settings(&mut command).args(arguments).stdin(Stdio::null());
        let process = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        let (url, peer_url) = (url.to_owned(), String::new());
        Self { process, url, peer_url, folder }
    }

    fn spawn(release: &Release, scheme: &str, flags: &[String]) -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("{scheme}://127.0.0.1:{}", free_port());
        let peer_url = format!("http://127.0.0.1:{}", free_port());
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let mut command = Command::new(release.folder.join("etcd"));
        clear_settings(&mut command)
            .arg("--data-dir")
            .arg(folder.path().join("data"))
            .args(["--name", "m0", "--heartbeat-interval", "20", "--election-timeout", "200"])
            .args(["--listen-client-urls", &url, "--advertise-client-urls", &url])
            .args(["--listen-peer-urls", &peer_url, "--initial-advertise-peer-urls", &peer_url])
            .args(["--initial-cluster", &format!("m0={peer_url}")])
            .args(flags)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        Self { process: command.spawn().unwrap(), url, peer_url, folder }
    }

    /// Everything that it has logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    /// Where it logs.
    pub(crate) fn log_path(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            let log = self.log();
            // 3.4: "serving insecure client requests on", 3.5: "serving client traffic securely".
            if log.contains("serving client ") || log.contains("serving insecure client ") {
                return Ok(());
            }
            if self.process.try_wait().unwrap().is_some() {
                return Err(log);
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(format!("not ready in time: {}", self.log()))
    }
}

impl Drop for Etcd {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The flags for a server certificate and the CA whose clients it lets in.
pub(crate) fn tls_flags(server: &Pair, trusted: Option<&Authority>) -> Vec<String> {
    let mut flags =
        vec![format!("--cert-file={}", server.cert), format!("--key-file={}", server.key)];
    if let Some(ca) = trusted {
        flags.push("--client-cert-auth".to_owned());
        flags.push(format!("--trusted-ca-file={}", ca.cert));
    }
    flags
}

/// A loopback port that nobody listened on a moment ago: below those that the system gives to whoever dials, and never the same
/// twice in a process.
pub(crate) fn free_port() -> u16 {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    loop {
        let place =
            process::id().wrapping_mul(97).wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed));
        let port = 12_500 + u16::try_from(place % 20_000).unwrap();
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

fn clear_settings(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ETCD") {
            command.env_remove(name);
        }
    }
    command
}
