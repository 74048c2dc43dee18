//! Flags and `ETCDCTL_*` make one request, in this order; what is missing then is for the workflow to find.

use std::{path::PathBuf, time::Duration};

use clap::Args;

use super::stderr::Stderr;
use crate::{
    etcd::option,
    message::{CliMessage, Say},
    observation::{
        Target,
        target::{Given, Origin},
    },
    workflow::{Failure, Login, Request, Search, Srv},
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
    #[arg(long = "go", value_name = "VERSION", value_parser = go_text)]
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

/// How endpoints are found in DNS; spelled as etcdctl spells it.
#[derive(Debug, Args)]
struct SrvArgs {
    /// Take the endpoints from the SRV records of this domain [env: `ETCDCTL_DISCOVERY_SRV`]
    #[arg(long, short = 'd', value_name = "DOMAIN")]
    discovery_srv: Option<String>,
    /// The part that the names of these records have besides, as in `_etcd-client-ssl-NAME` [env: `ETCDCTL_DISCOVERY_SRV_NAME`]
    #[arg(long, value_name = "NAME")]
    discovery_srv_name: Option<String>,
    /// Whether records for clear text count; if not, servers have to prove the domain [env: `ETCDCTL_INSECURE_DISCOVERY`] [default: true]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    insecure_discovery: Option<bool>,
}

impl SrvArgs {
    /// What to ask DNS for, if a domain was given. A flag goes before `--endpoints`, a variable behind it, as with etcdctl.
    fn srv(self, has_endpoints: bool) -> Option<Srv> {
        if self.discovery_srv.is_none() && has_endpoints {
            return None;
        }
        let flag = self.discovery_srv.filter(|domain| !domain.is_empty());
        let domain = flag.or_else(|| environment("ETCDCTL_DISCOVERY_SRV"))?;
        let name = self.discovery_srv_name.or_else(|| environment("ETCDCTL_DISCOVERY_SRV_NAME"));
        let insecure = self.insecure_discovery.unwrap_or_else(|| {
            let off = ["0", "f", "F", "false", "FALSE", "False"];
            !environment("ETCDCTL_INSECURE_DISCOVERY")
                .is_some_and(|set| off.contains(&set.as_str()))
        });
        Some(Srv { domain, name, insecure })
    }
}

impl TargetArgs {
    /// Puts flags and environment together.
    pub(super) fn request(self, search: Search, stderr: Stderr) -> Result<Request, Failure> {
        let old_flag =
            |urls| translated("--endpoint", "--endpoints", from_flag("--endpoint", urls), stderr);
        let mut given = self.endpoints.map(|urls| from_flag("--endpoints", urls));
        given = given.or_else(|| self.v2.endpoints.map(old_flag));
        let srv = self.srv.srv(given.is_some());
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
        let bounds = [self.dial_timeout, self.command_timeout];
        let timeout = bounds.into_iter().flatten().fold(self.timeout, Duration::min);
        let target = Target {
            endpoints: given.unwrap_or_default(),
            peer: self.peer,
            cluster: self.cluster,
            server_name: None,
            cacert: path_of("--cacert", self.cacert, self.v2.cacert, stderr)?,
            cert: path_of("--cert", self.cert, self.v2.cert, stderr)?,
            key: path_of("--key", self.key, self.v2.key, stderr)?,
            configs: self.config,
            root: None,
            layouts: Vec::new(),
            server_log: self.server_log.map(|path| path.display().to_string()),
            user: None,
            insecure_skip_tls_verify: self.insecure_skip_tls_verify
                || switched_on("ETCDCTL_INSECURE_SKIP_TLS_VERIFY"),
            timeout,
            expires_within: None,
            go: self.go,
            expect_spiffe: None,
        };
        let login = login(self.user, self.password, stderr)?;
        Ok(Request { target, login, srv, roots: self.root, search })
    }
}

/// Reads a duration such as `2s`, `500ms`, `1m30s`, `30d`.
pub(crate) fn duration(text: &str) -> Result<Duration, Failure> {
    match humantime::parse_duration(text) {
        Ok(duration) if duration.is_zero() => Err(Failure::misuse(CliMessage::ZeroDuration)),
        Ok(duration) => Ok(duration),
        Err(_) => Err(Failure::misuse(CliMessage::NoDuration)),
    }
}

/// Reads a Go release such as `1.24`.
pub(super) fn go(text: &str) -> Result<Go, Failure> {
    Go::parse(text).ok_or_else(|| Failure::misuse(CliMessage::NoGoRelease))
}

fn go_text(text: &str) -> Result<String, Failure> {
    go(text).map(|_| text.to_owned())
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

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn environment_endpoints(name: &str) -> Option<Vec<Given>> {
    let urls = environment(name)?;
    let given =
        |url: &str| Given { value: url.to_owned(), origin: Origin::Environment(name.to_owned()) };
    Some(urls.split(',').map(given).collect())
}

/// Whether a boolean variable is set, as Go's `strconv.ParseBool` reads it.
fn switched_on(name: &str) -> bool {
    environment(name)
        .is_some_and(|value| matches!(value.as_str(), "1" | "t" | "T" | "true" | "TRUE" | "True"))
}

fn login(
    user: Option<String>,
    password: Option<String>,
    stderr: Stderr,
) -> Result<Option<Login>, Failure> {
    let Some(user) = user.or_else(|| environment("ETCDCTL_USER")) else { return Ok(None) };
    let password = password.or_else(|| environment("ETCDCTL_PASSWORD"));
    let (user, password) = match (user.split_once(':'), password) {
        // As etcdctl: with --password given, the whole of --user is the name.
        (_, Some(password)) => (user, password),
        (Some((name, password)), None) => (name.to_owned(), password.to_owned()),
        (None, None) => {
            let typed = stderr.ask(CliMessage::PasswordOf { user: user.as_str().into() });
            (user, typed.map_err(|_| Failure::misuse(CliMessage::NoPassword))?)
        }
    };
    Ok(Some(Login { user, password: password.into() }))
}
