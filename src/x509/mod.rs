//! What Go's `crypto/x509` and etcd would decide about a chain, and why. Pure: no files, no network, no clock.
//!
//! `verify` answers for Go programs (etcd, etcdctl, kube-apiserver); `crate::etcd::admission` adds etcd's own rules; other clients get a
//! `second_opinion`. What is presented by whom, and what follows from it, belongs to `facts`.

mod algorithm;
mod authority;
mod candidate;
mod certificate;
mod constrained;
mod constraints;
mod curve;
mod der;
mod distinguished_name;
mod domain;
mod extensions;
mod fingerprint;
mod finished_chain;
mod go;
mod mailbox;
mod memo;
mod names;
mod oid;
mod parse;
mod parse_error;
mod path;
mod policies;
mod policy_graph;
mod pool;
mod public_key;
mod quote;
mod rejection;
mod renewal;
mod request;
mod revocation;
mod second_opinion;
pub mod signature;
mod spiffe;
mod time_text;
mod uri;
mod usage;

pub use algorithm::{Hash, SignatureAlgorithm};
pub use certificate::{BasicConstraints, Certificate, KeyUsage, San};
pub use constraints::{IpRange, NameConstraints, Subtrees};
pub use curve::Curve;
pub use distinguished_name::name_display;
pub use go::Go;
pub use oid::Oid;
pub use parse_error::{Field, ParseError};
pub use path::verify;
pub use policies::Policies;
pub use public_key::PublicKey;
pub use quote::quoted;
pub use rejection::{Place, Reason, Rejection};
pub use renewal::renewal_notice;
pub use request::Request;
pub use revocation::Crl;
pub use second_opinion::second_opinion;
pub use spiffe::SpiffeId;
pub use usage::{Eku, Usage};

use time::OffsetDateTime;

/// What is asked: may this leaf, with these helpers, be trusted through these anchors?
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub leaf: &'a Certificate,
    pub intermediates: &'a [Certificate],
    pub anchors: &'a [Certificate],
    pub when: OffsetDateTime,
    /// The name or address dialled; none, or an empty one, means that no name is checked.
    pub host: Option<&'a str>,
    /// Any one of them suffices; none means server authentication.
    pub usages: &'a [Usage],
    pub go: Go,
}

/// The verdict and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    pub outcome: Result<(), Rejection>,
    /// Every path tried, in Go's order.
    pub paths: Vec<Path>,
}

/// One path from the leaf upwards, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Leaf first; the last is the one that ended it.
    pub links: Vec<Place>,
    pub end: Result<(), Rejection>,
}
