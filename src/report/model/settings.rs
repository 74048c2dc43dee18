//! What was found without being asked for, what of it was used, and what won where two places set the same option.

use schemars::JsonSchema;
use serde::Serialize;

use super::Item;
use crate::{
    facts::{Facts, Settings, show_setting},
    message::{Message, ReportMessage, Say as _, Value},
    observation::{
        ConfigKind, Means, Program,
        config::Setting,
        target::{Given, Origin},
    },
};

/// More endpoints than this are counted, not listed.
const MOST_LISTED: usize = 3;

/// The configuration behind a check.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct SettingsReport<'r> {
    layouts: &'r [String],
    used: Vec<Used<'r>>,
    processes: Vec<Process<'r>>,
    /// Options that two places set differently, the one that counts first.
    #[serde(skip)]
    overruled: Vec<Item>,
}

/// An input that nobody gave.
#[derive(Debug, Serialize, JsonSchema)]
struct Used<'r> {
    flag: &'static str,
    value: &'r str,
    origin: Value,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Process<'r> {
    program: Program,
    sources: Vec<Source<'r>>,
    settings: Vec<Configured<'r>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Source<'r> {
    path: &'r str,
    kind: ConfigKind,
    problem: Option<Value>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Configured<'r> {
    name: &'r str,
    value: &'r str,
    file: &'r str,
    line: usize,
    means: Means,
    wins: bool,
}

impl<'r> SettingsReport<'r> {
    pub(super) fn new<'a: 'r>(facts: &'r Facts<'a>) -> Self {
        let used = found(facts).map(|(flag, given)| Used {
            flag,
            value: &given.value,
            origin: given.origin.message().into(),
        });
        Self {
            layouts: &facts.observation.target.layouts,
            used: used.collect(),
            processes: facts.processes().map(Process::new).collect(),
            overruled: facts.processes().flat_map(overruled).collect(),
        }
    }

    /// Whether neither configuration nor discovery had a part.
    pub(in crate::report) fn is_empty(&self) -> bool {
        self.used.is_empty() && self.processes.is_empty() && self.layouts.is_empty()
    }

    /// What was taken from where; nothing when all was given.
    pub(super) fn items(&self) -> Vec<Item> {
        if self.used.is_empty() && self.overruled.is_empty() {
            return Vec::new();
        }
        let processes = self.processes.iter().map(|process| {
            let paths = process.sources.iter().map(|source| source.path);
            Item::about(process.program.name(), Value::list(paths))
        });
        let is_endpoint = |used: &&Used<'_>| used.flag == "--endpoints";
        let few = self.used.iter().filter(is_endpoint).count() <= MOST_LISTED;
        let listed = self.used.iter().filter(|used| few || !is_endpoint(used)).map(|used| {
            let (value, origin) = (used.value.into(), used.origin.clone());
            Item::about(used.flag, ReportMessage::From { value, origin })
        });
        processes.chain(listed).chain(self.overruled.iter().cloned()).collect()
    }
}

impl<'r> Process<'r> {
    fn new(process: &Settings<'r>) -> Self {
        let sources = process.configs().map(|config| Source {
            path: &config.path,
            kind: config.kind,
            problem: config.problem.as_ref().map(|problem| problem.message().into()),
        });
        let settings = process
            .configs()
            .flat_map(|config| config.settings.iter().map(move |setting| (config, setting)));
        let is_winner = |setting: &Setting| {
            process.get(&setting.name).is_some_and(|(_, winner)| std::ptr::eq(winner, setting))
        };
        let settings = settings.map(|(config, setting)| Configured {
            name: &setting.name,
            value: &setting.value,
            file: &config.path,
            line: setting.line,
            means: config.means(setting),
            wins: is_winner(setting),
        });
        Self { program: process.program, sources: sources.collect(), settings: settings.collect() }
    }
}

/// The inputs that nobody gave.
fn found<'r, 'a: 'r>(facts: &'r Facts<'a>) -> impl Iterator<Item = (&'static str, &'r Given)> {
    let target = &facts.observation.target;
    let endpoints = target.endpoints.iter().map(|given| ("--endpoints", given));
    let files = [("--cacert", &target.cacert), ("--cert", &target.cert), ("--key", &target.key)];
    let files = files.into_iter().filter_map(|(flag, given)| Some((flag, given.as_ref()?)));
    let is_found =
        |given: &Given| matches!(given.origin, Origin::Config { .. } | Origin::Found { .. });
    endpoints.chain(files).filter(move |(_, given)| is_found(given))
}

/// The options of a process that two places set differently, the one that counts first.
fn overruled(process: &Settings<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for setting in process.configs().flat_map(|config| &config.settings) {
        if known.contains(&setting.name.as_str()) {
            continue;
        }
        known.push(&setting.name);
        let Some((config, winner)) = process.get(&setting.name) else { continue };
        let others = process.each(&setting.name).filter(|(_, other)| other.value != winner.value);
        let others: Vec<_> = others.map(|(config, other)| show_setting(config, other)).collect();
        if !others.is_empty() {
            let winner = show_setting(config, winner).into();
            let line = ReportMessage::Overrules { winner, others: Value::list(others) };
            items.push(Item::from(&Message::from(line)));
        }
    }
    items
}
