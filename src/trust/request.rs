//! Certificate requests (PKCS#10, RFC 2986) as strictly as Go's `x509.ParseCertificateRequest` reads them.
//!
//! Public key and subject are kept byte for byte, so that they can go into a certificate as they came.

use super::algorithm::SignatureAlgorithm;
use super::certificate::{BasicConstraints, KeyUsage, San};
use super::der::{self, Reader};
use super::extensions::Extensions;
use super::go::Go;
use super::parse::{Field, ParseError, expect, extension, name};
use super::public_key::PublicKey;
use super::signature;
use super::usage::Eku;

/// A parsed request; made by [`CertificateRequest::parse`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRequest {
    /// DER of the subject.
    pub raw_subject: Vec<u8>,
    pub public_key: PublicKey,
    /// DER of the `SubjectPublicKeyInfo`.
    pub spki: Vec<u8>,
    /// The names asked for.
    pub sans: Vec<San>,
    pub key_usage: Option<KeyUsage>,
    pub extended_key_usage: Option<Vec<Eku>>,
    pub basic_constraints: Option<BasicConstraints>,
    /// Dotted OIDs of further extensions asked for.
    pub other_extensions: Vec<String>,
    pub signature_algorithm: SignatureAlgorithm,
    signed: Vec<u8>,
    signature: Vec<u8>,
}

/// `extensionRequest` of PKCS#9 (RFC 2985 §5.4.2).
const EXTENSION_REQUEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0e];
const FIELD: Field = Field::Certificate;

impl CertificateRequest {
    /// Parses DER.
    pub fn parse(der: &[u8], go: Go) -> Result<Self, ParseError> {
        let malformed = "x509: malformed certificate request";
        let mut input = Reader::new(der);
        let mut outer = expect(&mut input, FIELD, malformed, |r| r.read(der::SEQUENCE))?;
        if !input.is_empty() {
            return Err(ParseError::new(&input, FIELD, "x509: trailing data"));
        }
        let info = expect(&mut outer, FIELD, malformed, |r| r.element(der::SEQUENCE))?;
        let mut fields = info.content;
        expect(&mut fields, Field::Version, "x509: malformed version", Reader::int64)?;
        let raw_subject = name(&mut fields, go)?.to_vec();
        let spki = expect(&mut fields, Field::PublicKey, "x509: malformed spki", |r| {
            r.element(der::SEQUENCE)
        })?;
        let (wanted, other_extensions) = attributes(&mut fields, go)?;
        let mut algorithm = expect(
            &mut outer,
            Field::SignatureAlgorithm,
            "x509: malformed signature algorithm identifier",
            |r| r.read(der::SEQUENCE),
        )?;
        let message = "x509: malformed parameters";
        let signature_algorithm =
            expect(&mut algorithm, Field::SignatureAlgorithm, message, |r| {
                SignatureAlgorithm::read(*r, go)
            })?;
        let bits =
            expect(&mut outer, Field::Signature, "x509: malformed signature", Reader::bit_string)?;
        Ok(Self {
            raw_subject,
            public_key: PublicKey::read(spki.content, go)?,
            spki: spki.whole.rest.to_vec(),
            sans: wanted.sans.unwrap_or_default(),
            key_usage: wanted.key_usage,
            extended_key_usage: wanted.extended_key_usage,
            basic_constraints: wanted.basic_constraints,
            other_extensions,
            signature_algorithm,
            signed: info.whole.rest.to_vec(),
            signature: bits.right_aligned(),
        })
    }

    /// Whether the key in it made its signature, so that whoever asks holds that key.
    pub fn is_signed_by_its_key(&self) -> bool {
        let algorithm = self.signature_algorithm;
        !algorithm.is_insecure()
            && signature::verify(algorithm, &self.public_key, &self.signed, &self.signature)
    }
}

/// The extensions asked for, and the OIDs of those that nobody here knows.
fn attributes(fields: &mut Reader<'_>, go: Go) -> Result<(Extensions, Vec<String>), ParseError> {
    const KNOWN: [&str; 4] = ["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.37"];
    let malformed = "x509: malformed attributes";
    let (mut found, mut others) = (Extensions::default(), Vec::new());
    let list = expect(fields, Field::Extensions, malformed, |r| r.optional(der::explicit(0)))?;
    let mut list = list.unwrap_or(Reader::new(&[]));
    while !list.is_empty() {
        let mut attribute =
            expect(&mut list, Field::Extensions, malformed, |r| r.read(der::SEQUENCE))?;
        let kind = expect(&mut attribute, Field::Extensions, malformed, |r| r.oid(go))?;
        if kind.der() != EXTENSION_REQUEST {
            continue;
        }
        let mut values =
            expect(&mut attribute, Field::Extensions, malformed, |r| r.read(der::SET))?;
        let mut extensions =
            expect(&mut values, Field::Extensions, malformed, |r| r.read(der::SEQUENCE))?;
        while !extensions.is_empty() {
            let one = extension(&mut extensions, go)?;
            let oid = one.id.to_string();
            if KNOWN.contains(&oid.as_str()) {
                found.add(&one, go)?;
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
    fn what_rcgen_asks_for_is_read_and_its_signature_checked() {
        let kinds = [
            &rcgen::PKCS_ECDSA_P256_SHA256,
            &rcgen::PKCS_ECDSA_P384_SHA384,
            &rcgen::PKCS_ECDSA_P521_SHA512,
            &rcgen::PKCS_ED25519,
            &rcgen::PKCS_RSA_SHA256,
        ];
        for kind in kinds {
            let key = rcgen::KeyPair::generate_for(kind).unwrap();
            let names = ["etcd-0".to_owned(), "10.0.0.1".to_owned()];
            let params = rcgen::CertificateParams::new(names).unwrap();
            let der = params.serialize_request(&key).unwrap().der().to_vec();
            let request = CertificateRequest::parse(&der, Go::DEFAULT).unwrap();
            assert!(request.is_signed_by_its_key());
            let names: Vec<_> = request.sans.iter().map(San::to_string).collect();
            assert_eq!(names, ["DNS:etcd-0", "IP:10.0.0.1"]);
            let mut damaged = der.clone();
            *damaged.last_mut().unwrap() ^= 1;
            let damaged = CertificateRequest::parse(&damaged, Go::DEFAULT);
            assert!(damaged.is_ok_and(|request| !request.is_signed_by_its_key()));
            for end in 0..der.len() {
                assert!(CertificateRequest::parse(&der[..end], Go::DEFAULT).is_err());
            }
        }
    }
}
