//! The flags that say where the shared ledger is.

use std::time::Duration;

use clap::Args;

use crate::ca::is_key_part;
use crate::cli::{Done, etcd_flags::EtcdFlags, stderr::Stderr};
use crate::ledger::{CredentialSources, Credentials, EtcdLedger, PREFIX};
use crate::message::CaMessage;
use crate::workflow::{Failure, ca, discover};

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

/// The etcd that holds the shared ledger; it is meant only if a flag names it, so that `ETCDCTL_ENDPOINTS` and
/// `ETCDCTL_DISCOVERY_SRV` of somebody who checks another etcd don't make it the ledger's.
#[derive(Debug, Args, Clone)]
#[command(mut_arg("endpoints", |arg| arg.help("etcd with the shared ledger: its client URLs, separated by commas")))]
#[command(mut_arg("discovery_srv", |arg| arg.help("Take that etcd's endpoints from the SRV records of this domain")))]
#[command(mut_arg("insecure_skip_tls_verify", |arg| arg.help("Write even to an etcd that can't be verified [env: `ETCDCTL_INSECURE_SKIP_TLS_VERIFY`]")))]
pub(crate) struct SharedEtcd {
    #[command(flatten)]
    flags: EtcdFlags,
    /// Where records stand in etcd
    #[arg(long, value_name = "PREFIX", default_value = PREFIX)]
    ledger_prefix: String,
}

/// How to reach the etcd that was named.
pub(crate) struct Named {
    /// Its client URLs; none if no etcd was named.
    pub(crate) endpoints: Vec<String>,
    pub(crate) credentials: CredentialSources,
    /// The bound on each endpoint.
    pub(crate) patience: Duration,
}

impl SharedLedger {
    /// The shared ledger as the workflows take it.
    pub(crate) fn open(&self, stderr: Stderr) -> Done<ca::SharedLedger> {
        Ok(ca::SharedLedger {
            cluster_id: self.cluster_id.clone(),
            etcd: self.etcd.ledger(stderr)?,
        })
    }

    /// The same where the etcd is known already.
    pub(crate) fn open_at(&self, named: &Named) -> Done<ca::SharedLedger> {
        let etcd = self.etcd.ledger_at(named)?;
        Ok(ca::SharedLedger { cluster_id: self.cluster_id.clone(), etcd })
    }
}

impl SharedEtcd {
    /// The etcd with the shared ledger, if one was named.
    pub(crate) fn ledger(&self, stderr: Stderr) -> Done<Option<EtcdLedger>> {
        if self.flags.endpoints.is_none() && self.flags.srv_of_flag().is_none() {
            return Ok(None);
        }
        self.ledger_at(&self.named(stderr)?)
    }

    /// The ledger in that etcd.
    pub(crate) fn ledger_at(&self, named: &Named) -> Done<Option<EtcdLedger>> {
        if named.endpoints.is_empty() {
            return Ok(None);
        }
        let credentials = Credentials::load(&named.credentials).map_err(Failure::from)?;
        let (endpoints, patience) = (named.endpoints.clone(), named.patience);
        Ok(Some(EtcdLedger {
            endpoints,
            credentials,
            prefix: self.ledger_prefix.clone(),
            patience,
        }))
    }

    /// The endpoints, files and names from flags and environment; DNS is asked if a flag says so.
    pub(crate) fn named(&self, stderr: Stderr) -> Done<Named> {
        let patience = self.flags.timeout();
        let mut credentials = self.flags.sources(|question| stderr.ask(&question.into()))?;
        let mut endpoints = self.flags.endpoints.clone().unwrap_or_default();
        if let Some(srv) = self.flags.srv_of_flag() {
            let found = run(discover(&srv, patience, &mut stderr.remarks()))??;
            endpoints = found.into_iter().map(|given| given.value).collect();
            credentials.server_name = (!srv.insecure).then_some(srv.domain);
        }
        Ok(Named { endpoints, credentials, patience })
    }

    /// The bound on each endpoint.
    pub(crate) fn timeout(&self) -> Duration {
        self.flags.timeout()
    }
}

/// Runs one thing that waits for the network.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> std::io::Result<T> {
    crate::cli::block_on(Box::pin(work))
}
