//! What a configured client needs is written into its configuration, where a check would be called with other flags. The kubelet
//! restarts a static pod whose manifest changed.

use crate::{
    diagnoses::engine::{Fix, Need},
    facts::Facts,
    observation::{
        ConfigFile, ConfigKind, Setting,
        target::{Given, Origin},
    },
};

impl Fix {
    /// Writes into a client's own configuration what a check would be corrected to: the value of each flag. `None` where the
    /// facts are not a configured client's, or it can't be written there.
    pub(super) fn configure(facts: &Facts<'_>, corrections: &[(&str, &str)]) -> Option<Self> {
        let target = &facts.observation.target;
        let process = facts.viewed_process()?;
        let pair = process.client_pair()?;
        let flags = [
            ("--cacert", &target.cacert, pair.ca),
            ("--cert", &target.cert, pair.certificate),
            ("--key", &target.key, pair.key),
        ];
        all(corrections.iter().map(|(flag, right)| {
            let (_, given, option) = flags.iter().find(|(name, _, _)| name == flag)?;
            let Some(given) = given else {
                let (config, beside) = process.get(pair.urls)?;
                return Self::add_files(facts, config, beside, &[(option, right)]);
            };
            let (config, setting) = written_at(facts, given)?;
            Self::edited(config, setting.line, &setting.value, &seen_from(config, facts, right)?)
        }))
    }

    /// Writes another URL into a client's own configuration.
    pub(super) fn redirect(facts: &Facts<'_>, wrong: &str, right: &str) -> Option<Self> {
        facts.viewed_as()?;
        let given = facts.observation.target.endpoints.iter().find(|given| given.value == wrong)?;
        let (config, setting) = written_at(facts, given)?;
        Self::edited(config, setting.line, wrong, right)
    }

    /// Adds options that name files below another option of a manifest, in lines like its.
    pub fn add_files(
        facts: &Facts<'_>,
        config: &ConfigFile,
        beside: &Setting,
        files: &[(&str, &str)],
    ) -> Option<Self> {
        let Setting { name, line, .. } = beside;
        let in_manifest = config.kind == ConfigKind::Manifest && *line > 0;
        all(files.iter().filter(|_| in_manifest).map(|(option, path)| {
            let path =
                seen_from(config, facts, path).filter(|path| !path.contains(['|', '&', '\\']))?;
            let added = Self::run("sed -i")
                .value(format!("{line}{{p;s|--{name}=[^\"']*|--{option}={path}|}}"))
                .value(&config.path);
            Some(added.changes(&config.path).needs(Need::Restart))
        }))
    }
}

/// Several edits as one command, if each of them can be made.
fn all(mut edits: impl Iterator<Item = Option<Fix>>) -> Option<Fix> {
    let first = edits.next()??;
    edits.try_fold(first, |all, edit| Some(all.and(edit?)))
}

/// The setting that a value of the target comes from.
fn written_at<'a>(facts: &Facts<'a>, given: &Given) -> Option<(&'a ConfigFile, &'a Setting)> {
    let Origin::Config { file, line, name } = &given.origin else { return None };
    let config = facts.observation.configs.iter().find(|config| config.path == *file)?;
    let name = name.trim_start_matches('-');
    let mut settings = config.settings.iter();
    Some((config, settings.find(|one| one.name == name && one.line == *line)?))
}

/// A file of this machine by the path that the program has for it.
fn seen_from(config: &ConfigFile, facts: &Facts<'_>, path: &str) -> Option<String> {
    let root = facts.observation.target.root.as_deref().unwrap_or_default();
    let path = Some(path).filter(|path| path.starts_with('/'))?;
    config.inside(path.strip_prefix(root).unwrap_or(path))
}
