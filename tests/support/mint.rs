//! Mints certificates byte by byte, so that tests can also issue what no CA would: wrong lengths, odd extensions, loops.

#![allow(dead_code, reason = "each test file uses its own part of the mint")]

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use data_encoding::BASE64;

/// One DER element.
pub(crate) fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match length {
        0..0x80 => out.push(u8::try_from(length).unwrap()),
        0x80..0x100 => out.extend([0x81, u8::try_from(length).unwrap()]),
        0x100..0x1_0000 => {
            out.push(0x82);
            out.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
        _ => {
            out.push(0x83);
            out.extend(&u32::try_from(length).unwrap().to_be_bytes()[1..]);
        }
    }
    out.extend(content);
    out
}

pub(crate) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// An INTEGER from a small number.
pub(crate) fn integer(number: i64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let spare = bytes.windows(2).take_while(|pair| {
        matches!(pair, [0, n] if n & 0x80 == 0) || matches!(pair, [0xff, n] if n & 0x80 != 0)
    });
    tlv(2, &bytes[spare.count()..])
}

/// An OBJECT IDENTIFIER from dotted text.
pub(crate) fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut content = Vec::new();
    for arc in std::iter::once(arcs[0] * 40 + arcs[1]).chain(arcs[2..].iter().copied()) {
        let groups = (1..10).find(|count| arc >> (7 * count) == 0).unwrap();
        for group in (0..groups).rev() {
            let more = if group == 0 { 0 } else { 0x80 };
            content.push(u8::try_from(arc >> (7 * group) & 0x7f).unwrap() | more);
        }
    }
    tlv(6, &content)
}

/// A name of one common name.
pub(crate) fn name(common_name: &str) -> Vec<u8> {
    let attribute = sequence(&[oid("2.5.4.3"), tlv(0x0c, common_name.as_bytes())]);
    sequence(&[tlv(0x31, &attribute)])
}

/// A P-256 key and its certificate signatures.
pub(crate) struct Key {
    pair: EcdsaKeyPair,
}

impl Key {
    pub(crate) fn generate() -> Self {
        Self { pair: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap() }
    }

    pub(crate) fn spki(&self) -> Vec<u8> {
        let algorithm = sequence(&[oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")]);
        let bits = [&[0], self.pair.public_key().as_ref()].concat();
        sequence(&[algorithm, tlv(3, &bits)])
    }

    pub(crate) fn pkcs8_pem(&self) -> String {
        let der = self.pair.to_pkcs8v1().unwrap();
        format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            BASE64.encode(der.as_ref())
        )
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()
    }
}

/// An extension, its value already encoded.
pub(crate) fn extension(dotted: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag = if critical { tlv(1, &[0xff]) } else { Vec::new() };
    sequence(&[oid(dotted), flag, tlv(4, value)])
}

pub(crate) fn basic_constraints(ca: bool, path_len: Option<i64>) -> Vec<u8> {
    let flag = if ca { tlv(1, &[0xff]) } else { Vec::new() };
    let value = sequence(&[flag, path_len.map(integer).unwrap_or_default()]);
    extension("2.5.29.19", true, &value)
}

/// Key usage from its first nine bits, digitalSignature first.
pub(crate) fn key_usage(bits: &str) -> Vec<u8> {
    let byte = bits
        .chars()
        .enumerate()
        .fold(0_u8, |byte, (at, bit)| byte | u8::from(bit == '1') << (7 - at));
    let unused = u8::try_from(byte.trailing_zeros().min(7)).unwrap();
    extension("2.5.29.15", true, &tlv(3, &[unused, byte]))
}

pub(crate) fn extended_key_usage(dotted: &[&str]) -> Vec<u8> {
    let usages: Vec<Vec<u8>> = dotted.iter().map(|usage| oid(usage)).collect();
    extension("2.5.29.37", false, &sequence(&usages))
}

pub(crate) const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
pub(crate) const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";

/// A `GeneralName` from `DNS:…`, `IP:…`, `URI:…` or `email:…`.
pub(crate) fn general_name(text: &str) -> Vec<u8> {
    let (kind, value) = text.split_once(':').unwrap();
    match kind {
        "DNS" => tlv(0x82, value.as_bytes()),
        "URI" => tlv(0x86, value.as_bytes()),
        "email" => tlv(0x81, value.as_bytes()),
        "IP" => match value.parse().unwrap() {
            std::net::IpAddr::V4(address) => tlv(0x87, &address.octets()),
            std::net::IpAddr::V6(address) => tlv(0x87, &address.octets()),
        },
        other => panic!("no such kind of name: {other}"),
    }
}

pub(crate) fn san(names: &[&str]) -> Vec<u8> {
    let names: Vec<Vec<u8>> = names.iter().map(|text| general_name(text)).collect();
    extension("2.5.29.17", false, &sequence(&names))
}

/// Name constraints; an address range is `range:10.0.0.0/255.0.0.0`.
pub(crate) fn name_constraints(permitted: &[&str], excluded: &[&str]) -> Vec<u8> {
    let subtrees = |tag: u8, names: &[&str]| {
        let bases: Vec<Vec<u8>> = names
            .iter()
            .map(|text| match text.strip_prefix("range:").and_then(|range| range.split_once('/')) {
                Some((base, mask)) => {
                    let octets = |text: &str| text.parse::<std::net::Ipv4Addr>().unwrap().octets();
                    sequence(&[tlv(0x87, &[octets(base), octets(mask)].concat())])
                }
                None => sequence(&[general_name(text)]),
            })
            .collect();
        if names.is_empty() { Vec::new() } else { tlv(tag, &bases.concat()) }
    };
    extension("2.5.29.30", true, &sequence(&[subtrees(0xa0, permitted), subtrees(0xa1, excluded)]))
}

pub(crate) fn subject_key_id(id: &[u8]) -> Vec<u8> {
    extension("2.5.29.14", false, &tlv(4, id))
}

pub(crate) fn authority_key_id(id: &[u8]) -> Vec<u8> {
    extension("2.5.29.35", false, &sequence(&[tlv(0x80, id)]))
}

/// Everything a certificate says but the keys.
#[derive(Clone)]
pub(crate) struct Template {
    pub(crate) version: u8,
    pub(crate) serial: i64,
    pub(crate) subject: Vec<u8>,
    pub(crate) issuer: Vec<u8>,
    pub(crate) not_before: Vec<u8>,
    pub(crate) not_after: Vec<u8>,
    pub(crate) extensions: Vec<Vec<u8>>,
}

impl Template {
    /// Valid from 2020 to 2039; no extensions yet.
    pub(crate) fn new(subject: &str, issuer: &str) -> Self {
        Self {
            version: 3,
            serial: 1,
            subject: name(subject),
            issuer: name(issuer),
            not_before: tlv(0x17, b"200101000000Z"),
            not_after: tlv(0x17, b"391231235959Z"),
            extensions: Vec::new(),
        }
    }

    pub(crate) fn ca(subject: &str, issuer: &str) -> Self {
        Self::new(subject, issuer).with(basic_constraints(true, None)).with(key_usage("000001"))
    }

    #[must_use]
    pub(crate) fn with(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    #[must_use]
    pub(crate) fn serial(self, serial: i64) -> Self {
        Self { serial, ..self }
    }

    #[must_use]
    pub(crate) fn valid(self, not_before: &str, not_after: &str) -> Self {
        Self {
            not_before: tlv(0x17, not_before.as_bytes()),
            not_after: tlv(0x17, not_after.as_bytes()),
            ..self
        }
    }

    /// The DER certificate.
    pub(crate) fn sign(&self, key: &Key, issuer: &Key) -> Vec<u8> {
        let algorithm = sequence(&[oid("1.2.840.10045.4.3.2")]);
        let version = match self.version {
            1 => Vec::new(),
            other => tlv(0xa0, &integer(i64::from(other) - 1)),
        };
        let extensions = match self.extensions.len() {
            0 => Vec::new(),
            _ => tlv(0xa3, &sequence(&self.extensions)),
        };
        let tbs = sequence(&[
            version,
            integer(self.serial),
            algorithm.clone(),
            self.issuer.clone(),
            sequence(&[self.not_before.clone(), self.not_after.clone()]),
            self.subject.clone(),
            key.spki(),
            extensions,
        ]);
        let signature = [&[0][..], &issuer.sign(&tbs)].concat();
        sequence(&[tbs, algorithm, tlv(3, &signature)])
    }
}

pub(crate) fn pem(der: &[u8]) -> String {
    let text = BASE64.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}
