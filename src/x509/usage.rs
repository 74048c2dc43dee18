//! Extended key usage: every certificate of a chain restricts what the chain is good for (`checkChainForKeyUsage`).
//!
//! RFC 5280 §4.2.1.12 speaks of the leaf alone; the nesting through CAs is what Go and browsers do.

use super::oid::Oid;
use std::fmt;

/// What a certificate is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Usage {
    Any,
    ServerAuth,
    ClientAuth,
    CodeSigning,
    EmailProtection,
    TimeStamping,
    OcspSigning,
}

/// One entry of an extended key usage extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Eku {
    Known(Usage),
    /// The dotted OID of a usage that restricts, but never matches.
    Other(String),
}

const ID_KP: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03];
const ANY: &[u8] = &[0x55, 0x1d, 0x25, 0x00];

impl Usage {
    /// The name in RFC 5280, without the `id-kp-`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::ServerAuth => "serverAuth",
            Self::ClientAuth => "clientAuth",
            Self::CodeSigning => "codeSigning",
            Self::EmailProtection => "emailProtection",
            Self::TimeStamping => "timeStamping",
            Self::OcspSigning => "OCSPSigning",
        }
    }
}

impl Eku {
    pub(super) fn from_oid(oid: &Oid) -> Self {
        if oid.der() == ANY {
            return Self::Known(Usage::Any);
        }
        let known = match oid.der().strip_prefix(ID_KP) {
            Some([1]) => Usage::ServerAuth,
            Some([2]) => Usage::ClientAuth,
            Some([3]) => Usage::CodeSigning,
            Some([4]) => Usage::EmailProtection,
            Some([8]) => Usage::TimeStamping,
            Some([9]) => Usage::OcspSigning,
            _ => return Self::Other(oid.to_string()),
        };
        Self::Known(known)
    }
}

impl fmt::Display for Eku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(usage) => f.write_str(usage.name()),
            Self::Other(oid) => f.write_str(oid),
        }
    }
}
