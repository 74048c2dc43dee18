//! End-entity certificates outside their validity, as the rooms tell them: what a server presented, our own, what is configured.
//!
//! Certificates of one node were made on one day, and end on one: several of them are one cause.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    diagnoses::fix::renewals::kubeadm_certificates,
    etcd::FilePair,
    facts::{Certificate, ClientFault, ConfiguredPair, Endpoint, Facts, Subject, show_setting},
    message::{EvidenceMessage, Label, Value},
    observation::target::Origin,
    x509::{Place, Reason},
};

/// One end of the validity, in the words of the server's verdict and of the client's.
pub(in crate::diagnoses) struct Limit {
    pub(in crate::diagnoses) reason: Reason,
    pub(in crate::diagnoses) fault: ClientFault,
}

/// A certificate beyond the limit, and what is to be said of it alone.
struct Passed {
    leaf: Certificate,
    finding: Finding,
}

/// What lies beyond the limit: presented by servers, the client's own, and what configured processes present to others. A check
/// of clients names what members present to each other only beside another certificate: alone, it is [`of_peers`].
pub(in crate::diagnoses) fn findings(
    facts: &Facts<'_>,
    room: &'static Diagnosis,
    limit: &Limit,
) -> Vec<Finding> {
    let mut passed: Vec<Passed> = presented(facts, room, limit)
        .chain(own(facts, room, limit))
        .chain(configured(facts, room, limit, |pair| facts.among_peers() || !is_of_peers(pair)))
        .collect();
    if !passed.is_empty() && !facts.among_peers() {
        passed.extend(configured(facts, room, limit, is_of_peers));
    }
    together(facts, limit, passed)
}

/// What members present to each other, as far as it is configured here, in a check of clients.
pub(in crate::diagnoses) fn of_peers(
    facts: &Facts<'_>,
    room: &'static Diagnosis,
    limit: &Limit,
) -> Vec<Finding> {
    let of_clients = presented(facts, room, limit)
        .chain(own(facts, room, limit))
        .chain(configured(facts, room, limit, |pair| !is_of_peers(pair)));
    if facts.among_peers() || of_clients.count() > 0 {
        return Vec::new();
    }
    let mut passed = configured(facts, room, limit, is_of_peers);
    for one in &mut passed {
        one.finding.side = Side::Peer;
    }
    together(facts, limit, passed)
}

fn is_of_peers(pair: &ConfiguredPair<'_, '_>) -> bool {
    let option = pair.cert.setting.name.as_str();
    [FilePair::PEER, FilePair::PEER_CLIENT].iter().any(|peers| peers.has(option))
}

/// Several certificates of this node are one finding, with all of them; others stay apart.
fn together(facts: &Facts<'_>, limit: &Limit, passed: Vec<Passed>) -> Vec<Finding> {
    let node = of_this_node(facts);
    let beyond: Vec<&Certificate> =
        node.iter().filter(|leaf| limit.is_passed_by(leaf, facts)).collect();
    let is_here = |one: &Passed| beyond.iter().any(|leaf| leaf.der == one.leaf.der);
    let (here, others): (Vec<_>, Vec<_>) = passed.into_iter().partition(is_here);
    let others = others.into_iter().map(|one| one.finding);
    if here.is_empty() || beyond.len() < 2 {
        return here.into_iter().map(|one| one.finding).chain(others).collect();
    }
    let severity = here.iter().map(|one| one.finding.severity).max();
    let mut here = here.into_iter().map(|one| one.finding);
    let Some(mut first) = here.next() else { return others.collect() };
    for other in here {
        first.also_about.extend(std::iter::once(other.subject).chain(other.also_about));
    }
    first.severity = severity.unwrap_or(first.severity);
    first.fixes = Fix::renewals(facts, &beyond);
    let (count, all) = (beyond.len().into(), node.len().into());
    let counted = match limit.reason {
        Reason::Expired => EvidenceMessage::ExpiredOf { count, all },
        _ => EvidenceMessage::NotYetValidOf { count, all },
    };
    let dates = beyond.iter().map(|leaf| {
        let file = facts.file_of(leaf).map(|file| file.path.clone()).unwrap_or_default();
        let (from, until) = (facts.show(leaf.not_before), facts.show(leaf.not_after));
        Value::from(format!("{file} ({from} - {until})"))
    });
    let first = first.evidence(Label::Found, counted).evidence(Label::OnDisk, Value::list(dates));
    std::iter::once(first).chain(others).collect()
}

/// The certificates of the processes that are configured here, of this client where its files were found beside them, and of a
/// kubeadm node those that nothing names; each once.
fn of_this_node(facts: &Facts<'_>) -> Vec<Certificate> {
    let named = |pair: &ConfiguredPair<'_, '_>| !facts.is_elsewhere(pair.cert.process);
    let configured = facts.configured_pairs().filter(named);
    let mut node: Vec<_> = configured.filter_map(|pair| pair.chain.into_iter().next()).collect();
    let given = facts.observation.target.cert.as_ref();
    let found =
        given.filter(|given| !matches!(given.origin, Origin::Flag(_) | Origin::Environment(_)));
    node.extend(found.and(facts.client.leaf()).cloned());
    let of_kubeadm = kubeadm_certificates(facts);
    let of_kubeadm = facts.files().filter(|file| of_kubeadm.contains(&file.path.as_str()));
    let leaf = |der: &crate::observation::Der| Certificate::parse(&der.0, facts.go).ok();
    node.extend(of_kubeadm.filter_map(|file| file.certificates().next().and_then(leaf)));
    let mut each: Vec<Certificate> = Vec::with_capacity(node.len());
    for leaf in node {
        if each.iter().all(|known| known.der != leaf.der) {
            each.push(leaf);
        }
    }
    each
}

/// What a configured process presents to others: kube-apiserver to etcd, a member to its peers.
fn configured(
    facts: &Facts<'_>,
    room: &'static Diagnosis,
    limit: &Limit,
    wanted: impl Fn(&ConfiguredPair<'_, '_>) -> bool,
) -> Vec<Passed> {
    let pairs = facts.unseen_pairs().filter(|pair| wanted(pair));
    let passed = pairs.filter_map(|pair| {
        let leaf = pair.leaf().filter(|leaf| limit.is_passed_by(leaf, facts))?;
        let finding = Finding::new(room, Subject::File(pair.cert.file.path.clone()))
            .side(Side::LocalFile)
            .also_about(pair.cert.subject())
            .evidence(Label::Subject, leaf.subject())
            .shows_validity(leaf, facts, None)
            .evidence(Label::Setting, show_setting(pair.cert.config, pair.cert.setting))
            .fixes(Fix::renewals(facts, &[leaf]));
        Some(Passed { leaf: leaf.clone(), finding })
    });
    passed.collect()
}

impl Limit {
    fn is_passed_by(&self, leaf: &Certificate, facts: &Facts<'_>) -> bool {
        match self.reason {
            Reason::Expired => leaf.not_after < facts.now(),
            _ => leaf.not_before > facts.now(),
        }
    }
}

fn presented(
    facts: &Facts<'_>,
    room: &'static Diagnosis,
    limit: &Limit,
) -> impl Iterator<Item = Passed> {
    facts.presented().filter_map(move |(endpoint, presented)| {
        let rejection = presented.rejection()?;
        let leaf = presented.leaf()?;
        if rejection.reason != limit.reason || rejection.at != Place::Leaf {
            return None;
        }
        let finding = Finding::new(room, endpoint.subject())
            .evidence(Label::Subject, leaf.subject())
            .shows_validity(leaf, facts, Some(endpoint))
            .evidence(Label::GoSays, Value::quoted(&rejection.message))
            .fixes(Fix::renewals(facts, &[leaf]));
        let finding = match facts.file_of(leaf) {
            Some(file) => finding
                .evidence(Label::OnDisk, &file.path)
                .also_about(Subject::File(file.path.clone())),
            None => finding,
        };
        Some(Passed { leaf: leaf.clone(), finding })
    })
}

fn own(facts: &Facts<'_>, room: &'static Diagnosis, limit: &Limit) -> Option<Passed> {
    let (cert, leaf) = (facts.client.cert?, facts.client.leaf()?);
    if !limit.is_passed_by(leaf, facts) {
        return None;
    }
    let refused: Vec<_> = facts.refused_for(limit.fault).collect();
    let first = refused.first().copied();
    let spare = first.and_then(|endpoint| facts.spare_pair(endpoint));
    let finding = Finding::new(room, Subject::File(cert.to_owned()))
        .severity(own_severity(facts, !refused.is_empty()))
        .side(Side::LocalFile)
        .evidence(Label::Subject, leaf.subject())
        .shows_validity(leaf, facts, first)
        .evidence(Label::Alert, first.and_then(Endpoint::alert))
        .fixes(Fix::renewals(facts, &[leaf]))
        .fixes(spare.map(|spare| Fix::check_pair(facts, &spare)));
    let about = |finding: Finding, endpoint: &&Endpoint<'_>| finding.also_about(endpoint.subject());
    Some(Passed { leaf: leaf.clone(), finding: refused.iter().fold(finding, about) })
}

/// A server that never asks makes our certificate not matter; one that took it has another clock than ours.
fn own_severity(facts: &Facts<'_>, refused: bool) -> Severity {
    let mut working = facts.endpoints.iter().filter(|endpoint| endpoint.serves(facts)).peekable();
    if refused || working.peek().is_none() {
        Severity::Error
    } else if working.all(|endpoint| endpoint.request().is_none()) {
        Severity::Info
    } else {
        Severity::Warning
    }
}
