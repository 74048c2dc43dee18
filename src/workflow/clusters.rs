//! What was found on a machine, parted by the clusters that it belongs to, so that the files of one never judge another.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use super::Failure;
use crate::{
    etcd::option::FILES,
    facts::{clusters, leads_to_any},
    message::{CliMessage, Value},
    observation::{ConfigFile, Target, target::Given},
    observe::config::DiscoveredConfig,
};

/// What belongs to one cluster.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Its name, if there are several.
    pub(super) name: Option<String>,
    /// Every name that means it.
    names: Vec<String>,
    /// Its endpoints, as far as they were given.
    pub(super) endpoints: Vec<Given>,
    /// Its configuration.
    pub(super) configs: Vec<ConfigFile>,
    /// The folders in which its files may lie.
    pub(super) folders: Vec<PathBuf>,
    /// Files in them that other clusters' configuration names, and its own doesn't.
    pub(super) foreign: HashSet<String>,
}

/// Parts what was found. Endpoints or files that were given choose the clusters that they belong to; what belongs to none of them goes
/// with everything that was found. `wanted` is the name of the only cluster that is wanted.
///
/// # Errors
/// No cluster has that name.
pub(super) fn part(
    found: DiscoveredConfig,
    target: &Target,
    wanted: Option<&str>,
) -> Result<Vec<Part>, Failure> {
    let DiscoveredConfig { configs, folders, .. } = found;
    let known = clusters(&configs);
    let is_single = known.len() < 2;
    let mut parts: Vec<Part> = known
        .into_iter()
        .map(|cluster| Part {
            names: std::iter::once(cluster.name.clone()).chain(cluster.members).collect(),
            name: Some(cluster.name),
            configs: cluster.configs.iter().map(|at| configs[*at].clone()).collect(),
            ..Part::default()
        })
        .collect();
    if let Some(wanted) = wanted {
        let names = parts.iter().filter_map(|part| part.name.clone()).collect::<Vec<_>>();
        parts.retain(|part| part.names.iter().any(|name| name == wanted));
        if parts.is_empty() {
            let (name, known) = (wanted.into(), Value::list(names));
            return Err(Failure::misuse(CliMessage::NoSuchCluster { name, known }));
        }
    }
    if target.endpoints.is_empty() {
        choose_by_files(&mut parts, target);
    } else if !choose_by_endpoints(&mut parts, target) && wanted.is_none() {
        parts.clear();
    }
    if is_single || parts.is_empty() {
        let endpoints = target.endpoints.clone();
        let folders = with_own(folders, &configs);
        return Ok(vec![Part { endpoints, configs, folders, ..Part::default() }]);
    }
    for part in &mut parts {
        let is_own = |config: &&ConfigFile| part.configs.contains(config);
        let own = named(part.configs.iter());
        let others = named(configs.iter().filter(|config| !is_own(config)));
        part.foreign = others.difference(&own).cloned().collect();
        let holds = |folder: &Path, files: &HashSet<String>| {
            files.iter().any(|file| Path::new(file).parent() == Some(folder))
        };
        let mut folders = folders.clone();
        folders.retain(|folder| holds(folder, &own) || !holds(folder, &part.foreign));
        part.folders = with_own(folders, &part.configs);
    }
    Ok(parts)
}

/// Leaves the clusters to which endpoints lead that were given, each with its own; `false` if they lead to none.
fn choose_by_endpoints(parts: &mut Vec<Part>, target: &Target) -> bool {
    let mut others = Vec::new();
    for given in &target.endpoints {
        match parts.iter_mut().find(|part| leads_to_any(&given.value, &part.configs)) {
            Some(part) => part.endpoints.push(given.clone()),
            None => others.push(given.clone()),
        }
    }
    parts.retain(|part| !part.endpoints.is_empty());
    if let [only] = parts.as_mut_slice() {
        only.endpoints.clone_from(&target.endpoints);
        only.name = None;
    } else if let Some(first) = parts.first_mut() {
        first.endpoints.extend(others);
    }
    !parts.is_empty()
}

/// Leaves the clusters whose configuration names a file that was given, if any does.
fn choose_by_files(parts: &mut Vec<Part>, target: &Target) {
    let given: Vec<&str> = [&target.cacert, &target.cert, &target.key]
        .into_iter()
        .flatten()
        .map(|given| given.value.as_str())
        .collect();
    let names = |part: &Part| {
        let own = named(part.configs.iter());
        given.iter().any(|path| own.contains(*path))
    };
    if parts.iter().any(names) {
        parts.retain(names);
    }
}

/// The files that configuration names, by their paths on this machine.
fn named<'c>(configs: impl Iterator<Item = &'c ConfigFile>) -> HashSet<String> {
    let settings = configs.flat_map(|config| &config.settings);
    let files = settings.filter(|setting| FILES.contains(&setting.name.as_str()));
    files.map(|setting| setting.path().to_owned()).filter(|path| path.starts_with('/')).collect()
}

/// With the folders of the keys that configuration names: a client's pair often lies beside the server's.
fn with_own(mut folders: Vec<PathBuf>, configs: &[ConfigFile]) -> Vec<PathBuf> {
    let settings = configs.iter().flat_map(|config| &config.settings);
    let keys = settings
        .filter(|setting| FILES.contains(&setting.name.as_str()) && setting.name.contains("key"));
    for folder in keys.filter_map(|setting| Path::new(setting.path()).parent()) {
        if folder.is_absolute() && folder.is_dir() && !folders.iter().any(|known| known == folder) {
            folders.push(folder.to_owned());
        }
    }
    folders
}
