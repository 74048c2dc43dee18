//! How to reach an etcd: the flags and variables of etcdctl, declared once for every command that connects to one.

use std::{io, time::Duration};

use clap::Args;

use crate::{
    ledger::CredentialSources,
    message::CliMessage,
    workflow::{Failure, Login, Srv},
    x509::{Go, SpiffeId},
};

/// How to reach an etcd; spelled as etcdctl spells it.
#[derive(Debug, Clone, Args)]
pub(crate) struct EtcdFlags {
    /// Client URLs, separated by commas [env: `ETCDCTL_ENDPOINTS`] [default: 127.0.0.1:2379]
    #[arg(long, value_name = "URL,URL", value_delimiter = ',')]
    pub(super) endpoints: Option<Vec<String>>,
    /// CA certificates that verify the server [env: `ETCDCTL_CACERT`]
    #[arg(long, value_name = "FILE")]
    pub(super) cacert: Option<String>,
    /// Client certificate to present [env: `ETCDCTL_CERT`]
    #[arg(long, value_name = "FILE")]
    pub(super) cert: Option<String>,
    /// Private key of the client certificate [env: `ETCDCTL_KEY`]
    #[arg(long, value_name = "FILE")]
    pub(super) key: Option<String>,
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
    /// The Go release whose X.509 rules decide [default: 1.24]
    #[arg(long = "go", value_name = "VERSION", value_parser = go_text)]
    pub(super) go: Option<String>,
    #[command(flatten)]
    srv: SrvArgs,
}

/// How endpoints are found in DNS; spelled as etcdctl spells it.
#[derive(Debug, Clone, Args)]
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

impl EtcdFlags {
    /// The bound on each endpoint.
    pub(super) fn timeout(&self) -> Duration {
        let bounds = [self.dial_timeout, self.command_timeout];
        bounds.into_iter().flatten().fold(self.timeout, Duration::min)
    }

    /// Whether requests go to servers that can't be verified.
    pub(super) fn skips_verification(&self) -> bool {
        self.insecure_skip_tls_verify || is_on("ETCDCTL_INSECURE_SKIP_TLS_VERIFY")
    }

    /// The domain to ask DNS for, if a flag names one: it goes before `--endpoints`, as with etcdctl.
    pub(super) fn srv_of_flag(&self) -> Option<Srv> {
        let domain = self.srv.discovery_srv.clone().filter(|domain| !domain.is_empty());
        domain.map(|domain| self.srv.of_domain(domain))
    }

    /// The same if a variable names one, which goes behind `--endpoints`.
    pub(super) fn srv_of_environment(&self) -> Option<Srv> {
        environment("ETCDCTL_DISCOVERY_SRV").map(|domain| self.srv.of_domain(domain))
    }

    /// The user and the password, which is asked for if it was not given.
    pub(super) fn login(
        &self,
        ask: impl FnOnce(CliMessage) -> io::Result<String>,
    ) -> Result<Option<Login>, Failure> {
        let user = self.user.clone().or_else(|| environment("ETCDCTL_USER"));
        let Some(user) = user else { return Ok(None) };
        let password = self.password.clone().or_else(|| environment("ETCDCTL_PASSWORD"));
        let (user, password) = match (user.split_once(':'), password) {
            // As etcdctl: with --password given, the whole of --user is the name.
            (_, Some(password)) => (user, password),
            (Some((name, password)), None) => (name.to_owned(), password.to_owned()),
            (None, None) => {
                let typed = ask(CliMessage::PasswordOf { user: user.as_str().into() });
                (user, typed.map_err(|_| Failure::misuse(CliMessage::NoPassword))?)
            }
        };
        Ok(Some(Login { user, password: password.into() }))
    }

    /// Whom to trust and who we are, for commands that use an etcd without diagnosing it.
    pub(super) fn sources(
        &self,
        ask: impl FnOnce(CliMessage) -> io::Result<String>,
    ) -> Result<CredentialSources, Failure> {
        let file = |given: &Option<String>, name| given.clone().or_else(|| environment(name));
        Ok(CredentialSources {
            cacert: file(&self.cacert, "ETCDCTL_CACERT"),
            cert: file(&self.cert, "ETCDCTL_CERT"),
            key: file(&self.key, "ETCDCTL_KEY"),
            login: self.login(ask)?,
            skip_verify: self.skips_verification(),
            server_name: None,
            go: self.go.as_deref().and_then(Go::parse),
        })
    }
}

impl SrvArgs {
    fn of_domain(&self, domain: String) -> Srv {
        let name = self.discovery_srv_name.clone();
        let name = name.or_else(|| environment("ETCDCTL_DISCOVERY_SRV_NAME"));
        let insecure = self.insecure_discovery.unwrap_or_else(|| {
            let off = ["0", "f", "F", "false", "FALSE", "False"];
            !environment("ETCDCTL_INSECURE_DISCOVERY")
                .is_some_and(|set| off.contains(&set.as_str()))
        });
        Srv { domain, name, insecure }
    }
}

/// Reads a SPIFFE ID.
pub(crate) fn spiffe_id(text: &str) -> Result<SpiffeId, Failure> {
    SpiffeId::parse(text).map_err(Failure::misuse)
}

/// A century: a clock can be advanced by it, and nothing here lasts longer.
const LONGEST: Duration = Duration::from_secs(100 * 366 * 24 * 60 * 60);

/// Reads a duration such as `2s`, `500ms`, `1m30s`, `30d`.
pub(crate) fn duration(text: &str) -> Result<Duration, Failure> {
    match humantime::parse_duration(text) {
        Ok(duration) if duration.is_zero() => Err(Failure::misuse(CliMessage::ZeroDuration)),
        Ok(duration) if duration > LONGEST => Err(Failure::misuse(CliMessage::LongDuration)),
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

/// A variable that is set to something.
pub(super) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether a boolean variable is set, as Go's `strconv.ParseBool` reads it.
fn is_on(name: &str) -> bool {
    environment(name)
        .is_some_and(|value| matches!(value.as_str(), "1" | "t" | "T" | "true" | "TRUE" | "True"))
}
