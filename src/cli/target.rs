//! Flags and `ETCDCTL_*` make one request, in this order; what is missing then is for the workflow to find.

use std::path::PathBuf;

use clap::Args;

use super::etcd_flags::{EtcdFlags, environment};
use super::stderr::Stderr;
use crate::{
    etcd::option,
    message::{CliMessage, Say},
    observation::{
        Target,
        target::{Given, Origin, Situation},
    },
    workflow::{Failure, Request, Search},
};

/// Where to connect and with what; spelled as etcdctl spells it.
#[derive(Debug, Args)]
pub(crate) struct TargetArgs {
    #[command(flatten)]
    etcd: EtcdFlags,
    /// The endpoints are peer URLs (port 2380): dial them as another member would
    #[arg(long)]
    peer: bool,
    /// Check all members of the cluster, the given endpoints first
    #[arg(long)]
    cluster: bool,
    /// A static pod manifest, environment file, systemd unit or etcd configuration file, or a folder of them; may be given several times
    #[arg(long, value_name = "PATH")]
    config: Vec<String>,
    /// Look for etcd's files under this folder instead of / (a mounted disk, a node's files copied off); once for each member
    #[arg(long, value_name = "DIR")]
    root: Vec<PathBuf>,
    /// Of several clusters on this machine, only this one: its unit, its manifest, or the name of a member
    #[arg(long, value_name = "NAME")]
    cluster_name: Option<String>,
    /// Connect also to what only a container or another user's process advertises
    #[arg(long)]
    all: bool,
    /// etcd's log, to show what it said of our own connections [default: pod logs and the journal of this machine]
    #[arg(long, value_name = "FILE")]
    server_log: Option<PathBuf>,
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

impl TargetArgs {
    /// Puts flags and environment together.
    pub(super) fn request(self, search: Search, stderr: Stderr) -> Result<Request, Failure> {
        let old_flag =
            |urls| translated("--endpoint", "--endpoints", from_flag("--endpoint", urls), stderr);
        let etcd = self.etcd;
        let mut given = etcd.endpoints.clone().map(|urls| from_flag("--endpoints", urls));
        given = given.or_else(|| self.v2.endpoints.map(old_flag));
        let mut srv = etcd.srv_of_flag();
        if srv.is_none() && given.is_none() {
            srv = etcd.srv_of_environment();
        }
        if srv.is_none() {
            let old = || {
                let urls = environment_endpoints("ETCDCTL_ENDPOINT")?;
                Some(translated("ETCDCTL_ENDPOINT", "ETCDCTL_ENDPOINTS", urls, stderr))
            };
            given = given.or_else(|| environment_endpoints("ETCDCTL_ENDPOINTS")).or_else(old);
        }
        if given.as_ref().is_some_and(Vec::is_empty) {
            return Err(Failure::misuse(CliMessage::NoEndpoint));
        }
        let target = Target {
            endpoints: given.unwrap_or_default(),
            client: None,
            peer: self.peer,
            cluster: self.cluster,
            server_name: None,
            cacert: path_of("--cacert", etcd.cacert.clone(), self.v2.cacert, stderr)?,
            cert: path_of("--cert", etcd.cert.clone(), self.v2.cert, stderr)?,
            key: path_of("--key", etcd.key.clone(), self.v2.key, stderr)?,
            configs: self.config,
            root: None,
            layouts: Vec::new(),
            server_log: self.server_log.map(|path| path.display().to_string()),
            user: None,
            insecure_skip_tls_verify: etcd.skips_verification(),
            timeout: etcd.timeout(),
            expires_within: None,
            go: etcd.go.clone(),
            expect_spiffe: None,
            situation: Situation::default(),
        };
        let login = etcd.login(|question| stderr.ask(&question.into()))?;
        let (cluster, all) = (self.cluster_name, self.all);
        Ok(Request { target, login, srv, roots: self.root, search, cluster, all })
    }
}

fn from_flag(flag: &str, urls: Vec<String>) -> Vec<Given> {
    urls.into_iter().map(|value| Given { value, origin: Origin::Flag(flag.to_owned()) }).collect()
}

fn translated<T>(old: &str, new: &str, value: T, stderr: Stderr) -> T {
    stderr.hint(CliMessage::OldName { old: old.into(), new: new.into() });
    value
}

/// A file's path: the flag, its v2 name, the environment, its v2 name there.
fn path_of(
    flag: &str,
    value: Option<String>,
    v2: Option<String>,
    stderr: Stderr,
) -> Result<Option<Given>, Failure> {
    let old = if flag == "--cacert" { "--ca-file".to_owned() } else { format!("{flag}-file") };
    let variable = |flag: &str| option::variable("ETCDCTL_", flag.trim_start_matches('-'));
    let (name, old_name) = (variable(flag), variable(&old));
    let from_flag = |flag: &str, value| Given { value, origin: Origin::Flag(flag.to_owned()) };
    let from_env = |name: &str| {
        let origin = Origin::Environment(name.to_owned());
        environment(name).map(|value| Given { value, origin })
    };
    let found = value
        .map(|value| from_flag(flag, value))
        .or_else(|| v2.map(|value| translated(&old, flag, from_flag(&old, value), stderr)))
        .or_else(|| from_env(&name))
        .or_else(|| from_env(&old_name).map(|given| translated(&old_name, &name, given, stderr)));
    match found {
        Some(Given { value, origin }) if value.is_empty() => {
            let source = origin.message().into();
            Err(Failure::misuse(CliMessage::EmptyPath { source }))
        }
        found => Ok(found),
    }
}

fn environment_endpoints(name: &str) -> Option<Vec<Given>> {
    let urls = environment(name)?;
    let given =
        |url: &str| Given { value: url.to_owned(), origin: Origin::Environment(name.to_owned()) };
    Some(urls.split(',').map(given).collect())
}
