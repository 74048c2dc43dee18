//! The key of a certificate, as strictly as Go's `parsePublicKey` reads it.
//!
//! An unknown algorithm is no error (the key is just unusable); a malformed key of a known one is.

use super::algorithm::algorithm_and_parameters;
use super::curve::Curve;
use super::der::{self, Reader};
use super::go::Go;
use super::oid;
use super::parse_error::{Field, ParseError, malformed};
use super::signature::point::is_on_curve;
use std::fmt;

/// A certificate's public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// Big-endian modulus and the exponent.
    Rsa {
        bits: usize,
        modulus: Vec<u8>,
        exponent: u64,
    },
    /// An uncompressed point on the curve.
    Ec {
        curve: Curve,
        point: Vec<u8>,
    },
    Ed25519 {
        key: Vec<u8>,
    },
    /// Parses, never verifies.
    Dsa,
    /// An algorithm that Go has no key type for.
    Unknown {
        oid: String,
    },
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits, .. } => write!(f, "RSA {bits}"),
            Self::Ec { curve, .. } => write!(f, "ECDSA {curve}"),
            Self::Ed25519 { .. } => write!(f, "Ed25519"),
            Self::Dsa => write!(f, "DSA"),
            Self::Unknown { oid } => write!(f, "{oid}"),
        }
    }
}

impl PublicKey {
    /// Reads the content of a `SubjectPublicKeyInfo`.
    pub(super) fn read(mut info: Reader<'_>, go: Go, point: Point) -> Result<Self, ParseError> {
        let start = info;
        let refuse = |message: &str| ParseError::new(&start, Field::PublicKey, message);
        let mut identifier = info
            .read(der::SEQUENCE)
            .ok_or_else(|| refuse("x509: malformed public key algorithm identifier"))?;
        let whole = identifier;
        let (algorithm, parameters) = algorithm_and_parameters(&mut identifier, go)
            .ok_or_else(|| ParseError::new(&whole, Field::PublicKey, malformed(whole, go)))?;
        let bits = info.bit_string().ok_or_else(|| refuse("x509: malformed subjectPublicKey"))?;
        let key = bits.right_aligned();
        match algorithm.der() {
            oid::RSA => rsa(&key, parameters),
            oid::EC => ec(key, parameters, go, point),
            oid::ED25519 => ed25519(key, parameters),
            oid::DSA => dsa(&key, parameters),
            _ => Ok(Self::Unknown { oid: algorithm.to_string() }),
        }
        .map_err(refuse)
    }

    /// Go's name of the key type, as `%T` prints it.
    pub(super) fn go_type(&self) -> &'static str {
        match self {
            Self::Rsa { .. } => "*rsa.PublicKey",
            Self::Ec { .. } => "*ecdsa.PublicKey",
            Self::Ed25519 { .. } => "ed25519.PublicKey",
            Self::Dsa => "*dsa.PublicKey",
            Self::Unknown { .. } => "<nil>",
        }
    }
}

/// Whether an EC point lies on its curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// To be computed.
    ToCheck,
    /// The same bytes were checked before.
    Known,
}

type Refused = &'static str;

fn rsa(key: &[u8], parameters: &[u8]) -> Result<PublicKey, Refused> {
    if parameters != der::NULL {
        return Err("x509: RSA key missing NULL parameters");
    }
    let mut fields = Reader::new(key).read(der::SEQUENCE).ok_or("x509: invalid RSA public key")?;
    let modulus = fields.integer().ok_or("x509: invalid RSA modulus")?;
    let exponent = fields.int64().ok_or("x509: invalid RSA public exponent")?;
    let modulus = positive(modulus).ok_or("x509: RSA modulus is not a positive number")?;
    let exponent = u64::try_from(exponent).ok().filter(|&exponent| exponent > 0);
    let exponent = exponent.ok_or("x509: RSA public exponent is not a positive number")?;
    let leading = modulus.first().map_or(0, |first| first.leading_zeros() as usize);
    Ok(PublicKey::Rsa { bits: modulus.len() * 8 - leading, modulus: modulus.to_vec(), exponent })
}

/// The magnitude of a positive integer.
fn positive(integer: &[u8]) -> Option<&[u8]> {
    match integer {
        [0] => None,
        [0, magnitude @ ..] => Some(magnitude),
        [first, ..] if first & 0x80 != 0 => None,
        _ => Some(integer),
    }
}

fn ec(point: Vec<u8>, parameters: &[u8], go: Go, known: Point) -> Result<PublicKey, Refused> {
    let name = Reader::new(parameters).oid(go).ok_or("x509: invalid ECDSA parameters")?;
    let curve = Curve::from_oid(&name).ok_or("x509: unsupported elliptic curve")?;
    // Compressed points and the point at infinity are shorter.
    let uncompressed = point.len() == curve.point_length() && point.first() == Some(&4);
    if uncompressed && (known == Point::Known || is_on_curve(curve, &point)) {
        Ok(PublicKey::Ec { curve, point })
    } else if !go.names_bad_points() {
        Err("x509: failed to unmarshal elliptic curve point")
    } else if point.first() != Some(&4) {
        Err("ecdsa: invalid uncompressed public key")
    } else {
        Err(curve.refusal(uncompressed))
    }
}

fn ed25519(key: Vec<u8>, parameters: &[u8]) -> Result<PublicKey, Refused> {
    if !parameters.is_empty() {
        return Err("x509: Ed25519 key encoded with illegal parameters");
    }
    if key.len() != 32 {
        return Err("x509: wrong Ed25519 public key size");
    }
    Ok(PublicKey::Ed25519 { key })
}

fn dsa(key: &[u8], parameters: &[u8]) -> Result<PublicKey, Refused> {
    let y = Reader::new(key).integer().ok_or("x509: invalid DSA public key")?;
    let read = || {
        let mut fields = Reader::new(parameters).read(der::SEQUENCE)?;
        Some([fields.integer()?, fields.integer()?, fields.integer()?])
    };
    let numbers = read().ok_or("x509: invalid DSA parameters")?;
    if numbers.iter().chain([&y]).all(|number| positive(number).is_some()) {
        Ok(PublicKey::Dsa)
    } else {
        Err("x509: zero or negative DSA parameter")
    }
}
