//! One process as it is configured: its settings in the order in which they win, and the files that they name.
//!
//! etcd's own precedence (`server/etcdmain/config.go`, `configFromCmdLine`): a `--config-file` switches flags and environment off; else a
//! flag wins over the variable of the same option, and finding both ends the process (`pkg/flags`, `verifyEnv`; tried with 3.4, 3.5 and 3.6).

use crate::{
    etcd::Release,
    observation::{
        ConfigFile, ConfigKind, FileSeen, Means, Observation, Program, Setting,
        file::{FileState, Form, Item},
        target::{Given, Origin},
    },
    x509::{Certificate, Crl, Go},
};

/// What tells one etcd from another on the same machine.
const IDENTITY: [&str; 4] = ["name", "data-dir", "listen-client-urls", "listen-peer-urls"];

/// The settings of one process of one program; none at all where nothing configures it.
#[derive(Debug)]
pub struct Settings<'a> {
    /// The program.
    pub program: Program,
    configs: Vec<&'a ConfigFile>,
    files: &'a [FileSeen],
    release: Option<Release>,
}

impl<'a> Settings<'a> {
    /// Every configured process, in the order found.
    pub(super) fn all(observation: &'a Observation) -> Vec<Self> {
        Self::of_files(&observation.configs, &observation.files)
    }

    /// Every process that some files configure, with the certificate files as far as they were looked at.
    pub fn of_files(configs: &'a [ConfigFile], files: &'a [FileSeen]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for config in configs {
            let place = match &config.part_of {
                Some(of) => all.iter_mut().find(|one| {
                    one.program == config.program
                        && one.configs.iter().any(|known| known.path == *of)
                }),
                None => all.iter_mut().find(|one| one.takes(config)),
            };
            match place {
                Some(one) => one.configs.push(config),
                None => all.push(Self {
                    program: config.program,
                    configs: vec![config],
                    files,
                    release: config.release.as_deref().and_then(Release::parse),
                }),
            }
        }
        all
    }

    pub(super) fn none(program: Program) -> Self {
        Self { program, configs: Vec::new(), files: &[], release: None }
    }

    /// The same, of a process whose release it told itself.
    pub(super) fn running(self, release: Option<Release>) -> Self {
        Self { release: release.or(self.release), ..self }
    }

    /// The release of the process: what it said itself, else the tag of its image.
    pub fn release(&self) -> Option<Release> {
        self.release
    }

    /// Whether a file that nobody names may configure the same process: it is of the same kind, and says nothing of another one.
    /// A unit, a container and a process are each one by themselves.
    fn takes(&self, config: &ConfigFile) -> bool {
        if matches!(config.kind, ConfigKind::Unit | ConfigKind::Manifest | ConfigKind::Process) {
            return false;
        }
        let differs = |name: &str| match (self.get(name), config.get(name)) {
            (Some((_, known)), Some(new)) => known.value != new.value,
            _ => false,
        };
        let alike = self.configs.iter().all(|known| known.kind == config.kind);
        self.program == config.program && alike && !IDENTITY.into_iter().any(differs)
    }

    /// Whether any configuration was given and read.
    pub fn is_given(&self) -> bool {
        self.configs.iter().any(|config| !config.settings.is_empty())
    }

    /// The files, in the order found.
    pub fn configs(&self) -> impl Iterator<Item = &'a ConfigFile> {
        self.configs.iter().copied()
    }

    /// A setting and the file that holds it: the one that wins.
    pub fn get(&self, name: &str) -> Option<(&'a ConfigFile, &'a Setting)> {
        self.each(name).find(|(config, setting)| self.counts(config, setting))
    }

    /// Every place where an option is set, the strongest first, whether it counts or not.
    pub fn each(&self, name: &str) -> impl Iterator<Item = (&'a ConfigFile, &'a Setting)> {
        let by_means = [Means::File, Means::Flag, Means::Environment].into_iter();
        by_means.flat_map(move |means| {
            let of_means = move |config: &&'a ConfigFile| {
                let mut settings = config.settings.iter().rev();
                let setting = settings.find(|s| s.name == name && config.means(s) == means)?;
                Some((*config, setting))
            };
            self.configs.iter().filter_map(of_means)
        })
    }

    /// Whether a setting reaches the process at all, or is switched off by a configuration file.
    pub fn counts(&self, config: &ConfigFile, setting: &Setting) -> bool {
        config.means(setting) == Means::File || !self.from_file()
    }

    /// Whether etcd reads a `--config-file`, which switches flags and environment off.
    pub fn from_file(&self) -> bool {
        let named =
            |config: &&ConfigFile| config.get("config-file").is_some_and(|s| !s.value.is_empty());
        self.configs.iter().any(named)
    }

    /// The path or value of an option with where it stands; `None` where it has none.
    pub fn given(&self, name: &str) -> Option<Given> {
        let (config, setting) = self.get(name).filter(|(_, setting)| !setting.value.is_empty())?;
        let (file, line) = (config.path.clone(), setting.line);
        let origin = Origin::Config { file, line, name: setting.flag() };
        Some(Given { value: setting.path().to_owned(), origin })
    }

    /// A setting with its value and place, such as `cert-file = /etc/etcd/server.crt (/etc/etcd.env:3)`.
    pub fn show(&self, name: &str) -> String {
        self.get(name).map(|(config, setting)| show(config, setting)).unwrap_or_default()
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
        self.get(name).is_some_and(|(_, setting)| setting.is_on())
    }

    /// Whether a boolean setting is switched off, not just absent.
    pub fn is_off(&self, name: &str) -> bool {
        self.get(name).is_some_and(|(_, setting)| setting.is_off())
    }

    /// Whether an option has a value.
    pub fn names(&self, name: &str) -> bool {
        self.get(name).is_some_and(|(_, setting)| !setting.value.is_empty())
    }

    /// The file that a setting names, as it was found.
    pub fn file(&self, name: &str) -> Option<&'a FileSeen> {
        let (_, setting) = self.get(name)?;
        // The directory of a relative path is the process's own, never ours, in which a flag of the same words may be meant.
        let path = Some(setting.path()).filter(|path| path.starts_with('/'))?;
        self.files.iter().find(|file| file.path == path)
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
}

/// A setting with its value and place, such as `cert-file = /etc/etcd/server.crt (/etc/etcd.env:3)`.
pub fn show(config: &ConfigFile, setting: &Setting) -> String {
    let Setting { value, line, .. } = setting;
    let name = setting.written();
    match line {
        0 => format!("{name} = {value} ({})", config.path),
        line => format!("{name} = {value} ({}:{line})", config.path),
    }
}
