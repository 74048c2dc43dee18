//! What follows from one observation: parsed, paired and verified, but not yet judged. Pure and immutable.
//!
//! The rooms of `diagnoses` read nothing else. "Could not be determined" is a value here, never a default.

mod advertised;
mod auth;
mod client;
mod clock;
mod cluster;
mod endpoint;
mod fault;
mod inventory;
mod listener;
mod material;
mod peer;
mod presented;
mod reach;
mod settings;
mod subject;

pub use advertised::{Advertised, AdvertisedFault};
pub use auth::AuthFault;
pub use client::{Client, Refusal};
pub use clock::{Skew, show_span};
pub use cluster::Quorum;
pub use endpoint::Endpoint;
pub use fault::ClientFault;
pub use inventory::Pair;
pub use listener::Listener;
pub use material::{Anchors, Material, Usable};
pub use peer::missing_usages;
pub use presented::Presented;
pub use reach::{Clear, Reach, Service, Stall};
pub use settings::Settings;
pub use subject::Subject;

pub use crate::{
    observation::file,
    trust::{Certificate, Place, PublicKey, Reason, Rejection},
};

use std::time::Duration;

use time::OffsetDateTime;

use crate::{
    observation::{FileSeen, Observation},
    trust::Go,
};

/// All that follows from one observation.
#[derive(Debug)]
pub struct Facts<'a> {
    /// What it follows from.
    pub observation: &'a Observation,
    /// The Go release whose rules decide.
    pub go: Go,
    /// `--cacert`, `--cert` and `--key`, as far as they were given, in that order.
    pub material: Vec<Material<'a>>,
    /// What `--cacert`, or the system, trusts.
    pub anchors: Anchors,
    /// What this client presents.
    pub client: Client<'a>,
    /// One for each endpoint, in the order given.
    pub endpoints: Vec<Endpoint<'a>>,
    /// etcd's own settings, from `--config`.
    pub settings: Settings<'a>,
    /// Certificates in files beside the given ones.
    pub neighbours: Vec<Neighbour<'a>>,
}

/// A PEM file beside the given ones that holds certificates or a key.
#[derive(Debug)]
pub struct Neighbour<'a> {
    /// The file.
    pub file: &'a FileSeen,
    /// Its certificates that parse.
    pub certificates: Vec<Certificate>,
}

impl<'a> Facts<'a> {
    /// Derives everything from one observation.
    pub fn derive(observation: &'a Observation) -> Self {
        let go = observation.target.go.as_deref().and_then(Go::parse).unwrap_or(Go::DEFAULT);
        let material = material::given(observation);
        let settings = Settings::of(observation);
        let anchors = Anchors::of(observation, &material, go);
        let client = Client::of(&material, go);
        let neighbours = observation
            .neighbours
            .iter()
            .filter(|file| file.is_pem())
            .map(|file| Neighbour::of(file, go))
            .collect();
        let endpoints = observation
            .endpoints
            .iter()
            .map(|seen| Endpoint::of(seen, observation, &anchors, go))
            .collect();
        Self { observation, go, material, anchors, client, endpoints, settings, neighbours }
    }

    /// The local clock of the observation.
    pub fn now(&self) -> OffsetDateTime {
        self.observation.when
    }

    /// The material of one flag.
    pub fn flag(&self, flag: &str) -> Option<&Material<'a>> {
        self.material.iter().find(|material| material.flag == flag)
    }

    /// What servers presented, verified, for every endpoint that got so far.
    pub fn presented(&self) -> impl Iterator<Item = (&Endpoint<'a>, &Presented)> {
        self.endpoints.iter().filter_map(|endpoint| Some((endpoint, endpoint.presented.as_ref()?)))
    }

    /// Whether a certificate is due: less than the shorter of 30 days and a third of its life remains, or what
    /// `--expires-within` says.
    pub fn is_due(&self, certificate: &Certificate) -> bool {
        let life = certificate.not_after - certificate.not_before;
        let margin = self.observation.target.expires_within.map_or_else(
            || std::cmp::min(time::Duration::days(30), life / 3),
            |within: Duration| time::Duration::try_from(within).unwrap_or(time::Duration::MAX),
        );
        let remaining = certificate.not_after - self.now();
        !remaining.is_negative() && remaining < margin
    }
}

impl<'a> Neighbour<'a> {
    fn of(file: &'a FileSeen, go: Go) -> Self {
        let certificates =
            file.certificates().filter_map(|der| Certificate::parse(&der.0, go).ok()).collect();
        Self { file, certificates }
    }
}
