//! What a topic says of this machine: the files, settings and variables that are found, without a single connection.

use std::cell::OnceCell;

use super::{choice::Choice, explain::HereArgs};
use crate::{
    etcd::option::{self, FILES, TLS, URLS},
    facts::Settings,
    learn::{self, Found},
    message::{Lang, Say},
    observation::{ConfigFile, ConfigKind, FileSeen, Means, Program, Setting, target::Given},
    observe::config::{self, Disk},
    report::topic::{Here, Row, contents},
    shell::{self, Shell},
};

/// More files than this are counted, not told.
const MOST_FILES: usize = 60;

/// The machine that is spoken of; it is looked at when a topic first asks.
pub(super) struct Machine<'a> {
    args: &'a HereArgs,
    lang: Lang,
    seen: OnceCell<Seen>,
}

struct Seen {
    configs: Vec<ConfigFile>,
    files: Vec<FileSeen>,
}

impl<'a> Machine<'a> {
    pub(super) fn new(args: &'a HereArgs, lang: Lang) -> Self {
        Self { args, lang, seen: OnceCell::new() }
    }

    /// Whether a word is the path of a certificate or key that no layout has.
    pub(super) fn has_file(&self, word: &str) -> Option<Found> {
        let file = self.look_at(word)?;
        let holds = file.key().is_some() || file.certificates().next().is_some();
        holds.then(|| Found::Files(Vec::new()))
    }

    /// What there is to say of a subject; nothing where it has no place on a machine.
    pub(super) fn of(&self, word: &str, found: &Found) -> Option<Here> {
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

    fn part(&self, part: learn::Here) -> Here {
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
    fn files(&self) -> Here {
        let seen = self.seen();
        let mut rows: Vec<Row> = Vec::new();
        for file in &seen.files {
            let mut notes = contents(file, &seen.files, self.lang);
            if notes.is_empty() {
                continue;
            }
            notes.extend(
                file.roles.iter().map(|role| format!("--{}", role.trim_start_matches('-'))),
            );
            rows.push(Row { name: file.path.clone(), notes });
        }
        if rows.len() > MOST_FILES {
            let more = rows.len() - MOST_FILES;
            rows.truncate(MOST_FILES);
            rows.push(Row { name: format!("+ {more}"), notes: vec!["etcd-tls scan".to_owned()] });
        }
        Here { rows, commands: Vec::new() }
    }

    /// What etcdctl needs, and a command with it.
    fn client(&self, command: &str) -> Here {
        let seen = self.seen();
        let (endpoints, flags) = self.chosen();
        if flags.is_empty() {
            return Here::default();
        }
        let row = |(flag, given): &(&str, Given)| {
            let file = seen.files.iter().find(|file| file.path == given.value);
            let mut notes = vec![given.origin.message().say(self.lang)];
            notes.extend(file.map(|file| contents(file, &[], self.lang)).unwrap_or_default());
            Row { name: format!("--{flag} {}", given.value), notes }
        };
        let rows = flags.iter().map(row).collect();
        let endpoint = endpoints.first().map(|given| given.value.as_str());
        let endpoint = endpoint.unwrap_or("https://127.0.0.1:2379");
        let mut line = format!("etcdctl --endpoints={}", shell::quoted(endpoint));
        for (flag, given) in &flags {
            line = format!("{line} --{flag}={}", shell::quoted(&given.value));
        }
        Here { rows, commands: vec![format!("{line} {command}")] }
    }

    fn backup(&self) -> Here {
        let mut here = self.client("snapshot save /backup/etcd.db");
        let data = self.settings(|_, setting| setting.name == "data-dir");
        here.rows.extend(data.rows);
        here
    }

    /// The variables that are set here, those that configuration sets, and those that etcdctl would need.
    fn variables(&self) -> Here {
        let own = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            // Who prints a variable must not print a password with it.
            let secret = option::is_secret(&option::of_variable(name.strip_prefix("ETCDCTL_")?));
            let value = if secret { "…".into() } else { value.to_string_lossy().into_owned() };
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
                Row { name, notes: vec![place(config, setting)] }
            }));
        }
        let (endpoints, flags) = self.chosen();
        let endpoints = endpoints.iter().take(1).map(|given| ("endpoints", given));
        let commands = endpoints.chain(flags.iter().map(|(flag, given)| (*flag, given)));
        let commands = commands.map(|(flag, given)| {
            Shell::Bash.assignment(&option::variable("ETCDCTL_", flag), &given.value)
        });
        let commands = if flags.is_empty() { Vec::new() } else { commands.collect() };
        Here { rows, commands }
    }

    /// The settings of every process that are meant, where they count.
    fn settings(&self, is_meant: impl Fn(Program, &Setting) -> bool) -> Here {
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
                    let mut notes = vec![place(config, setting)];
                    if let Some(file) = process.file(&setting.name) {
                        notes.extend(contents(file, &[], self.lang));
                    }
                    let name = format!("--{} {}", setting.name, setting.value);
                    rows.push(Row { name, notes });
                }
            }
        }
        Here { rows, commands: Vec::new() }
    }

    /// A file by its path, or the files of that name that are found.
    fn file(&self, word: &str) -> Here {
        let seen = self.seen();
        let given = word.contains('/').then(|| self.look_at(word)).flatten();
        let is_named = |file: &&FileSeen| file.path.rsplit('/').next() == Some(word);
        let found = seen.files.iter().filter(is_named);
        let row = |file: &FileSeen| Row {
            name: file.path.clone(),
            notes: contents(file, &seen.files, self.lang),
        };
        let rows = given.iter().map(row).chain(found.map(row)).filter(|row| !row.notes.is_empty());
        Here { rows: rows.collect(), commands: Vec::new() }
    }

    fn look_at(&self, path: &str) -> Option<FileSeen> {
        let path = Disk::new(self.args.root.clone()).path(path);
        let there = std::fs::metadata(&path).is_ok_and(|found| found.is_file());
        let named = Setting { name: "cert".to_owned(), value: path, ..Setting::default() };
        let config = ConfigFile { settings: vec![named], ..ConfigFile::default() };
        there.then(|| crate::observe::etcd::given_files::look_at(&[config], &[]).pop()).flatten()
    }

    /// Endpoints, and the files for etcdctl: those given, else the best that were found.
    fn chosen(&self) -> (Vec<Given>, Vec<(&'static str, Given)>) {
        let seen = self.seen();
        let (endpoints, cacert, pair) = Choice::of(&seen.configs, &seen.files, None).best();
        let (cert, key) = pair.unzip();
        let named = [("cacert", cacert), ("cert", cert), ("key", key)];
        (endpoints, named.into_iter().filter_map(|(flag, given)| Some((flag, given?))).collect())
    }

    fn seen(&self) -> &Seen {
        self.seen.get_or_init(|| {
            let disk = Disk::new(self.args.root.clone());
            let found = match self.args.config.as_slice() {
                [] => config::machine(&disk),
                named => config::named(named, &disk),
            };
            let mut configs: Vec<ConfigFile> = self.given().into_iter().collect();
            configs.extend(found.configs);
            let files = crate::observe::etcd::given_files::look_at(&configs, &found.folders);
            Seen { configs, files }
        })
    }

    /// The files of the command line, as configuration of etcdctl.
    fn given(&self) -> Option<ConfigFile> {
        let files =
            [("cacert", &self.args.cacert), ("cert", &self.args.cert), ("key", &self.args.key)];
        let set = files.into_iter().filter_map(|(name, value)| {
            let value = value.clone().filter(|value| !value.is_empty())?;
            Some(Setting { name: name.to_owned(), value, ..Setting::default() })
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
