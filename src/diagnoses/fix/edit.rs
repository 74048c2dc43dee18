//! A change of one setting, in the form of the file that holds it, as sed takes it. Several changes of one file are one command: sed
//! counts its lines before it writes any of them.

use crate::{
    diagnoses::engine::{Fix, Need},
    etcd::option::SECTION_KEYS,
    facts::Facts,
    observation::{ConfigFile, ConfigKind, Means, Program, Setting},
};

/// A change of one setting.
#[derive(Debug, Clone)]
pub struct Edit<'a> {
    config: &'a ConfigFile,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    /// A line for sed.
    Script(String),
    /// Lines behind everything else.
    Appended(Vec<String>),
    /// A flag to start the process with: no file that is known holds its settings.
    Flag(String, String),
}

impl<'a> Edit<'a> {
    /// Another value for a setting; nothing where it has that one.
    pub fn replace(config: &'a ConfigFile, setting: &Setting, value: &str) -> Option<Self> {
        if config.kind == ConfigKind::Process
            && config.program == Program::Etcd
            && value != setting.value
        {
            return Some(Self {
                config,
                change: Change::Flag(setting.name.clone(), value.to_owned()),
            });
        }
        let shares_line =
            |other: &&Setting| other.line == setting.line && other.name != setting.name;
        let ambiguous = config
            .settings
            .iter()
            .filter(shares_line)
            .any(|other| other.value.contains(&setting.value));
        if ambiguous && config.means(setting) == Means::Flag {
            let (name, wrong) = (&setting.name, pattern(&setting.value)?);
            let script = format!("s|--{name}\\([= \"]*\\){wrong}|--{name}\\1{}|", harmless(value)?);
            return (value != setting.value).then(|| Self::in_line(config, setting.line, &script));
        }
        Self::within(config, setting.line, &setting.value, value)
    }

    /// The file that a setting names, by its path on this machine; nothing where the process can't see it.
    pub fn name_file(
        facts: &Facts<'_>,
        config: &'a ConfigFile,
        setting: &Setting,
        path: &str,
    ) -> Option<Self> {
        Self::replace(config, setting, &facts.path_for(config, path)?)
    }

    /// Something else in a line.
    pub fn within(config: &'a ConfigFile, line: usize, wrong: &str, right: &str) -> Option<Self> {
        let written = config.kind != ConfigKind::Process && line > 0 && wrong != right;
        let script = format!("s|{}|{}|", pattern(wrong)?, harmless(right)?);
        written.then(|| Self::in_line(config, line, &script))
    }

    /// Comments the line of a setting out, in files where a line is a setting.
    pub fn comment_out(config: &'a ConfigFile, setting: &Setting) -> Option<Self> {
        let is_a_line = matches!(config.kind, ConfigKind::Environment | ConfigKind::EtcdYaml)
            || is_an_item(config, setting);
        (is_a_line && setting.line > 0).then(|| Self::in_line(config, setting.line, "s|^|#|"))
    }

    /// A further setting, beside one of the same listener.
    pub fn add(
        config: &'a ConfigFile,
        beside: &Setting,
        option: &str,
        value: &str,
    ) -> Option<Self> {
        let (line, value) = (beside.line, harmless(value)?);
        if config.kind == ConfigKind::Process {
            return Some(Self {
                config,
                change: Change::Flag(option.to_owned(), value.to_owned()),
            });
        }
        let variable = || format!("ETCD_{}", option.to_ascii_uppercase().replace('-', "_"));
        let script = match (config.kind, config.means(beside)) {
            _ if line == 0 => return None,
            (ConfigKind::Environment, _) => format!("a {}={value}", variable()),
            (ConfigKind::Unit, Means::Environment) => {
                format!("a Environment={}={value}", variable())
            }
            (ConfigKind::Unit, _) => {
                format!("s|--{name}|--{option}={value} --{name}|", name = beside.name)
            }
            (ConfigKind::Arguments, _) => format!("a --{option}={value}"),
            (ConfigKind::Manifest, Means::Flag) => {
                format!("s|^\\( *- *\\).*|&\\n\\1--{option}={value}|")
            }
            (ConfigKind::EtcdYaml, _) => match section_of(option) {
                Some((section, key))
                    if section_of(&beside.name).map(|(other, _)| other) != Some(section) =>
                {
                    let lines = vec![format!("{section}:"), format!("  {key}: {value}")];
                    return Some(Self { config, change: Change::Appended(lines) });
                }
                section => {
                    let key = section.map_or(option, |(_, key)| key);
                    format!("s|^\\( *\\).*|&\\n\\1{key}: {value}|")
                }
            },
            _ => return None,
        };
        Some(Self::in_line(config, line, &script))
    }

    /// A further item of a list, in front of the one in a line.
    pub fn item(config: &'a ConfigFile, line: usize, entries: &[String]) -> Option<Self> {
        let [first, rest @ ..] = entries else { return None };
        let written = config.kind == ConfigKind::Manifest && line > 0;
        let rest: String = rest.iter().map(|entry| format!("\\n\\1  {entry}")).collect();
        let script = format!("s|^\\( *\\)- .*|\\1- {first}{rest}\\n&|");
        written.then(|| Self::in_line(config, line, &script))
    }

    fn in_line(config: &'a ConfigFile, line: usize, script: &str) -> Self {
        Self { config, change: Change::Script(format!("{line}{script}")) }
    }
}

impl Fix {
    /// Something else in a line of a file, as a command.
    pub fn edited(config: &ConfigFile, line: usize, wrong: &str, right: &str) -> Option<Self> {
        Self::edits(Edit::within(config, line, wrong, right)).pop()
    }

    /// The changes as commands, one for each file. Whoever reads the file has to be started again.
    pub fn edits<'a>(edits: impl IntoIterator<Item = Edit<'a>>) -> Vec<Self> {
        let mut by_file: Vec<(&ConfigFile, Vec<Change>)> = Vec::new();
        for edit in edits {
            match by_file.iter_mut().find(|(config, _)| config.path == edit.config.path) {
                Some((_, changes)) => changes.push(edit.change),
                None => by_file.push((edit.config, vec![edit.change])),
            }
        }
        by_file.into_iter().flat_map(|(config, changes)| of_file(config, changes)).collect()
    }
}

fn of_file(config: &ConfigFile, changes: Vec<Change>) -> Vec<Fix> {
    let (mut scripts, mut appended, mut flags) = (Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Script(script) => scripts.push(script),
            Change::Appended(lines) => {
                // The second key of a section needs no second head.
                let new =
                    lines.into_iter().filter(|line| !appended.contains(line)).collect::<Vec<_>>();
                appended.extend(new);
            }
            Change::Flag(name, value) => flags.push(format!("--{name}={value}")),
        }
    }
    let sed = match scripts.as_slice() {
        [] => None,
        [script] => Some(Fix::run("sed -i").value(script)),
        scripts => {
            Some(scripts.iter().fold(Fix::run("sed -i"), |sed, script| sed.arg("-e", script)))
        }
    };
    let sed = sed.map(|sed| sed.value(&config.path));
    let append = (!appended.is_empty()).then(|| {
        let print = Fix::run("printf").value("%s\\n");
        appended.into_iter().fold(print, Fix::value).append_to(&config.path)
    });
    let start = (!flags.is_empty()).then(|| flags.into_iter().fold(Fix::run("etcd"), Fix::value));
    let written = sed.into_iter().chain(append).map(|fix| fix.changes(&config.path));
    written.chain(start).map(|fix| fix.needs(Need::Restart)).collect()
}

/// The section of etcd's configuration file that an option stands in, and its name there.
fn section_of(option: &str) -> Option<(&'static str, &str)> {
    match option.strip_prefix("peer-") {
        Some(key) if SECTION_KEYS.contains(&key) => Some(("peer-transport-security", key)),
        _ if SECTION_KEYS.contains(&option) => Some(("client-transport-security", option)),
        _ => None,
    }
}

/// Whether a setting is an item of a list, with nothing else in its line.
fn is_an_item(config: &ConfigFile, setting: &Setting) -> bool {
    let alone = config.settings.iter().filter(|other| other.line == setting.line).count() == 1;
    config.kind == ConfigKind::Manifest && config.means(setting) == Means::Flag && alone
}

/// A text as a pattern that it alone matches, as far as sed can be told so without mistake.
fn pattern(text: &str) -> Option<String> {
    let escaped = |c: char| if "[]*^$".contains(c) { format!("\\{c}") } else { c.to_string() };
    harmless(text).map(|text| text.chars().map(escaped).collect())
}

/// A text that means itself behind sed's slash.
fn harmless(text: &str) -> Option<&str> {
    (!text.is_empty() && !text.contains(['|', '\\', '\n', '&'])).then_some(text)
}
