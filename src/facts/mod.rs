//! What follows from one observation: parsed, paired and verified, but not yet judged. Pure and immutable.
//!
//! The rooms of `diagnoses` read nothing else. "Could not be determined" is a value here, never a default.

mod absent;
mod advertised;
mod auth;
mod backup;
mod candidates;
mod carried_out;
mod client;
mod clock;
mod cluster;
mod configured;
mod endpoint;
mod fault;
mod first_start;
mod fitting;
mod ladder;
mod lineage;
mod listener;
mod malformed;
mod material;
mod membership;
mod on_machine;
mod pairs;
mod peer;
mod presented;
mod proxied;
mod reach;
mod san_matrix;
mod section;
mod settings;
mod situation;
mod steps;
mod subject;
mod ties;
pub mod tree;
mod verified;
mod views;

pub use absent::AbsentMember;
pub use advertised::{Advertised, AdvertisedFault};
pub use auth::AuthFault;
pub use candidates::{Candidate, ClientFiles};
pub use client::{Client, ClientVerdict, Refusal};
pub use clock::{Skew, show_span, show_time};
pub use cluster::Quorum;
pub use configured::{Closed, ConfiguredPair, Named};
pub use endpoint::Endpoint;
pub use fault::ClientFault;
pub use first_start::Disagreement;
pub use ladder::{Direction, Rung, RungState};
pub use lineage::{is_accepted_at, is_issued_by};
pub use listener::{Listener, Member};
pub use malformed::MalformedUrls;
pub use material::{Anchors, Material, Usable};
pub use on_machine::{Command, Note, OnMachine, Row, contents};
pub use pairs::Pair;
pub use peer::{missing_usages, show_answers};
pub use presented::{Presented, Served};
pub use proxied::{Proxied, Variable};
pub use reach::{Clear, Reach, Service, Stall};
pub use san_matrix::{Cell, Detour};
pub use settings::{Settings, show as show_setting};
pub use situation::{Cluster, clusters, leads_to_any};
pub use steps::{Step, StepName, StepStatus};
pub use subject::Subject;
pub use verified::{CaseVerdict, Judged, KeyMatch, Unparsed, Verified};
pub use views::Unmet;

pub use crate::{
    etcd::admission::AddressRule,
    observation::file,
    x509::{Certificate, Place, PublicKey, Reason, Rejection},
};

use std::{cell::OnceCell, collections::HashMap};

use time::OffsetDateTime;

use crate::{
    etcd::Release,
    observation::{FileSeen, Observation, Program},
    x509::{Go, renewal_notice},
};

/// All that follows from one observation.
#[derive(Debug)]
pub struct Facts<'a> {
    /// What it follows from.
    pub observation: &'a Observation,
    /// The Go release whose rules decide: `--go`, else upstream's for `release`, else 1.24.
    pub go: Go,
    /// The etcd release that the first endpoint to name one reports.
    pub release: Option<Release>,
    /// `--cacert`, `--cert` and `--key`, as far as they were given, in that order.
    pub material: Vec<Material<'a>>,
    /// What `--cacert`, or the system, trusts.
    pub anchors: Anchors,
    /// What this client presents.
    pub client: Client<'a>,
    /// One for each endpoint, in the order given.
    pub endpoints: Vec<Endpoint<'a>>,
    /// The settings of the etcd behind the endpoints, as far as its configuration is at hand.
    pub settings: Settings<'a>,
    /// Every other configured process: further etcd members, kube-apiserver, etcdctl.
    pub others: Vec<Settings<'a>>,
    /// The etcds of this machine that listen at the endpoints, where no configuration was given or found. What they are started with is
    /// proposed, never judged.
    pub running: Vec<Settings<'a>>,
    /// Every file at hand that no flag gives: those that configuration names, then those beside them.
    pub neighbours: Vec<Neighbour<'a>>,
    /// The same of each further view: the other members, where they were dialled beside a check of clients, and configured clients.
    pub views: Vec<Self>,
    client_verdict: OnceCell<Option<ClientVerdict>>,
    skew: OnceCell<Option<Skew>>,
}

/// A PEM file that no flag gives.
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
        let release = observation.endpoints.iter().find_map(endpoint::release);
        let chosen = observation.target.go.as_deref().and_then(Go::parse);
        let go = chosen.or(release.map(Release::built_with)).unwrap_or_default();
        let material = material::given(observation);
        let mut others = Settings::all(observation);
        let settings = behind(observation, &mut others).running(release);
        let anchors = Anchors::of(observation, &material, go);
        let client = Client::of(&material, go);
        let configured = observation
            .files
            .iter()
            .filter(|file| !material.iter().any(|given| given.file.path == file.path));
        let neighbours = configured
            .chain(&observation.neighbours)
            .filter(|file| file.is_pem())
            .map(|file| Neighbour::of(file, go))
            .collect();
        let (when, known) = (observation.when, HashMap::new());
        let mut verifier = presented::Verifier { anchors: &anchors, when, go, known };
        let seen = observation.endpoints.iter();
        let endpoints =
            seen.map(|seen| Endpoint::of(seen, &observation.target, &mut verifier)).collect();
        let views = observation.views.iter().map(Self::derive).collect();
        let (client_verdict, skew) = (OnceCell::new(), OnceCell::new());
        Self {
            observation,
            go,
            release,
            material,
            anchors,
            client,
            endpoints,
            settings,
            others,
            running: Settings::of_files(&observation.running, &observation.neighbours),
            neighbours,
            views,
            client_verdict,
            skew,
        }
    }

    /// What chose the Go release: `--go`, or `etcd` and the release; `None` when it is the default.
    pub fn go_chosen_by(&self) -> Option<String> {
        let flag = self.observation.target.go.as_ref().map(|_| "--go".to_owned());
        flag.or_else(|| self.release.map(|release| format!("etcd {release}")))
    }

    /// Every endpoint that was visited, each with the facts that it belongs to: those asked for, then those of the views.
    pub fn visited(&self) -> impl Iterator<Item = (&Self, &Endpoint<'a>)> {
        let all = std::iter::once(self).chain(&self.views);
        all.flat_map(|facts| facts.endpoints.iter().map(move |endpoint| (facts, endpoint)))
    }

    /// Every configured process, the etcd behind the endpoints first.
    pub fn processes(&self) -> impl Iterator<Item = &Settings<'a>> {
        std::iter::once(&self.settings)
            .chain(&self.others)
            .filter(|one| one.configs().next().is_some())
    }

    /// The etcd behind an endpoint: as it is configured, else as it runs on this machine.
    pub fn server_of(&self, endpoint: &Endpoint<'_>) -> Option<&Settings<'a>> {
        let authority = endpoint.authority();
        let is_metrics = |one: &&Settings<'a>| {
            one.list("listen-metrics-urls").iter().any(|url| url.ends_with(&authority))
        };
        let behind = |one: &&Settings<'a>| one.is_behind(endpoint.seen) || is_metrics(one);
        let configured = self.processes().filter(|one| one.program == Program::Etcd);
        configured.chain(&self.running).find(behind)
    }

    /// The settings of kube-apiserver, if they are at hand.
    pub fn apiserver(&self) -> Option<&Settings<'a>> {
        self.others.iter().find(|one| one.program == Program::KubeApiserver)
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

    /// Whether a certificate is due for renewal, by the usual rule or by `--expires-within`.
    pub fn is_due(&self, certificate: &Certificate) -> bool {
        let life = certificate.not_after - certificate.not_before;
        let margin = renewal_notice(life, self.observation.target.expires_within);
        let remaining = certificate.not_after - self.now();
        !remaining.is_negative() && remaining < margin
    }
}

/// Takes the etcd out of the list that an endpoint leads to; without any such, the first.
fn behind<'a>(observation: &Observation, all: &mut Vec<Settings<'a>>) -> Settings<'a> {
    let serves = |one: &Settings<'_>| observation.endpoints.iter().any(|seen| one.is_behind(seen));
    let mut members = all.iter().enumerate().filter(|(_, one)| one.program == Program::Etcd);
    let first = members.clone().next();
    match members.find(|(_, one)| serves(one)).or(first).map(|(at, _)| at) {
        Some(at) => all.remove(at),
        None => Settings::none(Program::Etcd),
    }
}

impl<'a> Neighbour<'a> {
    fn of(file: &'a FileSeen, go: Go) -> Self {
        let certificates =
            file.certificates().filter_map(|der| Certificate::parse(&der.0, go).ok()).collect();
        Self { file, certificates }
    }
}
