//! The same diagnoses, seen from a tree of files instead of a connection: what will not work, or not for long, wherever
//! it is used. The rooms lend their names and words.
//!
//! Old copies are left in peace, and so is everything that depends on who talks to whom.

mod chains;
mod doubts;
mod ends;
mod files;
mod keys;

use crate::{
    diagnoses::engine::{Finding, Severity},
    facts::Subject,
    facts::tree::{Certified, Inventory, Place, Signer},
};

/// Everything that is wrong in a tree, the worst first.
pub fn of_tree(inventory: &Inventory) -> Vec<Finding> {
    let mut found = files::findings(inventory);
    found.extend(keys::findings(inventory));
    found.extend(ends::findings(inventory));
    found.extend(chains::findings(inventory));
    found.extend(doubts::findings(inventory));
    let rooms = super::all();
    found.sort_by_cached_key(|finding| {
        let room = rooms.iter().position(|room| *room == finding.diagnosis);
        (std::cmp::Reverse(finding.severity), finding.diagnosis.hardening, room)
    });
    found
}

/// How bad the worst of some findings is.
pub fn worst(found: &[Finding]) -> Option<Severity> {
    found.iter().map(|finding| finding.severity).max()
}

fn subject(inventory: &Inventory, place: &Place) -> Subject {
    Subject::File(inventory.path(place).to_owned())
}

/// The CA of a tree that signed a certificate.
fn signer<'i>(inventory: &'i Inventory, certificate: &Certified) -> Option<&'i Certified> {
    match certificate.relation.as_ref()?.signer {
        Signer::Other(index) => inventory.certificates.get(index),
        Signer::Itself | Signer::Namesake(_) | Signer::Unknown => None,
    }
}
