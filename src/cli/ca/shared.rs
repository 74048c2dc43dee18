//! Where the shared ledger is, and how what was made gets there.

use std::collections::HashSet;
use std::time::Duration;

use clap::Args;

use crate::cli::exit::{Misuse, note};
use crate::cli::{Done, target::duration};
use crate::connect::{Credentials, Given};
use crate::ledger::{Delivery, Embedded, PREFIX, Shelf, deliver};

/// The cluster, and the etcd that holds its records.
#[derive(Debug, Args, Clone)]
pub(crate) struct SharedLedger {
    /// The cluster that certificates are for
    #[arg(long, value_name = "ID", default_value = "default", value_parser = key_part)]
    pub(crate) cluster_id: String,
    #[command(flatten)]
    pub(crate) etcd: SharedEtcd,
}

fn key_part(text: &str) -> Result<String, String> {
    let wanted = || "a name without slash is wanted".to_owned();
    crate::ca::is_key_part(text).then(|| text.to_owned()).ok_or_else(wanted)
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

/// What waits in the embedded ledger still.
#[derive(Debug, Default)]
pub(crate) struct Delivered(Option<HashSet<String>>);

impl Delivered {
    /// Whether a record is there as it is here.
    pub(crate) fn has(&self, serial: &str) -> bool {
        self.0.as_ref().is_some_and(|waiting| !waiting.contains(serial))
    }
}

impl SharedLedger {
    /// Delivers what waits, if a shared ledger was named. One that can't be reached is no failure: the records wait.
    pub(crate) fn deliver(&self, ledger: &mut Embedded) -> Done<Delivered> {
        let Some(shelf) = self.etcd.shelf()? else { return Ok(Delivered::default()) };
        match run(deliver(ledger, &shelf, Duration::ZERO))? {
            Ok(delivery) => note_conflicts(&delivery),
            Err(error) => {
                let error: Box<dyn std::error::Error + Send + Sync> = error.into();
                note(&format!(
                    "note: {}; the record waits for ledger sync",
                    super::chain(error.as_ref())
                ));
            }
        }
        let waiting = ledger.waiting()?.into_iter().map(|one| one.record.cert_serial).collect();
        Ok(Delivered(Some(waiting)))
    }
}

impl SharedEtcd {
    /// The shared ledger, if one was named.
    pub(crate) fn shelf(&self) -> Done<Option<Shelf>> {
        if self.endpoints.is_empty() {
            return Ok(None);
        }
        Ok(Some(Shelf {
            endpoints: self.endpoints.clone(),
            credentials: Credentials::load(&self.given()?)?,
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
    pub(crate) fn given(&self) -> Done<Given> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let file = |given: &Option<String>, name| given.clone().or_else(|| variable(name));
        let user = self.user.clone().or_else(|| variable("ETCDCTL_USER"));
        let password = self.password.clone().or_else(|| variable("ETCDCTL_PASSWORD"));
        let login = match (user, password) {
            (None, _) => None,
            (Some(user), Some(password)) => Some((user, password)),
            (Some(user), None) => {
                let split =
                    user.split_once(':').map(|(name, word)| (name.to_owned(), word.to_owned()));
                let needed =
                    "--user needs a password: NAME:PASSWORD, --password or ETCDCTL_PASSWORD";
                Some(split.ok_or_else(|| Misuse(needed.to_owned()))?)
            }
        };
        Ok(Given {
            cacert: file(&self.cacert, "ETCDCTL_CACERT"),
            cert: file(&self.cert, "ETCDCTL_CERT"),
            key: file(&self.key, "ETCDCTL_KEY"),
            login,
            skip_verify: self.insecure_skip_tls_verify,
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

/// Says which records found something else in their place.
pub(crate) fn note_conflicts(delivery: &Delivery) {
    for (record, found) in &delivery.conflicts {
        let serial = &record.cert_serial;
        note(&format!(
            "conflict: the key of {serial} holds another record, left as it is: {found}"
        ));
    }
}
