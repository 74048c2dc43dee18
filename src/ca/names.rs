//! Names as users write them, made into SAN entries and subjects; what could never match is refused here.

use std::net::IpAddr;

use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::asn1::{Any, ObjectIdentifier, SetOfVec, Utf8StringRef};
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::name::{Name, RelativeDistinguishedName};

use crate::message::{CaMessage, Message, Say, english_display};
use crate::x509::San;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
/// RFC 5280 appendix A: `ub-common-name` and `ub-organization-name`.
const LONGEST: usize = 64;

/// A name that can't stand in a certificate, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
    /// Neither a DNS name nor an address.
    San(String),
    /// A host with a port.
    Port(String),
    /// A name that is not ASCII.
    NotAscii(String),
    /// Empty, or longer than a certificate allows.
    Length(String),
}

english_display!(NameError);

impl Say for NameError {
    fn message(&self) -> Message {
        let quoted = |name: &String| format!("{name:?}").into();
        match self {
            Self::San(name) => CaMessage::NotAName { name: quoted(name) },
            Self::Port(name) => CaMessage::NameWithPort { name: quoted(name) },
            Self::NotAscii(name) => CaMessage::NameNotAscii { name: quoted(name) },
            Self::Length(name) => CaMessage::NameLength { name: quoted(name) },
        }
        .into()
    }
}

/// Reads one SAN entry: an address, a DNS name (`*.` in front is allowed), or either with its kind before a colon.
pub fn san(text: &str) -> Result<San, NameError> {
    let bad = || NameError::San(text.to_owned());
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(San::Ip(address));
    }
    if !text.is_ascii() {
        return Err(NameError::NotAscii(text.to_owned()));
    }
    if let Some(rest) = prefixed(text, "IP:").or_else(|| prefixed(text, "IP Address:")) {
        return rest.trim().parse().map(San::Ip).map_err(|_| bad());
    }
    if let Some(rest) = prefixed(text, "URI:") {
        return if rest.contains(':') { Ok(San::Uri(rest.to_owned())) } else { Err(bad()) };
    }
    if let Some(rest) = prefixed(text, "email:") {
        return if rest.contains('@') { Ok(San::Email(rest.to_owned())) } else { Err(bad()) };
    }
    if text.contains("://") {
        return Ok(San::Uri(text.to_owned()));
    }
    let name = prefixed(text, "DNS:").unwrap_or(text);
    if is_dns_name(name) {
        return Ok(San::Dns(name.to_owned()));
    }
    let port = name.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    Err(if port { NameError::Port(text.to_owned()) } else { bad() })
}

fn prefixed<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

fn is_dns_name(name: &str) -> bool {
    let host = name.strip_prefix("*.").unwrap_or(name);
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let all_digits = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    name.len() <= 253 && host.split('.').all(label) && !all_digits
}

/// The DER of a subject with organizations and a common name.
pub fn subject(common_name: &str, organizations: &[String]) -> Result<Vec<u8>, NameError> {
    let attributes = organizations.iter().map(|name| (ORGANIZATION, name.as_str()));
    let attributes = attributes.chain([(COMMON_NAME, common_name)]);
    let relative: Result<Vec<_>, _> = attributes.map(|(oid, text)| relative(oid, text)).collect();
    let bad = |_| NameError::Length(common_name.to_owned());
    Name::from(relative?).to_der().map_err(bad)
}

fn relative(oid: ObjectIdentifier, text: &str) -> Result<RelativeDistinguishedName, NameError> {
    let bad = |_| NameError::Length(text.to_owned());
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(NameError::Length(text.to_owned()));
    }
    let value = Utf8StringRef::new(text).map_err(bad)?;
    let attribute = AttributeTypeAndValue { oid, value: Any::from(value) };
    Ok(RelativeDistinguishedName::from(SetOfVec::try_from(vec![attribute]).map_err(bad)?))
}

/// A name read from DER that encodes to the same bytes again.
pub(super) fn name_from_der(der: &[u8]) -> Option<Name> {
    let name = Name::from_der(der).ok()?;
    (name.to_der().ok()? == der).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::x509::name_display;

    #[test]
    fn a_name_is_read_as_what_it_is() {
        for (text, shown) in [
            ("10.0.0.1", "IP:10.0.0.1"),
            ("[::1]", "IP:::1"),
            ("IP:10.0.0.1", "IP:10.0.0.1"),
            ("etcd-0", "DNS:etcd-0"),
            ("*.etcd.svc", "DNS:*.etcd.svc"),
            ("dns:etcd_0", "DNS:etcd_0"),
            ("spiffe://example.org/etcd", "URI:spiffe://example.org/etcd"),
            ("email:root@example.org", "email:root@example.org"),
        ] {
            assert_eq!(san(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_could_never_match_is_refused() {
        for text in ["", "10.0.0.256", "a b", "etcd..svc", "-etcd", "*", "a/b", "IP:etcd", "URI:x"]
        {
            assert!(matches!(san(text), Err(NameError::San(_))), "{text}");
        }
        assert!(matches!(san("etcd-0:2379"), Err(NameError::Port(_))));
        assert!(matches!(san("etcd.日本"), Err(NameError::NotAscii(_))));
    }

    #[test]
    fn a_subject_reads_back() {
        let der = subject("kube-apiserver", &["system:masters".to_owned()]).unwrap();
        assert_eq!(name_display(&der), "CN=kube-apiserver,O=system:masters");
        assert!(name_from_der(&der).is_some());
        assert!(subject("", &[]).is_err() && subject(&"x".repeat(65), &[]).is_err());
    }
}
