//! A TLS handshake as it was seen, and how it ended.

use serde::{Deserialize, Serialize};

use super::{Der, refusal::SystemError};
use crate::message::{Message, NetworkMessage, Say, Value};

/// A TLS handshake with a verifier that records instead of refusing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TlsSeen {
    /// How it ended.
    pub end: HandshakeEnd,
    /// Milliseconds from `ClientHello` to the end.
    pub ms: f64,
    /// The name sent in SNI.
    pub server_name: Option<String>,
    /// `TLSv1.3` or `TLSv1.2`.
    pub version: Option<String>,
    /// IANA name, such as `TLS_AES_128_GCM_SHA256`.
    pub cipher_suite: Option<String>,
    /// Key exchange group, such as `X25519`.
    pub group: Option<String>,
    /// The protocol chosen by ALPN.
    pub alpn: Option<String>,
    /// The chain as presented, end-entity first.
    pub chain: Vec<Der>,
    /// Why the server's `CertificateVerify` (or key exchange signature) is not by the presented key, if so: Go's words.
    pub bad_signature: Option<String>,
    /// What the server asked of us.
    pub request: Option<CertificateRequest>,
    /// Whether our certificate was sent.
    pub certificate_sent: bool,
}

/// How a handshake ended from the client's side. In TLS 1.3 a refused client certificate shows only afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandshakeEnd {
    /// Finished messages were exchanged.
    Complete,
    /// The server sent a fatal alert; its RFC 8446 name.
    Alert(String),
    /// The server closed in order.
    Closed,
    /// The server reset the connection.
    Reset,
    /// Nothing, or not enough, came in time.
    TimedOut,
    /// What came was no TLS record.
    NotTls,
    /// The server chose a version that neither side may use.
    Version(VersionRefusal),
    /// It failed for another reason.
    Failed(HandshakeFailure),
}

/// Why the version that a server chose can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VersionRefusal {
    /// It is below TLS 1.2.
    TooOld,
    /// It was not offered.
    NotOffered,
    /// In the words of another release.
    Other(String),
}

/// What ended a handshake when no word of the server did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandshakeFailure {
    /// The connection broke.
    System(SystemError),
    /// Our TLS library gave up; its words.
    Tls(String),
}

/// The server's `CertificateRequest`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CertificateRequest {
    /// Distinguished names of acceptable CAs, DER; empty means "any".
    pub acceptable_cas: Vec<Der>,
}

impl Say for HandshakeEnd {
    fn message(&self) -> Message {
        let message = match self {
            Self::Complete => NetworkMessage::NoCertificate,
            Self::Alert(name) => NetworkMessage::Alert { alert: name.into() },
            Self::Closed => NetworkMessage::Closed,
            Self::Reset => NetworkMessage::ResetByServer,
            Self::TimedOut => NetworkMessage::NoHandshakeInTime,
            Self::NotTls => NetworkMessage::NotTls,
            Self::Version(refusal) => return refusal.message(),
            Self::Failed(failure) => return failure.message(),
        };
        message.into()
    }
}

impl Say for VersionRefusal {
    fn message(&self) -> Message {
        match self {
            Self::TooOld => NetworkMessage::VersionTooOld.into(),
            Self::NotOffered => NetworkMessage::VersionNotOffered.into(),
            Self::Other(words) => Message::Plain(Value::quoted(words)),
        }
    }
}

impl Say for HandshakeFailure {
    fn message(&self) -> Message {
        match self {
            Self::System(error) => error.message(),
            Self::Tls(words) => Message::Plain(Value::quoted(words)),
        }
    }
}
