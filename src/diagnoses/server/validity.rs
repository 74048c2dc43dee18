//! End-entity certificates outside their validity, as two rooms tell them: what a server presented, and our own.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, ClientFault, Endpoint, Facts, Subject, show_setting},
    message::{Label, Value},
    x509::{Place, Reason},
};

/// One end of the validity, in the words of the server's verdict and of the client's.
pub(in crate::diagnoses) struct Limit {
    pub(in crate::diagnoses) reason: Reason,
    pub(in crate::diagnoses) fault: ClientFault,
}

/// What lies beyond the limit: presented by servers, and the client's own.
pub(in crate::diagnoses) fn findings(
    facts: &Facts<'_>,
    room: &'static Diagnosis,
    limit: &Limit,
) -> Vec<Finding> {
    let own = own(facts, room, limit);
    presented(facts, room, limit).chain(own).chain(configured(facts, room, limit)).collect()
}

/// What a configured process presents to others: kube-apiserver to etcd, a member to its peers.
fn configured<'f>(
    facts: &'f Facts<'_>,
    room: &'static Diagnosis,
    limit: &'f Limit,
) -> impl Iterator<Item = Finding> + 'f {
    facts.unseen_pairs().filter_map(move |pair| {
        let leaf = pair.leaf().filter(|leaf| limit.is_passed_by(leaf, facts))?;
        Some(
            Finding::new(room, Subject::File(pair.cert.file.path.clone()))
                .side(Side::LocalFile)
                .also_about(pair.cert.subject())
                .evidence(Label::Subject, leaf.subject())
                .shows_validity(leaf, facts, None)
                .evidence(Label::Setting, show_setting(pair.cert.config, pair.cert.setting))
                .fixes(Fix::renew(facts, leaf, &[], &[])),
        )
    })
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
) -> impl Iterator<Item = Finding> {
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
            .fixes(Fix::renew(facts, leaf, &[], &[]));
        Some(match facts.file_of(leaf) {
            Some(file) => finding
                .evidence(Label::OnDisk, &file.path)
                .also_about(Subject::File(file.path.clone())),
            None => finding,
        })
    })
}

fn own(facts: &Facts<'_>, room: &'static Diagnosis, limit: &Limit) -> Option<Finding> {
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
        .fixes(Fix::renew(facts, leaf, &[], &[]))
        .fixes(spare.map(|spare| Fix::check_pair(facts, &spare)));
    Some(refused.iter().fold(finding, |finding, endpoint| finding.also_about(endpoint.subject())))
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
