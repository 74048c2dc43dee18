//! The chain that a server presents to whoever connects, without a client certificate and without a request.

use std::time::Duration;

use tokio::time::Instant;

use super::dial;
use super::endpoint_url;
use super::handshake::Handshake;
use crate::{
    message::{Message, NetworkMessage, Say},
    observation::endpoint::{HandshakeEnd, LookupError, Purpose, Tcp, TlsSeen, UrlDefect},
};

/// Why a server presented no chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotPresented {
    /// Its URL can't be read.
    Url(UrlDefect),
    /// Its URL asks for plaintext.
    Plaintext,
    /// Its name has no address.
    Lookup(LookupError),
    /// No connection to an address, and why.
    Connect(String, Tcp),
    /// There was no time left for a connection.
    NoConnection,
    /// The handshake ended before the chain came.
    Handshake(HandshakeEnd),
}

/// Shakes hands with `https://host:port` or `host:port`.
pub(crate) async fn presented(url: &str, timeout: Duration) -> Result<TlsSeen, NotPresented> {
    let deadline = Instant::now() + timeout;
    let parts =
        endpoint_url::parse(url, true).map_err(|malformed| NotPresented::Url(malformed.why))?;
    if !parts.tls {
        return Err(NotPresented::Plaintext);
    }
    let (addresses, lookup) = dial::lookup(&parts, deadline).await;
    if let Some(error) = lookup.and_then(|lookup| lookup.error) {
        return Err(NotPresented::Lookup(error));
    }
    let (mut noted, dialled) = dial::connect(&addresses, Purpose::Main, deadline).await;
    let Some(dialled) = dialled else {
        let last = noted.pop();
        return Err(last.map_or(NotPresented::NoConnection, |connection| {
            NotPresented::Connect(connection.to, connection.tcp)
        }));
    };
    // Without ALPN any server answers, whatever it speaks inside.
    let handshake =
        Handshake { host: &parts.host, alpn: &[], identity: None, deadline, local: None };
    let (tls, ..) = Box::pin(handshake.run(dialled.stream)).await;
    if tls.chain.is_empty() { Err(NotPresented::Handshake(tls.end)) } else { Ok(tls) }
}

impl Say for NotPresented {
    fn message(&self) -> Message {
        match self {
            Self::Url(defect) => defect.message(),
            Self::Plaintext => NetworkMessage::NoTlsAtUrl.into(),
            Self::Lookup(error) => error.message(),
            Self::Connect(to, tcp) => tcp.message().about(to),
            Self::NoConnection => NetworkMessage::NoConnection.into(),
            Self::Handshake(end) => end.message(),
        }
    }
}
