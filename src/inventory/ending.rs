//! Where a certificate stands in its life, and whether a newer one took its place.

use std::collections::HashMap;

use super::{Certified, Inventory, Signer};

/// Where a certificate stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
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
        let margin = self.expires_within.map_or_else(
            || std::cmp::min(time::Duration::days(30), life / 3),
            |within| time::Duration::try_from(within).unwrap_or(time::Duration::MAX),
        );
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
        let ending = self.certificates.iter().filter(|one| self.state(one) != State::Valid);
        let mut of_subject: HashMap<&str, Vec<&Certified>> =
            ending.map(|one| (&*one.subject, Vec::new())).collect();
        for certificate in &self.certificates {
            if let Some(like) = of_subject.get_mut(&*certificate.subject) {
                like.push(certificate);
            }
        }
        let in_use = self.used_authorities();
        let concerns_nobody = |(index, one): (usize, &Certified)| {
            if self.is_archived(one) {
                return true;
            }
            let fresh = |other: &&&Certified| {
                other.not_after > one.not_after
                    && [State::Valid, State::ExpiringSoon].contains(&self.state(other))
            };
            let like = of_subject.get(&*one.subject).into_iter().flatten();
            if one.is_ca {
                // A CA kept in a bundle beside its successor harms nobody once nothing lives on it.
                let others = self.certificates.iter();
                let beside =
                    || others.clone().filter(|other| other.is_ca && self.share_a_file(one, other));
                let renewed = like.filter(|other| other.public_key == one.public_key);
                renewed.clone().any(|other| fresh(&other))
                    || !in_use[index] && beside().any(|other| fresh(&&other))
            } else {
                like.filter(|other| other.role == one.role && self.share_a_folder(one, other))
                    .any(|other| fresh(&other))
            }
        };
        self.certificates
            .iter()
            .enumerate()
            .map(|(index, one)| self.state(one) != State::Valid && concerns_nobody((index, one)))
            .collect()
    }

    /// Which certificates signed one that is valid and in use.
    fn used_authorities(&self) -> Vec<bool> {
        let mut used = vec![false; self.certificates.len()];
        for certificate in &self.certificates {
            let lives = self.state(certificate) < State::NotYetValid;
            if let Some(Signer::Other(index)) = certificate.relation.as_ref().map(|one| one.signer)
                && lives
                && !self.is_archived(certificate)
            {
                used[index] = true;
            }
        }
        used
    }

    fn share_a_file(&self, one: &Certified, other: &Certified) -> bool {
        one.places.iter().any(|place| other.places.iter().any(|at| at.file == place.file))
    }

    fn share_a_folder(&self, one: &Certified, other: &Certified) -> bool {
        let folders = |of: &Certified| -> Vec<_> {
            of.places.iter().map(|place| self.file(place).folder().to_owned()).collect()
        };
        let theirs = folders(other);
        folders(one).iter().any(|folder| theirs.contains(folder))
    }
}
