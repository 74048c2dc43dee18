//! One endpoint: the findings that concern it, how far the way to it goes, what TLS agreed on, what etcd answered.

use schemars::JsonSchema;
use serde::Serialize;

use super::SecondOpinion;
use crate::{
    diagnoses::engine::{Judged, Level, Severity, Verdict},
    facts::{Endpoint, Facts, Rung, RungState, Step, Subject},
    observation::{
        endpoint::{Connection, HandshakeEnd, TlsSeen},
        target::ConfiguredClient,
    },
    x509::Certificate,
};

/// What an endpoint was dialled as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::report) enum Role {
    Client,
    Peer,
}

/// One endpoint.
#[derive(Debug)]
pub(in crate::report) struct EndpointReport<'r> {
    pub(in crate::report) url: &'r str,
    pub(in crate::report) role: Role,
    /// The configured client as which it was dialled; `None` for the check's own way.
    pub(in crate::report) client: Option<&'r ConfiguredClient>,
    pub(in crate::report) address: Option<&'r str>,
    /// The findings that concern it, in the verdict's order.
    pub(in crate::report) findings: Vec<&'r Judged>,
    pub(in crate::report) steps: [Step; 6],
    pub(in crate::report) ladder: Vec<Rung>,
    pub(in crate::report) tls: Option<TlsReport<'r>>,
    pub(in crate::report) etcd: Option<EtcdReport<'r>>,
    /// Until the server's certificate expires; negative when it has.
    pub(in crate::report) remaining: Option<time::Duration>,
    /// Whether every step that matters was carried out, and succeeded.
    pub(in crate::report) is_proven: bool,
    pub(in crate::report) took_ms: f64,
}

/// What TLS agreed on.
#[derive(Debug)]
pub(in crate::report) struct TlsReport<'r> {
    pub(in crate::report) seen: &'r TlsSeen,
    /// As presented, as far as it parses, end-entity first.
    pub(in crate::report) chain: &'r [Certificate],
    /// `None` when the handshake ended before that could be seen.
    pub(in crate::report) client_certificate_requested: Option<bool>,
    pub(in crate::report) acceptable_cas: Vec<String>,
    /// The alert read from the wire.
    pub(in crate::report) alert: Option<&'r str>,
    pub(in crate::report) second_opinion: Option<SecondOpinion<'r>>,
}

/// What etcd answered.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct EtcdReport<'r> {
    pub(in crate::report) version: &'r str,
    member_id: &'r str,
    cluster_id: &'r str,
    pub(in crate::report) is_leader: bool,
    is_learner: bool,
    revision: i64,
    raft_term: u64,
    raft_index: u64,
    raft_applied_index: u64,
    db_size_bytes: i64,
    db_size_in_use_bytes: i64,
    alarms: Option<&'r [String]>,
}

impl<'r> EndpointReport<'r> {
    /// Every endpoint that was visited.
    pub(in crate::report) fn all<'a: 'r>(facts: &'r Facts<'a>, verdict: &'r Verdict) -> Vec<Self> {
        facts.visited().map(|(facts, endpoint)| Self::new(endpoint, facts, verdict)).collect()
    }

    fn new<'a: 'r>(endpoint: &'r Endpoint<'a>, facts: &'r Facts<'a>, verdict: &'r Verdict) -> Self {
        let steps = endpoint.steps(facts);
        let leaf = endpoint.presented.as_ref().and_then(|presented| presented.leaf());
        Self {
            url: endpoint.url(),
            role: if facts.among_peers() { Role::Peer } else { Role::Client },
            client: facts.viewed_as(),
            address: endpoint.main().map(|main| main.to.as_str()),
            findings: concerning(endpoint, facts, verdict),
            ladder: endpoint.ladder(facts, &steps),
            steps,
            tls: endpoint.tls().map(|tls| TlsReport::new(tls, endpoint, facts)),
            etcd: EtcdReport::new(endpoint),
            remaining: leaf.map(|leaf| leaf.not_after - facts.now()),
            is_proven: endpoint.is_proven(facts),
            took_ms: endpoint.seen.took_ms,
        }
    }

    /// The worst severity.
    pub(in crate::report) fn level(&self) -> Level {
        match self.findings.iter().map(|judged| judged.finding.severity).max() {
            Some(Severity::Error) => Level::Error,
            Some(Severity::Warning) => Level::Warning,
            _ if !self.is_proven => Level::Incomplete,
            Some(Severity::Info) | None => Level::Ok,
        }
    }

    /// The first of its findings that calls for something to be done.
    pub(in crate::report) fn root_cause(&self) -> Option<&'r Judged> {
        self.findings.iter().copied().find(|judged| judged.finding.severity > Severity::Info)
    }

    /// Whether the way to it broke somewhere.
    pub(in crate::report) fn is_broken(&self) -> bool {
        self.ladder.iter().any(|rung| matches!(rung.state, RungState::Broken(_)))
    }
}

impl<'r> TlsReport<'r> {
    fn new<'a: 'r>(tls: &'r TlsSeen, endpoint: &'r Endpoint<'a>, facts: &'r Facts<'a>) -> Self {
        let chain = endpoint.presented.as_ref().map(|presented| presented.chain.as_slice());
        Self {
            seen: tls,
            chain: chain.unwrap_or_default(),
            client_certificate_requested: match (&tls.request, &tls.end) {
                (Some(_), _) => Some(true),
                (None, HandshakeEnd::Complete) => Some(false),
                (None, _) => None,
            },
            acceptable_cas: endpoint.acceptable_names(),
            alert: endpoint.main().and_then(Connection::alert),
            second_opinion: SecondOpinion::new(endpoint, facts),
        }
    }
}

impl<'r> EtcdReport<'r> {
    fn new(endpoint: &Endpoint<'r>) -> Option<Self> {
        let status = endpoint.status()?;
        let alarms = endpoint.seen.etcd.as_ref()?.alarms.as_ref();
        Some(Self {
            version: &status.version,
            member_id: &status.member_id,
            cluster_id: &status.cluster_id,
            is_leader: status.leader == status.member_id,
            is_learner: status.is_learner,
            revision: status.revision,
            raft_term: status.raft_term,
            raft_index: status.raft_index,
            raft_applied_index: status.raft_applied_index,
            db_size_bytes: status.db_size_bytes,
            db_size_in_use_bytes: status.db_size_in_use_bytes,
            alarms: alarms.and_then(|answer| answer.as_deref().ok()),
        })
    }
}

/// The endpoint that a cause explains, among those visited: its subject, else one that it concerns, else the first.
pub(super) fn explained_by(cause: Option<&Judged>, facts: &Facts<'_>) -> Option<usize> {
    let visited: Vec<_> = facts.visited().collect();
    let Some(cause) = cause else { return (!visited.is_empty()).then_some(0) };
    // What keeps members or a client apart shows on their own way.
    let finding = &cause.finding;
    let fits_view = |view: &Facts<'_>| {
        (!finding.is_between_members || view.among_peers())
            && (finding.client.is_none() || view.viewed_as() == finding.client.as_ref())
    };
    let is_seen = visited.iter().any(|(view, _)| fits_view(view));
    let position = |fits: &dyn Fn(&Endpoint<'_>) -> bool| {
        visited.iter().position(|(view, one)| (!is_seen || fits_view(view)) && fits(one))
    };
    position(&|endpoint| endpoint.subject() == cause.finding.subject)
        .or_else(|| position(&|endpoint| cause.finding.is_about(&endpoint.subject())))
        .or_else(|| position(&|_| true))
}

/// Findings at the endpoint itself, and those that name no endpoint: an unusable file stands in every way. What keeps one client away
/// concerns no other.
fn concerning<'r>(
    endpoint: &Endpoint<'_>,
    facts: &Facts<'_>,
    verdict: &'r Verdict,
) -> Vec<&'r Judged> {
    let subject = endpoint.subject();
    let is_met = |judged: &&Judged| {
        let client = &judged.finding.client;
        client.is_none() || client.as_ref() == facts.viewed_as()
    };
    let findings = verdict.findings.iter().filter(is_met);
    findings
        .filter(|judged| judged.finding.is_about(&subject) || !names_an_endpoint(judged))
        .collect()
}

fn names_an_endpoint(judged: &Judged) -> bool {
    let is_endpoint = |subject: &Subject| matches!(subject, Subject::Endpoint(_));
    is_endpoint(&judged.finding.subject) || judged.finding.also_about.iter().any(is_endpoint)
}
