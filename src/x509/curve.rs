//! The elliptic curves of keys, and what Go says of points that are not on them.

use super::oid::{self, Oid};
use std::fmt;

/// The NIST curves that Go knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    P224,
    P256,
    P384,
    P521,
}

impl Curve {
    pub(super) fn from_oid(curve: &Oid) -> Option<Self> {
        match curve.der() {
            oid::P224 => Some(Self::P224),
            oid::P256 => Some(Self::P256),
            oid::P384 => Some(Self::P384),
            oid::P521 => Some(Self::P521),
            _ => None,
        }
    }

    /// The words for an uncompressed point, of the right length or not, that is none of the curve's.
    pub(super) fn refusal(self, right_length: bool) -> &'static str {
        match (self, right_length) {
            (Self::P224, true) => "P224 point not on curve",
            (Self::P256, true) => "P256 point not on curve",
            (Self::P384, true) => "P384 point not on curve",
            (Self::P521, true) => "P521 point not on curve",
            (Self::P224, false) => "invalid P224 point encoding",
            (Self::P256, false) => "invalid P256 point encoding",
            (Self::P384, false) => "invalid P384 point encoding",
            (Self::P521, false) => "invalid P521 point encoding",
        }
    }

    pub(super) fn point_length(self) -> usize {
        match self {
            Self::P224 => 57,
            Self::P256 => 65,
            Self::P384 => 97,
            Self::P521 => 133,
        }
    }
}

impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::P224 => "P-224",
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
        })
    }
}
