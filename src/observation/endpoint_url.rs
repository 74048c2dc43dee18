//! The parts of an endpoint URL, or what is wrong with it.

use serde::{Deserialize, Serialize};

use crate::message::{Message, NetworkMessage, Say, Value};

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
            Self::HostCharacter(c) => NetworkMessage::UrlHostCharacter { character: quoted(c) },
            Self::Port(port) => NetworkMessage::UrlPort { port: quoted(port) },
            Self::Other(words) => return Message::Plain(Value::quoted(words)),
        };
        message.into()
    }
}
