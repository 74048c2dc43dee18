//! What a certificate is for, and the usages that follow from it.
//!
//! etcd's server certificate is a client's too: its gRPC gateway dials the member itself with it, and members dial each
//! other with their peer certificate (`server/embed/serve.go`, `client/pkg/transport/listener.go`).

use serde::{Deserialize, Serialize};
use x509_cert::der::asn1::ObjectIdentifier;

use crate::message::CaMessage;
use crate::x509::Usage;

/// The three roles in etcd's mTLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Dials a member.
    Client,
    /// Serves clients, and is dialled by its own gateway.
    Server,
    /// Serves other members and dials them.
    Peer,
}

const SERVER_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");
const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");

impl Profile {
    /// The extended key usages as `trust` asks for them.
    pub fn usages(self) -> &'static [Usage] {
        match self {
            Self::Client => &[Usage::ClientAuth],
            Self::Server | Self::Peer => &[Usage::ServerAuth, Usage::ClientAuth],
        }
    }

    pub(super) fn usage_oids(self) -> &'static [ObjectIdentifier] {
        match self {
            Self::Client => &[CLIENT_AUTH],
            Self::Server | Self::Peer => &[SERVER_AUTH, CLIENT_AUTH],
        }
    }

    /// Whether others dial it by a name, so that it needs SAN entries.
    pub fn is_dialled(self) -> bool {
        self != Self::Client
    }

    /// Why a certificate of this profile carries both usages, for those who wonder.
    pub fn why_both(self) -> Option<CaMessage> {
        match self {
            Self::Client => None,
            Self::Server => Some(CaMessage::ServerIsClient),
            Self::Peer => Some(CaMessage::PeerIsBoth),
        }
    }

    /// The profile that these usages fit; a server certificate and a peer's look alike.
    pub fn of_usages(server: bool, client: bool) -> Option<Self> {
        match (server, client) {
            (true, _) => Some(Self::Server),
            (false, true) => Some(Self::Client),
            (false, false) => None,
        }
    }
}

impl std::fmt::Display for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Client => "client",
            Self::Server => "server",
            Self::Peer => "peer",
        })
    }
}
