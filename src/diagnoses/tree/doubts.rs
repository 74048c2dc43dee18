//! Certificates that a list in the tree revokes, and CAs that share a name.

use super::subject;
use crate::{
    diagnoses::{
        chain::ca_regenerated,
        engine::{Finding, Severity, Side},
        server::cert_revoked,
    },
    facts::tree::{Certified, Inventory},
    message::{Label, Value},
};

pub(super) fn findings(inventory: &Inventory) -> Vec<Finding> {
    let revoked = inventory.revoked().into_iter().map(|(one, list, serial)| {
        Finding::new(&cert_revoked::DIAGNOSIS, subject(inventory, inventory.place_of(one)))
            .severity(Severity::Warning)
            .side(Side::LocalFile)
            .evidence(Label::Serial, serial)
            .evidence(Label::Subject, one.subject.as_ref())
            .evidence(Label::CrlFile, inventory.path(&list.place))
    });
    let namesakes = inventory.namesakes_in_use();
    revoked.chain(namesakes.iter().filter_map(|same| namesake(inventory, same))).collect()
}

fn namesake(inventory: &Inventory, same: &[&Certified]) -> Option<Finding> {
    let newest = same.iter().max_by_key(|one| one.not_before)?;
    let together = inventory.are_together(same);
    let severity = if together { Severity::Info } else { Severity::Warning };
    let shown =
        |one: &&Certified| format!("{}: {}", inventory.path(inventory.place_of(one)), one.sha256);
    let finding =
        Finding::new(&ca_regenerated::DIAGNOSIS, subject(inventory, inventory.place_of(newest)))
            .severity(severity)
            .side(Side::LocalFile)
            .evidence(Label::Subject, newest.subject.as_ref())
            .evidence(Label::Fingerprint, Value::list(same.iter().map(shown)));
    Some(finding)
}
