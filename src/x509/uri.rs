//! The host of a URI, and which URIs are none, as Go's `net/url.Parse` decides.
//!
//! A URI SAN that Go cannot parse makes the whole certificate unparseable, so its leniency matters: RFC 3986 is not enough.

use super::quote::quoted;

/// What Go calls the `Host` of a URL, port included, percent-decoded; or Go's words for why it is no URL.
pub(super) fn host(raw: &str) -> Result<String, String> {
    let (url, fragment) = raw.split_once('#').unwrap_or((raw, ""));
    let host =
        authority_host(url).map_err(|why| format!("parse {}: {why}", quoted(url.as_bytes())))?;
    unescape(fragment, Part::Path)
        .map_err(|why| format!("parse {}: {why}", quoted(raw.as_bytes())))?;
    Ok(host)
}

fn authority_host(url: &str) -> Result<String, String> {
    if url.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".into());
    }
    if url == "*" {
        return Ok(String::new());
    }
    let (scheme, rest) = scheme(url)?;
    let rest = rest.split_once('?').map_or(rest, |(path, _)| path);
    if !rest.starts_with('/') {
        if !scheme.is_empty() {
            return Ok(String::new());
        }
        if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
            return Err("first path segment in URL cannot contain colon".into());
        }
    }
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) if !scheme.is_empty() || !after.starts_with('/') => {
            after.find('/').map_or((after, ""), |slash| after.split_at(slash))
        }
        _ => ("", rest),
    };
    let host = parse_authority(authority)?;
    unescape(path, Part::Path)?;
    Ok(host)
}

fn scheme(url: &str) -> Result<(&str, &str), String> {
    for (index, byte) in url.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if index > 0 => {}
            b':' if index == 0 => return Err("missing protocol scheme".into()),
            b':' => return Ok((&url[..index], &url[index + 1..])),
            _ => break,
        }
    }
    Ok(("", url))
}

fn parse_authority(authority: &str) -> Result<String, String> {
    let Some((user, host)) = authority.rsplit_once('@') else { return parse_host(authority) };
    let host = parse_host(host)?;
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
    if !user.bytes().all(valid) {
        return Err("net/url: invalid userinfo".into());
    }
    unescape(user, Part::Path)?;
    Ok(host)
}

fn parse_host(host: &str) -> Result<String, String> {
    if host.starts_with('[') {
        let end = host.rfind(']').ok_or("missing ']' in host")?;
        valid_port(&host[end + 1..])?;
        if let Some(zone) = host[..end].find("%25") {
            let address = unescape(&host[..zone], Part::Host)?;
            let zone = unescape(&host[zone..end], Part::Zone)?;
            return Ok(address + &zone + &unescape(&host[end..], Part::Host)?);
        }
    } else if let Some(colon) = host.rfind(':') {
        valid_port(&host[colon..])?;
    }
    unescape(host, Part::Host)
}

fn valid_port(port: &str) -> Result<(), String> {
    let digits = port.strip_prefix(':').unwrap_or(port);
    let valid = port.is_empty()
        || port.starts_with(':') && digits.bytes().all(|byte| byte.is_ascii_digit());
    if valid { Ok(()) } else { Err(format!("invalid port {} after host", quoted(port.as_bytes()))) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    Host,
    Zone,
}

/// Decodes `%XX`; in hosts only bytes outside ASCII may be written so, and `%25` before a zone.
fn unescape(text: &str, part: Part) -> Result<String, String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        if byte != b'%' {
            if part != Part::Path && byte.is_ascii() && !allowed_in_host(byte) {
                return Err(format!(
                    "invalid character {:?} in host name",
                    char::from(byte).to_string()
                ));
            }
            decoded.push(byte);
            index += 1;
            continue;
        }
        let shown = &text[index..bytes.len().min(index + 3)];
        let value = shown.get(1..3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let value = value.filter(|_| shown.bytes().skip(1).all(|digit| digit.is_ascii_hexdigit()));
        let refused = match (value, part) {
            (None, _) => true,
            (Some(value), Part::Host) => value < 0x80 && shown != "%25",
            (Some(value), Part::Zone) => shown != "%25" && value != b' ' && !allowed_in_host(value),
            (Some(_), Part::Path) => false,
        };
        if refused {
            return Err(format!("invalid URL escape {}", quoted(shown.as_bytes())));
        }
        decoded.extend(value);
        index += 3;
    }
    Ok(String::from_utf8_lossy(&decoded).into_owned())
}

fn allowed_in_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!$&'()*+,;=:[]<>\"-_.~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{host, quoted};

    #[test]
    fn hosts() {
        let table = [
            ("spiffe://cluster.local/ns/default", "cluster.local"),
            ("https://user:p%40ss@host:2379/path?q#f", "host:2379"),
            ("https://[::1]:2379", "[::1]:2379"),
            ("urn:uuid:1234", ""),
            ("mailto:a@b", ""),
            ("//host/path", "host"),
            ("///path", ""),
            ("/path", ""),
            ("", ""),
            ("*", ""),
            ("http://[fe80::1%25en0]/", "[fe80::1%en0]"),
        ];
        for (uri, expected) in table {
            assert_eq!(host(uri).as_deref(), Ok(expected), "{uri}");
        }
    }

    #[test]
    fn refused() {
        for (uri, why) in [
            (":x", "missing protocol scheme"),
            ("a b:c", "first path segment in URL cannot contain colon"),
            ("http://a b/", "invalid character \" \" in host name"),
            ("http://h/%zz", "invalid URL escape \"%zz\""),
            ("http://h%41/", "invalid URL escape \"%41\""),
            ("http://h:port/", "invalid port \":port\" after host"),
            ("http://[::1/", "missing ']' in host"),
            ("http://a\u{7f}/", "net/url: invalid control character in URL"),
            ("http://a/%", "invalid URL escape \"%\""),
        ] {
            assert_eq!(host(uri), Err(format!("parse {}: {why}", quoted(uri.as_bytes()))));
        }
    }
}
