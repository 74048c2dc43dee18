//! `explain`: what a machine says of a topic, an option or a file, without a single connection; and the log that is to be explained.

use std::{
    cell::OnceCell,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{Failure, client_files::choose_client_files};
use crate::{
    etcd::option::{self, FILES, TLS, URLS},
    facts::{Command, Note, OnMachine, Row, Settings, contents},
    learn::{self, Found},
    message::{Message, Say as _},
    observation::{
        ConfigFile, ConfigKind, FileSeen, Means, Program, Setting, file::FileState, target::Given,
    },
    observe::{
        config::{self, Disk},
        etcd::given_files,
        files::{arriving::Arriving, named_file},
        target::viewer,
    },
};

/// More files than this are counted, not told.
const MOST_FILES: usize = 60;
/// Which machine is looked at. Nothing is connected to.
#[derive(Debug, Default)]
pub struct MachineOptions {
    /// Manifests, units, environment and configuration files, or directories of them; without any, those that are found.
    pub configs: Vec<String>,
    /// The directory that stands for the machine's `/`.
    pub root: Option<PathBuf>,
    /// etcdctl's options for files, `cacert` say, and the files.
    pub files: Vec<(&'static str, String)>,
    /// The environment of the process.
    pub variables: Vec<(String, String)>,
}

/// A machine; it is looked at when a subject first asks.
pub struct Machine {
    options: MachineOptions,
    seen: OnceCell<Seen>,
}

struct Seen {
    configs: Vec<ConfigFile>,
    files: Vec<FileSeen>,
}

impl Machine {
    /// The machine that is looked at.
    pub fn new(options: MachineOptions) -> Self {
        Self { options, seen: OnceCell::new() }
    }

    /// Whether a word is the path of a certificate or key that no layout has.
    pub fn has_file(&self, word: &str) -> Option<Found> {
        let file = self.look_at(word)?;
        let holds = file.key().is_some() || file.certificates().next().is_some();
        holds.then(|| Found::Files(Vec::new()))
    }

    /// What there is to say of a subject; nothing if it has no place on a machine.
    pub fn find(&self, word: &str, found: &Found) -> Option<OnMachine> {
        match found {
            Found::Topic(topic) => topic.here.map(|part| self.part(part)),
            Found::Options(options) => {
                let owners: Vec<_> = options.iter().map(|option| option.program()).collect();
                let name = options.first()?.name;
                let here = self
                    .settings(|program, setting| owners.contains(&program) && setting.name == name);
                (!here.rows.is_empty()).then_some(here)
            }
            Found::Files(_) => {
                let here = self.file(word);
                (!here.rows.is_empty()).then_some(here)
            }
        }
    }

    fn part(&self, part: learn::Here) -> OnMachine {
        match part {
            learn::Here::Files => self.files(),
            learn::Here::Client => self.client("endpoint health"),
            learn::Here::Backup => self.backup(),
            learn::Here::Listeners => self.settings(|program, setting| {
                let name = setting.name.as_str();
                let is_file = FILES.contains(&name) || TLS.contains(&name);
                program == Program::Etcd && is_file
            }),
            learn::Here::Ports => self.settings(|_, setting| URLS.contains(&setting.name.as_str())),
            learn::Here::Environment => self.variables(),
        }
    }

    /// The files that configuration names and those of the known folders, with what they hold.
    fn files(&self) -> OnMachine {
        let seen = self.seen();
        let mut rows: Vec<Row> = Vec::new();
        for file in &seen.files {
            let mut notes = contents(file, &seen.files);
            if notes.is_empty() {
                continue;
            }
            let option = |role: &String| format!("--{}", role.trim_start_matches('-'));
            notes.extend(file.roles.iter().map(option).map(Note::Name));
            rows.push(Row { name: file.path.clone(), notes });
        }
        if rows.len() > MOST_FILES {
            let more = rows.len() - MOST_FILES;
            rows.truncate(MOST_FILES);
            let notes = vec![Note::Name("etcd-tls scan".to_owned())];
            rows.push(Row { name: format!("+ {more}"), notes });
        }
        OnMachine { rows, commands: Vec::new() }
    }

    /// What etcdctl needs, and a command with it.
    fn client(&self, action: &'static str) -> OnMachine {
        let seen = self.seen();
        let (endpoints, flags) = self.chosen();
        if flags.is_empty() {
            return OnMachine::default();
        }
        let row = |(flag, given): &(&str, Given)| {
            let file = seen.files.iter().find(|file| file.path == given.value);
            let mut notes = vec![Note::Origin(given.origin.clone())];
            notes.extend(file.map(|file| contents(file, &[])).unwrap_or_default());
            Row { name: format!("--{flag} {}", given.value), notes }
        };
        let rows = flags.iter().map(row).collect();
        let endpoint = endpoints.first().map(|given| given.value.as_str());
        let endpoint = endpoint.unwrap_or("https://127.0.0.1:2379").to_owned();
        let files = flags.iter().map(|(flag, given)| (*flag, given.value.clone()));
        let options = std::iter::once(("endpoints", endpoint)).chain(files).collect();
        OnMachine { rows, commands: vec![Command::Etcdctl(options, action)] }
    }

    fn backup(&self) -> OnMachine {
        let mut here = self.client("snapshot save /backup/etcd.db");
        let data = self.settings(|_, setting| setting.name == "data-dir");
        here.rows.extend(data.rows);
        here
    }

    /// The variables that are set here, those that configuration sets, and those that etcdctl would need.
    fn variables(&self) -> OnMachine {
        let own = self.options.variables.iter().filter_map(|(name, value)| {
            // Who prints a variable must not print a password with it.
            let secret = option::is_secret(&option::of_variable(name.strip_prefix("ETCDCTL_")?));
            let value = if secret { "…" } else { value };
            Some(Row { name: format!("{name}={value}"), notes: Vec::new() })
        });
        let mut rows: Vec<Row> = own.collect();
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        for config in &self.seen().configs {
            let set = config.settings.iter();
            let set = set.filter(|one| is_of_tls(one) && config.means(one) == Means::Environment);
            rows.extend(set.map(|setting| {
                let prefix = config.program.variables().unwrap_or("ETCD_");
                let name = option::variable(prefix, &setting.name);
                let name = format!("{name}={}", setting.value);
                Row { name, notes: vec![Note::Name(place(config, setting))] }
            }));
        }
        let (endpoints, flags) = self.chosen();
        let endpoints = endpoints.iter().take(1).map(|given| ("endpoints", given));
        let commands = endpoints.chain(flags.iter().map(|(flag, given)| (*flag, given)));
        let commands = commands.map(|(flag, given)| {
            Command::Variable(option::variable("ETCDCTL_", flag), given.value.clone())
        });
        let commands = if flags.is_empty() { Vec::new() } else { commands.collect() };
        OnMachine { rows, commands }
    }

    /// The settings of every process that are meant, where they count.
    fn settings(&self, is_meant: impl Fn(Program, &Setting) -> bool) -> OnMachine {
        let seen = self.seen();
        let mut rows = Vec::new();
        for process in Settings::of_files(&seen.configs, &seen.files) {
            for config in process.configs() {
                let meant = config.settings.iter().filter(|one| {
                    let wins = process
                        .get(&one.name)
                        .is_some_and(|(_, winner)| std::ptr::eq(winner, *one));
                    wins && !one.value.is_empty() && is_meant(process.program, one)
                });
                for setting in meant {
                    let mut notes = vec![Note::Name(place(config, setting))];
                    if let Some(file) = process.file(&setting.name) {
                        notes.extend(contents(file, &[]));
                    }
                    let name = format!("--{} {}", setting.name, setting.value);
                    rows.push(Row { name, notes });
                }
            }
        }
        OnMachine { rows, commands: Vec::new() }
    }

    /// A file by its path, or the files of that name that are found.
    fn file(&self, word: &str) -> OnMachine {
        let seen = self.seen();
        let given = word.contains('/').then(|| self.look_at(word)).flatten();
        let is_named = |file: &&FileSeen| file.path.rsplit('/').next() == Some(word);
        let found = seen.files.iter().filter(is_named);
        let row =
            |file: &FileSeen| Row { name: file.path.clone(), notes: contents(file, &seen.files) };
        let rows = given.iter().map(row).chain(found.map(row)).filter(|row| !row.notes.is_empty());
        OnMachine { rows: rows.collect(), commands: Vec::new() }
    }

    fn look_at(&self, path: &str) -> Option<FileSeen> {
        let path = Disk::new(self.options.root.clone()).path(path);
        let named = Setting { name: "cert".to_owned(), value: path, ..Setting::default() };
        let config = ConfigFile { settings: vec![named], ..ConfigFile::default() };
        let is_file = |file: &FileSeen| {
            let state = &file.state;
            !matches!(
                state,
                FileState::Missing { .. }
                    | FileState::Directory { .. }
                    | FileState::NotRegular { .. }
            )
        };
        given_files::look_at(&[config], &[]).pop().filter(is_file)
    }

    /// Endpoints, and the files for etcdctl: those given, else the best that were found.
    fn chosen(&self) -> (Vec<Given>, Vec<(&'static str, Given)>) {
        let seen = self.seen();
        let chosen = choose_client_files(&seen.configs, &seen.files, None, &viewer(true));
        let (cert, key) = chosen.pairs.into_iter().next().unzip();
        let named = [("cacert", chosen.cacert), ("cert", cert), ("key", key)];
        (
            chosen.endpoints,
            named.into_iter().filter_map(|(flag, given)| Some((flag, given?))).collect(),
        )
    }

    fn seen(&self) -> &Seen {
        self.seen.get_or_init(|| {
            let disk = Disk::new(self.options.root.clone());
            let found = match self.options.configs.as_slice() {
                [] => config::machine(&disk),
                named => config::named(named, &disk),
            };
            let mut configs: Vec<ConfigFile> = self.given().into_iter().collect();
            configs.extend(found.configs);
            let files = given_files::look_at(&configs, &found.folders);
            Seen { configs, files }
        })
    }

    /// The files that were given, as configuration of etcdctl.
    fn given(&self) -> Option<ConfigFile> {
        let set = self.options.files.iter().map(|(name, value)| Setting {
            name: (*name).to_owned(),
            value: value.clone(),
            ..Setting::default()
        });
        let settings: Vec<_> = set.collect();
        let (kind, program) = (ConfigKind::Arguments, Program::Etcdctl);
        let path = "etcd-tls explain".to_owned();
        let config = ConfigFile { path, kind, program, settings, ..ConfigFile::default() };
        (!config.settings.is_empty()).then_some(config)
    }
}

fn is_of_tls(setting: &Setting) -> bool {
    let name = setting.name.as_str();
    FILES.contains(&name) || TLS.contains(&name) || name == "endpoints"
}

fn place(config: &ConfigFile, setting: &Setting) -> String {
    match setting.line {
        0 => config.path.clone(),
        line => format!("{}:{line}", config.path),
    }
}

/// A log to read, line by line.
pub struct Log {
    /// Its bytes.
    pub reader: Box<dyn Read>,
    /// Whether more of it can come while it is read.
    pub is_live: bool,
}

/// Opens a log: a file, a pipe, or standard input for `-`.
///
/// # Errors
/// The file can't be opened, or is a directory.
pub fn open_log(path: &Path) -> Result<Log, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Log { reader: Box::new(Arriving::new(io::stdin())), is_live: true });
    }
    let (file, is_live) = named_file::log(path).map_err(|error| {
        Failure::failed(error.fault.message().about(format!("--log {}", path.display())))
    })?;
    let reader: Box<dyn Read> =
        if is_live { Box::new(Arriving::new(file)) } else { Box::new(file) };
    Ok(Log { reader, is_live })
}

/// A log that can't be read to its end.
pub fn unreadable_log(path: &Path, error: &io::Error) -> Failure {
    Failure::failed(Message::from(error).about(format!("--log {}", path.display())))
}
