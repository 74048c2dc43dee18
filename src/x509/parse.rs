//! From DER to a [`Certificate`], refusing exactly what Go's `parseCertificate` refuses (`crypto/x509/parser.go`).

use super::algorithm::SignatureAlgorithm;
use super::certificate::Certificate;
use super::der::{self, Reader};
use super::distinguished_name;
use super::extensions::{Extension, Extensions};
use super::fingerprint::Fingerprint;
use super::go::Go;
use super::oid::Oid;
use super::parse_error::{Field, ParseError, expect, malformed};
use super::public_key::{Point, PublicKey};
use super::time_text;
use std::collections::HashSet;
use time::OffsetDateTime;

impl Certificate {
    /// Parses one certificate as [`Certificate::parse`] does, without remembering it: for those who see each certificate once.
    pub fn read(der: &[u8], go: Go) -> Result<Self, ParseError> {
        Self::with(der, go, Point::ToCheck)
    }

    /// The same for bytes that parsed before under these rules: that the key's point lies on its curve, which is most
    /// of the work, is known.
    pub fn read_again(der: &[u8], go: Go) -> Result<Self, ParseError> {
        Self::with(der, go, Point::Known)
    }

    fn with(der: &[u8], go: Go, point: Point) -> Result<Self, ParseError> {
        let mut input = Reader::new(der);
        let mut outer =
            expect(&mut input, Field::Certificate, "x509: malformed certificate", |r| {
                r.read(der::SEQUENCE)
            })?;
        let tbs = expect(&mut outer, Field::Certificate, "x509: malformed tbs certificate", |r| {
            r.element(der::SEQUENCE)
        })?;
        let mut fields = tbs.content;
        let version = version(&mut fields)?;
        let (serial, serial_negative) = serial_number(&mut fields, go)?;
        let signature_algorithm = signature_algorithm(&mut fields, &mut outer, go)?;
        let raw_issuer = name(&mut fields, go)?;
        let (not_before, not_after) = validity(&mut fields)?;
        let raw_subject = name(&mut fields, go)?;
        let spki = expect(&mut fields, Field::PublicKey, "x509: malformed spki", |r| {
            r.element(der::SEQUENCE)
        })?;
        let public_key = PublicKey::read(spki.content, go, point)?;
        let extensions = extensions(&mut fields, version, go)?;
        let signature =
            expect(&mut outer, Field::Signature, "x509: malformed signature", Reader::bit_string)?
                .right_aligned();
        if !input.is_empty() {
            return Err(ParseError::new(&input, Field::Certificate, "x509: trailing data"));
        }
        Ok(Self {
            der: der.to_vec(),
            fingerprint: Fingerprint::default(),
            tbs: tbs.whole.offset..tbs.whole.offset + tbs.whole.rest.len(),
            version,
            serial,
            serial_negative,
            raw_subject: raw_subject.to_vec(),
            raw_issuer: raw_issuer.to_vec(),
            not_before,
            not_after,
            sans: extensions.sans,
            san_value: extensions.san_value,
            key_usage: extensions.key_usage,
            extended_key_usage: extensions.extended_key_usage,
            basic_constraints: extensions.basic_constraints,
            name_constraints: extensions.name_constraints,
            policies: extensions.policies,
            subject_key_id: extensions.subject_key_id,
            authority_key_id: extensions.authority_key_id,
            public_key,
            spki: spki.whole.rest.to_vec(),
            signature_algorithm,
            signature,
            unhandled_critical: extensions.unhandled_critical,
        })
    }
}

fn version(fields: &mut Reader<'_>) -> Result<u8, ParseError> {
    let at = *fields;
    let number = expect(fields, Field::Version, "x509: malformed version", |r| {
        let Some(mut explicit) = r.optional(der::explicit(0))? else { return Some(0) };
        explicit.int64().filter(|number| *number >= 0 && explicit.is_empty())
    })?;
    match number {
        0 => Ok(1),
        1 => Ok(2),
        2 => Ok(3),
        _ => Err(ParseError::new(&at, Field::Version, "x509: invalid version")),
    }
}

/// The magnitude, big-endian and minimal, and whether it is negative.
fn serial_number(fields: &mut Reader<'_>, go: Go) -> Result<(Vec<u8>, bool), ParseError> {
    let at = *fields;
    let integer =
        expect(fields, Field::SerialNumber, "x509: malformed serial number", Reader::integer)?;
    let (magnitude, negative) = magnitude(integer);
    if negative && go.refuses_negative_serials() {
        return Err(ParseError::new(&at, Field::SerialNumber, "x509: negative serial number"));
    }
    Ok((magnitude, negative))
}

/// Splits a two's complement integer into its minimal magnitude and its sign.
pub(super) fn magnitude(integer: &[u8]) -> (Vec<u8>, bool) {
    let negative = integer.first().is_some_and(|first| first & 0x80 != 0);
    let mut bytes = integer.to_vec();
    if negative {
        let mut carry = true;
        for byte in bytes.iter_mut().rev() {
            (*byte, carry) = (!*byte).overflowing_add(u8::from(carry));
        }
    }
    let leading =
        bytes.iter().take(bytes.len().saturating_sub(1)).take_while(|&&byte| byte == 0).count();
    (bytes.split_off(leading), negative)
}

/// The inner identifier, which must have the same bytes as the outer one.
pub(super) fn signature_algorithm(
    fields: &mut Reader<'_>,
    outer: &mut Reader<'_>,
    go: Go,
) -> Result<SignatureAlgorithm, ParseError> {
    const FIELD: Field = Field::SignatureAlgorithm;
    let inner = expect(fields, FIELD, "x509: malformed signature algorithm identifier", |r| {
        r.read(der::SEQUENCE)
    })?;
    let at = *outer;
    let repeated =
        expect(outer, FIELD, "x509: malformed algorithm identifier", |r| r.read(der::SEQUENCE))?;
    if inner.rest != repeated.rest {
        let message = "x509: inner and outer signature algorithm identifiers don't match";
        return Err(ParseError::new(&at, FIELD, message));
    }
    SignatureAlgorithm::read(inner, go)
        .ok_or_else(|| ParseError::new(&inner, FIELD, malformed(inner, go)))
}

/// All bytes of a name whose content Go can read.
pub(super) fn name<'a>(fields: &mut Reader<'a>, go: Go) -> Result<&'a [u8], ParseError> {
    let name = expect(fields, Field::Name, "x509: malformed issuer", |r| r.element(der::SEQUENCE))?;
    distinguished_name::parse(name.whole, go)?;
    Ok(name.whole.rest)
}

fn validity(fields: &mut Reader<'_>) -> Result<(OffsetDateTime, OffsetDateTime), ParseError> {
    let mut both =
        expect(fields, Field::Validity, "x509: malformed validity", |r| r.read(der::SEQUENCE))?;
    Ok((time(&mut both)?, time(&mut both)?))
}

pub(super) fn time(from: &mut Reader<'_>) -> Result<OffsetDateTime, ParseError> {
    let message = if from.peek(der::UTC_TIME) {
        "x509: malformed UTCTime"
    } else if from.peek(der::GENERALIZED_TIME) {
        "x509: malformed GeneralizedTime"
    } else {
        "x509: unsupported time format"
    };
    expect(from, Field::Validity, message, |r| {
        r.any().and_then(|element| time_text::read(&element))
    })
}

/// As many extensions as certificates have.
const FEW: usize = 32;

fn extensions(fields: &mut Reader<'_>, version: u8, go: Go) -> Result<Extensions, ParseError> {
    const FIELD: Field = Field::Extensions;
    let mut found = Extensions::default();
    if version == 1 {
        return Ok(found);
    }
    expect(fields, FIELD, "x509: malformed issuerUniqueID", |r| r.optional(der::context(1)))?;
    expect(fields, FIELD, "x509: malformed subjectUniqueID", |r| r.optional(der::context(2)))?;
    if version != 3 {
        return Ok(found);
    }
    let wrapped =
        expect(fields, FIELD, "x509: malformed extensions", |r| r.optional(der::explicit(3)))?;
    let Some(mut wrapped) = wrapped else { return Ok(found) };
    let mut list =
        expect(&mut wrapped, FIELD, "x509: malformed extensions", |r| r.read(der::SEQUENCE))?;
    let (mut seen, mut all): (HashSet<Oid>, Vec<Extension<'_>>) = (HashSet::new(), Vec::new());
    while !list.is_empty() {
        let at = list;
        let extension = extension(&mut list, go)?;
        // A handful is compared one by one; with thousands that would take too long.
        let is_repeated = if all.len() < FEW {
            all.iter().any(|one| one.id == extension.id)
        } else {
            seen.extend(all.iter().skip(seen.len()).map(|one| one.id.clone()));
            seen.contains(&extension.id)
        };
        if is_repeated {
            let message = format!(
                "x509: certificate contains duplicate extension with OID \"{}\"",
                extension.id
            );
            return Err(ParseError::new(&at, FIELD, &message));
        }
        all.push(extension);
    }
    for extension in &all {
        found.add(extension, go)?;
    }
    Ok(found)
}

pub(super) fn extension<'a>(list: &mut Reader<'a>, go: Go) -> Result<Extension<'a>, ParseError> {
    const FIELD: Field = Field::Extensions;
    let mut fields = expect(list, FIELD, "x509: malformed extension", |r| r.read(der::SEQUENCE))?;
    let id = expect(&mut fields, FIELD, "x509: malformed extension OID field", |r| r.oid(go))?;
    let mut critical = false;
    if fields.peek(der::BOOLEAN) {
        critical = expect(
            &mut fields,
            FIELD,
            "x509: malformed extension critical field",
            Reader::boolean,
        )?;
    }
    let value = expect(&mut fields, FIELD, "x509: malformed extension value field", |r| {
        r.read(der::OCTET_STRING)
    })?;
    Ok(Extension { id, critical, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnitudes() {
        assert_eq!(magnitude(&[0]), (vec![0], false));
        assert_eq!(magnitude(&[0, 0x80]), (vec![0x80], false));
        assert_eq!(magnitude(&[0xff]), (vec![1], true));
        assert_eq!(magnitude(&[0x80]), (vec![0x80], true));
        assert_eq!(magnitude(&[0xff, 0x00]), (vec![1, 0], true));
    }

    #[test]
    fn errors_say_where() {
        let refused = Certificate::parse(&[0x30, 0x03, 0x02, 0x01, 0x00], Go::DEFAULT).unwrap_err();
        assert_eq!(
            (refused.offset, refused.message.as_str()),
            (2, "x509: malformed tbs certificate")
        );
        assert_eq!(Certificate::parse(&[], Go::DEFAULT).unwrap_err().field, Field::Certificate);
    }
}
