//! `--discovery-srv`: endpoints from DNS, by the rules of etcdctl (etcd `etcdctl/ctlv3/command/global.go`, `endpointsFromFlagValue`
//! and `secureCfgFromCmd`).

use std::time::Duration;

use clap::Args;

use super::exit::{Misuse, note};
use crate::{
    message::Say,
    observation::target::{Given, Origin},
};

/// How endpoints are found in DNS; spelled as etcdctl spells it.
#[derive(Debug, Args)]
pub(super) struct SrvArgs {
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

/// What DNS named.
pub(super) struct Discovered {
    pub(super) endpoints: Vec<Given>,
    /// The name that servers have to prove instead of their own.
    pub(super) server_name: Option<String>,
}

impl SrvArgs {
    /// Whether a flag asks for it, so that it goes before `--endpoints`, as with etcdctl.
    pub(super) fn is_flag(&self) -> bool {
        self.discovery_srv.is_some()
    }

    /// Asks DNS, where a domain was given.
    pub(super) fn discover(self, timeout: Duration) -> Result<Option<Discovered>, Misuse> {
        let environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let flag = self.discovery_srv.filter(|domain| !domain.is_empty());
        let Some(domain) = flag.or_else(|| environment("ETCDCTL_DISCOVERY_SRV")) else {
            return Ok(None);
        };
        let name = self.discovery_srv_name.or_else(|| environment("ETCDCTL_DISCOVERY_SRV_NAME"));
        let insecure = self.insecure_discovery.unwrap_or_else(|| {
            let off = ["0", "f", "F", "false", "FALSE", "False"];
            !environment("ETCDCTL_INSECURE_DISCOVERY")
                .is_some_and(|set| off.contains(&set.as_str()))
        });
        let refuse = |why: String| Misuse(format!("--discovery-srv {domain}: {why}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| refuse(error.to_string()))?;
        let asked = runtime.block_on(crate::observe::wire::srv::client_urls(
            &domain,
            name.as_deref(),
            timeout,
        ));
        let (kept, left_out): (Vec<_>, Vec<_>) = asked
            .map_err(|error| refuse(error.message().to_string()))?
            .into_iter()
            .partition(|url| insecure || url.starts_with("https://"));
        for url in &left_out {
            note(&format!("hint: {url} of the SRV records is left out: it is clear text"));
        }
        if kept.is_empty() {
            return Err(refuse("names endpoints in clear text alone".to_owned()));
        }
        let given = |value: String| Given { value, origin: Origin::Srv { domain: domain.clone() } };
        let endpoints = kept.into_iter().map(given).collect();
        Ok(Some(Discovered { endpoints, server_name: (!insecure).then(|| domain.clone()) }))
    }
}
