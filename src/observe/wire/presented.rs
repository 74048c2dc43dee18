//! The chain that a server presents to whoever connects, without a client certificate and without a request.

use std::time::Duration;

use tokio::time::Instant;

use super::dial;
use super::endpoint_url;
use super::handshake::Handshake;
use crate::observation::endpoint::{Connection, HandshakeEnd, Purpose, Tcp, TlsSeen};

/// Shakes hands with `https://host:port` or `host:port`; an error says in a few words why there is no chain.
pub(crate) async fn presented(url: &str, timeout: Duration) -> Result<TlsSeen, String> {
    let deadline = Instant::now() + timeout;
    let parts = endpoint_url::parse(url, true).map_err(|malformed| malformed.why)?;
    if !parts.tls {
        return Err("no TLS is spoken at an http or unix URL".to_owned());
    }
    let (addresses, lookup) = dial::lookup(&parts, deadline).await;
    if let Some(error) = lookup.and_then(|lookup| lookup.error) {
        return Err(error);
    }
    let (noted, dialled) = dial::connect(&addresses, Purpose::Main, deadline).await;
    let Some(dialled) = dialled else {
        return Err(noted.last().map(refusal).unwrap_or_default());
    };
    // Without ALPN any server answers, whatever it speaks inside.
    let handshake =
        Handshake { host: &parts.host, alpn: &[], identity: None, deadline, local: None };
    let (tls, ..) = Box::pin(handshake.run(dialled.stream)).await;
    if tls.chain.is_empty() { Err(end(&tls.end)) } else { Ok(tls) }
}

fn refusal(connection: &Connection) -> String {
    let why = match &connection.tcp {
        Tcp::Connected => "connected",
        Tcp::Refused => "connection refused",
        Tcp::TimedOut => "no answer in time",
        Tcp::Reset => "connection reset",
        Tcp::Unreachable(error) | Tcp::Failed(error) => error,
    };
    format!("{}: {why}", connection.to)
}

fn end(end: &HandshakeEnd) -> String {
    match end {
        HandshakeEnd::Complete => "no certificate was presented".to_owned(),
        HandshakeEnd::Alert(alert) => format!("the server sent the alert {alert}"),
        HandshakeEnd::Closed => "the server closed the connection".to_owned(),
        HandshakeEnd::Reset => "the server reset the connection".to_owned(),
        HandshakeEnd::TimedOut => "no handshake in time".to_owned(),
        HandshakeEnd::NotTls => "what answers does not speak TLS".to_owned(),
        HandshakeEnd::Version(version) => format!("TLS version: {version}"),
        HandshakeEnd::Failed(why) => why.clone(),
    }
}
