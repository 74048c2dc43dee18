//! What a tree says against its own certificates: lists that revoke them, and CAs that share a name.

use std::collections::BTreeMap;

use super::{Certified, GO, Inventory, Listed};
use crate::x509::Certificate;

impl Inventory {
    /// The certificates in use that a list of their issuer revokes, each with the list and the serial in hex.
    pub fn revoked(&self) -> Vec<(&Certified, &Listed, String)> {
        let in_use = self.certificates.iter().filter(|one| !self.is_archived(one));
        let named = in_use.flat_map(|one| {
            let own = self.lists.iter().filter(move |list| list.issuer == one.issuer);
            own.map(move |list| (one, list))
        });
        let revoked = named.filter_map(|(one, list)| {
            let parsed = Certificate::read_again(&one.der, GO).ok()?;
            let is_listed =
                *parsed.raw_issuer == *list.raw_issuer && list.serials.contains(&parsed.serial);
            is_listed.then(|| (one, list, parsed.serial_hex()))
        });
        revoked.collect()
    }

    /// The CAs in use that have one name and several keys, by name.
    pub fn namesakes_in_use(&self) -> Vec<Vec<&Certified>> {
        let mut named: BTreeMap<&str, Vec<&Certified>> = BTreeMap::new();
        let in_use = self.certificates.iter().filter(|one| one.is_ca && !self.is_archived(one));
        for one in in_use.filter(|one| one.subject == one.issuer) {
            let known = named.entry(&one.subject).or_default();
            // A CA that was renewed with its key is the same CA.
            if known.iter().all(|other| other.public_key != one.public_key) {
                known.push(one);
            }
        }
        named.into_values().filter(|same| same.len() > 1).collect()
    }

    /// Whether one file holds all of these, as during a change of the CA.
    pub fn are_together(&self, certificates: &[&Certified]) -> bool {
        let holds = |one: &Certified, file: u32| one.places.iter().any(|place| place.file == file);
        certificates.first().is_some_and(|first| {
            let mut files = first.places.iter().map(|place| place.file);
            files.any(|file| certificates.iter().all(|one| holds(one, file)))
        })
    }
}
