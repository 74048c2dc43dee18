//! Runs the binary as a user would and keeps what a user sees: exit code, output, time, and the memory it took.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

/// What no run of these tests takes, even on a machine that is busy with ten others. A run that waits for what never comes takes
/// longer: it is killed, and the test fails.
pub(crate) const HANG: Duration = Duration::from_secs(60);

/// A command line in the making.
pub(crate) struct Tool {
    command: Command,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub elapsed: Duration,
    /// The most memory that was resident at once, in KiB, as far as sampling every millisecond can tell.
    pub peak_kib: u64,
}

/// `etcd-tls` with these arguments, without the caller's `ETCDCTL_*`, locale and colour settings.
pub(crate) fn etcd_tls<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Tool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_etcd-tls"));
    command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").args(args);
    Tool { command }
}

/// `etcd-tls check` of one endpoint with JSON output.
pub(crate) fn check(endpoints: &str, flags: &[&str]) -> Run {
    etcd_tls(["check", "--endpoints", endpoints, "-o", "json"]).args(flags).run()
}

impl Tool {
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Lets another program start it, such as `setsid` or `unshare`.
    pub(crate) fn under(self, wrapper: &[&str]) -> Self {
        let mut command = Command::new(wrapper[0]);
        command.args(&wrapper[1..]).arg(self.command.get_program()).args(self.command.get_args());
        command.env_clear();
        let set = self.command.get_envs().filter_map(|(name, value)| Some((name, value?)));
        command.envs(set);
        Self { command }
    }

    /// Starts it and leaves the rest to the test, which has to wait for it.
    pub(crate) fn spawn(mut self) -> Child {
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap()
    }

    /// Runs it and notes when each line of JSON arrived.
    pub(crate) fn lines_as_they_come(mut self) -> Vec<(Duration, Value)> {
        let start = Instant::now();
        let mut child = self.command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let lines = lines.map(|line| {
            let line = line.unwrap();
            (start.elapsed(), serde_json::from_str(&line).unwrap())
        });
        let lines = lines.collect();
        child.wait().unwrap();
        lines
    }

    /// Runs it to its end; one that hangs is killed and fails the test.
    pub(crate) fn run(mut self) -> Run {
        let start = Instant::now();
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = drain(child.stdout.take().unwrap());
        let stderr = drain(child.stderr.take().unwrap());
        let mut peak_kib = 0;
        let status = loop {
            peak_kib = peak_kib.max(resident_peak(child.id()).unwrap_or(0));
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if start.elapsed() > HANG {
                child.kill().unwrap();
                panic!("still running after {HANG:?}: {:?}", self.command);
            }
            thread::sleep(Duration::from_millis(1));
        };
        let elapsed = start.elapsed();
        let (stdout, stderr) = (stdout.join().unwrap(), stderr.join().unwrap());
        Run { code: status.code(), stdout, stderr, elapsed, peak_kib }
    }
}

impl Run {
    /// Looks again until the members have met or an election is over; the last look counts.
    pub(crate) fn settled(look: impl Fn() -> Self, id: &str) -> Self {
        let mut run = look();
        for _ in 0..10 {
            if run.root_cause() == id {
                break;
            }
            run = look();
        }
        assert_eq!(run.root_cause(), id, "{run:#?}");
        run
    }

    /// Standard output as one JSON document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {self:?}"))
    }

    /// The id of the root cause, or `none`.
    pub(crate) fn root_cause(&self) -> String {
        self.json()["root_cause"]["id"].as_str().unwrap_or("none").to_owned()
    }

    /// Asserts that this was found, that the exit code fits, and that the finding says what to do.
    #[track_caller]
    pub(crate) fn finds(&self, id: &str) {
        let report = self.json();
        assert_eq!(self.root_cause(), id, "{self:#?}");
        let finding = &report["findings"][0];
        assert_eq!(finding["id"], id);
        for part in ["evidence", "fix"] {
            assert_ne!(finding[part].as_array().map_or(0, Vec::len), 0, "{id} has no {part}");
        }
        let code = i32::from(report["verdict"] == "error");
        assert_eq!(self.code, Some(code), "{self:#?}");
    }

    /// Asserts a clean bill of health.
    #[track_caller]
    pub(crate) fn is_healthy(&self) {
        assert_eq!(self.json()["verdict"], "ok", "{self:#?}");
        assert_eq!(self.json()["root_cause"], Value::Null);
        assert_eq!(self.code, Some(0));
    }
}

fn drain(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    })
}

/// `VmHWM` of a process that still runs.
fn resident_peak(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
