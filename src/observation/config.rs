//! How etcd and its clients are configured on this machine: names as their flags have them, with the line they stand in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Runner, refusal::FileRefusal};
use crate::etcd::Program;
use crate::message::{ConfigMessage, Message, Say, Value};

/// What one file (or one process) sets for one program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigFile {
    /// The path as given or found; `/proc/PID` for a process.
    pub path: String,
    /// What kind of file it was taken for.
    pub kind: ConfigKind,
    /// The program that it configures.
    #[serde(default, skip_serializing_if = "is_etcd")]
    pub program: Program,
    /// The unit, manifest or process that names this file: together they configure one process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// What it sets, in order. Later settings of one name win within a file.
    pub settings: Vec<Setting>,
    /// Names in it that its reader passes over without a word, such as a security option outside its section.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<Setting>,
    /// The variables about proxies in the environment of its process, without the logins in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Setting>,
    /// The volumes that a container sees; `None` where there is no container.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mounts: Option<Vec<Mount>>,
    /// Who runs with it, and from where.
    #[serde(default, skip_serializing_if = "Runner::is_unknown")]
    pub runner: Runner,
    /// How the kubelet asks the container whether it is well, over HTTP.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub probes: Vec<Probe>,
    /// The container's image, with its line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Setting>,
    /// The program's release, from the tag of the container's image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Why it could not be read, or which line made no sense.
    #[serde(default)]
    pub problem: Option<ConfigProblem>,
}

/// What is wrong with a file of configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigProblem {
    /// The line, 1-based, if it is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What is wrong.
    pub what: ConfigDefect,
}

/// What is wrong with a file of configuration, or with one of its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfigDefect {
    /// The file can't be read.
    Unreadable(FileRefusal),
    /// It has none of the forms that configure etcd.
    UnknownForm,
    /// A byte order mark has become part of a variable's name.
    ByteOrderMark,
    /// A line of an environment file that assigns nothing.
    NoAssignment,
    /// A quote that nothing closes.
    OpenQuote,
    /// YAML that is a single value.
    SingleValue,
    /// YAML that is a list.
    List,
    /// A name in YAML that is a mapping or a list.
    NameNoText,
    /// The words of the YAML reader, or of another release.
    Other(String),
}

impl ConfigProblem {
    /// Something that is wrong with the whole file.
    pub fn of_file(what: ConfigDefect) -> Self {
        Self { line: None, what }
    }

    /// Something that is wrong with a line.
    pub fn in_line(line: usize, what: ConfigDefect) -> Self {
        Self { line: Some(line), what }
    }
}

impl Say for ConfigProblem {
    fn message(&self) -> Message {
        let what = self.what.message();
        match self.line {
            Some(line) => ConfigMessage::LineSays { line: line.into(), what: what.into() }.into(),
            None => what,
        }
    }
}

impl Say for ConfigDefect {
    fn message(&self) -> Message {
        let message = match self {
            Self::Unreadable(refusal) => return refusal.message(),
            Self::UnknownForm => ConfigMessage::UnknownForm,
            Self::ByteOrderMark => ConfigMessage::ByteOrderMark,
            Self::NoAssignment => ConfigMessage::NoAssignment,
            Self::OpenQuote => ConfigMessage::OpenQuote,
            Self::SingleValue => ConfigMessage::SingleValue,
            Self::List => ConfigMessage::List,
            Self::NameNoText => ConfigMessage::NameNoText,
            Self::Other(words) => return Message::Plain(Value::quoted(words)),
        };
        message.into()
    }
}

/// The form of a configuration file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConfigKind {
    /// `ETCD_NAME=value` lines, as for systemd's `EnvironmentFile=`.
    Environment,
    /// etcd's `--config-file`, YAML or JSON.
    EtcdYaml,
    /// A systemd unit or a drop-in of one.
    Unit,
    /// A Kubernetes manifest that holds a pod.
    Manifest,
    /// Flags alone, as a snap keeps them.
    Arguments,
    /// A running process.
    Process,
    /// The configuration of another client of etcd.
    Client,
    /// A kubeconfig, which says nothing of etcd.
    Kubeconfig,
    /// Another Kubernetes object, or a file with nothing of etcd in it.
    Other,
    /// It could not be told.
    #[default]
    Unknown,
}

/// How a value reaches its program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// On the command line.
    Flag,
    /// As an environment variable.
    Environment,
    /// In etcd's `--config-file`.
    File,
}

/// One setting: etcd's flag name without dashes in front, its value, its line (1-based).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Such as `trusted-ca-file`, `peer-cert-file`, or `client-cert-allowed-cn`, which only a configuration file can set.
    pub name: String,
    /// The value as the program would take it; lists are joined by commas.
    pub value: String,
    /// The line in the file; 0 where there are none.
    pub line: usize,
    /// How it reaches the program, where the kind of the file doesn't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<Means>,
    /// Where on this machine the file lies that the value names, when it is not the value itself: behind a volume mount, or under
    /// `--root`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_disk: Option<String>,
    /// How the program itself spells the name, such as `etcd3.cacert`, if it is neither etcd, kube-apiserver nor etcdctl.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
}

/// An `httpGet` probe of a container (Kubernetes' API, `Probe`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// Such as `livenessProbe`.
    pub name: String,
    /// The URL that it asks; the host is empty where that is the pod's address.
    pub url: String,
    /// The port, as it stands in that line.
    pub port: String,
    /// Where the number stands: here, or at the container's port whose name is given.
    pub line: usize,
}

/// A folder or file that a container sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    /// The path inside.
    pub inside: String,
    /// The path on the host; `None` for volumes that lie in no folder of the host.
    pub host: Option<String>,
    /// Where that stands in the manifest.
    #[serde(default)]
    pub lines: MountLines,
}

/// The lines in which a mount and its volume stand, 1-based; 0 where there are none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MountLines {
    /// The item of `volumeMounts`.
    pub mount: usize,
    /// The path inside, in that item.
    pub inside: usize,
    /// The item of `volumes`.
    pub volume: usize,
    /// The path of the volume.
    pub path: usize,
}

impl ConfigFile {
    /// The value that wins in this file.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().rev().find(|setting| setting.name == name)
    }

    /// Whether a path of the container is on a volume; where there is no container, every path is as it is.
    pub fn covers(&self, path: &str) -> bool {
        let below = |mount: &Mount| {
            let rest = path.strip_prefix(mount.inside.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        !path.starts_with('/') || self.mounts.as_ref().is_none_or(|mounts| mounts.iter().any(below))
    }

    /// The path by which the program sees a file of this machine; `None` if no volume of its container leads there.
    pub fn inside(&self, path: &str) -> Option<String> {
        let Some(mounts) = &self.mounts else { return Some(path.to_owned()) };
        mounts.iter().find_map(|mount| {
            let rest = path.strip_prefix(mount.host.as_deref()?.trim_end_matches('/'))?;
            let is_below = rest.is_empty() || rest.starts_with('/');
            is_below.then(|| format!("{}{rest}", mount.inside.trim_end_matches('/')))
        })
    }

    /// How a setting of this file reaches its program.
    pub fn means(&self, setting: &Setting) -> Means {
        setting.means.unwrap_or(match self.kind {
            ConfigKind::Environment => Means::Environment,
            ConfigKind::EtcdYaml => Means::File,
            _ => Means::Flag,
        })
    }
}

impl Setting {
    /// The file that the value names, by its path on this machine. A relative one is a file of nobody knows which directory.
    pub fn path(&self) -> &str {
        self.on_disk.as_deref().unwrap_or(&self.value)
    }

    /// The name as its program spells it.
    pub fn written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.name)
    }

    /// The name as people know it: a flag of etcd's, or what the program has instead.
    pub fn flag(&self) -> String {
        self.written.clone().unwrap_or_else(|| format!("--{}", self.name))
    }

    /// Whether a boolean setting is on, as Go's `strconv.ParseBool` reads it.
    pub fn is_on(&self) -> bool {
        matches!(self.value.as_str(), "1" | "t" | "T" | "true" | "TRUE" | "True")
    }

    /// Whether a boolean setting is switched off, not just absent.
    pub fn is_off(&self) -> bool {
        matches!(self.value.as_str(), "0" | "f" | "F" | "false" | "FALSE" | "False")
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_etcd(program: &Program) -> bool {
    *program == Program::Etcd
}
