//! What keeps configured clients from etcd, beside a check's own way. What is wrong for everybody is told once: as what it is for
//! this check.

use super::{Diagnosis, Evidence, Finding, Severity, Side};
use crate::{
    facts::{Endpoint, Facts, Subject},
    message::{Label, Say},
    observation::target::{Given, Origin},
};

/// Adds what only configured clients met. Nothing of it stands between this check and etcd, so that a backup only tells of it.
pub(super) fn add(rooms: &[&'static Diagnosis], facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for view in facts.client_views() {
        // What configuration alone tells was found with this check's own facts.
        let met = rooms.iter().flat_map(|room| (room.detect)(view));
        let met = met.filter(|one| one.severity == Severity::Error && one.client.is_none());
        for finding in met {
            let endpoints: Vec<Subject> = view
                .endpoints
                .iter()
                .map(Endpoint::subject)
                .filter(|subject| finding.is_about(subject))
                .collect();
            match found.iter_mut().find(|known| is_same(known, &finding)) {
                Some(known) => known.also_about.extend(endpoints),
                None => found.extend(placed(finding, view)),
            }
        }
    }
    if facts.observation.backup.is_some() {
        for finding in found.iter_mut().filter(|finding| finding.client.is_some()) {
            finding.severity = finding.severity.min(Severity::Warning);
        }
    }
}

/// Whether this check met the same: at the same place, or at a URL of its own.
fn is_same(known: &Finding, finding: &Finding) -> bool {
    let both_dialled =
        [known, finding].iter().all(|one| matches!(one.subject, Subject::Endpoint(_)));
    let is_own = known.client.is_none() && !known.is_between_members;
    known.diagnosis == finding.diagnosis
        && (known.subject == finding.subject || (both_dialled && is_own))
}

/// A finding with the client's setting as what it is about; `None` where it concerns nothing that this client dials or reads.
fn placed(mut finding: Finding, view: &Facts<'_>) -> Option<Finding> {
    let target = &view.observation.target;
    let files = [&target.cacert, &target.cert, &target.key].into_iter().flatten();
    let culprit = target.endpoints.iter().chain(files).find(|given| is_about(&finding, given))?;
    if let (Subject::Endpoint(_), Origin::Config { file, name, .. }) =
        (&finding.subject, &culprit.origin)
    {
        let name = name.trim_start_matches('-').to_owned();
        let setting = Subject::Setting { file: file.clone(), name };
        finding.also_about.push(std::mem::replace(&mut finding.subject, setting));
        finding.side = Side::Config;
    }
    let client = view.viewed_as()?;
    let name = Evidence { label: Label::CheckedAs, value: client.program.name().into() };
    let given = Evidence { label: Label::GivenBy, value: culprit.origin.message().into() };
    finding.evidence.splice(0..0, [name, given]);
    Some(finding.of_client(Some(client.clone())))
}

fn is_about(finding: &Finding, given: &Given) -> bool {
    let value = given.value.clone();
    finding.is_about(&Subject::Endpoint(value.clone())) || finding.is_about(&Subject::File(value))
}
