//! Signature algorithms: which ones Go knows, what it calls them, and what key each is for.
//!
//! `getSignatureAlgorithmFromAI` and `signatureAlgorithmDetails` in `crypto/x509/x509.go`; PSS parameters RFC 4055 §3.1.

use super::der::{self, Reader};
use super::go::Go;
use super::oid;

/// A signature algorithm that Go has a name for, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    Unknown,
    Md5Rsa,
    Rsa(Hash),
    RsaPss(Hash),
    Dsa(Hash),
    Ecdsa(Hash),
    Ed25519,
}

/// A hash function that occurs in signature algorithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha384 => "SHA384",
            Self::Sha512 => "SHA512",
        }
    }
}

impl SignatureAlgorithm {
    /// Reads the content of an `AlgorithmIdentifier`; `None` if it is malformed, `Unknown` if Go lacks it.
    pub(super) fn read(mut identifier: Reader<'_>, go: Go) -> Option<Self> {
        let (algorithm, parameters) = algorithm_and_parameters(&mut identifier, go)?;
        Some(match algorithm.der() {
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, last] => match last {
                4 => Self::Md5Rsa,
                5 => Self::Rsa(Hash::Sha1),
                11 => Self::Rsa(Hash::Sha256),
                12 => Self::Rsa(Hash::Sha384),
                13 => Self::Rsa(Hash::Sha512),
                10 => pss(parameters, go).unwrap_or(Self::Unknown),
                _ => Self::Unknown,
            },
            // ISO's second name for SHA-1 with RSA, 1.3.14.3.2.29.
            [0x2b, 0x0e, 0x03, 0x02, 0x1d] => Self::Rsa(Hash::Sha1),
            [0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x03] => Self::Dsa(Hash::Sha1),
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x02] => Self::Dsa(Hash::Sha256),
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01] => Self::Ecdsa(Hash::Sha1),
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, last] => match last {
                2 => Self::Ecdsa(Hash::Sha256),
                3 => Self::Ecdsa(Hash::Sha384),
                4 => Self::Ecdsa(Hash::Sha512),
                _ => Self::Unknown,
            },
            oid::ED25519 if parameters.is_empty() => Self::Ed25519,
            _ => Self::Unknown,
        })
    }

    /// The hash that is signed; none for Ed25519, MD5 and what Go does not know.
    pub(super) fn hash(self) -> Option<Hash> {
        match self {
            Self::Rsa(hash) | Self::RsaPss(hash) | Self::Dsa(hash) | Self::Ecdsa(hash) => {
                Some(hash)
            }
            Self::Unknown | Self::Md5Rsa | Self::Ed25519 => None,
        }
    }

    /// Whether it rests on SHA-1 or MD5, which Go refuses on every certificate but an anchor (SHA-1 since 1.18).
    pub fn is_insecure(self) -> bool {
        matches!(self, Self::Md5Rsa) || self.hash() == Some(Hash::Sha1)
    }

    /// Go's name of the key algorithm that this signature algorithm takes.
    pub(super) fn key_algorithm(self) -> &'static str {
        match self {
            Self::Unknown => "0",
            Self::Md5Rsa | Self::Rsa(_) | Self::RsaPss(_) => "RSA",
            Self::Dsa(_) => "DSA",
            Self::Ecdsa(_) => "ECDSA",
            Self::Ed25519 => "Ed25519",
        }
    }
}

impl std::fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown => write!(f, "0"),
            Self::Md5Rsa => write!(f, "MD5-RSA"),
            Self::Rsa(hash) => write!(f, "{}-RSA", hash.name()),
            Self::RsaPss(hash) => write!(f, "{}-RSAPSS", hash.name()),
            Self::Dsa(hash) => write!(f, "DSA-{}", hash.name()),
            Self::Ecdsa(hash) => write!(f, "ECDSA-{}", hash.name()),
            Self::Ed25519 => write!(f, "Ed25519"),
        }
    }
}

/// The OID of an `AlgorithmIdentifier` and all bytes of its parameters, empty if there are none (`parseAI`).
pub(super) fn algorithm_and_parameters<'a>(
    identifier: &mut Reader<'a>,
    go: Go,
) -> Option<(oid::Oid, &'a [u8])> {
    let algorithm = identifier.oid(go)?;
    let parameters = if identifier.is_empty() { &[][..] } else { identifier.any()?.whole.rest };
    Some((algorithm, parameters))
}

/// Only PSS whose hash, MGF1 hash and salt length belong together has a name in Go.
fn pss(parameters: &[u8], go: Go) -> Option<SignatureAlgorithm> {
    let mut fields = Reader::new(parameters).read(der::SEQUENCE)?;
    let mut hash = fields.read(der::explicit(0))?.read(der::SEQUENCE)?;
    let mut mask = fields.read(der::explicit(1))?.read(der::SEQUENCE)?;
    let salt = fields.read(der::explicit(2))?.int64()?;
    let trailer = match fields.optional(der::explicit(3))? {
        Some(mut field) => field.int64()?,
        None => 1,
    };
    let (hash, hash_parameters) = algorithm_and_parameters(&mut hash, go)?;
    let (mask, mask_parameters) = algorithm_and_parameters(&mut mask, go)?;
    let mut mask_hash = Reader::new(mask_parameters).read(der::SEQUENCE)?;
    let (mask_hash, mask_hash_parameters) = algorithm_and_parameters(&mut mask_hash, go)?;
    let absent_or_null = |parameters: &[u8]| parameters.is_empty() || parameters == der::NULL;
    let fits = absent_or_null(hash_parameters)
        && mask.der() == oid::MGF1
        && mask_hash == hash
        && absent_or_null(mask_hash_parameters)
        && trailer == 1;
    let hash = match (hash.der(), salt) {
        (oid::SHA256, 32) => Hash::Sha256,
        (oid::SHA384, 48) => Hash::Sha384,
        (oid::SHA512, 64) => Hash::Sha512,
        _ => return None,
    };
    fits.then_some(SignatureAlgorithm::RsaPss(hash))
}
