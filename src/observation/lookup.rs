//! What the resolver of this machine says of names and addresses.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::Der;
use crate::message::{Message, NetworkMessage, Say, Value};

/// A name lookup.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lookup {
    /// Every A and AAAA record, in the resolver's order.
    pub addresses: Vec<IpAddr>,
    /// Why there are none.
    pub error: Option<LookupError>,
    /// Milliseconds.
    pub ms: f64,
}

/// Why a lookup gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookupError {
    /// The resolver did not answer in time.
    Timeout,
    /// It answered without an address.
    NoAddress,
    /// The resolver's words.
    Other(String),
}

/// What the resolver says of a connecting member: the names of its address, the addresses of its certificate's names.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResolverSeen {
    /// Names of the address that the connection comes from.
    pub reverse: Option<Result<Vec<String>, LookupError>>,
    /// Each DNS name of the certificate with its addresses.
    pub forward: Vec<(String, Result<Vec<IpAddr>, LookupError>)>,
}

/// A name and its addresses.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NameSeen {
    /// The name.
    pub name: String,
    /// What the resolver of this machine says.
    pub found: Result<Vec<IpAddr>, LookupError>,
}

/// A member as the others see it connect.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DiallerSeen {
    /// Its peer certificate.
    pub certificate: Der,
    /// The address that it comes from.
    pub address: IpAddr,
    /// What this machine's resolver says of both.
    pub resolver: ResolverSeen,
}

impl Say for LookupError {
    fn message(&self) -> Message {
        match self {
            Self::Timeout => NetworkMessage::NoAnswerInTime.into(),
            Self::NoAddress => NetworkMessage::NoAddress.into(),
            Self::Other(words) => Message::Plain(Value::quoted(words)),
        }
    }
}
