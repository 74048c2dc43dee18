//! etcd's own settings as `--config` gives them, and the files that they name.

use crate::{
    observation::{
        ConfigFile, FileSeen, Observation, Setting,
        file::{FileState, Form, Item},
    },
    trust::{Certificate, Crl, Go, Release, etcd::AllowedNames},
};

/// The settings of all given configuration files.
#[derive(Debug)]
pub struct Settings<'a> {
    configs: &'a [ConfigFile],
    files: &'a [FileSeen],
    release: Option<Release>,
}

impl<'a> Settings<'a> {
    pub(super) fn of(observation: &'a Observation, release: Option<Release>) -> Self {
        Self { configs: &observation.configs, files: &observation.files, release }
    }

    /// Whether any configuration was given and read.
    pub fn is_given(&self) -> bool {
        self.configs.iter().any(|config| !config.settings.is_empty())
    }

    /// The configuration files.
    pub fn configs(&self) -> &'a [ConfigFile] {
        self.configs
    }

    /// A setting and the file that holds it.
    pub fn get(&self, name: &str) -> Option<(&'a ConfigFile, &'a Setting)> {
        self.configs.iter().find_map(|config| Some((config, config.get(name)?)))
    }

    /// A setting with its value and place, such as `cert-file = /etc/etcd/server.crt (/etc/etcd.env:3)`.
    pub fn show(&self, name: &str) -> String {
        self.get(name)
            .map(|(config, setting)| {
                format!("{name} = {} ({}:{})", setting.value, config.path, setting.line)
            })
            .unwrap_or_default()
    }

    /// A setting's value, split at commas.
    pub fn list(&self, name: &str) -> Vec<&'a str> {
        self.get(name)
            .map(|(_, setting)| {
                setting.value.split(',').map(str::trim).filter(|value| !value.is_empty()).collect()
            })
            .unwrap_or_default()
    }

    /// Whether a boolean setting is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.configs.iter().any(|config| config.is_on(name))
    }

    /// Whether a boolean setting is switched off, not just absent.
    pub fn is_off(&self, name: &str) -> bool {
        let off = ["0", "f", "F", "false", "FALSE", "False"];
        self.get(name).is_some_and(|(_, setting)| off.contains(&setting.value.as_str()))
    }

    /// The file that a setting names, as it was found.
    pub fn file(&self, name: &str) -> Option<&'a FileSeen> {
        let (_, setting) = self.get(name)?;
        self.files.iter().find(|file| file.path == setting.value)
    }

    /// The first component that is not there, if the file that a setting names is missing.
    pub fn missing(&self, name: &str) -> Option<&'a str> {
        match &self.file(name)?.state {
            FileState::Missing { first_missing, .. } => Some(first_missing),
            _ => None,
        }
    }

    /// Whether the file that a setting names is PEM.
    pub fn is_pem(&self, name: &str) -> bool {
        self.file(name).and_then(FileSeen::content).is_some_and(|content| content.form == Form::Pem)
    }

    /// The certificates of the file that a setting names; `None` when the setting or the file is not readable.
    pub fn certificates(&self, name: &str, go: Go) -> Option<Vec<Certificate>> {
        let file = self.file(name)?;
        file.content()?;
        Some(file.certificates().filter_map(|der| Certificate::parse(&der.0, go).ok()).collect())
    }
}

impl Settings<'_> {
    /// The CRL in the file that a setting names; `None` when there is none that this etcd release can read. While the
    /// release is not known, a list in PEM is read as well.
    pub fn crl(&self, name: &str) -> Option<Crl> {
        let reads_pem = self.release.map(Release::reads_pem_crls);
        if reads_pem == Some(false) && self.is_pem(name) {
            return None;
        }
        let parse = if reads_pem == Some(true) { Crl::parse_old } else { Crl::parse };
        self.file(name)?.content()?.blocks.iter().find_map(|block| match &block.item {
            Item::Crl(der) => parse(&der.0).ok(),
            _ => None,
        })
    }

    /// Whether the file that a setting names is PEM, where a CRL has to be DER for etcd 3.6 and later; a release that is
    /// not known counts as such.
    pub fn crl_must_be_der(&self, name: &str) -> bool {
        self.is_pem(name) && !self.release.is_some_and(Release::reads_pem_crls)
    }

    /// The clients that the client port admits.
    pub fn allowed_clients(&self) -> AllowedNames {
        let list = |name| self.list(name).into_iter().map(str::to_owned).collect();
        AllowedNames {
            common_names: list("client-cert-allowed-cn"),
            hostnames: list("client-cert-allowed-hostname"),
        }
    }
}
