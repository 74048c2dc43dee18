//! Certificate revocation lists as etcd reads them: the serials alone, issuer and signature unlooked at.
//!
//! etcd's `checkCRL` (`client/pkg/transport/listener_tls.go`) calls `x509.ParseCRL` up to 3.5, which takes PEM and DER,
//! and `x509.ParseRevocationList` later, which takes DER alone.

use super::certificate::Certificate;
use super::der::{self, Reader};
use super::distinguished_name::name_display;
use super::go::Go;
use super::parse::{extension, magnitude, name, signature_algorithm, time};
use super::parse_error::{Field, ParseError, expect};
use time::OffsetDateTime;

/// A parsed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crl {
    /// The issuer as Go prints it.
    pub issuer: String,
    pub raw_issuer: Vec<u8>,
    pub this_update: OffsetDateTime,
    pub next_update: Option<OffsetDateTime>,
    /// The magnitudes of the revoked serials, big-endian and minimal.
    pub serials: Vec<Vec<u8>>,
}

impl Crl {
    /// Parses DER as strictly as `x509.ParseRevocationList` does: etcd 3.6 and later.
    pub fn parse(der: &[u8]) -> Result<Self, ParseError> {
        let mut input = Reader::new(der);
        let mut outer =
            expect(&mut input, FIELD, "x509: malformed crl", |r| r.read(der::SEQUENCE))?;
        let mut fields =
            expect(&mut outer, FIELD, "x509: malformed tbs crl", |r| r.read(der::SEQUENCE))?;
        version(&mut fields)?;
        signature_algorithm(&mut fields, &mut outer, Go::DEFAULT)?;
        Self::finish(fields, outer)
    }

    /// Parses as `x509.ParseCRL` does once it has the DER: etcd before 3.6. Lists of version 1 pass, bytes after the list do not.
    pub fn parse_old(der: &[u8]) -> Result<Self, ParseError> {
        let mut input = Reader::new(der);
        let mut outer =
            expect(&mut input, FIELD, "asn1: structure error", |r| r.read(der::SEQUENCE))?;
        if !input.is_empty() {
            return Err(ParseError::new(&input, FIELD, "x509: trailing data after CRL"));
        }
        let mut fields =
            expect(&mut outer, FIELD, "asn1: structure error", |r| r.read(der::SEQUENCE))?;
        expect(&mut fields, Field::Version, "asn1: structure error", |r| r.optional(der::INTEGER))?;
        for part in [&mut fields, &mut outer] {
            expect(part, Field::SignatureAlgorithm, "asn1: structure error", |r| {
                r.read(der::SEQUENCE)
            })?;
        }
        Self::finish(fields, outer)
    }

    /// What follows the signature algorithms, in the list and around it.
    fn finish(mut fields: Reader<'_>, mut outer: Reader<'_>) -> Result<Self, ParseError> {
        expect(&mut outer, Field::Signature, "x509: malformed signature", Reader::bit_string)?;
        let raw_issuer = name(&mut fields, Go::DEFAULT)?.to_vec();
        let this_update = time(&mut fields)?;
        let has_next = fields.peek(der::UTC_TIME) || fields.peek(der::GENERALIZED_TIME);
        let next_update = if has_next { Some(time(&mut fields)?) } else { None };
        let mut serials = Vec::new();
        let entries =
            expect(&mut fields, FIELD, "x509: malformed crl", |r| r.optional(der::SEQUENCE))?;
        let mut entries = entries.unwrap_or(Reader::new(&[]));
        while !entries.is_empty() {
            serials.push(entry(&mut entries)?);
        }
        let wrapped = expect(&mut fields, Field::Extensions, MALFORMED_EXTENSIONS, |r| {
            r.optional(der::explicit(0))
        })?;
        if let Some(mut wrapped) = wrapped {
            extensions(expect(&mut wrapped, Field::Extensions, MALFORMED_EXTENSIONS, |r| {
                r.read(der::SEQUENCE)
            })?)?;
        }
        Ok(Self {
            issuer: name_display(&raw_issuer),
            raw_issuer,
            this_update,
            next_update,
            serials,
        })
    }

    /// Whether the list names this certificate's serial; that the issuer is another one makes no difference to etcd.
    pub fn revokes(&self, certificate: &Certificate) -> bool {
        self.serials.contains(&certificate.serial)
    }
}

const FIELD: Field = Field::RevocationList;
const MALFORMED_EXTENSIONS: &str = "x509: malformed extensions";

fn version(fields: &mut Reader<'_>) -> Result<(), ParseError> {
    let at = *fields;
    let refuse = |message: &str| Err(ParseError::new(&at, Field::Version, message));
    if !fields.peek(der::INTEGER) {
        return refuse("x509: unsupported crl version");
    }
    match expect(fields, Field::Version, "x509: malformed crl", Reader::int64)? {
        1 => Ok(()),
        other => refuse(&format!("x509: unsupported crl version: {other}")),
    }
}

/// The serial of one entry; its extensions only have to be well-formed.
fn entry(entries: &mut Reader<'_>) -> Result<Vec<u8>, ParseError> {
    let mut fields =
        expect(entries, Field::RevocationList, "x509: malformed crl", |r| r.read(der::SEQUENCE))?;
    let serial =
        expect(&mut fields, Field::SerialNumber, "x509: malformed serial number", Reader::integer)?;
    time(&mut fields)?;
    if let Some(list) =
        expect(&mut fields, Field::Extensions, MALFORMED_EXTENSIONS, |r| r.optional(der::SEQUENCE))?
    {
        extensions(list)?;
    }
    Ok(magnitude(serial).0)
}

fn extensions(mut list: Reader<'_>) -> Result<(), ParseError> {
    const REASON_CODE: &[u8] = &[0x55, 0x1d, 0x15];
    const CRL_NUMBER: &[u8] = &[0x55, 0x1d, 0x14];
    while !list.is_empty() {
        let mut extension = extension(&mut list, Go::DEFAULT)?;
        let (message, tag) = match extension.id.der() {
            REASON_CODE => ("x509: malformed reasonCode extension", der::ENUMERATED),
            CRL_NUMBER => ("x509: malformed crl number", der::INTEGER),
            _ => continue,
        };
        expect(&mut extension.value, Field::Extensions, message, |r| r.integer_tagged(tag))?;
    }
    Ok(())
}
