//! How far the way to an endpoint goes, and what stands at its end: one value out of everything that was tried.
//!
//! The order of the questions is that of the catalogue: syntax, name, TCP, clear text, TLS, and only then what
//! answers behind it.

use super::Refusal;
use crate::observation::endpoint::{
    After, Connection, EndpointSeen, EtcdSeen, GrpcError, HandshakeEnd, Purpose, Tcp, TlsSeen,
};
use crate::observation::refusal::SystemError;

/// How far the way to an endpoint goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// The URL can't be dialled.
    Malformed,
    /// The name has no address.
    NoName,
    /// Nothing listens.
    Refused,
    /// No answer to `connect`.
    TimedOut,
    /// The network or the socket file can't be reached.
    Unreachable(SystemError),
    /// Connected, then reset or closed before a byte of TLS or HTTP came.
    Reset,
    /// TLS (or HTTP/2) was asked for, and something answers in clear text.
    Clear(Clear),
    /// The URL says plain text, the server speaks TLS.
    TlsAtPlainUrl,
    /// What came in is neither TLS nor text.
    Garbage,
    /// Connected, then silence.
    Stalled(Stall),
    /// No TLS version in common.
    NoCommonVersion,
    /// No cipher suite, group or signature scheme in common.
    NoCommonCipher,
    /// The server could not load its own certificate: `internal_error` in answer to the `ClientHello`.
    Unloadable,
    /// The handshake ended otherwise: by an alert, without a word, or by our TLS library.
    HandshakeFailed(HandshakeEnd),
    /// The way is open as far as this.
    Open(Service),
}

/// What answers in clear text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clear {
    /// etcd's client port without TLS.
    Etcd,
    /// etcd's peer port without TLS.
    PeerPort,
    /// etcd's metrics port.
    MetricsPort,
    /// Something else: another HTTP server, or one that speaks first.
    Stranger,
}

/// Where it went silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stall {
    /// In the TLS handshake, after this many bytes.
    Handshake(u64),
    /// After the handshake (or after connect in clear text), before HTTP/2 SETTINGS.
    Http2,
    /// After the handshake, before an answer to HTTP/1.1.
    Http,
    /// After HTTP/2 was up: a request got no answer.
    Grpc,
}

/// What stands behind the handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    /// etcd's client API.
    Etcd,
    /// etcd's peer port.
    PeerPort,
    /// etcd's client port, where a peer port was dialled.
    ClientPort,
    /// etcd's metrics port.
    MetricsPort,
    /// etcd's port of `--listen-client-http-urls`.
    HttpOnlyPort,
    /// Something else.
    Stranger,
    /// The server turned this client away.
    TurnedAway(Refusal),
    /// Unknown: the server is not trusted, so nothing was sent.
    Unasked,
}

impl Reach {
    pub(super) fn of(seen: &EndpointSeen, peer: bool) -> Self {
        let Ok(parts) = &seen.parsed else { return Self::Malformed };
        let Some(main) = seen.main() else { return Self::NoName };
        match &main.tcp {
            Tcp::Refused => return Self::Refused,
            Tcp::TimedOut => return Self::TimedOut,
            Tcp::Reset => return Self::Reset,
            Tcp::Unreachable(why) | Tcp::Failed(why) => return Self::Unreachable(why.clone()),
            Tcp::Connected => {}
        }
        match &main.tls {
            Some(tls) if peer && tls.end == HandshakeEnd::Complete => Self::behind_peer(main, tls),
            Some(tls) => Self::over_tls(seen, main, tls),
            None if parts.tls => Self::HandshakeFailed(HandshakeEnd::TimedOut),
            None if main.after == After::Http1 => Self::Open(peer_service(main)),
            None => Self::in_clear(seen, main),
        }
    }

    fn over_tls(seen: &EndpointSeen, main: &Connection, tls: &TlsSeen) -> Self {
        match &tls.end {
            HandshakeEnd::Complete => Self::behind(seen, main),
            HandshakeEnd::Alert(name) if tls.request.is_some() => {
                Self::Open(Service::TurnedAway(Refusal::Alert(name.clone())))
            }
            HandshakeEnd::Alert(name) => match name.as_str() {
                "protocol_version" => Self::NoCommonVersion,
                "handshake_failure" | "insufficient_security" => Self::NoCommonCipher,
                "internal_error" => Self::Unloadable,
                "no_application_protocol" => Self::Open(Service::Stranger),
                _ => Self::HandshakeFailed(HandshakeEnd::Alert(name.clone())),
            },
            HandshakeEnd::Version(_) => Self::NoCommonVersion,
            HandshakeEnd::TimedOut => Self::Stalled(Stall::Handshake(main.bytes_read)),
            end @ HandshakeEnd::Failed(_) => Self::HandshakeFailed(end.clone()),
            HandshakeEnd::Closed | HandshakeEnd::Reset | HandshakeEnd::NotTls => {
                Self::no_tls(seen, main)
            }
        }
    }

    fn no_tls(seen: &EndpointSeen, main: &Connection) -> Self {
        match seen.second(Purpose::PlainHttp).and_then(clear_service) {
            Some(clear @ (Clear::Etcd | Clear::PeerPort | Clear::MetricsPort)) => {
                Self::Clear(clear)
            }
            _ if spoke_tls(main) => hung_up_in_handshake(main),
            _ if !main.first_bytes.is_empty() => spoken(&main.first_bytes),
            Some(clear) => Self::Clear(clear),
            None => Self::Reset,
        }
    }

    fn in_clear(seen: &EndpointSeen, main: &Connection) -> Self {
        match &main.after {
            After::Settings { .. } => Self::behind(seen, main),
            After::Silent { .. } => Self::Stalled(Stall::Http2),
            _ => {
                let tls = seen.second(Purpose::TlsInstead).and_then(|second| second.tls.as_ref());
                let speaks_tls = tls.is_some_and(|tls| {
                    !tls.chain.is_empty()
                        || matches!(tls.end, HandshakeEnd::Complete | HandshakeEnd::Alert(_))
                });
                match Self::no_tls(seen, main) {
                    _ if speaks_tls => Self::TlsAtPlainUrl,
                    // A client port in clear text would have answered HTTP/2.
                    Self::Clear(Clear::Etcd) => Self::Open(Service::HttpOnlyPort),
                    other => other,
                }
            }
        }
    }

    /// A peer port says nothing unasked; it refuses, hangs up, or answers HTTP/1.1.
    fn behind_peer(main: &Connection, tls: &TlsSeen) -> Self {
        let asked = tls.request.is_some();
        match &main.after {
            After::Alert { name, .. } if asked => {
                Self::Open(Service::TurnedAway(Refusal::Alert(name.clone())))
            }
            After::Alert { name, .. } => Self::HandshakeFailed(HandshakeEnd::Alert(name.clone())),
            After::Closed { .. } | After::Reset { .. } if asked => {
                Self::Open(Service::TurnedAway(Refusal::Closed))
            }
            After::Silent { .. } => Self::Stalled(Stall::Http),
            After::HeldBack | After::Nothing => Self::Open(Service::Unasked),
            After::Http1 => Self::Open(peer_service(main)),
            After::Settings { .. } => Self::Open(Service::ClientPort),
            After::Closed { .. } | After::Reset { .. } | After::NotHttp2 => {
                Self::Open(Service::Stranger)
            }
        }
    }

    fn behind(seen: &EndpointSeen, main: &Connection) -> Self {
        let asked = main.tls.as_ref().is_some_and(|tls| tls.request.is_some());
        match &main.after {
            After::Alert { name, .. } if asked => {
                Self::Open(Service::TurnedAway(Refusal::Alert(name.clone())))
            }
            After::Alert { name, .. } => Self::HandshakeFailed(HandshakeEnd::Alert(name.clone())),
            After::Closed { unasked: true } | After::Reset { unasked: true } if asked => {
                Self::Open(Service::TurnedAway(Refusal::Closed))
            }
            After::Settings { .. } => seen
                .etcd
                .as_ref()
                .map_or(Self::Open(Service::Unasked), |etcd| grpc(seen, main, etcd)),
            After::Silent { .. } => Self::Stalled(Stall::Http2),
            After::HeldBack | After::Nothing => Self::Open(Service::Unasked),
            After::Closed { .. } | After::Reset { .. } | After::NotHttp2 | After::Http1 => {
                let http = seen.second(Purpose::HttpOverTls).and_then(clear_service);
                Self::Open(match http {
                    Some(Clear::PeerPort) => Service::PeerPort,
                    Some(Clear::MetricsPort) => Service::MetricsPort,
                    Some(Clear::Etcd) => Service::HttpOnlyPort,
                    Some(Clear::Stranger) | None => Service::Stranger,
                })
            }
        }
    }
}

/// What stands behind a peer URL, by its answers to HTTP/1.1.
fn peer_service(main: &Connection) -> Service {
    match clear_service(main) {
        Some(Clear::PeerPort) => Service::PeerPort,
        Some(Clear::Etcd) => Service::ClientPort,
        Some(Clear::MetricsPort) => Service::MetricsPort,
        Some(Clear::Stranger) | None => Service::Stranger,
    }
}

/// What the answers to gRPC and HTTP on one HTTP/2 connection show.
fn grpc(seen: &EndpointSeen, main: &Connection, etcd: &EtcdSeen) -> Reach {
    let calls: Vec<&GrpcError> = [
        etcd.status.as_ref().and_then(|r| r.as_ref().err()),
        etcd.read.as_ref().and_then(|r| r.as_ref().err()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let answered = matches!(etcd.status, Some(Ok(_))) || matches!(etcd.read, Some(Ok(())));
    let http_instead = calls.iter().any(|error| error.http_status.is_some());
    if answered || !http_instead {
        if !answered && !calls.is_empty() && calls.iter().all(|error| error.code == "Timeout") {
            return Reach::Stalled(Stall::Grpc);
        }
        let plain_peer =
            seen.second(Purpose::PlainHttp).and_then(clear_service) == Some(Clear::PeerPort);
        return Reach::Open(if plain_peer { Service::PeerPort } else { Service::Etcd });
    }
    Reach::Open(match clear_service(main) {
        Some(Clear::PeerPort) => Service::PeerPort,
        Some(Clear::MetricsPort) => Service::MetricsPort,
        Some(Clear::Etcd) => Service::HttpOnlyPort,
        Some(Clear::Stranger) | None => Service::Stranger,
    })
}

/// What the answers to plain HTTP requests show; `None` when there was no answer at all.
fn clear_service(connection: &Connection) -> Option<Clear> {
    let ok = |path: &str| connection.answer(path).filter(|seen| seen.status == Some(200));
    let says = |path: &str, words: &str| {
        ok(path).is_some_and(|seen| seen.body.as_deref().is_some_and(|body| body.contains(words)))
    };
    connection.http.iter().find(|seen| seen.status.is_some())?;
    Some(if says("/version", "etcdserver") {
        if ok("/members").is_some() { Clear::PeerPort } else { Clear::Etcd }
    } else if ok("/metrics").is_some() && says("/health", "health") {
        Clear::MetricsPort
    } else {
        Clear::Stranger
    })
}

/// Whether TLS was spoken before the connection ended.
fn spoke_tls(main: &Connection) -> bool {
    main.tls.as_ref().is_some_and(|tls| !tls.chain.is_empty() || tls.request.is_some())
}

/// A server that ends a handshake without an alert, after it asked for a certificate that was not sent, has said why.
fn hung_up_in_handshake(main: &Connection) -> Reach {
    let unanswered =
        main.tls.as_ref().is_some_and(|tls| tls.request.is_some() && !tls.certificate_sent);
    if unanswered {
        return Reach::Open(Service::TurnedAway(Refusal::Closed));
    }
    Reach::HandshakeFailed(HandshakeEnd::Closed)
}

/// Text is a service that speaks; anything else is garbage.
fn spoken(first_bytes: &str) -> Reach {
    let bytes = data_encoding::HEXLOWER.decode(first_bytes.as_bytes()).unwrap_or_default();
    let text = bytes.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    if text { Reach::Clear(Clear::Stranger) } else { Reach::Garbage }
}
