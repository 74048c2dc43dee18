//! Signing, and nothing else: a template and a CA's key give the DER of a certificate. Pure but for the key's arithmetic.
//!
//! The names of issuer and subject and the `SubjectPublicKeyInfo` go in byte for byte, so that chains fit and any key
//! that a request brings is taken as it is. RFC 5280 §4.

use aws_lc_rs::{digest, rand};
use time::OffsetDateTime;
use x509_cert::TbsCertificate;
use x509_cert::Version;
use x509_cert::der::asn1::{
    BitString, GeneralizedTime, Ia5String, ObjectIdentifier, OctetString, UtcTime,
};
use x509_cert::der::{DateTime, Decode as _, Encode as _};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages,
    SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::ext::{AsExtension, Extension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoOwned;
use x509_cert::time::{Time, Validity};

use super::key::SigningKey;
use super::key_error::KeyError;
use super::names::name_from_der;
use super::profile::Profile;
use crate::message::{CaMessage, Message, Say, Value, english_display};
use crate::x509::San;

/// What a certificate is to say.
#[derive(Debug, Clone)]
pub struct Template {
    /// DER of the subject.
    pub subject: Vec<u8>,
    /// DER of the `SubjectPublicKeyInfo`.
    pub spki: Vec<u8>,
    /// The names, in order.
    pub sans: Vec<San>,
    pub kind: Kind,
    pub not_before: OffsetDateTime,
    pub not_after: OffsetDateTime,
    /// The serial's bytes, big-endian.
    pub serial: [u8; 16],
}

/// What it is to be good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An end-entity certificate.
    Leaf(Profile),
    /// A CA with this many CAs allowed below it.
    Ca { path_length: Option<u8> },
}

/// Who signs.
#[derive(Clone, Copy)]
pub struct Signer<'a> {
    /// DER of the issuer's subject.
    pub name: &'a [u8],
    /// The issuer's SKI, if it has one.
    pub key_id: Option<&'a [u8]>,
    pub key: &'a SigningKey,
}

/// Why nothing was signed.
#[derive(Debug)]
pub enum SignError {
    /// A name can't be encoded as it stands.
    Name,
    /// The public key can't be encoded as it stands.
    PublicKey,
    /// A date is out of the range of certificates.
    Date,
    /// The certificate can't be encoded.
    Encode(x509_cert::der::Error),
    /// The certificate can't be made.
    Made(rcgen::Error),
    /// The key can't sign.
    Key(KeyError),
}

english_display!(SignError);

impl Say for SignError {
    fn message(&self) -> Message {
        match self {
            Self::Name => CaMessage::NameEncoding.into(),
            Self::PublicKey => CaMessage::KeyEncoding.into(),
            Self::Date => CaMessage::DateRange.into(),
            Self::Encode(error) => Message::Plain(Value::quoted(error)).about(CaMessage::Encoding),
            Self::Made(error) => Message::Plain(Value::quoted(error)).about(CaMessage::Encoding),
            Self::Key(error) => error.message().about(CaMessage::SigningFailed),
        }
    }
}

impl From<x509_cert::der::Error> for SignError {
    fn from(error: x509_cert::der::Error) -> Self {
        Self::Encode(error)
    }
}

impl From<rcgen::Error> for SignError {
    fn from(error: rcgen::Error) -> Self {
        Self::Made(error)
    }
}

impl From<KeyError> for SignError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

/// Makes a certificate and returns its DER.
pub fn sign(template: &Template, signer: Signer<'_>) -> Result<Vec<u8>, SignError> {
    let algorithm = signer.key.signature_algorithm();
    let subject = name_from_der(&template.subject).ok_or(SignError::Name)?;
    let tbs = TbsCertificate {
        version: Version::V3,
        serial_number: SerialNumber::new(&template.serial)?,
        signature: algorithm.clone(),
        issuer: name_from_der(signer.name).ok_or(SignError::Name)?,
        validity: Validity {
            not_before: time(template.not_before)?,
            not_after: time(template.not_after)?,
        },
        subject_public_key_info: public_key(&template.spki)?,
        issuer_unique_id: None,
        subject_unique_id: None,
        extensions: Some(extensions(template, signer.key_id, &subject)?),
        subject,
    };
    let signature = BitString::from_bytes(&signer.key.sign(&tbs.to_der()?)?)?;
    let certificate =
        x509_cert::Certificate { tbs_certificate: tbs, signature_algorithm: algorithm, signature };
    Ok(certificate.to_der()?)
}

/// A random serial of 128 bits; never zero, so that it stays a serial.
pub fn new_serial() -> Result<[u8; 16], KeyError> {
    let mut serial = [0; 16];
    while serial[0] == 0 {
        rand::fill(&mut serial).map_err(|_| KeyError::Failed)?;
    }
    Ok(serial)
}

/// RFC 7093 §2, method 1: the leftmost 160 bits of the SHA-256 of the public key.
pub fn key_id(spki: &[u8]) -> Result<Vec<u8>, SignError> {
    let hash = digest::digest(&digest::SHA256, &public_bits(spki)?);
    Ok(hash.as_ref()[..20].to_vec())
}

/// The public key itself, without its algorithm.
pub(super) fn public_bits(spki: &[u8]) -> Result<Vec<u8>, SignError> {
    Ok(public_key(spki)?.subject_public_key.raw_bytes().to_vec())
}

fn public_key(spki: &[u8]) -> Result<SubjectPublicKeyInfoOwned, SignError> {
    let info = SubjectPublicKeyInfoOwned::from_der(spki).map_err(|_| SignError::PublicKey)?;
    if info.to_der()? == spki { Ok(info) } else { Err(SignError::PublicKey) }
}

fn extensions(
    template: &Template,
    issuer_key_id: Option<&[u8]>,
    subject: &Name,
) -> Result<Vec<Extension>, SignError> {
    let mut list = match template.kind {
        Kind::Leaf(profile) => usage_extensions(profile, &template.spki, subject)?,
        Kind::Ca { path_length } => {
            let usage = KeyUsages::DigitalSignature | KeyUsages::KeyCertSign | KeyUsages::CRLSign;
            vec![constraints(true, path_length, subject)?, critical(&KeyUsage(usage), subject)?]
        }
    };
    let own = SubjectKeyIdentifier(OctetString::new(key_id(&template.spki)?)?);
    list.push(own.to_extension(subject, &list)?);
    if let Some(id) = issuer_key_id {
        let issuer = AuthorityKeyIdentifier {
            key_identifier: Some(OctetString::new(id)?),
            ..AuthorityKeyIdentifier::default()
        };
        list.push(issuer.to_extension(subject, &list)?);
    }
    list.extend(names_extension(&template.sans, subject)?);
    Ok(list)
}

/// What a request asks for: the usages of a profile, and names.
pub(super) fn asked_extensions(
    profile: Profile,
    spki: &[u8],
    sans: &[San],
    subject: &Name,
) -> Result<Vec<Extension>, SignError> {
    let mut list = usage_extensions(profile, spki, subject)?;
    list.extend(names_extension(sans, subject)?);
    Ok(list)
}

fn usage_extensions(
    profile: Profile,
    spki: &[u8],
    subject: &Name,
) -> Result<Vec<Extension>, SignError> {
    // A peer of TLS 1.2 that knows no ephemeral exchange enciphers to an RSA key.
    let usage = if is_rsa(spki) {
        KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment
    } else {
        KeyUsages::DigitalSignature.into()
    };
    let extended = ExtendedKeyUsage(profile.usage_oids().to_vec()).to_extension(subject, &[])?;
    Ok(vec![
        constraints(false, None, subject)?,
        critical(&KeyUsage(usage), subject)?,
        Extension { critical: false, ..extended },
    ])
}

fn constraints(
    ca: bool,
    path_len_constraint: Option<u8>,
    subject: &Name,
) -> Result<Extension, SignError> {
    critical(&BasicConstraints { ca, path_len_constraint }, subject)
}

fn critical(extension: &impl AsExtension, subject: &Name) -> Result<Extension, SignError> {
    Ok(Extension { critical: true, ..extension.to_extension(subject, &[])? })
}

fn names_extension(sans: &[San], subject: &Name) -> Result<Option<Extension>, SignError> {
    if sans.is_empty() {
        return Ok(None);
    }
    let names: Result<Vec<_>, _> = sans.iter().map(general_name).collect();
    Ok(Some(SubjectAltName(names?).to_extension(subject, &[])?))
}

fn general_name(san: &San) -> Result<GeneralName, SignError> {
    let text = |text: &str| Ia5String::new(text);
    Ok(match san {
        San::Dns(name) => GeneralName::DnsName(text(name)?),
        San::Uri(uri) => GeneralName::UniformResourceIdentifier(text(uri)?),
        San::Email(mailbox) => GeneralName::Rfc822Name(text(mailbox)?),
        San::Ip(address) => {
            let octets = match address {
                std::net::IpAddr::V4(address) => address.octets().to_vec(),
                std::net::IpAddr::V6(address) => address.octets().to_vec(),
            };
            GeneralName::IpAddress(OctetString::new(octets)?)
        }
        San::Other { .. } => return Err(SignError::Name),
    })
}

fn is_rsa(spki: &[u8]) -> bool {
    const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
    public_key(spki).is_ok_and(|info| info.algorithm.oid == RSA)
}

/// UTCTime until 2049, GeneralizedTime after it (RFC 5280 §4.1.2.5).
pub(super) fn time(when: OffsetDateTime) -> Result<Time, SignError> {
    let seconds = u64::try_from(when.unix_timestamp()).map_err(|_| SignError::Date)?;
    let date = DateTime::from_unix_duration(std::time::Duration::from_secs(seconds))
        .map_err(|_| SignError::Date)?;
    if date.year() < 2050 {
        return UtcTime::from_date_time(date).map(Time::UtcTime).map_err(|_| SignError::Date);
    }
    Ok(Time::GeneralTime(GeneralizedTime::from_date_time(date)))
}
