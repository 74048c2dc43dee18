//! One parsed certificate: the fields a verdict or a report needs, and their names in words.

use super::algorithm::SignatureAlgorithm;
use super::constraints::NameConstraints;
use super::distinguished_name;
use super::fingerprint::Fingerprint;
use super::policies::Policies;
use super::public_key::PublicKey;
use super::usage::{Eku, Usage};
use aws_lc_rs::digest;
use data_encoding::HEXLOWER;
use std::fmt;
use std::net::IpAddr;
use std::ops::Range;
use time::OffsetDateTime;

/// A certificate that Go would parse; made by [`Certificate::parse`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub der: Vec<u8>,
    pub(super) fingerprint: Fingerprint,
    pub(super) tbs: Range<usize>,
    /// 1, 2 or 3.
    pub version: u8,
    /// The magnitude, big-endian, without leading zeros; zero is one zero byte.
    pub serial: Vec<u8>,
    pub serial_negative: bool,
    pub raw_subject: Vec<u8>,
    pub raw_issuer: Vec<u8>,
    pub not_before: OffsetDateTime,
    pub not_after: OffsetDateTime,
    /// `None`: there is no such extension.
    pub sans: Option<Vec<San>>,
    pub(super) san_value: Option<Range<usize>>,
    pub key_usage: Option<KeyUsage>,
    pub extended_key_usage: Option<Vec<Eku>>,
    pub basic_constraints: Option<BasicConstraints>,
    pub name_constraints: Option<NameConstraints>,
    pub policies: Policies,
    pub subject_key_id: Option<Vec<u8>>,
    pub authority_key_id: Option<Vec<u8>>,
    pub public_key: PublicKey,
    /// The DER of the `SubjectPublicKeyInfo`.
    pub spki: Vec<u8>,
    pub signature_algorithm: SignatureAlgorithm,
    /// The issuer's signature over that part.
    pub signature: Vec<u8>,
    /// Dotted OIDs of critical extensions that Go does not act on.
    pub unhandled_critical: Vec<String>,
}

/// One subject alternative name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum San {
    Dns(String),
    Ip(IpAddr),
    Uri(String),
    Email(String),
    /// A kind that Go does not look at, by its tag byte.
    Other {
        tag: u8,
    },
}

/// The nine key usage bits, the first in the lowest place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct KeyUsage(pub u16);

/// Basic constraints; a negative path length, which old Go ignores, is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BasicConstraints {
    pub ca: bool,
    pub path_len: Option<u64>,
}

impl KeyUsage {
    const NAMES: [&str; 9] = [
        "digitalSignature",
        "contentCommitment",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipherOnly",
        "decipherOnly",
    ];
    pub const DIGITAL_SIGNATURE: Self = Self(1);
    pub const KEY_CERT_SIGN: Self = Self(1 << 5);
    pub const CRL_SIGN: Self = Self(1 << 6);

    pub fn contains(self, bits: Self) -> bool {
        self.0 & bits.0 == bits.0
    }
}

impl San {
    /// The entry that covers a host: an address if it is one, else a DNS name.
    pub fn of_host(host: &str) -> Self {
        host.parse().map_or_else(|_| Self::Dns(host.to_owned()), Self::Ip)
    }
}

impl fmt::Display for San {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(name) => write!(f, "DNS:{name}"),
            Self::Ip(address) => write!(f, "IP:{}", address.to_canonical()),
            Self::Uri(uri) => write!(f, "URI:{uri}"),
            Self::Email(mailbox) => write!(f, "email:{mailbox}"),
            Self::Other { tag } => write!(f, "other:{}", tag & 0x1f),
        }
    }
}

impl Certificate {
    /// The subject as Go prints it: `CN=etcd-ca,O=Example`.
    pub fn subject(&self) -> String {
        distinguished_name::name_display(&self.raw_subject)
    }

    /// The issuer as Go prints it.
    pub fn issuer(&self) -> String {
        distinguished_name::name_display(&self.raw_issuer)
    }

    pub fn common_name(&self) -> Option<String> {
        distinguished_name::common_name(&self.raw_subject)
    }

    /// Lower-case hex of even length, no leading `00` byte, no separators.
    /// The subject's common name and organizations, if it holds one CN and nothing else besides.
    pub fn plain_subject(&self) -> Option<(String, Vec<String>)> {
        distinguished_name::plain(&self.raw_subject)
    }

    pub fn serial_hex(&self) -> String {
        let sign = if self.serial_negative { "-" } else { "" };
        format!("{sign}{}", HEXLOWER.encode(&self.serial))
    }

    /// SHA-256 of the DER, in lower-case hex.
    pub fn sha256(&self) -> String {
        HEXLOWER.encode(self.fingerprint())
    }

    /// The same as bytes, computed once.
    pub(super) fn fingerprint(&self) -> &[u8; digest::SHA256_OUTPUT_LEN] {
        self.fingerprint.of(&self.der)
    }

    /// SHA-256 of the `SubjectPublicKeyInfo`, in lower-case hex.
    pub fn spki_sha256(&self) -> String {
        HEXLOWER.encode(digest::digest(&digest::SHA256, &self.spki).as_ref())
    }

    /// Whether basic constraints say so.
    pub fn is_ca(&self) -> bool {
        self.basic_constraints.is_some_and(|constraints| constraints.ca)
    }

    /// Whether subject and issuer have the same bytes.
    pub fn is_self_issued(&self) -> bool {
        self.raw_subject == self.raw_issuer
    }

    /// Self-issued and signed by its own key, whatever the CA flag says.
    pub fn is_self_signed(&self) -> bool {
        self.is_self_issued() && self.signed_by(self)
    }

    /// Whether this certificate's own extended key usage leaves room for `usage`.
    pub fn allows(&self, usage: Usage) -> bool {
        let listed = self.extended_key_usage.as_deref().unwrap_or_default();
        usage == Usage::Any
            || listed.is_empty()
            || listed.iter().any(|eku| [Eku::Known(Usage::Any), Eku::Known(usage)].contains(eku))
    }

    /// All names in SAN order: `DNS:localhost`, `IP:127.0.0.1`, `URI:spiffe://…`, `email:…`.
    pub fn names_display(&self) -> Vec<String> {
        self.sans.iter().flatten().map(San::to_string).collect()
    }

    /// `ECDSA P-256`, `RSA 2048`, `Ed25519`.
    pub fn key_display(&self) -> String {
        self.public_key.to_string()
    }

    /// As Go's `SignatureAlgorithm.String`: `ECDSA-SHA256`, `SHA256-RSA`.
    pub fn signature_display(&self) -> String {
        self.signature_algorithm.to_string()
    }

    /// The key usages by their names in RFC 5280 §4.2.1.3.
    pub fn key_usage_display(&self) -> Vec<String> {
        let usage = self.key_usage.unwrap_or_default();
        let named = KeyUsage::NAMES.iter().enumerate();
        named
            .filter(|(bit, _)| usage.contains(KeyUsage(1 << bit)))
            .map(|(_, name)| (*name).to_owned())
            .collect()
    }

    /// `serverAuth`, `clientAuth`, `any`, or dotted OIDs.
    pub fn extended_key_usage_display(&self) -> Vec<String> {
        self.extended_key_usage.iter().flatten().map(Eku::to_string).collect()
    }

    /// The part of the DER that the issuer signed.
    pub fn signed_bytes(&self) -> &[u8] {
        self.der.get(self.tbs.clone()).unwrap_or_default()
    }

    /// The undecoded SAN extension, by which Go tells certificates of one subject and key apart.
    pub(super) fn san_bytes(&self) -> Option<&[u8]> {
        self.der.get(self.san_value.clone()?)
    }

    /// What Go calls this certificate in the hint of an unknown authority error.
    pub(super) fn hint_name(&self) -> String {
        let named = self.common_name().filter(|name| !name.is_empty());
        let named = named.or_else(|| distinguished_name::organization(&self.raw_subject));
        named.unwrap_or_else(|| {
            let sign = if self.serial_negative { "-" } else { "" };
            format!("serial:{sign}{}", decimal(&self.serial))
        })
    }

    /// The dNSName entries of its SANs.
    pub fn dns_names(&self) -> impl Iterator<Item = &str> {
        self.sans.iter().flatten().filter_map(|san| match san {
            San::Dns(name) => Some(name.as_str()),
            _ => None,
        })
    }

    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        self.sans.iter().flatten().filter_map(|san| match san {
            San::Ip(address) => Some(*address),
            _ => None,
        })
    }
}

/// A big-endian number in decimal.
fn decimal(bytes: &[u8]) -> String {
    let mut digits = vec![0_u8];
    for &byte in bytes {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            let value = u32::from(*digit) * 256 + carry;
            *digit = (value % 10) as u8;
            carry = value / 10;
        }
        while carry > 0 {
            digits.push((carry % 10) as u8);
            carry /= 10;
        }
    }
    digits.iter().rev().map(|digit| char::from(b'0' + digit)).collect()
}
