//! Who speaks in a log line: the same words mean the opposite in a client's log and in a server's.

use super::line::Line;
use crate::diagnoses::engine::Side;

/// Who wrote a line, seen from the connection that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    /// A client of etcd: etcdctl, kube-apiserver, etcd's own gateway, any program that dialled.
    Client,
    /// etcd, or another server, about a client that dialled it.
    Server,
    /// etcd up to 3.5.14, which does not say whether a client or a peer dialled it.
    Listener,
    /// A member about a peer that dialled it.
    PeerIn,
    /// A member about a peer that it dialled.
    PeerOut,
    /// etcd about its own settings and files, before it serves.
    Start,
}

/// Words of a line that a server writes about a peer which dialled it.
const PEER_IN: &[&str] = &["rejected connection on peer endpoint", "rejected peer connection"];

/// Words of a line that a server writes about a connection to itself.
const SERVER: &[&str] = &[
    "rejected connection on client endpoint",
    "http: TLS handshake error from",
    "Server.Serve failed to ",
    "ServerHandshake(",
    "while SSL handshaking, client:",
    "while reading client request headers",
    "process_client_certificate",
    "process_client_hello",
    "SSL_accept",
    "ssl_accept",
    "SSL client CA chain",
    "SSL client certificate",
    "Error in handshake:",
    ": SSL handshake failure",
    "in handshake (server",
];

/// Words with which `embed` tells of a caller; the second alone is what people quote.
const LISTENER: &[&str] = &["rejected connection", ", ServerName \""];

/// Words of a line that a member writes about a peer which it dialled.
const PEER_OUT: &[&str] = &[
    "the peer URL",
    "the peerURL(",
    "peerURLs",
    "remote-peer-id",
    "remote-member-id",
    "the version of member",
    "remote peer",
    "health check for peer",
    "with peer ",
    "to peer ",
    "from peer ",
    "prober detected",
    "cluster response from",
    "rafthttp",
    " on stream M",
    "peer-urls",
];

/// Words with which etcd gives up before it serves, and names of the places that say so.
const START: &[&str] = &[
    "etcdmain:",
    "discovery failed",
    "listener failed",
    "failed to start etcd",
    "registerGateway failed",
    "creating peer listener failed",
    "creating client listener failed",
    "configuring peer listeners",
    "error setting up initial cluster",
    "failed to verify flags",
    "error verifying flags",
    "conflicting environment variable",
    "Configure https server failed",
    "secure grpc server due to error",
];

impl Voice {
    /// Who speaks in a line.
    pub(super) fn of(line: &Line<'_>) -> Self {
        let says = |words: &[&str]| words.iter().any(|word| line.text.contains(word));
        if says(PEER_IN) {
            Self::PeerIn
        } else if says(SERVER) {
            Self::Server
        } else if says(LISTENER) {
            Self::Listener
        } else if says(START) {
            Self::Start
        } else if says(PEER_OUT) {
            Self::PeerOut
        } else {
            Self::Client
        }
    }

    /// Who has to change something, as far as the speaker alone tells.
    pub(super) fn side(self) -> Side {
        match self {
            Self::Client | Self::Listener => Side::Client,
            Self::Server => Side::Network,
            Self::PeerIn | Self::PeerOut => Side::Peer,
            Self::Start => Side::Config,
        }
    }

    /// Whether a peer link is concerned.
    pub(super) fn is_peer(self) -> bool {
        matches!(self, Self::PeerIn | Self::PeerOut)
    }

    /// Whether the line is about a connection that came in.
    pub(super) fn is_dialled(self) -> bool {
        matches!(self, Self::Server | Self::Listener | Self::PeerIn)
    }

    /// Whose candidates hold, in this order, where a complaint has none for this voice.
    pub(super) fn stand_ins(self) -> &'static [Self] {
        match self {
            Self::Client => &[Self::Client],
            Self::Server => &[Self::Server],
            Self::Listener => &[Self::Listener, Self::Server],
            Self::PeerIn => &[Self::PeerIn, Self::PeerOut, Self::Server],
            Self::PeerOut => &[Self::PeerOut, Self::PeerIn, Self::Client],
            Self::Start => &[Self::Start],
        }
    }
}
