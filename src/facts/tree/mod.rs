//! What a tree of files holds and how it belongs together: who signed whom, which key fits which certificate, what
//! each is for. Pure: files come as observations, and what is wrong with them is for `diagnoses::tree` to say.
//!
//! Of each distinct certificate the bytes and a few facts are kept, never the text of a file.

mod doubt;
mod ending;
mod gather;
mod inspected;
mod kept;
mod kinship;
mod node;
mod object;
mod of_check;
mod parallel;
mod role;

pub use ending::State;
pub use gather::Sighted;
pub use inspected::{Inspected, Source};
pub use kept::{Certified, Digest, File, Kind, Listed, Malformed, Place, PrivateKey, Requested};
pub use kinship::{Refused, Relation, Row, Signer};
pub use object::{Object, Thing, objects, presented};
pub use role::Role;

use std::{collections::HashMap, time::Duration};

use time::OffsetDateTime;

use crate::{
    observation::tree::Skipped,
    x509::{Certificate, Go},
};

/// The Go release whose rules decide here.
const GO: Go = Go::DEFAULT;

/// Everything in a tree.
#[derive(Debug)]
pub struct Inventory {
    /// The clock that decides what has expired.
    pub when: OffsetDateTime,
    /// When an expiry is near, if not by the usual rule.
    pub expires_within: Option<Duration>,
    /// The files that hold something, or should, in the order of the walk.
    pub files: Vec<File>,
    /// How many files were looked at.
    pub looked_at: usize,
    /// Each distinct certificate once, in the order in which they were met.
    pub certificates: Vec<Certified>,
    /// Private keys.
    pub keys: Vec<PrivateKey>,
    /// Certificate requests.
    pub requests: Vec<Requested>,
    /// Revocation lists.
    pub lists: Vec<Listed>,
    /// Certificates that Go can't parse.
    pub malformed: Vec<Malformed>,
    /// What was not looked into.
    pub skipped: Vec<Skipped>,
    /// The certificates that may have issued others, parsed.
    authorities: Vec<Authority>,
    /// Authorities by the DER of their subject.
    named: HashMap<Vec<u8>, Vec<usize>>,
    /// Keys by the digest of their public half.
    by_public_key: HashMap<Digest, Vec<usize>>,
}

/// A certificate that may have issued others.
#[derive(Debug)]
struct Authority {
    /// Which of the certificates it is.
    index: usize,
    certificate: Certificate,
}

impl Inventory {
    /// An empty one.
    pub fn new(when: OffsetDateTime, expires_within: Option<Duration>) -> Self {
        Self {
            when,
            expires_within,
            files: Vec::new(),
            looked_at: 0,
            certificates: Vec::new(),
            keys: Vec::new(),
            requests: Vec::new(),
            lists: Vec::new(),
            malformed: Vec::new(),
            skipped: Vec::new(),
            authorities: Vec::new(),
            named: HashMap::new(),
            by_public_key: HashMap::new(),
        }
    }

    /// The file of a place.
    pub fn file(&self, place: &Place) -> &File {
        &self.files[place.file as usize]
    }

    /// The path of a place.
    pub fn path(&self, place: &Place) -> &str {
        &self.file(place).path
    }

    /// The private keys that belong to a certificate or request with this public key.
    pub fn keys_of(&self, public_key: &Digest) -> impl Iterator<Item = &PrivateKey> {
        let indices = self.by_public_key.get(public_key).map(Vec::as_slice).unwrap_or_default();
        indices.iter().map(|&index| &self.keys[index])
    }

    /// The first place of a certificate that is in use, a file of its own before a kubeconfig.
    pub fn place_of<'a>(&self, certificate: &'a Certified) -> &'a Place {
        let rank = |place: &&Place| (self.file(place).is_archived, place.field.is_some());
        certificate.places.iter().min_by_key(rank).unwrap_or(&certificate.places[0])
    }

    /// Whether a certificate lies in nothing but folders and files that keep old copies.
    pub fn is_archived(&self, certificate: &Certified) -> bool {
        certificate.places.iter().all(|place| self.file(place).is_archived)
    }
}
