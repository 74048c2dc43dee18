//! Flags, `ETCDCTL_*` and configuration make one target. Order: flag, environment, configuration or discovery, default.

use std::{path::PathBuf, time::Duration};

use clap::Args;

use super::{
    choice::Choice,
    exit::{self, Misuse, note},
    srv::{Discovered, SrvArgs},
};
use crate::{
    etcd::option,
    message::Say,
    observation::{
        ConfigFile, FileSeen, Target,
        target::{Given, Origin},
    },
    observe::config::{self, DiscoveredConfig, Disk},
    observe::wire::credentials::Login,
    x509::Go,
};

/// Where to connect and with what; spelled as etcdctl spells it.
#[derive(Debug, Args)]
pub(crate) struct TargetArgs {
    /// Client URLs, separated by commas [env: `ETCDCTL_ENDPOINTS`] [default: 127.0.0.1:2379]
    #[arg(long, value_name = "URL,URL", value_delimiter = ',')]
    endpoints: Option<Vec<String>>,
    /// The endpoints are peer URLs (port 2380): dial them as another member would
    #[arg(long)]
    peer: bool,
    /// Check all members of the cluster, the given endpoints first
    #[arg(long)]
    cluster: bool,
    /// CA certificates that verify the server [env: `ETCDCTL_CACERT`]
    #[arg(long, value_name = "FILE")]
    cacert: Option<String>,
    /// Client certificate to present [env: `ETCDCTL_CERT`]
    #[arg(long, value_name = "FILE")]
    cert: Option<String>,
    /// Private key of the client certificate [env: `ETCDCTL_KEY`]
    #[arg(long, value_name = "FILE")]
    key: Option<String>,
    /// etcd user, if authentication goes by password [env: `ETCDCTL_USER`]
    #[arg(long, value_name = "NAME[:PASSWORD]")]
    user: Option<String>,
    /// Password of --user [env: `ETCDCTL_PASSWORD`]
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// Send requests even to a server that can't be verified [env: `ETCDCTL_INSECURE_SKIP_TLS_VERIFY`]
    #[arg(long)]
    insecure_skip_tls_verify: bool,
    /// Bound on each endpoint, from name lookup to verdict
    #[arg(long, value_name = "DURATION", default_value = "2s", value_parser = duration)]
    timeout: Duration,
    /// etcdctl's; lowers --timeout
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    dial_timeout: Option<Duration>,
    /// etcdctl's; lowers --timeout
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    command_timeout: Option<Duration>,
    /// A static pod manifest, environment file, systemd unit or etcd configuration file, or a folder of them; may be given several times
    #[arg(long, value_name = "PATH")]
    config: Vec<String>,
    /// Look for etcd's files under this folder instead of / (a mounted disk, a node's files copied off); once for each member
    #[arg(long, value_name = "DIR")]
    root: Vec<PathBuf>,
    /// etcd's log, to show what it said of our own connections [default: pod logs and the journal of this machine]
    #[arg(long, value_name = "FILE")]
    server_log: Option<PathBuf>,
    /// The Go release whose X.509 rules decide [default: 1.24]
    #[arg(long = "go", value_name = "VERSION", value_parser = go)]
    go: Option<String>,
    #[command(flatten)]
    srv: SrvArgs,
    #[command(flatten)]
    v2: V2Args,
}

/// Names of etcdctl's v2 API, still found in notes and scripts.
#[derive(Debug, Args)]
struct V2Args {
    #[arg(
        id = "v2-endpoints",
        long = "endpoint",
        hide = true,
        value_delimiter = ',',
        value_name = "URL"
    )]
    endpoints: Option<Vec<String>>,
    #[arg(id = "v2-cacert", long = "ca-file", hide = true, value_name = "FILE")]
    cacert: Option<String>,
    #[arg(id = "v2-cert", long = "cert-file", hide = true, value_name = "FILE")]
    cert: Option<String>,
    #[arg(id = "v2-key", long = "key-file", hide = true, value_name = "FILE")]
    key: Option<String>,
}

/// A target, the password that may not enter it, and what was found beside it.
pub(crate) struct Asked {
    pub(crate) target: Target,
    pub(crate) login: Option<Login>,
    pub(crate) configs: Vec<ConfigFile>,
    pub(crate) files: Vec<FileSeen>,
    /// Further pairs of certificate and key that could serve instead, best first.
    pub(crate) spares: Vec<(Given, Given)>,
}

/// How much of what was not given is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Search {
    /// Everything where no endpoint was given; beside given endpoints nothing: what was given is judged as given.
    WithoutEndpoints,
    /// Files beside given endpoints too.
    Always,
}

impl TargetArgs {
    /// Puts flags, environment, configuration, discovery and defaults together, in that order.
    pub(crate) fn resolve(
        self,
        expires_within: Option<Duration>,
        search: Search,
    ) -> Result<Asked, Misuse> {
        let endpoints = self.endpoints.map(|urls| from_flag("--endpoints", urls));
        let v2 = self
            .v2
            .endpoints
            .map(|urls| translated("--endpoint", "--endpoints", from_flag("--endpoint", urls)));
        let mut given = endpoints.or(v2);
        let bounds = [Some(self.timeout), self.dial_timeout, self.command_timeout];
        let timeout = bounds.into_iter().flatten().min().unwrap_or(self.timeout);
        let mut server_name = None;
        if (self.srv.is_flag() || given.is_none())
            && let Some(Discovered { endpoints, server_name: name }) = self.srv.discover(timeout)?
        {
            (given, server_name) = (Some(endpoints), name);
        }
        let from_environment = || environment_endpoints("ETCDCTL_ENDPOINTS");
        let endpoints = given.or_else(from_environment).or_else(v2_environment_endpoints);
        let cacert = one_of("--cacert", self.cacert, self.v2.cacert)?;
        let cert = one_of("--cert", self.cert, self.v2.cert)?;
        let key = one_of("--key", self.key, self.v2.key)?;
        if endpoints.as_ref().is_some_and(Vec::is_empty) {
            return Err(Misuse("--endpoints names no endpoint".to_owned()));
        }
        let no_files = cacert.is_none() && cert.is_none() && key.is_none();
        let searched = endpoints.is_none() || search == Search::Always;
        let found = found(&self.config, &self.root, searched, no_files)?;
        let login = login(self.user, self.password)?;
        if let Some(path) = &self.server_log {
            let readable = std::fs::File::open(path);
            readable.map_err(|e| Misuse(format!("--server-log {}: {e}", path.display())))?;
        }
        let mut target = Target {
            server_name,
            endpoints: endpoints.unwrap_or_default(),
            peer: self.peer,
            cluster: self.cluster,
            cacert,
            cert,
            key,
            configs: self.config,
            root: self.root.first().map(|root| root.display().to_string()),
            layouts: found.layouts.iter().map(|&layout| layout.to_owned()).collect(),
            server_log: self.server_log.map(|path| path.display().to_string()),
            user: login.as_ref().map(|login| login.user.clone()),
            insecure_skip_tls_verify: self.insecure_skip_tls_verify
                || switched_on("ETCDCTL_INSECURE_SKIP_TLS_VERIFY"),
            timeout,
            expires_within,
            go: self.go,
            expect_spiffe: None,
        };
        let files = crate::observe::etcd::given_files::look_at(&found.configs, &found.folders);
        let mut spares = Vec::new();
        if target.endpoints.is_empty() || search == Search::Always {
            // Only where nothing was given does the configuration fill in what it has.
            spares = Choice::of(&found.configs, &files, target.go.as_deref()).fill(&mut target);
        }
        Ok(Asked { target, login, configs: found.configs, files, spares })
    }
}

/// The configuration of the machines that are looked at: this one, or one for each `--root`.
fn found(
    configs: &[String],
    roots: &[PathBuf],
    searched: bool,
    no_files: bool,
) -> Result<DiscoveredConfig, Misuse> {
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
        _ if !configs.is_empty() => {
            let why = "several --root want no --config, or one for each in the same order";
            return Err(Misuse(why.to_owned()));
        }
        disks if searched || !roots.is_empty() => {
            DiscoveredConfig::of_several(disks.iter().map(config::machine))
        }
        // Nothing is filled in beside given endpoints; what lies here may still be proposed.
        [disk] if no_files => config::known_folders(disk),
        _ => DiscoveredConfig::default(),
    })
}

/// Reads a duration such as `2s`, `500ms`, `1m30s`, `30d`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(duration) if duration.is_zero() => {
            Err("must be more than nothing, such as 2s".to_owned())
        }
        Ok(duration) => Ok(duration),
        Err(_) => Err("a number with a unit is wanted, such as 500ms, 2s, 1m30s or 30d".to_owned()),
    }
}

fn go(text: &str) -> Result<String, String> {
    match Go::parse(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("a Go release is wanted, such as 1.24 or 1.22.7".to_owned()),
    }
}

fn from_flag(flag: &str, urls: Vec<String>) -> Vec<Given> {
    urls.into_iter().map(|value| Given { value, origin: Origin::Flag(flag.to_owned()) }).collect()
}

fn translated<T>(old: &str, new: &str, value: T) -> T {
    note(&format!("hint: {old} is the name of etcdctl's v2 API; taken as {new}"));
    value
}

/// A file's path: the flag, its v2 name, the environment, its v2 name there.
fn one_of(flag: &str, value: Option<String>, v2: Option<String>) -> Result<Option<Given>, Misuse> {
    let old = format!("{flag}-file").replace("--cacert-file", "--ca-file");
    let given = |value: String, origin: Origin| Given { value, origin };
    let variable = |flag: &str| option::variable("ETCDCTL_", flag.trim_start_matches('-'));
    let (name, old_name) = (variable(flag), variable(&old));
    let from_v2_flag =
        || v2.map(|value| translated(&old, flag, given(value, Origin::Flag(old.clone()))));
    let from_env =
        || environment(&name).map(|value| given(value, Origin::Environment(name.clone())));
    let from_v2_env = || {
        environment(&old_name)
            .map(|v| translated(&old_name, &name, given(v, Origin::Environment(old_name.clone()))))
    };
    let found = value
        .map(|value| given(value, Origin::Flag(flag.to_owned())))
        .or_else(from_v2_flag)
        .or_else(from_env)
        .or_else(from_v2_env);
    match found {
        Some(Given { value, origin }) if value.is_empty() => {
            Err(Misuse(format!("{} is empty: give a path or leave it out", origin.message())))
        }
        found => Ok(found),
    }
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn environment_endpoints(name: &str) -> Option<Vec<Given>> {
    let urls = environment(name)?;
    let given =
        |url: &str| Given { value: url.to_owned(), origin: Origin::Environment(name.to_owned()) };
    Some(urls.split(',').map(given).collect())
}

fn v2_environment_endpoints() -> Option<Vec<Given>> {
    let old = environment_endpoints("ETCDCTL_ENDPOINT")?;
    Some(translated("ETCDCTL_ENDPOINT", "ETCDCTL_ENDPOINTS", old))
}

/// Whether a boolean variable is set, as Go's `strconv.ParseBool` reads it.
fn switched_on(name: &str) -> bool {
    environment(name)
        .is_some_and(|value| matches!(value.as_str(), "1" | "t" | "T" | "true" | "TRUE" | "True"))
}

fn login(user: Option<String>, password: Option<String>) -> Result<Option<Login>, Misuse> {
    let Some(user) = user.or_else(|| environment("ETCDCTL_USER")) else { return Ok(None) };
    let password = password.or_else(|| environment("ETCDCTL_PASSWORD"));
    let (user, password) = match (user.split_once(':'), password) {
        // As etcdctl: with --password given, the whole of --user is the name.
        (_, Some(password)) => (user, password),
        (Some((name, password)), None) => (name.to_owned(), password.to_owned()),
        (None, None) => {
            let typed = exit::ask(&format!("Password of {user}"));
            let typed = typed.map_err(|_| {
                let ways = "NAME:PASSWORD, --password or ETCDCTL_PASSWORD";
                Misuse(format!("--user needs a password, and no terminal can be asked: {ways}"))
            })?;
            (user, typed)
        }
    };
    Ok(Some(Login { user, password: password.into() }))
}
