//! The extensions that Go reads, as strictly as `processExtensions` in `crypto/x509/parser.go`; the rest is only counted
//! as unhandled where it is critical.

use super::certificate::{BasicConstraints, KeyUsage, San};
use super::constraints::NameConstraints;
use super::der::{self, Reader};
use super::domain::reverse_labels;
use super::go::Go;
use super::oid::{self, Oid};
use super::parse_error::{Field, ParseError};
use super::policies::Policies;
use super::quote::quoted;
use super::uri;
use super::usage::Eku;
use std::net::IpAddr;
use std::ops::Range;

/// One extension, its value not looked into.
pub(super) struct Extension<'a> {
    pub id: Oid,
    pub critical: bool,
    pub value: Reader<'a>,
}

/// What the extensions of one certificate say.
#[derive(Default)]
pub(super) struct Extensions {
    pub sans: Option<Vec<San>>,
    pub san_value: Option<Range<usize>>,
    pub key_usage: Option<KeyUsage>,
    pub extended_key_usage: Option<Vec<Eku>>,
    pub basic_constraints: Option<BasicConstraints>,
    pub name_constraints: Option<NameConstraints>,
    pub policies: Policies,
    pub subject_key_id: Option<Vec<u8>>,
    pub authority_key_id: Option<Vec<u8>>,
    pub unhandled_critical: Vec<String>,
}

/// Whether Go acts on an extension, or has to refuse it if it is critical.
type Handled = bool;

impl Extensions {
    pub(super) fn add(&mut self, extension: &Extension<'_>, go: Go) -> Result<(), ParseError> {
        let handled = match extension.id.der().strip_prefix(oid::ID_CE) {
            Some([arc]) => self.id_ce(*arc, extension, go),
            _ if extension.id.der() == oid::AUTHORITY_INFO_ACCESS => {
                authority_info_access(extension, go)
            }
            _ => Ok(false),
        };
        let handled = handled
            .map_err(|message| ParseError::new(&extension.value, Field::Extensions, &message))?;
        if extension.critical && !handled {
            self.unhandled_critical.push(extension.id.to_string());
        }
        Ok(())
    }

    /// An extension directly below id-ce, `2.5.29`.
    fn id_ce(&mut self, arc: u8, extension: &Extension<'_>, go: Go) -> Result<Handled, String> {
        let value = extension.value;
        match arc {
            14 => self.subject_key_id = Some(subject_key_id(extension, go)?),
            15 => self.key_usage = Some(key_usage(value).ok_or("x509: invalid key usage")?),
            17 => {
                let sans = subject_alternative_names(value, go)?;
                let known = sans.iter().any(|san| !matches!(san, San::Other { .. }));
                self.san_value = Some(value.offset..value.offset + value.rest.len());
                self.sans = Some(sans);
                return Ok(known);
            }
            19 => {
                let read = basic_constraints(value, go);
                self.basic_constraints = Some(read.ok_or("x509: invalid basic constraints")?);
            }
            30 => {
                let constraints = NameConstraints::read(value, go)?;
                let supported = constraints.is_supported();
                self.name_constraints = Some(constraints);
                return Ok(supported);
            }
            31 => distribution_points(value)?,
            32 => self.policies.read_certificate_policies(value, go)?,
            33 if go.checks_policies() => self.policies.read_mappings(value)?,
            35 => self.authority_key_id = authority_key_id(extension, go)?,
            36 if go.checks_policies() => self.policies.read_constraints(value)?,
            37 => self.extended_key_usage = Some(extended_key_usage(value, go)?),
            54 if go.checks_policies() => self.policies.read_inhibit_any(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn key_usage(mut value: Reader<'_>) -> Option<KeyUsage> {
    let bits = value.bit_string()?;
    Some(KeyUsage((0..9).filter(|&bit| bits.bit(bit)).fold(0, |usage, bit| usage | 1 << bit)))
}

fn basic_constraints(mut value: Reader<'_>, go: Go) -> Option<BasicConstraints> {
    let mut fields = value.read(der::SEQUENCE)?;
    let ca = if fields.peek(der::BOOLEAN) { fields.boolean()? } else { false };
    let mut path_len = None;
    if fields.peek(der::INTEGER) {
        path_len = u64::try_from(fields.int64()?).ok();
        if path_len.is_none() && go.refuses_negative_path_length() {
            return None;
        }
    }
    Some(BasicConstraints { ca, path_len })
}

fn subject_alternative_names(mut value: Reader<'_>, go: Go) -> Result<Vec<San>, String> {
    let mut list = value.read(der::SEQUENCE).ok_or("x509: invalid subject alternative names")?;
    let mut sans = Vec::new();
    while !list.is_empty() {
        let name = list.any().ok_or("x509: invalid subject alternative name")?;
        sans.push(subject_alternative_name(name.tag, name.content.rest, go)?);
    }
    Ok(sans)
}

fn subject_alternative_name(tag: u8, content: &[u8], go: Go) -> Result<San, String> {
    let ascii = |what: &str| match std::str::from_utf8(content) {
        Ok(text) if text.is_ascii() => Ok(text.to_owned()),
        _ => Err(format!("x509: SAN {what} is malformed")),
    };
    match tag ^ 0x80 {
        1 => ascii("rfc822Name").map(San::Email),
        2 => ascii("dNSName").map(San::Dns),
        6 => {
            let text = ascii("uniformResourceIdentifier")?;
            let host = uri::host(&text)
                .map_err(|why| format!("x509: cannot parse URI {}: {why}", quoted(content)))?;
            if !host.is_empty() && reverse_labels(host.as_bytes(), go).is_none() {
                return Err(format!("x509: cannot parse URI {}: invalid domain", quoted(content)));
            }
            Ok(San::Uri(text))
        }
        7 => match (<[u8; 4]>::try_from(content), <[u8; 16]>::try_from(content)) {
            (Ok(four), _) => Ok(San::Ip(IpAddr::from(four))),
            (_, Ok(sixteen)) => {
                let address = std::net::Ipv6Addr::from(sixteen);
                if go.refuses_mapped_ip_sans() && address.to_ipv4_mapped().is_some() {
                    return Err("x509: SAN iPAddress contains IPv4-mapped IPv6 address".into());
                }
                Ok(San::Ip(address.into()))
            }
            _ => Err(format!("x509: cannot parse IP address of length {}", content.len())),
        },
        _ => Ok(San::Other { tag }),
    }
}

fn subject_key_id(extension: &Extension<'_>, go: Go) -> Result<Vec<u8>, String> {
    if extension.critical && go.refuses_critical_key_ids() {
        return Err("x509: subject key identifier incorrectly marked critical".into());
    }
    let mut value = extension.value;
    Ok(value.read(der::OCTET_STRING).ok_or("x509: invalid subject key identifier")?.rest.to_vec())
}

fn authority_key_id(extension: &Extension<'_>, go: Go) -> Result<Option<Vec<u8>>, String> {
    const INVALID: &str = "x509: invalid authority key identifier";
    if extension.critical && go.refuses_critical_key_ids() {
        return Err("x509: authority key identifier incorrectly marked critical".into());
    }
    let mut value = extension.value;
    let mut fields = value.read(der::SEQUENCE).ok_or(INVALID)?;
    Ok(fields.optional(der::context(0)).ok_or(INVALID)?.map(|id| id.rest.to_vec()))
}

fn extended_key_usage(mut value: Reader<'_>, go: Go) -> Result<Vec<Eku>, String> {
    const INVALID: &str = "x509: invalid extended key usages";
    let mut list = value.read(der::SEQUENCE).ok_or(INVALID)?;
    let mut usages = Vec::new();
    while !list.is_empty() {
        usages.push(Eku::from_oid(&list.oid(go).ok_or(INVALID)?));
    }
    Ok(usages)
}

/// RFC 5280 §4.2.1.13; nothing is kept, since neither Go nor etcd fetches CRLs.
fn distribution_points(mut value: Reader<'_>) -> Result<(), String> {
    const INVALID: &str = "x509: invalid CRL distribution point";
    let mut list = value.read(der::SEQUENCE).ok_or("x509: invalid CRL distribution points")?;
    while !list.is_empty() {
        let mut point = list.read(der::SEQUENCE).ok_or(INVALID)?;
        let Some(mut name) = point.optional(der::explicit(0)).ok_or(INVALID)? else { continue };
        let mut full_name = name.read(der::explicit(0)).ok_or(INVALID)?;
        while full_name.peek(der::context(6)) {
            full_name.read(der::context(6)).ok_or(INVALID)?;
        }
    }
    Ok(())
}

/// RFC 5280 §4.2.2.1; nothing is kept either.
fn authority_info_access(extension: &Extension<'_>, go: Go) -> Result<Handled, String> {
    const INVALID: &str = "x509: invalid authority info access";
    if extension.critical && go.refuses_critical_key_ids() {
        return Err("x509: authority info access incorrectly marked critical".into());
    }
    let mut value = extension.value;
    let mut list = value.read(der::SEQUENCE).ok_or(INVALID)?;
    while !list.is_empty() {
        let mut access = list.read(der::SEQUENCE).ok_or(INVALID)?;
        let _method: Oid = access.oid(go).ok_or(INVALID)?;
        access.optional(der::context(6)).ok_or(INVALID)?;
    }
    Ok(true)
}
