//! What a proxy answered that clients of etcd are told to use by their environment.

use serde::{Deserialize, Serialize};

use super::endpoint::Tcp;
use crate::message::{Message, NetworkMessage, Say};

/// A request to be connected (`CONNECT`, RFC 9110 §9.3.6), and its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProxySeen {
    /// The proxy's host and port.
    pub proxy: String,
    /// The host and port that it was to connect to.
    pub target: String,
    /// What came of it.
    pub end: ProxyEnd,
}

/// What came of a request to be connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProxyEnd {
    /// Its URL has no host and port.
    Malformed,
    /// The proxy's name has no address.
    NoAddress,
    /// There is no connection to the proxy.
    NotConnected(Tcp),
    /// It didn't answer in time.
    Silent,
    /// It closed the connection, or spoke no HTTP.
    Closed,
    /// It answered with this HTTP status; with 200 the way is open.
    Answered(u16),
}

impl ProxyEnd {
    /// Whether the proxy lets clients through.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Answered(200..=299))
    }
}

impl Say for ProxyEnd {
    fn message(&self) -> Message {
        let message = match self {
            Self::Malformed => NetworkMessage::UrlNoPort,
            Self::NoAddress => NetworkMessage::NoAddress,
            Self::NotConnected(tcp) => return tcp.message(),
            Self::Silent => NetworkMessage::NoAnswerInTime,
            Self::Closed => NetworkMessage::HungUp,
            Self::Answered(status) => {
                NetworkMessage::ProxyAnswers { status: format!("HTTP {status}").into() }
            }
        };
        message.into()
    }
}
