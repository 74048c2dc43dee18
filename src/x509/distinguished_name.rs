//! Subject and issuer names: checked as Go's `parseName` does, printed as its `pkix.Name.String` does.
//!
//! Comparing names is comparing their bytes and happens elsewhere; this is for parsing and for people.

use super::der::{self, Reader};
use super::go::Go;
use super::oid::{self, Oid};
use super::parse_error::{Field, ParseError};
use std::borrow::Cow;
use std::fmt::Write as _;

/// One attribute of a name; the value is what Go holds in a string, which need not be UTF-8.
pub(super) struct Attribute<'a> {
    pub kind: Oid,
    pub value: Cow<'a, [u8]>,
}

/// The attributes that `pkix.Name` has a field for, in the order in which `ToRDNSequence` writes them.
const NAMED: &[(u8, &str, bool)] = &[
    (6, "C", true),
    (8, "ST", true),
    (7, "L", true),
    (9, "STREET", true),
    (17, "POSTALCODE", true),
    (10, "O", true),
    (11, "OU", true),
    (3, "CN", false),
    (5, "SERIALNUMBER", false),
];
const COMMON_NAME: u8 = 3;
const ORGANIZATION: u8 = 10;

/// A DER name in words, as Go prints it: `CN=etcd-ca,O=Example`; empty if it is not a name.
pub fn name_display(raw_name_der: &[u8]) -> String {
    parse(Reader::new(raw_name_der), Go::DEFAULT).map(|name| display(&name)).unwrap_or_default()
}

/// The last common name in a DER name.
pub(super) fn common_name(raw: &[u8]) -> Option<String> {
    let name = parse(Reader::new(raw), Go::DEFAULT).ok()?;
    let last = name.iter().rev().find(|attribute| attribute.arc() == Some(COMMON_NAME))?;
    Some(String::from_utf8_lossy(&last.value).into_owned())
}

/// The first organization in a DER name.
pub(super) fn organization(raw: &[u8]) -> Option<String> {
    let name = parse(Reader::new(raw), Go::DEFAULT).ok()?;
    let first = name.iter().find(|attribute| attribute.arc() == Some(ORGANIZATION))?;
    Some(String::from_utf8_lossy(&first.value).into_owned())
}

/// The common name and the organizations of a DER name that holds one CN and nothing else.
pub(super) fn plain(raw: &[u8]) -> Option<(String, Vec<String>)> {
    let name = parse(Reader::new(raw), Go::DEFAULT).ok()?;
    let values = |arc: u8| {
        let named = name.iter().filter(move |attribute| attribute.arc() == Some(arc));
        named.map(|attribute| String::from_utf8_lossy(&attribute.value).into_owned())
    };
    let (mut common, organizations) =
        (values(COMMON_NAME), values(ORGANIZATION).collect::<Vec<_>>());
    (name.len() == organizations.len() + 1)
        .then(|| common.next())?
        .map(|name| (name, organizations))
}

/// All attributes of a name, flattened, or why Go refuses it.
pub(super) fn parse(mut raw: Reader<'_>, go: Go) -> Result<Vec<Attribute<'_>>, ParseError> {
    let mut attributes = Vec::new();
    let at = raw;
    let mut name =
        raw.read(der::SEQUENCE).ok_or_else(|| refuse(&at, "x509: invalid RDNSequence"))?;
    while !name.is_empty() {
        let at = name;
        let mut set =
            name.read(der::SET).ok_or_else(|| refuse(&at, "x509: invalid RDNSequence"))?;
        while !set.is_empty() {
            attributes.push(attribute(&mut set, go)?);
        }
    }
    Ok(attributes)
}

fn attribute<'a>(set: &mut Reader<'a>, go: Go) -> Result<Attribute<'a>, ParseError> {
    let at = *set;
    let mut pair = set
        .read(der::SEQUENCE)
        .ok_or_else(|| refuse(&at, "x509: invalid RDNSequence: invalid attribute"))?;
    let kind = pair
        .oid(go)
        .ok_or_else(|| refuse(&at, "x509: invalid RDNSequence: invalid attribute type"))?;
    let at = pair;
    let value = pair
        .any()
        .ok_or_else(|| refuse(&at, "x509: invalid RDNSequence: invalid attribute value"))?;
    let value = string(value.tag, value.content.rest, go).map_err(|why| {
        refuse(&at, &format!("x509: invalid RDNSequence: invalid attribute value: {why}"))
    })?;
    Ok(Attribute { kind, value })
}

fn refuse(at: &Reader<'_>, message: &str) -> ParseError {
    ParseError::new(at, Field::Name, message)
}

/// The string types that Go's `parseASN1String` knows, each with its character set.
fn string(tag: u8, value: &[u8], go: Go) -> Result<Cow<'_, [u8]>, String> {
    const UTF8: u8 = 0x0c;
    const NUMERIC: u8 = 0x12;
    const PRINTABLE: u8 = 0x13;
    const T61: u8 = 0x14;
    const IA5: u8 = 0x16;
    const BMP: u8 = 0x1e;
    let (valid, name) = match tag {
        T61 => (true, ""),
        PRINTABLE => (
            value.iter().all(|&byte| is_printable(byte) || byte == b'*' || byte == b'&'),
            "PrintableString",
        ),
        UTF8 => (std::str::from_utf8(value).is_ok(), "UTF-8 string"),
        IA5 => (value.is_ascii(), "IA5String"),
        NUMERIC => {
            (value.iter().all(|&byte| byte.is_ascii_digit() || byte == b' '), "NumericString")
        }
        BMP => return bmp(value),
        _ if go.reads_any_string_type() => (true, ""),
        _ => return Err(format!("unsupported string type: {tag}")),
    };
    if valid { Ok(value.into()) } else { Err(format!("invalid {name}")) }
}

fn bmp<'a>(value: &[u8]) -> Result<Cow<'a, [u8]>, String> {
    if !value.len().is_multiple_of(2) {
        return Err("invalid BMPString".into());
    }
    let text = value.strip_suffix(&[0, 0]).unwrap_or(value);
    let units = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let decoded: String =
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Ok(decoded.into_bytes().into())
}

/// The character set of `PrintableString`, X.680 §41.4.
fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

impl Attribute<'_> {
    /// The last arc of an attribute type directly below id-at.
    fn arc(&self) -> Option<u8> {
        match self.kind.der().strip_prefix(oid::ID_AT)? {
            [arc] => Some(*arc),
            _ => None,
        }
    }

    fn is_named(&self) -> bool {
        NAMED.iter().any(|(arc, ..)| self.arc() == Some(*arc))
    }
}

/// RDNs in reverse order: the named ones grouped by kind, behind them what `pkix.Name` has no field for.
fn display(name: &[Attribute<'_>]) -> String {
    let mut out = String::new();
    for (arc, label, repeats) in NAMED.iter().rev() {
        let mut values = name.iter().filter(|a| a.arc() == Some(*arc)).map(|a| &*a.value);
        if *repeats {
            for (index, value) in values.enumerate() {
                separate(&mut out, if index == 0 { ',' } else { '+' });
                named(&mut out, label, value);
            }
        } else if let Some(value) = values.next_back().filter(|value| !value.is_empty()) {
            separate(&mut out, ',');
            named(&mut out, label, value);
        }
    }
    for attribute in name.iter().rev().filter(|attribute| !attribute.is_named()) {
        separate(&mut out, ',');
        unnamed(&mut out, attribute);
    }
    out
}

fn separate(out: &mut String, separator: char) {
    if !out.is_empty() {
        out.push(separator);
    }
}

fn named(out: &mut String, label: &str, value: &[u8]) {
    out.push_str(label);
    out.push('=');
    escape(out, value);
}

fn unnamed(out: &mut String, attribute: &Attribute<'_>) {
    let _ = write!(out, "{}=", attribute.kind);
    let Ok(text) = std::str::from_utf8(&attribute.value) else {
        return escape(out, &attribute.value);
    };
    let tag = if text.bytes().all(is_printable) { 0x13 } else { 0x0c };
    let _ = write!(out, "#{tag:02x}");
    let length = text.len();
    let digits = length.to_be_bytes();
    let digits = &digits[digits.iter().position(|&digit| digit != 0).unwrap_or(digits.len() - 1)..];
    if length >= 0x80 {
        let _ = write!(out, "{:02x}", 0x80 | digits.len());
    }
    for byte in digits.iter().chain(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
}

fn escape(out: &mut String, value: &[u8]) {
    let text = String::from_utf8_lossy(value);
    let last = text.len().saturating_sub(1);
    out.reserve(text.len());
    for (index, character) in text.char_indices() {
        let special = match character {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' => true,
            ' ' => index == 0 || index == last,
            '#' => index == 0,
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rdn(kind: &[u8], tag: u8, value: &[u8]) -> Vec<u8> {
        let wrap = |tag: u8, content: &[u8]| {
            [&[tag, u8::try_from(content.len()).unwrap()], content].concat()
        };
        wrap(der::SET, &wrap(der::SEQUENCE, &[wrap(6, kind), wrap(tag, value)].concat()))
    }

    fn name(rdns: &[Vec<u8>]) -> Vec<u8> {
        let content = rdns.concat();
        [&[der::SEQUENCE, u8::try_from(content.len()).unwrap()][..], &content].concat()
    }

    #[test]
    fn prints_as_go_does() {
        let organization = rdn(&[0x55, 4, 10], 0x0c, b"a, b");
        let common = rdn(&[0x55, 4, 3], 0x0c, b"etcd-ca");
        let mail = rdn(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1], 0x16, b"a@b");
        let text = name_display(&name(&[organization, common, mail]));
        assert_eq!(text, "CN=etcd-ca,O=a\\, b,1.2.840.113549.1.9.1=#0c03614062");
    }

    #[test]
    fn the_last_common_name_counts() {
        let raw = name(&[rdn(&[0x55, 4, 3], 0x13, b"one"), rdn(&[0x55, 4, 3], 0x13, b"two")]);
        assert_eq!(common_name(&raw).as_deref(), Some("two"));
        assert_eq!(name_display(&raw), "CN=two");
    }

    #[test]
    fn character_sets_are_checked() {
        let read = |tag, value: &[u8]| {
            parse(Reader::new(&name(&[rdn(&[0x55, 4, 3], tag, value)])), Go::DEFAULT).is_ok()
        };
        assert!(read(0x13, b"*.a&b") && !read(0x13, b"a@b") && !read(0x13, b"a_b"));
        assert!(read(0x0c, "é".as_bytes()) && !read(0x0c, &[0xff]));
        assert!(read(0x1e, &[0, b'a']) && !read(0x1e, &[0]));
        assert!(!read(0x1c, b"\0\0\0a"), "UniversalString is not among Go's types");
    }
}
