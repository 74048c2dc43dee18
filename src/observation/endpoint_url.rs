//! The parts of an endpoint URL as etcdctl would dial it, or what is wrong with it.
//!
//! etcdctl checks no syntax and guesses no port (etcd `client/v3/internal/endpoint`): what it cannot dial, it dials
//! for five seconds. So everything beyond `[scheme://]host:port` is malformed here, with the URL probably meant.

use std::net::Ipv6Addr;

use serde::{Deserialize, Serialize};

use crate::{
    etcd::CLIENT_PORT,
    message::{Message, NetworkMessage, Say, Value},
};

/// The parts of an endpoint URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Whether TLS is spoken: `https`, `unixs`, or no scheme with credentials given.
    pub tls: bool,
    /// Whether a scheme was written.
    pub scheme_given: bool,
    /// The host without brackets, or the path of a Unix socket.
    pub host: String,
    /// The port; 0 for Unix sockets.
    pub port: u16,
    /// Whether this is a Unix socket.
    pub unix: bool,
}

/// An endpoint that is no URL that etcdctl can connect to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Malformed {
    /// What is wrong.
    pub why: UrlDefect,
    /// The URL that was probably meant.
    pub suggestion: Option<String>,
}

/// What is wrong with an endpoint URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UrlDefect {
    /// Nothing was written.
    Empty,
    /// A blank or another invisible character is in it.
    WhiteSpace,
    /// It begins with the host; where etcd itself is to listen, nothing stands for a scheme.
    NoScheme,
    /// Its scheme is not one of etcd's.
    Scheme(String),
    /// Something follows the address, by its first character.
    Path(char),
    /// A user name stands before the host.
    UserName,
    /// A bracket is not closed.
    OpenBracket,
    /// What stands in brackets is not an IPv6 address.
    NotIpv6(String),
    /// It has no port.
    NoPort,
    /// An IPv6 address without brackets.
    NeedsBrackets,
    /// It has no host.
    NoHost,
    /// A name where etcd listens, which binds to addresses only.
    HostName(String),
    /// A member of `--initial-cluster` without its name and the equals sign.
    NoMember,
    /// A character that no host name has.
    HostCharacter(char),
    /// Its port is not a number from 1 to 65535.
    Port(String),
    /// In the words of another release.
    Other(String),
}

impl Say for UrlDefect {
    fn message(&self) -> Message {
        let quoted = |text: &dyn std::fmt::Display| Value::from(format!("`{text}`"));
        let message = match self {
            Self::Empty => NetworkMessage::UrlEmpty,
            Self::WhiteSpace => NetworkMessage::UrlWhiteSpace,
            Self::NoScheme => NetworkMessage::UrlNoScheme,
            Self::Scheme(scheme) => NetworkMessage::UrlScheme { scheme: quoted(scheme) },
            Self::Path(first) => NetworkMessage::UrlPath { first: quoted(first) },
            Self::UserName => NetworkMessage::UrlUserName,
            Self::OpenBracket => NetworkMessage::UrlOpenBracket,
            Self::NotIpv6(host) => {
                NetworkMessage::UrlNotIpv6 { host: quoted(&format!("[{host}]")) }
            }
            Self::NoPort => NetworkMessage::UrlNoPort,
            Self::NeedsBrackets => NetworkMessage::UrlNeedsBrackets,
            Self::NoHost => NetworkMessage::UrlNoHost,
            Self::HostName(host) => NetworkMessage::UrlHostName { host: quoted(host) },
            Self::NoMember => NetworkMessage::UrlNoMember,
            Self::HostCharacter(c) => NetworkMessage::UrlHostCharacter { character: quoted(c) },
            Self::Port(port) => NetworkMessage::UrlPort { port: quoted(port) },
            Self::Other(words) => return Message::Plain(Value::quoted(words)),
        };
        message.into()
    }
}

impl Parts {
    /// Splits an endpoint; `implies_tls` decides for one without scheme.
    ///
    /// # Errors
    /// etcdctl can't dial it.
    pub fn parse(endpoint: &str, implies_tls: bool) -> Result<Self, Malformed> {
        if endpoint.is_empty() {
            let suggestion = Some(default_url(implies_tls));
            return Err(Malformed { why: UrlDefect::Empty, suggestion });
        }
        let malformed =
            |why| Malformed { why, suggestion: repaired(endpoint, implies_tls, CLIENT_PORT) };
        if endpoint.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(malformed(UrlDefect::WhiteSpace));
        }
        let (scheme, rest) = match endpoint.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, endpoint),
        };
        let (tls, unix) = match scheme {
            None => (implies_tls, false),
            Some("https") => (true, false),
            Some("http") => (false, false),
            Some("unixs") => (true, true),
            Some("unix") => (false, true),
            Some(other) => {
                return Err(malformed(UrlDefect::Scheme(other.to_owned())));
            }
        };
        if unix {
            let host = rest.to_owned();
            return Ok(Self { tls, scheme_given: true, host, port: 0, unix });
        }
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = authority_parts(authority).map_err(malformed)?;
        Ok(Self { tls, scheme_given: scheme.is_some(), host, port, unix })
    }
}

/// Host without brackets, and port.
fn authority_parts(authority: &str) -> Result<(String, u16), UrlDefect> {
    if let Some(found) = authority.chars().find(|c| "/?#\\".contains(*c)) {
        return Err(UrlDefect::Path(found));
    }
    if authority.contains('@') {
        return Err(UrlDefect::UserName);
    }
    let (host, port) = if let Some(bracketed) = authority.strip_prefix('[') {
        let (host, after) = bracketed.split_once(']').ok_or(UrlDefect::OpenBracket)?;
        let address = host.split('%').next().unwrap_or_default();
        address.parse::<Ipv6Addr>().map_err(|_| UrlDefect::NotIpv6(host.to_owned()))?;
        (host, after.strip_prefix(':').ok_or(UrlDefect::NoPort)?)
    } else {
        let (host, port) = authority.rsplit_once(':').ok_or(UrlDefect::NoPort)?;
        if host.contains(':') {
            return Err(UrlDefect::NeedsBrackets);
        }
        (host, port)
    };
    if host.is_empty() {
        return Err(UrlDefect::NoHost);
    }
    let valid = |c: char| c.is_ascii_alphanumeric() || "-._:%".contains(c);
    if let Some(found) = host.chars().find(|c| !valid(*c)) {
        return Err(UrlDefect::HostCharacter(found));
    }
    match port.parse::<u16>() {
        Ok(number) if number > 0 && port.chars().all(|c| c.is_ascii_digit()) => {
            Ok((host.to_owned(), number))
        }
        _ if port.is_empty() => Err(UrlDefect::NoPort),
        _ => Err(UrlDefect::Port(port.to_owned())),
    }
}

fn default_url(tls: bool) -> String {
    format!("{}://127.0.0.1:{CLIENT_PORT}", if tls { "https" } else { "http" })
}

/// The URL probably meant: scheme, host and port are kept where they make sense, and `usual` stands for a port that doesn't.
pub fn repaired(endpoint: &str, implies_tls: bool, usual: u16) -> Option<String> {
    let text: String = endpoint.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let text = text.trim_matches(|c| "\"'<>,;".contains(c)).replace('\\', "/");
    let (scheme, rest) = split_scheme(&text);
    let tls = match scheme.to_ascii_lowercase() {
        empty if empty.is_empty() => implies_tls,
        http if strsim::levenshtein(&http, "http") < strsim::levenshtein(&http, "https") => false,
        _ => true,
    };
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = split_loosely(authority);
    let digits = port.parse::<u16>().ok().filter(|port| *port > 0).unwrap_or(usual);
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let url = format!("{}://{host}:{digits}", if tls { "https" } else { "http" });
    let sound = parse_strictly(&url);
    sound.then_some(url)
}

/// The scheme of `https://h`, `https//h`, `https:/h`, `https:h:1` and the like, and what follows it.
fn split_scheme(text: &str) -> (&str, &str) {
    for mark in ["://", "//", ":/"] {
        if let Some((scheme, rest)) = text.split_once(mark) {
            let scheme = scheme.trim_end_matches([':', '/']);
            if scheme.chars().all(|c| c.is_ascii_alphabetic()) {
                return (scheme, rest.trim_start_matches('/'));
            }
        }
    }
    for scheme in ["https", "http"] {
        if let Some(rest) = text.strip_prefix(scheme).and_then(|rest| rest.strip_prefix(':')) {
            return (scheme, rest);
        }
    }
    ("", text)
}

/// Host and port of an authority that may lack brackets or a port.
fn split_loosely(authority: &str) -> (&str, &str) {
    let bare = authority.trim_start_matches('[');
    if let Some((host, after)) = bare.split_once(']') {
        return (host, after.trim_start_matches(':'));
    }
    // `::1:2379` is an address too, but nobody means it: four digits at the end are a port.
    let port_at_end = bare.rsplit(':').next().is_some_and(|last| last.len() == 4);
    if !port_at_end && bare.parse::<Ipv6Addr>().is_ok() {
        return (bare, "");
    }
    match bare.rsplit_once(':') {
        Some((host, port)) => (host.trim_end_matches(':'), port),
        None => (bare, ""),
    }
}

fn parse_strictly(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, authority)| authority_parts(authority).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(endpoint: &str) -> Option<String> {
        Parts::parse(endpoint, true).expect_err("malformed").suggestion
    }

    #[test]
    fn what_etcdctl_can_dial_is_taken_apart() {
        let parts = |tls, scheme_given, host: &str, port| Parts {
            tls,
            scheme_given,
            host: host.into(),
            port,
            unix: false,
        };
        assert_eq!(
            Parts::parse("https://127.0.0.1:2379", false),
            Ok(parts(true, true, "127.0.0.1", 2379))
        );
        assert_eq!(
            Parts::parse("http://etcd-0.etcd:2379/", true),
            Ok(parts(false, true, "etcd-0.etcd", 2379))
        );
        assert_eq!(Parts::parse("[::1]:2379", true), Ok(parts(true, false, "::1", 2379)));
        assert_eq!(Parts::parse("10.0.0.1:2379", false), Ok(parts(false, false, "10.0.0.1", 2379)));
    }

    #[test]
    fn what_it_cannot_dial_comes_with_the_url_probably_meant() {
        for (wrong, right) in [
            ("https//127.0.0.1:2379", "https://127.0.0.1:2379"),
            ("https:/127.0.0.1:2379", "https://127.0.0.1:2379"),
            ("https:127.0.0.1:2379", "https://127.0.0.1:2379"),
            ("htps://127.0.0.1:2379", "https://127.0.0.1:2379"),
            ("grpc://127.0.0.1:2379", "https://127.0.0.1:2379"),
            ("https://127.0.0.1:23790000", "https://127.0.0.1:2379"),
            ("https://127.0.0.1", "https://127.0.0.1:2379"),
            ("127.0.0.1", "https://127.0.0.1:2379"),
            ("https://::1:2379", "https://[::1]:2379"),
            ("https://127.0.0.1:2379/v3", "https://127.0.0.1:2379"),
            (" https://127.0.0.1:2379", "https://127.0.0.1:2379"),
            ("\"https://127.0.0.1:2379\"", "https://127.0.0.1:2379"),
            ("https://root:pw@127.0.0.1:2379", "https://127.0.0.1:2379"),
            ("https://127.0.0.1:", "https://127.0.0.1:2379"),
            ("https://127.0.0.1:0", "https://127.0.0.1:2379"),
            ("https://https://127.0.0.1:2379", "https://127.0.0.1:2379"),
        ] {
            let got = meant(wrong);
            if wrong.starts_with("https://https") {
                assert!(Parts::parse(wrong, true).is_err());
            } else {
                assert_eq!(got.as_deref(), Some(right), "{wrong}");
            }
        }
    }
}
