//! Requests: made for a CA that is elsewhere, and judged when one comes in. Pure.

use std::net::IpAddr;

use x509_cert::attr::Attribute;
use x509_cert::der::asn1::{BitString, SetOfVec};
use x509_cert::der::pem::LineEnding;
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::request::{CertReq, CertReqInfo, ExtensionReq, Version};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::key::SigningKey;
use super::names::name_from_der;
use super::profile::Profile;
use super::sign::{self, SignError};
use crate::message::{CaMessage, Message, Say, Value, english_display};
use crate::x509::{Curve, Eku, KeyUsage, PublicKey, Request, San, Usage};

/// Makes a request for a key, as PEM.
pub fn make_request(
    subject: &[u8],
    sans: &[San],
    profile: Profile,
    key: &SigningKey,
) -> Result<String, SignError> {
    let subject = name_from_der(subject).ok_or(SignError::Name)?;
    let extensions = sign::asked_extensions(profile, key.spki(), sans, &subject)?;
    let attribute = Attribute::try_from(ExtensionReq(extensions))?;
    let info = CertReqInfo {
        version: Version::V1,
        public_key: SubjectPublicKeyInfoOwned::from_der(key.spki())?,
        attributes: SetOfVec::try_from(vec![attribute])?,
        subject,
    };
    let signature = BitString::from_bytes(&key.sign(&info.to_der()?)?)?;
    let request = CertReq { info, algorithm: key.signature_algorithm(), signature };
    let der = request.to_der()?;
    Ok(x509_cert::der::pem::encode_string("CERTIFICATE REQUEST", LineEnding::LF, &der)
        .map_err(x509_cert::der::Error::from)?)
}

/// Which names a request may bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// A DNS name, `*.` standing for one or more labels.
    Dns(String),
    /// Addresses whose first bits are these.
    Ip(IpAddr, u8),
    /// URIs that begin so.
    Uri(String),
}

impl Allowed {
    /// Reads `*.etcd.svc`, `etcd-0`, `10.0.0.0/8`, `10.0.0.1`, `spiffe://example.org/`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((address, bits)) = text.split_once('/')
            && let (Ok(address), Ok(bits)) = (address.parse::<IpAddr>(), bits.parse::<u8>())
        {
            let most = if address.is_ipv4() { 32 } else { 128 };
            return (bits <= most).then_some(Self::Ip(address, bits));
        }
        match super::names::san(text).ok()? {
            San::Dns(name) => Some(Self::Dns(name.to_ascii_lowercase())),
            San::Ip(address) => Some(Self::Ip(address, if address.is_ipv4() { 32 } else { 128 })),
            San::Uri(uri) => Some(Self::Uri(uri)),
            San::Email(_) | San::Other { .. } => None,
        }
    }

    fn admits(&self, san: &San) -> bool {
        match (self, san) {
            (Self::Dns(pattern), San::Dns(name)) => {
                let name = name.to_ascii_lowercase();
                match pattern.strip_prefix('*') {
                    Some(suffix) => name.len() > suffix.len() && name.ends_with(suffix),
                    None => name == *pattern,
                }
            }
            (Self::Ip(network, bits), San::Ip(address)) => same_network(*network, *address, *bits),
            (Self::Uri(prefix), San::Uri(uri)) => uri.starts_with(prefix),
            _ => false,
        }
    }
}

fn same_network(network: IpAddr, address: IpAddr, bits: u8) -> bool {
    let number = |address: IpAddr| match address {
        IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
        IpAddr::V6(address) => address.to_bits(),
    };
    let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
    network.is_ipv4() == address.is_ipv4() && (number(network) ^ number(address)) & mask == 0
}

/// What of a request goes into the certificate, and what is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// Its names.
    pub sans: Vec<San>,
    /// What it asks for besides.
    pub dropped: Vec<Value>,
}

/// Why a request gets no certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestError {
    /// It is not signed by its own key, or by a broken hash.
    Signature,
    /// Its key is weak or of another kind.
    Key(String),
    /// Nobody could connect to it by any name that is left.
    NoName(Profile),
}

english_display!(RequestError);

impl Say for RequestError {
    fn message(&self) -> Message {
        match self {
            Self::Signature => CaMessage::RequestSignature,
            Self::Key(key) => CaMessage::RequestKey { key: key.into() },
            Self::NoName(profile) => {
                CaMessage::RequestNoName { profile: profile.to_string().into() }
            }
        }
        .into()
    }
}

/// Judges a request: names outside `allowed` (anything, if it is empty) and whatever the profile lacks are dropped.
pub fn grant(
    request: &Request,
    profile: Profile,
    allowed: &[Allowed],
) -> Result<Granted, RequestError> {
    if !request.is_signed_by_its_key || request.signature_algorithm.is_insecure() {
        return Err(RequestError::Signature);
    }
    let good = match &request.public_key {
        PublicKey::Rsa { bits, .. } => (2048..=8192).contains(bits),
        PublicKey::Ec { curve, .. } => *curve != Curve::P224,
        PublicKey::Ed25519 { .. } => true,
        PublicKey::Dsa | PublicKey::Unknown { .. } => false,
    };
    if !good {
        return Err(RequestError::Key(request.public_key.to_string()));
    }
    let admitted = |san: &&San| {
        !matches!(san, San::Other { .. })
            && (allowed.is_empty() || allowed.iter().any(|allowed| allowed.admits(san)))
    };
    let (sans, outside): (Vec<&San>, Vec<&San>) = request.sans.iter().partition(admitted);
    if sans.is_empty() && profile.is_dialled() {
        return Err(RequestError::NoName(profile));
    }
    let name = |san: &&San| CaMessage::TheName { name: san.to_string().into() }.into();
    let mut dropped: Vec<Value> = outside.iter().map(name).collect();
    if request.basic_constraints.is_some_and(|constraints| constraints.ca) {
        dropped.push("CA:TRUE".into());
    }
    let usages = request.extended_key_usage.iter().flatten();
    let foreign = usages.filter(|usage| !profile.usages().iter().any(|own| usage.is(*own)));
    dropped.extend(
        foreign.map(|usage| CaMessage::TheUsage { usage: usage.to_string().into() }.into()),
    );
    if request.key_usage.is_some_and(has_foreign_usages) {
        dropped.push(CaMessage::OtherKeyUsages.into());
    }
    let others = request.other_extensions.iter().filter(|oid| *oid != SUBJECT_KEY_ID);
    dropped.extend(others.map(|oid| CaMessage::TheExtension { oid: oid.into() }.into()));
    Ok(Granted { sans: sans.into_iter().cloned().collect(), dropped })
}

/// Every certificate gets one of its own.
const SUBJECT_KEY_ID: &str = "2.5.29.14";

/// Usages besides signing and enciphering keys, which end-entity certificates have no use for here.
fn has_foreign_usages(usage: KeyUsage) -> bool {
    const SIGN_AND_ENCIPHER: u16 = 0b101;
    usage.0 & !SIGN_AND_ENCIPHER != 0
}

impl Eku {
    fn is(&self, usage: Usage) -> bool {
        matches!(self, Self::Known(known) if *known == usage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ca::{names, subject};
    use crate::message::Lang;

    #[test]
    fn a_pattern_admits_what_it_says() {
        for (pattern, name, admitted) in [
            ("*.etcd.svc", "a.etcd.svc", true),
            ("*.etcd.svc", "a.b.etcd.svc", true),
            ("*.etcd.svc", "etcd.svc", false),
            ("*.etcd.svc", "evil-etcd.svc", false),
            ("etcd-0", "ETCD-0", true),
            ("10.0.0.0/8", "10.1.2.3", true),
            ("10.0.0.0/8", "11.1.2.3", false),
            ("0.0.0.0/0", "::1", false),
            ("fd00::/8", "fd12::1", true),
            ("10.0.0.1", "10.0.0.2", false),
            ("spiffe://example.org/", "spiffe://example.org/etcd", true),
            ("spiffe://example.org/", "spiffe://example.org.evil/etcd", false),
        ] {
            let pattern = Allowed::parse(pattern).unwrap();
            assert_eq!(pattern.admits(&names::san(name).unwrap()), admitted, "{pattern:?} {name}");
        }
        assert_eq!(Allowed::parse("10.0.0.0/33"), None);
    }

    #[test]
    fn our_own_request_is_granted_in_full() {
        let key = SigningKey::generate(super::super::KeyAlgorithm::P256).unwrap();
        let sans = [names::san("etcd-0").unwrap(), names::san("10.0.0.1").unwrap()];
        let subject = subject("etcd-0", &[]).unwrap();
        let pem = make_request(&subject, &sans, Profile::Peer, &key).unwrap();
        let (_, der) = x509_cert::der::pem::decode_vec(pem.as_bytes()).unwrap();
        let request = Request::parse(&der).unwrap();
        assert_eq!((&request.raw_subject, request.spki.as_slice()), (&subject, key.spki()));
        let granted = grant(&request, Profile::Peer, &[]).unwrap();
        assert_eq!((granted.sans.as_slice(), granted.dropped), (&sans[..], vec![]));
        let client =
            grant(&request, Profile::Client, &[Allowed::parse("etcd-0").unwrap()]).unwrap();
        let dropped: Vec<_> = client.dropped.iter().map(|value| value.say(Lang::En)).collect();
        assert_eq!(dropped, ["the name IP:10.0.0.1", "the extended key usage serverAuth"]);
    }
}
