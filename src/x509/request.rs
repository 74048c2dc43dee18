//! Certificate requests, as Go's `x509.ParseCertificateRequest` reads them (PKCS#10, RFC 2986 §4).

use super::algorithm::SignatureAlgorithm;
use super::certificate::{BasicConstraints, KeyUsage, San};
use super::der::{self, Reader};
use super::distinguished_name::name_display;
use super::extensions::Extensions;
use super::go::Go;
use super::parse::{extension, name};
use super::parse_error::{Field, ParseError, expect};
use super::public_key::{Point, PublicKey};
use super::signature;
use super::usage::Eku;

/// 1.2.840.113549.1.9.14, the attribute that holds extensions.
const EXTENSION_REQUEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0e];
const MALFORMED: &str = "x509: malformed certificate request";

/// A request and what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub raw_subject: Vec<u8>,
    pub sans: Vec<San>,
    pub key_usage: Option<KeyUsage>,
    pub extended_key_usage: Option<Vec<Eku>>,
    pub basic_constraints: Option<BasicConstraints>,
    /// Dotted OIDs of the other extensions asked for.
    pub other_extensions: Vec<String>,
    pub public_key: PublicKey,
    /// The DER of the `SubjectPublicKeyInfo`.
    pub spki: Vec<u8>,
    pub signature_algorithm: SignatureAlgorithm,
    /// Whether the key in it made its signature.
    pub is_signed_by_its_key: bool,
}

impl Request {
    /// Parses one request.
    pub fn parse(der: &[u8]) -> Result<Self, ParseError> {
        const GO: Go = Go::DEFAULT;
        let mut input = Reader::new(der);
        let mut outer =
            expect(&mut input, Field::Certificate, MALFORMED, |r| r.read(der::SEQUENCE))?;
        if !input.is_empty() {
            return Err(ParseError::new(&input, Field::Certificate, "x509: trailing data"));
        }
        let info = expect(&mut outer, Field::Certificate, MALFORMED, |r| r.element(der::SEQUENCE))?;
        let mut fields = info.content;
        expect(&mut fields, Field::Version, MALFORMED, Reader::int64)?;
        let raw_subject = name(&mut fields, GO)?.to_vec();
        let spki = expect(&mut fields, Field::PublicKey, "x509: malformed spki", |r| {
            r.element(der::SEQUENCE)
        })?;
        let public_key = PublicKey::read(spki.content, GO, Point::ToCheck)?;
        let attributes =
            expect(&mut fields, Field::Extensions, MALFORMED, |r| r.optional(der::explicit(0)))?;
        let requested = attributes.map(|list| requested(list, GO)).transpose()?;
        let (wanted, other_extensions) = requested.unwrap_or_default();
        let signature_algorithm = expect(&mut outer, Field::SignatureAlgorithm, MALFORMED, |r| {
            SignatureAlgorithm::read(r.read(der::SEQUENCE)?, GO)
        })?;
        let signature = expect(&mut outer, Field::Signature, MALFORMED, Reader::bit_string)?;
        let signed = signature::verify(
            signature_algorithm,
            &public_key,
            info.whole.rest,
            &signature.right_aligned(),
        );
        Ok(Self {
            raw_subject,
            sans: wanted.sans.unwrap_or_default(),
            key_usage: wanted.key_usage,
            extended_key_usage: wanted.extended_key_usage,
            basic_constraints: wanted.basic_constraints,
            other_extensions,
            public_key,
            spki: spki.whole.rest.to_vec(),
            signature_algorithm,
            is_signed_by_its_key: signed,
        })
    }

    /// The subject as Go prints it.
    pub fn subject(&self) -> String {
        name_display(&self.raw_subject)
    }
}

/// The extensions that are asked for, and the OIDs of those that only the CA could make sense of.
fn requested(mut attributes: Reader<'_>, go: Go) -> Result<(Extensions, Vec<String>), ParseError> {
    const FIELD: Field = Field::Extensions;
    const KNOWN: [&str; 4] = ["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.37"];
    let (mut found, mut others) = (Extensions::default(), Vec::new());
    while !attributes.is_empty() {
        let mut attribute = expect(&mut attributes, FIELD, MALFORMED, |r| r.read(der::SEQUENCE))?;
        let id = expect(&mut attribute, FIELD, MALFORMED, |r| r.oid(go))?;
        if id.der() != EXTENSION_REQUEST {
            continue;
        }
        let mut values = expect(&mut attribute, FIELD, MALFORMED, |r| r.read(der::SET))?;
        let mut list = expect(&mut values, FIELD, MALFORMED, |r| r.read(der::SEQUENCE))?;
        while !list.is_empty() {
            let extension = extension(&mut list, go)?;
            let oid = extension.id.to_string();
            if KNOWN.contains(&oid.as_str()) {
                found.add(&extension, go)?;
            } else {
                others.push(oid);
            }
        }
    }
    Ok((found, others))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_signature_are_read() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(vec!["etcd-1".to_owned()]).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, "node");
        let der = params.serialize_request(&key).unwrap().der().to_vec();
        let request = Request::parse(&der).unwrap();
        assert!(request.is_signed_by_its_key);
        assert_eq!(request.sans, [San::Dns("etcd-1".to_owned())]);
        assert!(request.subject().contains("CN=node"), "{}", request.subject());
        let mut damaged = der.clone();
        let last = damaged.len() - 1;
        damaged[last] ^= 1;
        assert!(!Request::parse(&damaged).unwrap().is_signed_by_its_key);
        for length in 0..der.len() {
            assert!(Request::parse(&der[..length]).is_err());
        }
    }
}
