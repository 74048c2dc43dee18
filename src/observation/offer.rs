//! What a server offered when it was asked for one thing after another: plain data, as `observe::wire` saw it.

use super::{
    Der,
    endpoint::{HandshakeEnd, LookupError, Malformed, Tcp, TlsSeen},
};
use crate::message::{Message, NetworkMessage, Say};

/// One server and everything that it was asked.
#[derive(Debug, Clone)]
pub struct OfferSeen {
    /// As the user wrote it.
    pub url: String,
    /// The host that was dialled, without brackets; why there is none.
    pub host: Result<String, Malformed>,
    /// The address that answered.
    pub address: Option<String>,
    /// Why TLS could not be asked about at all.
    pub failure: Option<Unreached>,
    /// The protocol versions it accepts, newest first.
    pub versions: Vec<VersionOffer>,
    /// The key exchange groups it accepts, in its order of preference where it has one.
    pub groups: Vec<String>,
    /// The protocols it chooses by ALPN when offered that one alone.
    pub alpn: Vec<String>,
    /// The handshake of a present-day client that offers `h2`.
    pub handshake: Option<TlsSeen>,
    /// What it presents under other names.
    pub names: Vec<NameOffer>,
    /// What could not be found out to its end, because an answer did not come in time.
    pub not_checked: Vec<OfferGap>,
    /// Milliseconds in all.
    pub took_ms: f64,
}

/// Why there was nobody to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreached {
    /// The name has no address.
    Lookup(LookupError),
    /// No connection: refused, no route, no answer.
    Connect(Tcp),
    /// The port answers HTTP in clear text.
    Plaintext,
    /// The answer to a `ClientHello` is no TLS.
    NotTls,
    /// Connected, and then nothing.
    Silent,
    /// Closed or reset without an answer.
    HungUp,
}

/// A protocol version that a server accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionOffer {
    /// Such as `TLSv1.2`.
    pub version: &'static str,
    /// Cipher suites by their IANA names, in the order in which the server chose them.
    pub suites: Vec<String>,
}

/// What a server presents to one SNI.
#[derive(Debug, Clone)]
pub struct NameOffer {
    /// The name in SNI; none is sent to an address.
    pub server_name: Option<String>,
    /// The end-entity certificate; none when the handshake failed.
    pub leaf: Option<Der>,
    /// How it ended otherwise.
    pub failure: Option<HandshakeEnd>,
}

/// A list that a server did not answer to its end in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferGap {
    /// The cipher suites of a protocol version.
    CipherSuites {
        /// Such as `TLSv1.2`.
        version: &'static str,
    },
    /// The key exchange groups.
    Groups,
}

impl OfferGap {
    /// What was not found out.
    pub fn what(self) -> Message {
        match self {
            Self::CipherSuites { version } => {
                NetworkMessage::CipherSuites { version: version.into() }.into()
            }
            Self::Groups => NetworkMessage::KeyExchangeGroups.into(),
        }
    }
}

/// What, and behind a colon why.
impl Say for OfferGap {
    fn message(&self) -> Message {
        Message::from(NetworkMessage::NoAnswerInTime).about(self.what())
    }
}

impl Say for Unreached {
    fn message(&self) -> Message {
        let message = match self {
            Self::Lookup(error) => return error.message(),
            Self::Connect(tcp) => return tcp.message(),
            Self::Plaintext => NetworkMessage::Plaintext,
            Self::NotTls => NetworkMessage::NoTls,
            Self::Silent => NetworkMessage::NoAnswerInTime,
            Self::HungUp => NetworkMessage::HungUp,
        };
        message.into()
    }
}
