//! Causes first, what follows from them below.

use std::collections::{HashMap, hash_map::Entry};

use super::{Diagnosis, Finding, Judged, Level, Severity, Side, Verdict};

/// Merges equal findings, names what explains what, and orders all.
pub(super) fn order(rooms: &[&'static Diagnosis], found: Vec<Finding>) -> Verdict {
    let mut judged = merge(found);
    // Of a thousand endpoints each may have a finding: those that could explain it are sought once a diagnosis.
    let mut able: HashMap<&'static str, Vec<&Judged>> = HashMap::new();
    let mut explained: Vec<Vec<&'static str>> = Vec::with_capacity(judged.len());
    for one in &judged {
        let able = able.entry(one.finding.diagnosis.id).or_insert_with(|| {
            judged.iter().filter(|other| may_explain(other, one.finding.diagnosis)).collect()
        });
        explained.push(explained_by(able, one));
    }
    for (one, caused_by) in judged.iter_mut().zip(explained) {
        one.caused_by = caused_by;
    }
    let rank = |one: &Judged| {
        let room =
            rooms.iter().position(|room| *room == one.finding.diagnosis).unwrap_or(rooms.len());
        let hardening = one.finding.diagnosis.hardening && one.finding.severity < Severity::Error;
        (
            one.finding.severity == Severity::Info,
            !one.caused_by.is_empty(),
            std::cmp::Reverse(one.finding.severity),
            hardening,
            room,
        )
    };
    judged.sort_by_cached_key(rank);
    let level = match judged.iter().map(|one| one.finding.severity).max() {
        Some(Severity::Error) => Level::Error,
        Some(Severity::Warning) => Level::Warning,
        _ => Level::Ok,
    };
    Verdict { level, findings: judged }
}

/// One diagnosis with equal evidence at several subjects is one finding with several places.
fn merge(found: Vec<Finding>) -> Vec<Judged> {
    let mut judged: Vec<Judged> = Vec::with_capacity(found.len());
    let mut known = HashMap::new();
    for finding in found {
        let same = (finding.diagnosis.id, finding.severity, finding.evidence.clone());
        match known.entry(same) {
            Entry::Vacant(vacant) => {
                vacant.insert(judged.len());
                judged.push(Judged { finding, caused_by: Vec::new(), places: Vec::new() });
            }
            Entry::Occupied(occupied) => {
                let one = &mut judged[*occupied.get()];
                if one.finding.subject != finding.subject {
                    one.places.push(finding.subject.clone());
                    one.finding.also_about.push(finding.subject);
                }
                one.finding.also_about.extend(finding.also_about);
            }
        }
    }
    judged
}

/// Whether one is what clients meet behind the handshake when the other keeps members from each other.
fn keeps_members_apart(other: &Judged, one: &Judged) -> bool {
    other.finding.is_between_members
        && !one.finding.is_between_members
        && (one.finding.side, one.finding.severity) == (Side::Etcd, Severity::Error)
}

/// Whether a finding could explain one of this diagnosis somewhere.
fn may_explain(other: &Judged, diagnosis: &Diagnosis) -> bool {
    other.finding.is_between_members || other.finding.diagnosis.causes.contains(&diagnosis)
}

fn explained_by(able: &[&Judged], one: &Judged) -> Vec<&'static str> {
    let explains = |other: &&&Judged| {
        let named = other.finding.diagnosis.causes.contains(&one.finding.diagnosis);
        other.finding.severity >= one.finding.severity
            && (named || keeps_members_apart(other, one))
            && other.finding.shares_subject_with(&one.finding)
    };
    let mut ids: Vec<_> =
        able.iter().filter(explains).map(|other| other.finding.diagnosis.id).collect();
    ids.dedup();
    ids
}
