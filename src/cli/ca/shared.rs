//! The flags that say where the shared ledger is.

use std::time::Duration;

use clap::Args;

use crate::ca::is_key_part;
use crate::cli::{Done, target::duration};
use crate::ledger::{CredentialSources, Credentials, EtcdLedger, Login, PREFIX};
use crate::message::CaMessage;
use crate::workflow::{Failure, ca};

/// The cluster, and the etcd that holds its records.
#[derive(Debug, Args, Clone)]
pub(crate) struct SharedLedger {
    /// The cluster that certificates are for
    #[arg(long, value_name = "ID", default_value = "default", value_parser = key_part)]
    pub(crate) cluster_id: String,
    #[command(flatten)]
    pub(crate) etcd: SharedEtcd,
}

fn key_part(text: &str) -> Result<String, Failure> {
    let wanted = || Failure::misuse(CaMessage::NoSlash);
    is_key_part(text).then(|| text.to_owned()).ok_or_else(wanted)
}

/// The etcd that holds the shared ledger; spelled as etcdctl spells it.
#[derive(Debug, Args, Clone)]
pub(crate) struct SharedEtcd {
    /// etcd with the shared ledger: its client URLs, separated by commas
    #[arg(long, value_name = "URL,URL", value_delimiter = ',')]
    endpoints: Vec<String>,
    /// CA certificates that verify that etcd [env: `ETCDCTL_CACERT`]
    #[arg(long, value_name = "FILE")]
    cacert: Option<String>,
    /// Client certificate for it [env: `ETCDCTL_CERT`]
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
    /// Write even to an etcd that can't be verified
    #[arg(long)]
    insecure_skip_tls_verify: bool,
    /// Bound on each endpoint
    #[arg(long, value_name = "DURATION", default_value = "2s", value_parser = duration)]
    timeout: Duration,
    /// Where records stand in etcd
    #[arg(long, value_name = "PREFIX", default_value = PREFIX)]
    ledger_prefix: String,
}

impl SharedLedger {
    /// The shared ledger as the workflows take it.
    pub(crate) fn open(&self) -> Done<ca::SharedLedger> {
        Ok(ca::SharedLedger { cluster_id: self.cluster_id.clone(), etcd: self.etcd.ledger()? })
    }
}

impl SharedEtcd {
    /// The etcd with the shared ledger, if one was named.
    pub(crate) fn ledger(&self) -> Done<Option<EtcdLedger>> {
        if self.endpoints.is_empty() {
            return Ok(None);
        }
        Ok(Some(EtcdLedger {
            endpoints: self.endpoints.clone(),
            credentials: Credentials::load(&self.sources()?).map_err(Failure::from)?,
            prefix: self.ledger_prefix.clone(),
            patience: self.timeout,
        }))
    }

    /// The client URLs that were named.
    pub(crate) fn endpoints(&self) -> &[String] {
        &self.endpoints
    }

    /// The bound on each endpoint.
    pub(crate) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The files and names from flags and environment.
    pub(crate) fn sources(&self) -> Done<CredentialSources> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let file = |given: &Option<String>, name| given.clone().or_else(|| variable(name));
        let user = self.user.clone().or_else(|| variable("ETCDCTL_USER"));
        let password = self.password.clone().or_else(|| variable("ETCDCTL_PASSWORD"));
        let login = |user, password: String| Login { user, password: password.into() };
        let login = match (user, password) {
            (None, _) => None,
            (Some(user), Some(password)) => Some(login(user, password)),
            (Some(user), None) => {
                let split = user.split_once(':');
                let split = split.map(|(name, word)| login(name.to_owned(), word.to_owned()));
                Some(split.ok_or_else(|| Failure::misuse(CaMessage::UserNeedsPassword))?)
            }
        };
        Ok(CredentialSources {
            cacert: file(&self.cacert, "ETCDCTL_CACERT"),
            cert: file(&self.cert, "ETCDCTL_CERT"),
            key: file(&self.key, "ETCDCTL_KEY"),
            login,
            skip_verify: self.insecure_skip_tls_verify,
            ..CredentialSources::default()
        })
    }
}

/// Runs one thing that waits for the network.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> std::io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(Box::pin(work));
    // A name lookup that outlived its deadline can't be called back; nobody waits for it.
    runtime.shutdown_background();
    Ok(done)
}
