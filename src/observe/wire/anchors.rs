//! What the client verifies servers with while it probes: the certificates of `--cacert`, or the system's.
//!
//! A request is written only to a server that these accept, by Go's rules.

use std::sync::OnceLock;

use time::OffsetDateTime;

use crate::{
    etcd::admission::read_ca_file,
    observation::{Der, EndpointSeen, FileSeen, SystemAnchors, endpoint::TlsSeen},
    x509::{Certificate, Go, Question, Usage, verify},
};

/// The trust anchors of a check.
pub(crate) struct Anchors {
    /// `--cacert`'s; `None` when it was not given.
    given: Option<Vec<Certificate>>,
    /// The system's, read when they are first needed.
    system: OnceLock<Vec<Certificate>>,
    when: OffsetDateTime,
    go: Go,
}

impl Anchors {
    pub(crate) fn new(cacert: Option<&FileSeen>, when: OffsetDateTime, go: Go) -> Self {
        Self {
            given: cacert
                .map(|file| read_ca_file(file.blocks_as_certificates(), go).unwrap_or_default()),
            system: OnceLock::new(),
            when,
            go,
        }
    }

    /// Whether a Go client accepts this server under this name.
    pub(crate) fn accept(&self, tls: &TlsSeen, host: &str) -> bool {
        self.refusal(tls, host).is_none()
    }

    /// Why a Go client refuses this server under this name, in Go's words.
    pub(crate) fn refusal(&self, tls: &TlsSeen, host: &str) -> Option<String> {
        let chain: Result<Vec<_>, _> =
            tls.chain.iter().map(|der| Certificate::parse(&der.0, self.go)).collect();
        let chain = match chain {
            Ok(chain) => chain,
            Err(error) => return Some(error.to_string()),
        };
        let Some((leaf, intermediates)) = chain.split_first() else {
            return Some("tls: received empty certificates message".to_owned());
        };
        let anchors = self.given.as_ref().unwrap_or_else(|| self.system());
        let (when, go, host, usages) = (self.when, self.go, Some(host), &[Usage::ServerAuth]);
        let question = Question { leaf, intermediates, anchors, when, host, usages, go };
        verify(&question).outcome.err().map(|rejection| rejection.message)
    }

    /// The system's anchors as far as they matter to the chains presented; `None` when they were not needed.
    pub(crate) fn relevant(&self, endpoints: &[EndpointSeen]) -> Option<SystemAnchors> {
        let system = self.system.get()?;
        let chains = endpoints
            .iter()
            .filter_map(|seen| seen.main()?.tls.as_ref())
            .flat_map(|tls| &tls.chain);
        let presented: Vec<_> =
            chains.filter_map(|der| Certificate::parse(&der.0, self.go).ok()).collect();
        let matters = |anchor: &&Certificate| {
            presented
                .iter()
                .any(|seen| seen.raw_issuer == anchor.raw_subject || seen.der == anchor.der)
        };
        let relevant =
            system.iter().filter(matters).map(|anchor| Der(anchor.der.clone())).collect();
        Some(SystemAnchors { count: system.len(), relevant })
    }

    fn system(&self) -> &Vec<Certificate> {
        self.system.get_or_init(|| {
            let found = rustls_native_certs::load_native_certs().certs;
            found.iter().filter_map(|der| Certificate::parse(der, self.go).ok()).collect()
        })
    }
}
