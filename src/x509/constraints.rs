//! Name constraints as a CA states them: `parseNameConstraintsExtension` in `crypto/x509/parser.go`, RFC 5280 §4.2.1.10.

use super::der::{self, Reader};
use super::domain::reverse_labels;
use super::go::Go;
use super::mailbox;
use super::quote::quoted;
use std::fmt;
use std::net::IpAddr;

/// The subtrees that a CA allows and forbids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameConstraints {
    pub permitted: Subtrees,
    pub excluded: Subtrees,
    /// Some subtree is of a kind that Go does not support, such as directoryName.
    pub has_unsupported: bool,
}

/// Constraints of one direction, by the kind of name they bind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subtrees {
    pub dns: Vec<String>,
    pub ip: Vec<IpRange>,
    pub email: Vec<String>,
    pub uri: Vec<String>,
}

/// An address and a contiguous mask; the address need not be masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IpRange {
    pub address: IpAddr,
    pub prefix_length: u32,
}

impl NameConstraints {
    pub(super) fn read(mut value: Reader<'_>, go: Go) -> Result<Self, String> {
        const INVALID: &str = "x509: invalid NameConstraints extension";
        let mut fields = value.read(der::SEQUENCE).filter(|_| value.is_empty()).ok_or(INVALID)?;
        let permitted = fields.optional(der::explicit(0)).ok_or(INVALID)?;
        let excluded = fields.optional(der::explicit(1)).ok_or(INVALID)?;
        if !fields.is_empty() {
            return Err(INVALID.into());
        }
        let empty = |subtrees: &Option<Reader<'_>>| subtrees.is_none_or(|list| list.is_empty());
        if empty(&permitted) && empty(&excluded) {
            return Err("x509: empty name constraints extension".into());
        }
        let mut constraints = Self::default();
        if let Some(list) = permitted {
            constraints.has_unsupported |= constraints.permitted.read(list, go)?;
        }
        if let Some(list) = excluded {
            constraints.has_unsupported |= constraints.excluded.read(list, go)?;
        }
        Ok(constraints)
    }

    pub(super) fn is_supported(&self) -> bool {
        !self.has_unsupported
    }
}

impl fmt::Display for NameConstraints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |subtrees: &Subtrees| {
            let named = |kind: &str, names: &[String]| {
                names.iter().map(|name| format!("{kind}:{name}")).collect()
            };
            let addresses = subtrees.ip.iter().map(|range| format!("IP:{range}")).collect();
            let all: [Vec<String>; 4] = [
                named("DNS", &subtrees.dns),
                addresses,
                named("email", &subtrees.email),
                named("URI", &subtrees.uri),
            ];
            all.concat().join(", ")
        };
        let parts = [("permitted", list(&self.permitted)), ("excluded", list(&self.excluded))];
        let shown: Vec<String> = parts
            .iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(kind, names)| format!("{kind} {names}"))
            .collect();
        f.write_str(&shown.join("; "))
    }
}

impl Subtrees {
    /// Reads `GeneralSubtrees`; true if there was one of an unsupported kind.
    fn read(&mut self, mut list: Reader<'_>, go: Go) -> Result<bool, String> {
        let mut unsupported = false;
        while !list.is_empty() {
            let base = list.read(der::SEQUENCE).and_then(|mut subtree| subtree.any());
            let base = base.ok_or("x509: invalid NameConstraints extension")?;
            let content = base.content.rest;
            match base.tag ^ 0x80 {
                1 => self.email.push(email(content, go)?),
                2 => self.dns.push(domain(content, "dnsName", go)?),
                6 => self.uri.push(uri_domain(content, go)?),
                7 => self.ip.push(ip_range(content)?),
                _ => unsupported = true,
            }
        }
        Ok(unsupported)
    }
}

fn ascii(content: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(content).ok().filter(|text| text.is_ascii()).ok_or_else(|| {
        format!(
            "x509: invalid constraint value: x509: {} cannot be encoded as an IA5String",
            quoted(content)
        )
    })
}

/// A domain that may begin with a dot, which demands a label before it.
fn domain(content: &[u8], kind: &str, go: Go) -> Result<String, String> {
    let text = ascii(content)?;
    let refused = || format!("x509: failed to parse {kind} constraint {}", quoted(content));
    if text == "." && go.wildcards_meet_exclusions() {
        return Err(refused());
    }
    reverse_labels(text.strip_prefix('.').unwrap_or(text).as_bytes(), go).ok_or_else(refused)?;
    Ok(text.to_owned())
}

fn email(content: &[u8], go: Go) -> Result<String, String> {
    let text = ascii(content)?;
    if !text.contains('@') {
        return domain(content, "rfc822Name", go);
    }
    let parsed = mailbox::parse(content, go);
    parsed.ok_or_else(|| {
        format!("x509: failed to parse rfc822Name constraint {}", quoted(content))
    })?;
    Ok(text.to_owned())
}

fn uri_domain(content: &[u8], go: Go) -> Result<String, String> {
    if ascii(content)?.parse::<IpAddr>().is_ok() {
        return Err(format!(
            "x509: failed to parse URI constraint {}: cannot be IP address",
            quoted(content)
        ));
    }
    domain(content, "URI", go)
}

fn ip_range(content: &[u8]) -> Result<IpRange, String> {
    let (address, mask): (IpAddr, u128) = match content.len() {
        8 => {
            let (address, mask) = content.split_at(4);
            (<[u8; 4]>::try_from(address).unwrap_or_default().into(), big_endian(mask) << 96)
        }
        32 => {
            let (address, mask) = content.split_at(16);
            (<[u8; 16]>::try_from(address).unwrap_or_default().into(), big_endian(mask))
        }
        length => return Err(format!("x509: IP constraint contained value of length {length}")),
    };
    let prefix_length = mask.leading_ones();
    if mask.count_ones() != prefix_length {
        let mask = data_encoding::HEXLOWER.encode(&content[content.len() / 2..]);
        return Err(format!("x509: IP constraint contained invalid mask {mask}"));
    }
    Ok(IpRange { address, prefix_length })
}

fn big_endian(bytes: &[u8]) -> u128 {
    bytes.iter().fold(0, |value, &byte| value << 8 | u128::from(byte))
}

impl IpRange {
    /// Addresses of 4 bytes never match ranges of 16, nor the reverse.
    pub(super) fn contains(&self, address: IpAddr) -> bool {
        let differing = match (self.address, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                (base.to_bits() ^ address.to_bits()).leading_zeros()
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                (base.to_bits() ^ address.to_bits()).leading_zeros()
            }
            _ => return false,
        };
        differing >= self.prefix_length
    }
}

impl fmt::Display for IpRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix_length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let range = ip_range(&[10, 1, 2, 3, 255, 0, 0, 0]).unwrap();
        assert!(range.contains([10, 9, 9, 9].into()) && !range.contains([11, 0, 0, 1].into()));
        assert!(!range.contains("::ffff:10.1.2.3".parse().unwrap()));
        assert_eq!(range.to_string(), "10.1.2.3/8");
        assert!(ip_range(&[10, 0, 0, 0, 255, 0, 255, 0]).is_err());
        assert_eq!(ip_range(&[0; 8]).unwrap().prefix_length, 0);
    }
}
