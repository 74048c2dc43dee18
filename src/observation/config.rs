//! Settings read from etcd's own configuration: names as etcd's flags have them, with the line they stand in.

use serde::{Deserialize, Serialize};

/// One configuration file as it was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConfigFile {
    /// The path as given.
    pub path: String,
    /// What kind of file it was taken for.
    pub kind: ConfigKind,
    /// What it sets, in order. Later settings of one name win within a file.
    pub settings: Vec<Setting>,
    /// Why it could not be read, or which line made no sense.
    #[serde(default)]
    pub problem: Option<String>,
}

/// The form of a configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfigKind {
    /// `ETCD_NAME=value` lines, as for systemd's `EnvironmentFile=`.
    Environment,
    /// etcd's `--config-file`, YAML or JSON.
    EtcdYaml,
    /// It could not be told.
    Unknown,
}

/// One setting: etcd's flag name without dashes in front, its value, its line (1-based).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Such as `trusted-ca-file`, `peer-cert-file`, or `client-cert-allowed-cn`, which only a configuration file can set.
    pub name: String,
    /// The value as etcd would take it; lists are joined by commas.
    pub value: String,
    /// The line in the file.
    pub line: usize,
}

impl ConfigFile {
    /// The value that wins in this file.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().rev().find(|setting| setting.name == name)
    }

    /// Whether a boolean setting is on, as Go's `strconv.ParseBool` reads it.
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|s| matches!(s.value.as_str(), "1" | "t" | "T" | "true" | "TRUE" | "True"))
    }
}
