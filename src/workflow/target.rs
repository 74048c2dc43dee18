//! Where to connect and with which files: what was given, completed by SRV records, configuration and nearby directories.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    Failure, Remarks,
    client_files::choose_client_files,
    clusters::{self, Part},
    roles::choose_peer_files,
};
use crate::{
    etcd::DEFAULT_ENDPOINT,
    message::{CliMessage, Message, Say, Value},
    observation::{
        ConfigFile, FileSeen, Target,
        target::{Given, Origin},
    },
    observe::{
        config::{self, DiscoveredConfig, Disk},
        etcd::given_files,
        files::named_file,
        target::viewer,
        wire::srv,
    },
};

pub use crate::observe::wire::credentials::Login;

/// What a caller gave.
pub struct Request {
    /// Endpoints, files and options as given; what is empty may be filled in.
    pub target: Target,
    /// User and password, which no observation may hold.
    pub login: Option<Login>,
    /// Take the endpoints from SRV records.
    pub srv: Option<Srv>,
    /// The directories that stand for other machines' `/`, one for each member.
    pub roots: Vec<PathBuf>,
    /// How much of what was not given is looked for.
    pub search: Search,
    /// The only one of several clusters that is wanted, by its unit, its manifest or a member.
    pub cluster: Option<String>,
    /// Connect also to what only a container or a process of another user advertises.
    pub all: bool,
}

/// Endpoints from DNS, by the rules of etcdctl (etcd `etcdctl/ctlv3/command/global.go`, `endpointsFromFlagValue` and
/// `secureCfgFromCmd`).
#[derive(Debug, Clone)]
pub struct Srv {
    /// The domain whose records are asked for.
    pub domain: String,
    /// The suffix of the service name, as in `_etcd-client-ssl-NAME`.
    pub name: Option<String>,
    /// Whether records for plaintext count; if not, servers have to prove the domain.
    pub insecure: bool,
}

/// How much of what was not given is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Everything if no endpoint was given; beside given endpoints nothing: what was given is judged as given.
    WithoutEndpoints,
    /// Files beside given endpoints too.
    Always,
}

/// A target that nothing is missing from, and what was found on the way.
pub struct Resolved {
    /// Where to connect and with what.
    pub target: Target,
    /// User and password.
    pub login: Option<Login>,
    /// The configuration that was read.
    pub configs: Vec<ConfigFile>,
    /// The files that it names, and those of nearby directories.
    pub files: Vec<FileSeen>,
    /// Further pairs of certificate and key that could serve instead, best first.
    pub spares: Vec<(Given, Given)>,
}

/// Completes what was given by SRV records, configuration, discovery and defaults, in that order: one target for each cluster that
/// was found, at least one.
///
/// # Errors
/// No endpoint is left, DNS names none, no cluster has the name that was given, or the server's log can't be read.
pub async fn resolve(request: Request, remarks: Remarks<'_>) -> Result<Vec<Resolved>, Failure> {
    let Request { mut target, login, srv, roots, search, cluster, all } = request;
    if let Some(srv) = srv {
        target.endpoints = discover(&srv, target.timeout, remarks).await?;
        target.server_name = (!srv.insecure).then_some(srv.domain);
    }
    let no_files = target.cacert.is_none() && target.cert.is_none() && target.key.is_none();
    let is_searched = target.endpoints.is_empty() || search == Search::Always;
    let found = find_configuration(&target.configs, &roots, is_searched, no_files)?;
    if let Some(path) = &target.server_log {
        named_file::check(Path::new(path), u64::MAX).map_err(|error| {
            Failure::misuse(error.fault.message().about(format!("--server-log {path}")))
        })?;
    }
    target.user = login.as_ref().map(|login| login.user.clone());
    target.root = roots.first().map(|root| root.display().to_string());
    target.layouts = found.layouts.iter().map(|&layout| layout.to_owned()).collect();
    let viewer = viewer(is_searched);
    let complete = |part: Part| {
        let Part { name, endpoints, configs, folders, foreign, .. } = part;
        let mut target = Target { endpoints, ..target.clone() };
        target.situation.cluster = name;
        let mut files = given_files::look_at(&configs, &folders);
        files.retain(|file| !file.roles.is_empty() || !foreign.contains(&file.path));
        let mut spares = Vec::new();
        if is_searched {
            let chosen = if target.peer {
                choose_peer_files(&configs, &files)
            } else {
                choose_client_files(&configs, &files, target.go.as_deref(), &viewer)
            };
            spares = chosen.fill(&mut target);
        }
        if all {
            target.endpoints.append(&mut target.situation.left_out);
        }
        Resolved { target, login: login.clone(), configs, files, spares }
    };
    let parts = clusters::part(found, &target, cluster.as_deref())?;
    let mut resolved = parts.into_iter().map(complete).collect();
    reach_something(&mut resolved, &roots);
    Ok(resolved)
}

/// The same where several clusters are too many.
///
/// # Errors
/// As [`resolve`]; also if there are several clusters and none was chosen.
pub async fn resolve_one(request: Request, remarks: Remarks<'_>) -> Result<Resolved, Failure> {
    let mut resolved = resolve(request, remarks).await?;
    match resolved.pop().filter(|_| resolved.is_empty()) {
        Some(only) => Ok(only),
        None => {
            let names = resolved.iter().filter_map(|one| one.target.situation.cluster.as_ref());
            let known = Value::list(names);
            Err(Failure::misuse(CliMessage::SeveralClusters { known }))
        }
    }
}

/// A cluster without an address that may be dialled is told beside one that has some; if none has, etcdctl's default is tried.
fn reach_something(resolved: &mut Vec<Resolved>, roots: &[PathBuf]) {
    let left_out: Vec<_> = resolved
        .iter_mut()
        .filter(|one| one.target.endpoints.is_empty())
        .flat_map(|one| std::mem::take(&mut one.target.situation.left_out))
        .collect();
    if resolved.iter().any(|one| !one.target.endpoints.is_empty()) {
        resolved.retain(|one| !one.target.endpoints.is_empty());
    } else {
        resolved.truncate(1);
    }
    let Some(Resolved { target, configs, .. }) = resolved.first_mut() else { return };
    target.situation.left_out.extend(left_out);
    // A file that was given and says nothing is told; nobody meant another place.
    let is_told = !target.configs.is_empty() && configs.iter().all(|one| one.settings.is_empty());
    if target.endpoints.is_empty() && !is_told {
        let value = DEFAULT_ENDPOINT.to_owned();
        target.endpoints.push(Given { value, origin: Origin::Default });
        target.situation.searched = config::searched(&Disk::new(roots.first().cloned()));
    }
}

/// The endpoints that DNS names.
///
/// # Errors
/// It does not answer, or names none that may be used.
pub async fn discover(
    srv: &Srv,
    timeout: Duration,
    remarks: Remarks<'_>,
) -> Result<Vec<Given>, Failure> {
    let Srv { domain, name, insecure } = srv;
    let refused = |why: Message| Failure::misuse(why.about(format!("--discovery-srv {domain}")));
    let urls = srv::client_urls(domain, name.as_deref(), timeout).await;
    let urls = urls.map_err(|why| refused(why.message()))?;
    let (kept, left_out): (Vec<_>, Vec<_>) =
        urls.into_iter().partition(|url| *insecure || url.starts_with("https://"));
    for url in left_out {
        let remark = CliMessage::PlaintextLeftOut { url: url.into() };
        remarks(CliMessage::Hint { what: remark.into() }.into());
    }
    if kept.is_empty() {
        return Err(refused(CliMessage::PlaintextOnly.into()));
    }
    let given = |value: String| Given { value, origin: Origin::Srv { domain: domain.clone() } };
    Ok(kept.into_iter().map(given).collect())
}

/// The configuration of the machines that are looked at: this one, or one for each root.
fn find_configuration(
    configs: &[String],
    roots: &[PathBuf],
    is_searched: bool,
    no_files: bool,
) -> Result<DiscoveredConfig, Failure> {
    let mut disks: Vec<_> = roots.iter().map(|root| Disk::new(Some(root.clone()))).collect();
    if disks.is_empty() {
        disks.push(Disk::new(None));
    }
    Ok(match disks.as_slice() {
        [disk] if !configs.is_empty() => config::named(configs, disk),
        disks if configs.len() == disks.len() => {
            let each = configs.chunks(1).zip(disks);
            DiscoveredConfig::of_several(each.map(|(config, disk)| config::named(config, disk)))
        }
        _ if !configs.is_empty() => return Err(Failure::misuse(CliMessage::RootsAndConfigs)),
        disks if is_searched || !roots.is_empty() => {
            DiscoveredConfig::of_several(disks.iter().map(config::machine))
        }
        // Nothing is filled in beside given endpoints; what lies here may still be proposed.
        [disk] if no_files => config::known_folders(disk),
        _ => DiscoveredConfig::default(),
    })
}
