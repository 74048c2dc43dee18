//! Turns facts into an ordered verdict. Knows no single diagnosis: the rooms are handed in.

mod between_members;
mod clients;
mod diagnosis;
mod finding;
mod fix;
mod offer;
mod offer_note;
mod root_cause;
mod validity;

pub use diagnosis::{Diagnosis, Severity, Side};
pub use finding::{Evidence, Finding, Judged, Level, Verdict};
pub use fix::{Fix, Need};
pub use offer::{Grade, Offer};
pub use offer_note::OfferNote;

use crate::{
    facts::{Facts, Subject},
    message::{Label, Value},
};

/// Runs every room over the facts and puts causes first.
///
/// The order of `rooms` is the order of judging: of several errors that nothing else explains, the one whose room
/// comes first is the root cause.
pub fn judge(rooms: &[&'static Diagnosis], facts: &Facts<'_>) -> Verdict {
    let mut found: Vec<Finding> = rooms.iter().flat_map(|room| (room.detect)(facts)).collect();
    found.extend(between_members::findings(rooms, facts, &found));
    clients::add(rooms, facts, &mut found);
    let mut verdict = root_cause::order(rooms, found);
    if facts.is_incomplete() {
        verdict.level = verdict.level.max(Level::Incomplete);
    }
    let said = servers_said(facts);
    for one in &mut verdict.findings {
        if one.finding.severity > Severity::Info {
            show_server_log(&mut one.finding, &said);
        }
    }
    verdict
}

/// What servers logged about our connections, by endpoint.
fn servers_said<'f>(facts: &Facts<'f>) -> Vec<(Subject, &'f [String])> {
    let endpoints = facts.visited().map(|(_, endpoint)| endpoint);
    let telling = endpoints.filter(|endpoint| !endpoint.seen.server_said.is_empty());
    telling.map(|endpoint| (endpoint.subject(), &endpoint.seen.server_said[..])).collect()
}

/// Adds the server's own words about our connections to the endpoints that a finding concerns.
fn show_server_log(finding: &mut Finding, said: &[(Subject, &[String])]) {
    let concerned = said.iter().filter(|(subject, _)| finding.is_about(subject));
    let lines: Vec<String> = concerned.flat_map(|(_, lines)| lines.iter().cloned()).collect();
    let evidence = lines
        .into_iter()
        .map(|line| Evidence { label: Label::ServerSays, value: Value::Quoted(line) });
    finding.evidence.extend(evidence);
}
