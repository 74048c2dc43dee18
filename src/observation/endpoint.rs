//! What an endpoint did, from name lookup to the answers of etcd: every connection that was made, in order.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use super::{
    endpoint_url::{Malformed, Parts, UrlDefect},
    etcd::{AuthSeen, EtcdSeen, GrpcError, MemberSeen, StatusSeen},
    handshake::{CertificateRequest, HandshakeEnd, HandshakeFailure, TlsSeen, VersionRefusal},
    lookup::{DiallerSeen, Lookup, LookupError, NameSeen, ResolverSeen},
};

use super::refusal::SystemError;
use crate::message::{Message, NetworkMessage, Say, Value};

/// One endpoint and all that was tried with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EndpointSeen {
    /// As the user wrote it.
    pub url: String,
    /// Its parts, or why it has none.
    pub parsed: Result<Parts, Malformed>,
    /// The name lookup; absent for address literals and malformed URLs.
    pub lookup: Option<Lookup>,
    /// Connections in the order they were opened; the first that connected is the main one.
    pub connections: Vec<Connection>,
    /// What etcd answered over the main connection.
    pub etcd: Option<EtcdSeen>,
    /// What this machine's resolver says about our own address and certificate; asked where a peer hung up after the
    /// handshake.
    #[serde(default)]
    pub resolver: Option<ResolverSeen>,
    /// Lines of the server's log that name our own address and port.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub server_said: Vec<String>,
    /// What was not tried, and why.
    #[serde(default)]
    pub not_tried: Vec<NotTried>,
    /// Milliseconds from lookup to the last byte read.
    pub took_ms: f64,
}

/// One connection.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Connection {
    /// Why it was opened.
    pub purpose: Purpose,
    /// The address dialled; a Unix socket's path.
    pub to: String,
    /// Our own address, once connected.
    pub from: Option<SocketAddr>,
    /// The outcome of `connect`.
    pub tcp: Tcp,
    /// Milliseconds that `connect` took.
    pub tcp_ms: f64,
    /// The TLS handshake, where one was tried.
    pub tls: Option<TlsSeen>,
    /// The first bytes that came in (at most 64), in clear or before TLS could make sense of them, as hex.
    #[serde(default)]
    pub first_bytes: String,
    /// All bytes that came in before TLS or HTTP was up.
    #[serde(default)]
    pub bytes_read: u64,
    /// The listener, where it is on this machine and did not answer.
    #[serde(default)]
    pub listener: Option<ListenerSeen>,
    /// How the exchange after connect (and TLS) went on.
    pub after: After,
    /// HTTP requests made on it, in order.
    #[serde(default)]
    pub http: Vec<HttpSeen>,
}

/// A listening socket of this machine.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListenerSeen {
    /// Connections that wait for somebody to accept them.
    pub unaccepted: u32,
    /// The command that holds it, such as `etcd`, where this user may look.
    pub process: Option<String>,
    /// The id of that process, where it was stopped (SIGSTOP, a debugger) and takes no connection for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<i32>,
}

/// Why a connection was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// The one that a healthy endpoint needs.
    Main,
    /// Plain HTTP/1.1 after TLS got no answer: is it etcd without TLS?
    PlainHttp,
    /// TLS after plain bytes got no answer: is it etcd with TLS?
    TlsInstead,
    /// HTTP/1.1 over TLS after HTTP/2 was closed: a peer or metrics port?
    HttpOverTls,
    /// TLS without our certificate after an ambiguous alert: how does this server say "none given"?
    WithoutCertificate,
}

/// How `connect` ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tcp {
    /// Established.
    Connected,
    /// ECONNREFUSED.
    Refused,
    /// No answer in time.
    TimedOut,
    /// ECONNRESET while connecting.
    Reset,
    /// EHOSTUNREACH, ENETUNREACH and their kin.
    Unreachable(SystemError),
    /// ENOENT, EACCES of a Unix socket, and anything else.
    Failed(SystemError),
}

/// What came after connect (and handshake).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum After {
    /// Nothing was read or written: the connection never got so far.
    Nothing,
    /// HTTP/2 SETTINGS came in. `unasked` when they came before we wrote.
    Settings { unasked: bool },
    /// A fatal alert on an established connection; `unasked` when it came before we wrote.
    Alert { name: String, unasked: bool },
    /// Closed in order, without an alert.
    Closed { unasked: bool },
    /// Reset.
    Reset { unasked: bool },
    /// Bytes that are no HTTP/2: as text or hex, at most 64 bytes, in `first_bytes`.
    NotHttp2,
    /// Nothing came in time. `wrote` when we had sent the HTTP/2 preface.
    Silent { wrote: bool },
    /// Nothing was written because the server is not trusted, and nothing had come by the end of the wait.
    HeldBack,
    /// HTTP/1.1 requests were made instead; see `http`.
    Http1,
}

/// One HTTP request and its answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct HttpSeen {
    /// The path, such as `/version`.
    pub path: String,
    /// The status, if an answer came.
    pub status: Option<u16>,
    /// Its `content-type`.
    #[serde(default)]
    pub content_type: Option<String>,
    /// Its `Date` header.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub date: Option<OffsetDateTime>,
    /// Its `X-Etcd-Cluster-Id` header, hex; a peer port sends it.
    #[serde(default)]
    pub cluster_id: Option<String>,
    /// The local clock when the answer arrived.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub received: Option<OffsetDateTime>,
    /// The first 4096 bytes of the body, if they are text.
    #[serde(default)]
    pub body: Option<String>,
    /// Why no answer came.
    #[serde(default)]
    pub error: Option<HttpFailure>,
}

/// Why a request got no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HttpFailure {
    /// None came in time.
    Timeout,
    /// The words of the HTTP library.
    Other(String),
}

/// Something that was not tried, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotTried {
    /// The client certificate was asked for and not presented.
    ClientCertificate(IdentityDefect),
    /// In the words of another release.
    Other(String),
}

/// Why certificate and key can't be presented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityDefect {
    /// One of the two can't be read.
    Unreadable,
    /// The key is that of another certificate.
    Mismatch,
    /// The key can't make a signature here.
    CantSign,
}

impl EndpointSeen {
    /// An endpoint of which nothing has been seen yet.
    pub fn new(url: &str, parsed: Result<Parts, Malformed>) -> Self {
        Self {
            url: url.to_owned(),
            parsed,
            lookup: None,
            connections: Vec::new(),
            etcd: None,
            resolver: None,
            server_said: Vec::new(),
            not_tried: Vec::new(),
            took_ms: 0.0,
        }
    }

    /// The connection that reached the endpoint for its own purpose.
    pub fn main(&self) -> Option<&Connection> {
        let mains = || self.connections.iter().filter(|c| c.purpose == Purpose::Main);
        mains().find(|c| c.tcp == Tcp::Connected).or_else(|| mains().next_back())
    }

    /// A later connection of one purpose that was established.
    pub fn second(&self, purpose: Purpose) -> Option<&Connection> {
        self.connections.iter().find(|c| c.purpose == purpose && c.tcp == Tcp::Connected)
    }
}

impl Connection {
    /// The answer to a request for `path`.
    pub fn answer(&self, path: &str) -> Option<&HttpSeen> {
        self.http.iter().find(|seen| seen.path == path && seen.status.is_some())
    }

    /// The alert that was read from the wire, in or after the handshake.
    pub fn alert(&self) -> Option<&str> {
        match (&self.tls.as_ref().map(|tls| &tls.end), &self.after) {
            (Some(HandshakeEnd::Alert(name)), _) | (_, After::Alert { name, .. }) => Some(name),
            _ => None,
        }
    }
}

impl Say for Tcp {
    fn message(&self) -> Message {
        let message = match self {
            Self::Connected => NetworkMessage::Connected,
            Self::Refused => NetworkMessage::Refused,
            Self::TimedOut => NetworkMessage::NoAnswerInTime,
            Self::Reset => NetworkMessage::Reset,
            Self::Unreachable(error) | Self::Failed(error) => return error.message(),
        };
        message.into()
    }
}

impl Say for HttpFailure {
    fn message(&self) -> Message {
        match self {
            Self::Timeout => NetworkMessage::NoAnswerInTime.into(),
            Self::Other(words) => Message::Plain(Value::quoted(words)),
        }
    }
}

impl NotTried {
    /// What was not tried.
    pub fn what(&self) -> Message {
        match self {
            Self::ClientCertificate(_) => NetworkMessage::ClientCertificate.into(),
            Self::Other(words) => Message::Plain(Value::quoted(words)),
        }
    }

    /// Why, as far as it is known.
    pub fn why(&self) -> Option<Message> {
        match self {
            Self::ClientCertificate(defect) => Some(defect.message()),
            Self::Other(_) => None,
        }
    }
}

impl Say for IdentityDefect {
    fn message(&self) -> Message {
        let why = match self {
            Self::Unreadable => NetworkMessage::PairUnreadable,
            Self::Mismatch => NetworkMessage::KeyOfAnother,
            Self::CantSign => NetworkMessage::KeyCantSign,
        };
        why.into()
    }
}

/// What, and behind a colon why.
impl Say for NotTried {
    fn message(&self) -> Message {
        match self.why() {
            Some(why) => why.about(self.what()),
            None => self.what(),
        }
    }
}
