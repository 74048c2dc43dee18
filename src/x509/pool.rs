//! A pool of certificates, found by subject: Go's `CertPool` with `findPotentialParents` (`crypto/x509/cert_pool.go`).

use super::certificate::Certificate;
use super::rejection::Place;
use aws_lc_rs::digest;
use std::collections::{HashMap, HashSet};

/// A certificate on a path and where it came from.
pub(super) type Link<'a> = (Place, &'a Certificate);

pub(super) struct Pool<'a> {
    by_subject: HashMap<&'a [u8], Vec<Link<'a>>>,
    members: HashSet<&'a [u8; digest::SHA256_OUTPUT_LEN]>,
}

impl<'a> Pool<'a> {
    /// Takes each certificate once, in order.
    pub(super) fn new(certificates: &'a [Certificate], place: fn(usize) -> Place) -> Self {
        let mut pool = Self { by_subject: HashMap::new(), members: HashSet::new() };
        for (index, certificate) in certificates.iter().enumerate() {
            if pool.members.insert(certificate.fingerprint()) {
                pool.by_subject
                    .entry(&certificate.raw_subject)
                    .or_default()
                    .push((place(index), certificate));
            }
        }
        pool
    }

    pub(super) fn contains(&self, certificate: &Certificate) -> bool {
        self.members.contains(certificate.fingerprint())
    }

    /// Whoever has the issuer's name, byte for byte; key identifiers only order them.
    pub(super) fn issuers_of(&self, child: &Certificate) -> Vec<Link<'a>> {
        let mut found =
            self.by_subject.get(child.raw_issuer.as_slice()).cloned().unwrap_or_default();
        let wanted = child.authority_key_id.as_deref().unwrap_or_default();
        found.sort_by_key(|(_, candidate)| {
            let offered = candidate.subject_key_id.as_deref().unwrap_or_default();
            match (offered == wanted, offered.is_empty() || wanted.is_empty()) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            }
        });
        found
    }
}
