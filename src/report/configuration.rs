//! What was found without being asked for, what of it was used, and what won where two places set the same option.

use std::io::{self, Write};

use serde::Serialize;

use super::page::{Page, Role};
use crate::{
    facts::{Facts, Settings, show_setting},
    message::{Lang, Say, Value, Word},
    observation::{
        ConfigKind, Means, Program,
        target::{Given, Origin},
    },
};

/// More endpoints than this are counted, not listed.
const MOST_LISTED: usize = 3;

/// The configuration behind a check.
#[derive(Serialize)]
pub(super) struct ConfigurationView<'a> {
    layouts: &'a [String],
    used: Vec<UsedView<'a>>,
    processes: Vec<ProcessView<'a>>,
}

#[derive(Serialize)]
struct UsedView<'a> {
    flag: &'static str,
    value: &'a str,
    origin: String,
}

#[derive(Serialize)]
struct ProcessView<'a> {
    program: Program,
    sources: Vec<SourceView<'a>>,
    settings: Vec<SettingView<'a>>,
}

#[derive(Serialize)]
struct SourceView<'a> {
    path: &'a str,
    kind: ConfigKind,
    problem: Option<Value>,
}

#[derive(Serialize)]
struct SettingView<'a> {
    name: &'a str,
    value: &'a str,
    file: &'a str,
    line: usize,
    means: Means,
    wins: bool,
}

/// The view for JSON; nothing where neither configuration nor discovery had a part.
pub(super) fn view<'a>(facts: &'a Facts<'a>) -> Option<ConfigurationView<'a>> {
    let used: Vec<_> = found(facts)
        .map(|(flag, given)| UsedView {
            flag,
            value: &given.value,
            origin: given.origin.message().to_string(),
        })
        .collect();
    let processes: Vec<_> = facts.processes().map(process).collect();
    let layouts = facts.observation.target.layouts.as_slice();
    let something = !used.is_empty() || !processes.is_empty() || !layouts.is_empty();
    something.then_some(ConfigurationView { layouts, used, processes })
}

fn process<'a>(one: &Settings<'a>) -> ProcessView<'a> {
    let sources = one.configs().map(|config| SourceView {
        path: &config.path,
        kind: config.kind,
        problem: config.problem.as_ref().map(|problem| problem.message().into()),
    });
    let settings =
        one.configs().flat_map(|config| config.settings.iter().map(move |s| (config, s)));
    let settings = settings.map(|(config, setting)| SettingView {
        name: &setting.name,
        value: &setting.value,
        file: &config.path,
        line: setting.line,
        means: config.means(setting),
        wins: one.get(&setting.name).is_some_and(|(_, winner)| std::ptr::eq(winner, setting)),
    });
    ProcessView { program: one.program, sources: sources.collect(), settings: settings.collect() }
}

/// What was taken from where, each with what it is about; nothing when all was given.
pub(super) fn lines(facts: &Facts<'_>, lang: Lang) -> Vec<(&'static str, String)> {
    let used: Vec<_> = found(facts).collect();
    let overruled: Vec<String> = facts.processes().flat_map(overruled).collect();
    if used.is_empty() && overruled.is_empty() {
        return Vec::new();
    }
    let processes = facts.processes().map(|process| {
        let paths: Vec<&str> = process.configs().map(|config| config.path.as_str()).collect();
        (process.program.name(), paths.join(", "))
    });
    let urls = used.iter().filter(|(flag, _)| *flag == "--endpoints").count();
    let listed = used.iter().filter(|(flag, _)| *flag != "--endpoints" || urls <= MOST_LISTED);
    let listed = listed.map(|(flag, given)| {
        (*flag, format!("{} ({})", given.value, given.origin.message().say(lang)))
    });
    processes.chain(listed).chain(overruled.into_iter().map(|line| ("", line))).collect()
}

/// Writes them for a terminal.
pub(super) fn write(page: &mut Page<'_, impl Write>, facts: &Facts<'_>) -> io::Result<()> {
    let lines = lines(facts, page.style().lang);
    if lines.is_empty() {
        return Ok(());
    }
    page.heading(Word::FoundAndUsed.in_lang(page.style().lang))?;
    for (about, line) in lines {
        let lead = if about.is_empty() { "  - ".to_owned() } else { format!("  {about}: ") };
        page.hanging(&lead, Role::Dim, Role::Plain, &line)?;
    }
    Ok(())
}

/// The inputs that nobody gave.
fn found<'a>(facts: &'a Facts<'a>) -> impl Iterator<Item = (&'static str, &'a Given)> {
    let target = &facts.observation.target;
    let endpoints = target.endpoints.iter().map(|given| ("--endpoints", given));
    let files = [("--cacert", &target.cacert), ("--cert", &target.cert), ("--key", &target.key)];
    let files = files.into_iter().filter_map(|(flag, given)| Some((flag, given.as_ref()?)));
    let is_found =
        |given: &Given| matches!(given.origin, Origin::Config { .. } | Origin::Found { .. });
    endpoints.chain(files).filter(move |(_, given)| is_found(given))
}

/// The options of a process that two places set differently, the one that counts first.
fn overruled(one: &Settings<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for setting in one.configs().flat_map(|config| &config.settings) {
        if known.contains(&setting.name.as_str()) {
            continue;
        }
        known.push(&setting.name);
        let Some((config, winner)) = one.get(&setting.name) else { continue };
        let others = one.each(&setting.name).filter(|(_, other)| other.value != winner.value);
        let others: Vec<_> = others.map(|(config, other)| show_setting(config, other)).collect();
        if !others.is_empty() {
            lines.push(format!("{} > {}", show_setting(config, winner), others.join(", ")));
        }
    }
    lines
}
