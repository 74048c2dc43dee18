//! One endpoint with what follows from its observation.

use super::{Anchors, Presented, Reach, Refusal, Service, Subject, client};
use crate::{
    observation::{
        EndpointSeen, Observation,
        endpoint::{CertificateRequest, Connection, StatusSeen, TlsSeen},
    },
    trust::Go,
};

/// One endpoint.
#[derive(Debug)]
pub struct Endpoint<'a> {
    /// What was seen.
    pub seen: &'a EndpointSeen,
    /// How far the way goes.
    pub reach: Reach,
    /// The server's chain, verified; `None` when no TLS server presented one.
    pub presented: Option<Presented>,
}

impl<'a> Endpoint<'a> {
    pub(super) fn of(
        seen: &'a EndpointSeen,
        observation: &Observation,
        anchors: &Anchors,
        go: Go,
    ) -> Self {
        let host = seen.parsed.as_ref().map(|parts| parts.host.clone()).unwrap_or_default();
        let presented = seen
            .main()
            .and_then(|main| main.tls.as_ref())
            .and_then(|tls| Presented::of(tls, &host, anchors, observation.when, go));
        Self { seen, reach: Reach::of(seen), presented }
    }

    /// The URL as given.
    pub fn url(&self) -> &'a str {
        &self.seen.url
    }

    /// The endpoint as the subject of a finding.
    pub fn subject(&self) -> Subject {
        Subject::Endpoint(self.seen.url.clone())
    }

    /// The connection that a healthy endpoint needs.
    pub fn main(&self) -> Option<&'a Connection> {
        self.seen.main()
    }

    /// Its TLS handshake.
    pub fn tls(&self) -> Option<&'a TlsSeen> {
        self.main()?.tls.as_ref()
    }

    /// The server's CertificateRequest; `None` when it didn't ask or the handshake never got so far.
    pub fn request(&self) -> Option<&'a CertificateRequest> {
        self.tls()?.request.as_ref()
    }

    /// The names of the CAs that the server accepts, as Go prints names.
    pub fn acceptable_names(&self) -> Vec<String> {
        client::acceptable_names(self)
    }

    /// How the server turned this client away, if it asked for a certificate and did.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.reach {
            Reach::Open(Service::TurnedAway(refusal)) => Some(refusal),
            _ => None,
        }
    }

    /// Whether etcd's client API answers here.
    pub fn is_etcd(&self) -> bool {
        self.reach == Reach::Open(Service::Etcd)
    }

    /// etcd's status, if it gave one.
    pub fn status(&self) -> Option<&'a StatusSeen> {
        self.seen.etcd.as_ref()?.status.as_ref()?.as_ref().ok()
    }

    /// How far the server's clock is ahead of ours, from the `Date` header of its first answer.
    pub fn clock_ahead(&self) -> Option<time::Duration> {
        let answers = || self.seen.connections.iter().flat_map(|connection| &connection.http);
        answers().find_map(|seen| Some(seen.date? - seen.received?))
    }
}
