//! What Go says of bytes that it refuses to parse, and where it stopped.

use super::der::Reader;
use super::go::Go;
use std::fmt;

/// Why Go refuses to parse something, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ParseError {
    /// Where in the DER the element starts that was refused.
    pub offset: usize,
    pub field: Field,
    /// Go's own words.
    pub message: String,
}

/// The part of a certificate or CRL that does not parse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Certificate,
    Version,
    SerialNumber,
    SignatureAlgorithm,
    Name,
    Validity,
    PublicKey,
    Extensions,
    Signature,
    RevocationList,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificate => "certificate",
            Self::Version => "version",
            Self::SerialNumber => "serial number",
            Self::SignatureAlgorithm => "signature algorithm",
            Self::Name => "name",
            Self::Validity => "validity",
            Self::PublicKey => "public key",
            Self::Extensions => "extensions",
            Self::Signature => "signature",
            Self::RevocationList => "revocation list",
        })
    }
}

impl ParseError {
    pub(super) fn new(at: &Reader<'_>, field: Field, message: &str) -> Self {
        Self { offset: at.offset, field, message: message.to_owned() }
    }
}

/// Runs one read; if it fails, the error points to where the read began.
pub(super) fn expect<'a, T>(
    from: &mut Reader<'a>,
    field: Field,
    message: &str,
    read: impl FnOnce(&mut Reader<'a>) -> Option<T>,
) -> Result<T, ParseError> {
    let at = *from;
    read(from).ok_or_else(|| ParseError::new(&at, field, message))
}

/// What is wrong with an algorithm identifier that can't be read.
pub(super) fn malformed(mut identifier: Reader<'_>, go: Go) -> &'static str {
    match identifier.oid(go) {
        None => "x509: malformed OID",
        Some(_) => "x509: malformed parameters",
    }
}
