//! What is wrong between the members, beside a check of clients: it matters as far as it keeps the cluster from its quorum.

use super::{Diagnosis, Finding, Severity, Side};
use crate::facts::{Facts, Subject};

/// The findings at the other members that `found` does not have yet. Where the cluster has its leader all the same, none of
/// them is more than a warning; where it has not, they concern every endpoint that waits for one.
pub(super) fn findings(
    rooms: &[&'static Diagnosis],
    facts: &Facts<'_>,
    found: &[Finding],
) -> Vec<Finding> {
    let Some(peers) = facts.members_view() else { return Vec::new() };
    let waiting: Vec<Subject> = facts.leaderless().map(|endpoint| endpoint.subject()).collect();
    let known = |finding: &Finding| {
        let same = |one: &&Finding| one.diagnosis == finding.diagnosis;
        found.iter().filter(same).any(|one| one.subject == finding.subject)
    };
    let of_members = rooms.iter().flat_map(|room| (room.detect)(peers));
    let placed = of_members.filter(|finding| !known(finding)).filter_map(|mut finding| {
        let endpoints = peers.endpoints.iter();
        let met: Vec<_> = endpoints.filter(|one| finding.is_about(&one.subject())).collect();
        finding.also_about.extend(met.first().map(|_| waiting.clone())?);
        finding.also_about.extend(met.iter().flat_map(|one| facts.clients_of(one)));
        // That a member is not there is no cause of its own where the cluster lacks its majority: it is what is lacking.
        let is_absent = finding.side == Side::Network;
        if waiting.is_empty() || is_absent {
            finding.severity = finding.severity.min(Severity::Warning);
        }
        finding.is_between_members = !is_absent;
        Some(finding)
    });
    placed.collect()
}
