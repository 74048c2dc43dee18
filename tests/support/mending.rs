//! A node with one fault, mended by nothing but what `check` prints: each command of the root cause is pasted into a shell, etcd is
//! started again where that is said, and etcdctl decides whether it works.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    process::Command,
};

use serde_json::Value;

use super::{
    etcd::{Etcd, Release, free_port},
    pki::{Authority, Pair, Pki},
    tool::{Run, etcd_tls},
};

/// How many times somebody is asked to check, paste and check again.
const ROUNDS: usize = 3;

/// In which file etcd's settings stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Environment,
    Yaml,
    Unit,
    Manifest,
}

/// etcd with TLS for clients, its settings in one file, and a client that works.
pub(crate) struct Node {
    pub pki: Pki,
    pub ca: Authority,
    pub server: Pair,
    pub client: Pair,
    pub url: String,
    /// Path of the file with etcd's settings.
    pub config: String,
    /// `--endpoints`, `--cacert`, `--cert`, `--key` and `--config`, as the client gives them.
    pub flags: Vec<(String, String)>,
    form: Form,
    release: Release,
    etcd: Option<Etcd>,
}

impl Node {
    pub(crate) fn new(release: &Release, form: Form) -> Self {
        let pki = Pki::new();
        let ca = pki.authority("pki/ca", "etcd-ca");
        let server = pki.server(&ca, "pki/server").cn("m0").issue();
        let client = pki.client(&ca, "pki/client").cn("etcd-client").issue();
        let url = format!("https://127.0.0.1:{}", free_port());
        let peer_url = format!("http://127.0.0.1:{}", free_port());
        let data = pki.path("data");
        let settings = [
            ("name", "m0"),
            ("data-dir", &data),
            ("listen-client-urls", &url),
            ("advertise-client-urls", &url),
            ("listen-peer-urls", &peer_url),
            ("initial-advertise-peer-urls", &peer_url),
            ("initial-cluster", &format!("m0={peer_url}")),
            ("cert-file", &server.cert),
            ("key-file", &server.key),
            ("client-cert-auth", "true"),
            ("trusted-ca-file", &ca.cert),
        ];
        let config = form.write(&pki, &settings);
        let flags = [
            ("--endpoints", &url),
            ("--cacert", &ca.cert),
            ("--cert", &client.cert),
            ("--key", &client.key),
            ("--config", &config),
        ];
        let flags = flags.map(|(flag, value)| (flag.to_owned(), value.clone())).into();
        let release = release.clone();
        let mut node =
            Self { pki, ca, server, client, url, config, flags, form, release, etcd: None };
        node.restart();
        assert!(node.works(), "a whole node has to work");
        node
    }

    /// Another text in the file with the settings.
    pub(crate) fn edit(&self, old: &str, new: &str) {
        let text = fs::read_to_string(&self.config).unwrap();
        assert!(text.contains(old), "{old} is not in {text}");
        fs::write(&self.config, text.replacen(old, new, 1)).unwrap();
    }

    /// Takes the line of a setting out.
    pub(crate) fn remove(&self, words: &str) {
        let text = fs::read_to_string(&self.config).unwrap();
        let kept: String = text
            .lines()
            .filter(|line| !line.contains(words))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_ne!(kept, text, "{words} is not in it");
        fs::write(&self.config, kept).unwrap();
    }

    /// What the client gives for a flag; nothing where it is empty.
    pub(crate) fn give(&mut self, flag: &str, value: &str) {
        self.flags.retain(|(known, _)| known != flag);
        if !value.is_empty() {
            self.flags.push((flag.to_owned(), value.to_owned()));
        }
    }

    /// Starts etcd again with what its file says now; it may refuse.
    pub(crate) fn restart(&mut self) {
        self.etcd = None;
        let arguments = self.form.arguments(&self.config);
        self.etcd = Etcd::attempt(&self.release, &self.url, &arguments);
    }

    /// Whether etcdctl works with what the client gives.
    fn works(&self) -> bool {
        let given = self.flags.iter().filter(|(flag, _)| flag != "--config");
        let mut words: Vec<&str> = given.flat_map(|(flag, value)| [flag.as_str(), value]).collect();
        words.extend(["--dial-timeout=2s", "--command-timeout=4s", "get", "foo"]);
        self.release.etcdctl(&words).status.success()
    }

    fn check(&self) -> Run {
        let words = self.flags.iter().flat_map(|(flag, value)| [flag.as_str(), value]);
        etcd_tls(["check", "-o", "json"]).args(words).folder(self.pki.folder()).run()
    }

    /// Checks, and pastes what is printed, until nothing is wrong; says what went wrong on the way.
    pub(crate) fn mend(&mut self, finds: &str) -> Result<(), String> {
        for round in 0..ROUNDS {
            let run = self.check();
            let cause = run.root_cause();
            if round > 0 && self.works() && run.json()["verdict"] != "error" && cause != finds {
                return Ok(());
            }
            if round == 0 && cause != finds {
                return Err(format!("found {cause}: {}", run.stdout));
            }
            let commands = commands(&run.json());
            if commands.is_empty() {
                return Err(format!("{cause} has no command"));
            }
            let mut again = false;
            for (command, restarts) in commands {
                self.paste(&command)?;
                again |= restarts;
            }
            if again {
                self.restart();
            }
        }
        let run = self.check();
        if self.works() && run.json()["verdict"] != "error" {
            return Ok(());
        }
        Err(format!("still broken: {}", run.stdout))
    }

    /// Runs a line in a shell, in the folder of the node; a check that is printed is how the client does it from then on.
    fn paste(&mut self, line: &str) -> Result<(), String> {
        let words = shlex::split(line).unwrap();
        if words.starts_with(&["etcd-tls".to_owned(), "check".to_owned()]) {
            let pairs = words[2..].chunks(2).filter(|pair| pair[0] != "--config");
            for pair in pairs {
                self.give(&pair[0], &pair[1]);
            }
            return Ok(());
        }
        let bin = self.pki.folder().join("bin");
        fs::create_dir_all(&bin).unwrap();
        symlink(env!("CARGO_BIN_EXE_etcd-tls"), bin.join("etcd-tls")).ok();
        let systemctl = bin.join("systemctl");
        fs::write(&systemctl, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&systemctl, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}:/usr/bin:/bin", bin.display(), self.release.folder().display());
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(line).current_dir(self.pki.folder()).env_clear();
        let output = shell.env("PATH", path).env("ETCDCTL_API", "3").output().unwrap();
        if output.status.success() {
            return Ok(());
        }
        Err(format!("{line}: {}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// The commands of the root cause, in order, and whether etcd has to be started again.
fn commands(report: &Value) -> Vec<(String, bool)> {
    let steps = report["findings"][0]["fix"].as_array().unwrap();
    let commands = steps.iter().flat_map(|step| step["commands"].as_array().unwrap());
    let restarts = |command: &Value| {
        command["needs"].as_array().is_some_and(|needs| needs.iter().any(|need| need == "restart"))
    };
    commands
        .map(|command| (command["run"].as_str().unwrap().to_owned(), restarts(command)))
        .collect()
}

impl Form {
    fn write(self, pki: &Pki, settings: &[(&str, &str)]) -> String {
        let lines = |line: &dyn Fn(&str, &str) -> String| -> String {
            settings.iter().map(|(name, value)| line(name, value)).collect()
        };
        match self {
            Self::Environment => {
                let name = |name: &str| name.to_ascii_uppercase().replace('-', "_");
                let text = lines(&|option, value| format!("ETCD_{}={value}\n", name(option)));
                pki.write("etcd.env", text)
            }
            Self::Yaml => {
                let (section, top): (Vec<_>, Vec<_>) = settings
                    .iter()
                    .partition(|(name, _)| name.ends_with("-file") || name.ends_with("-auth"));
                let top: String =
                    top.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
                let section: String =
                    section.iter().map(|(name, value)| format!("  {name}: {value}\n")).collect();
                pki.write("etcd.conf.yml", format!("{top}client-transport-security:\n{section}"))
            }
            Self::Unit => {
                let flags = lines(&|name, value| format!(" \\\n  --{name}={value}"));
                pki.write("etcd.service", format!("[Service]\nExecStart=/usr/bin/etcd{flags}\n"))
            }
            Self::Manifest => {
                let flags = lines(&|name, value| format!("    - --{name}={value}\n"));
                let folder = pki.folder().display();
                pki.write("etcd.yaml", format!(
                    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: etcd\nspec:\n  containers:\n  - command:\n    - etcd\n{flags}    \
                     image: etcd:3.5.16-0\n    name: etcd\n    volumeMounts:\n    - mountPath: {folder}\n      name: all\n  volumes:\n  \
                     - hostPath:\n      path: {folder}\n    name: all\n"
                ))
            }
        }
    }

    /// What starts etcd as the file says.
    fn arguments(self, config: &str) -> Vec<String> {
        let text = fs::read_to_string(Path::new(config)).unwrap();
        let variable = |line: &str| {
            let (name, value) = line.strip_prefix("ETCD_")?.split_once('=')?;
            Some(format!("--{}={value}", name.to_ascii_lowercase().replace('_', "-")))
        };
        match self {
            Self::Yaml => vec![format!("--config-file={config}")],
            Self::Environment => text.lines().filter_map(variable).collect(),
            Self::Unit | Self::Manifest => text
                .split_whitespace()
                .filter(|word| word.starts_with("--"))
                .map(str::to_owned)
                .collect(),
        }
    }
}
