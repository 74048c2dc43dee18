//! etcd's settings by their flag names, and the forms in which installers write them.

use std::{fmt::Write as _, path::Path};

use super::Tree;

/// Names and values in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings(Vec<(String, String)>);

/// The files of one member's two listeners.
pub(super) struct Tls<'a> {
    pub(super) ca: &'a str,
    pub(super) cert: &'a str,
    pub(super) key: &'a str,
    pub(super) peer_ca: &'a str,
    pub(super) peer_cert: &'a str,
    pub(super) peer_key: &'a str,
}

impl Settings {
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// The value of a setting.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// `--name=value`, one each.
    pub(crate) fn flags(&self) -> Vec<String> {
        self.0.iter().map(|(name, value)| format!("--{name}={value}")).collect()
    }

    /// The same with every path below another root.
    pub(super) fn moved(&self, root: &Path) -> Self {
        let moved = |value: &str| match value.strip_prefix('/') {
            Some(path) => root.join(path).display().to_string(),
            None => value.to_owned(),
        };
        Self(self.0.iter().map(|(name, value)| (name.clone(), moved(value))).collect())
    }

    /// `ETCD_NAME=value` lines.
    pub(super) fn environment(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, (name, value)| {
            let name = name.replace('-', "_").to_uppercase();
            let _ = writeln!(text, "ETCD_{name}={value}");
            text
        })
    }

    /// The flags as the lines of `ExecStart=` behind the program, each but the last continued.
    pub(super) fn continued(&self) -> String {
        self.flags().join(" \\\n  ")
    }

    /// The flags as items of a list in YAML.
    pub(super) fn items(&self, indent: usize) -> String {
        let space = " ".repeat(indent);
        self.flags().iter().fold(String::new(), |mut text, flag| {
            let _ = writeln!(text, "{space}- {flag}");
            text
        })
    }

    /// etcd's configuration file: TLS keys in their two sections, sorted as Go's YAML writes a map.
    pub(super) fn config_file(&self) -> String {
        const SECTION: [&str; 4] = ["cert-file", "key-file", "client-cert-auth", "trusted-ca-file"];
        let in_section = |name: &str| SECTION.contains(&name.strip_prefix("peer-").unwrap_or(name));
        let mut lines: Vec<String> = Vec::new();
        for (name, value) in self.0.iter().filter(|(name, _)| !in_section(name)) {
            lines.push(format!("{name}: {value}"));
        }
        for (section, prefix) in
            [("client-transport-security", ""), ("peer-transport-security", "peer-")]
        {
            let inside = SECTION.iter().filter_map(|name| {
                let value = self.get(&format!("{prefix}{name}"))?;
                Some(format!("\n  {name}: {value}"))
            });
            let inside: String = inside.collect();
            if !inside.is_empty() {
                lines.push(format!("{section}:{inside}"));
            }
        }
        lines.sort();
        lines.join("\n") + "\n"
    }
}

impl Tree {
    /// The settings that every layout has, for a member of this name.
    pub(super) fn member(&mut self, name: &str, data_dir: &str, tls: &Tls<'_>) {
        let (client, peer) = (self.url(self.place.client), self.url(self.place.peer));
        let (listen, cluster) = (self.listen_client_urls(), format!("{name}={peer}"));
        for (setting, value) in [
            ("name", name),
            ("data-dir", data_dir),
            ("advertise-client-urls", &client),
            ("listen-client-urls", &listen),
            ("initial-advertise-peer-urls", &peer),
            ("listen-peer-urls", &peer),
            ("initial-cluster", &cluster),
            ("cert-file", tls.cert),
            ("key-file", tls.key),
            ("client-cert-auth", "true"),
            ("trusted-ca-file", tls.ca),
            ("peer-cert-file", tls.peer_cert),
            ("peer-key-file", tls.peer_key),
            ("peer-client-cert-auth", "true"),
            ("peer-trusted-ca-file", tls.peer_ca),
        ] {
            self.etcd.set(setting, value);
        }
    }
}
