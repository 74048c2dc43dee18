//! Where a certificate stands in its life, and whether a newer one took its place.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    path::Path,
};

use time::OffsetDateTime;

use crate::x509::renewal_notice;

use super::{Certified, Digest, Inventory, Role, Signer};

/// Where a certificate stands in its life.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Valid.
    Valid,
    /// Valid, and near its end.
    ExpiringSoon,
    /// Not valid yet.
    NotYetValid,
    /// No longer valid.
    Expired,
}

impl Inventory {
    /// Where a certificate stands in its life.
    pub fn state(&self, certificate: &Certified) -> State {
        let life = certificate.not_after - certificate.not_before;
        let margin = renewal_notice(life, self.expires_within);
        if certificate.not_before > self.when {
            State::NotYetValid
        } else if certificate.not_after < self.when {
            State::Expired
        } else if certificate.not_after - self.when < margin {
            State::ExpiringSoon
        } else {
            State::Valid
        }
    }

    /// Whole days until a certificate's end, negative after it.
    pub fn days_left(&self, certificate: &Certified) -> i64 {
        (certificate.not_after - self.when).whole_days()
    }

    /// The certificates whose end concerns nobody any more: old copies, and those that a newer one replaces.
    pub fn replaced(&self) -> Vec<bool> {
        let newest = Newest::of(self);
        let in_use = self.used_authorities();
        let concerns_nobody = |(index, one): (usize, &Certified)| {
            let is_newer =
                |end: Option<&OffsetDateTime>| end.is_some_and(|end| *end > one.not_after);
            let mut places = one.places.iter();
            if self.is_archived(one) {
                true
            } else if one.is_ca {
                // A CA kept in a bundle beside its successor harms nobody once nothing lives on it.
                is_newer(newest.renewed.get(&(&*one.subject, one.public_key)))
                    || !in_use[index] && places.any(|at| is_newer(newest.in_file.get(&at.file)))
            } else {
                places.any(|at| {
                    let like = (self.file(at).folder(), &*one.subject, one.role);
                    is_newer(newest.in_folder.get(&like))
                })
            }
        };
        let all = self.certificates.iter().enumerate();
        all.map(|one| self.state(one.1) != State::Valid && concerns_nobody(one)).collect()
    }

    /// Which certificates signed one that is valid and in use.
    fn used_authorities(&self) -> Vec<bool> {
        let mut used = vec![false; self.certificates.len()];
        for certificate in self.certificates.iter().filter(|one| self.lives(one)) {
            let signer = certificate.relation.as_ref().map(|relation| relation.signer);
            if let Some(Signer::Other(index)) = signer
                && !self.is_archived(certificate)
            {
                used[index] = true;
            }
        }
        used
    }

    fn lives(&self, certificate: &Certified) -> bool {
        matches!(self.state(certificate), State::Valid | State::ExpiringSoon)
    }
}

/// The latest ends of valid certificates that could replace others.
struct Newest<'i> {
    /// Of CAs with the same name and key.
    renewed: HashMap<(&'i str, Digest), OffsetDateTime>,
    /// Of CAs in the same file.
    in_file: HashMap<u32, OffsetDateTime>,
    /// Of certificates of the same name and role in the same folder.
    in_folder: HashMap<(&'i Path, &'i str, Role), OffsetDateTime>,
}

impl<'i> Newest<'i> {
    fn of(inventory: &'i Inventory) -> Self {
        let all = || inventory.certificates.iter();
        let ends = |one: &&Certified| inventory.state(one) != State::Valid;
        let ending: HashSet<&str> = all().filter(ends).map(|one| &*one.subject).collect();
        let mut newest =
            Self { renewed: HashMap::new(), in_file: HashMap::new(), in_folder: HashMap::new() };
        for one in all().filter(|one| inventory.lives(one)) {
            if one.is_ca {
                raise(&mut newest.renewed, (&*one.subject, one.public_key), one.not_after);
                for place in &one.places {
                    raise(&mut newest.in_file, place.file, one.not_after);
                }
            } else if ending.contains(&*one.subject) {
                for place in &one.places {
                    let folder = inventory.file(place).folder();
                    raise(&mut newest.in_folder, (folder, &*one.subject, one.role), one.not_after);
                }
            }
        }
        newest
    }
}

fn raise<K: Eq + Hash>(ends: &mut HashMap<K, OffsetDateTime>, key: K, end: OffsetDateTime) {
    let latest = ends.entry(key).or_insert(end);
    *latest = end.max(*latest);
}
