//! A client for those who use etcd instead of diagnosing it: it dials as `check` does, and writes nothing to a server that Go's
//! rules refuse. One connection carries one client.

use std::time::Duration;

use etcd_client::{Channel, Client, ConnectOptions};
use tokio::time::{Instant, timeout_at};
use tower::util::BoxCloneSyncService;

use super::credentials::Credentials;
use super::credentials::Login;
use super::dial;
use super::exchange;
use super::handshake::{Handshake, Secured};
use super::http1;
use super::http2::Http2;
use super::watched::{Stream, Watched};
use crate::{
    message::{Message, NetworkMessage, Say, Value, english_display},
    observation::endpoint::{
        After, HandshakeEnd, HttpFailure, LookupError, Malformed, Parts, Purpose, Tcp, TlsSeen,
    },
};

/// Why an endpoint can't be used; names it.
#[derive(Debug, Clone)]
pub struct ClientError {
    /// The endpoint as given.
    pub url: String,
    /// What went wrong.
    pub fault: ClientFault,
}

/// What keeps a client from an endpoint, in the order of the steps.
#[derive(Debug, Clone)]
pub enum ClientFault {
    /// It is no endpoint.
    Malformed(Malformed),
    /// Its name has no address.
    Lookup(LookupError),
    /// No address took the connection: the last one, and how it ended.
    Tcp(String, Tcp),
    /// TLS was wanted of an endpoint that is spoken to in plaintext.
    Plaintext,
    /// The TLS handshake did not come to its end.
    Handshake(HandshakeEnd),
    /// Go's rules refuse the server's certificate; Go's words.
    Untrusted(String),
    /// The server hung up after the handshake, with this alert if it gave a reason.
    HungUp(Option<String>),
    /// What answers is not what was asked for; the words of the library that read it.
    Protocol(String),
    /// An HTTP request got no answer.
    Http(HttpFailure),
    /// Another HTTP status than 200.
    Status(u16),
    /// Its time was up.
    TimedOut,
}

/// Connects to one endpoint and logs in, all within `patience`.
pub(crate) async fn connect(
    url: &str,
    credentials: &Credentials,
    patience: Duration,
) -> Result<Client, ClientError> {
    let connecting = async |deadline| {
        let http2 = http2(url, credentials, deadline).await?;
        let channel = Channel::Custom(BoxCloneSyncService::new(http2));
        let options = client_options(credentials.login.as_ref());
        let client = Client::from_channel(channel, options).await;
        client.map_err(|error| ClientFault::Protocol(error.to_string()))
    };
    within(url, patience, connecting).await
}

/// Asks a member's peer port for its version, as another member would: an answer shows that the client certificate was
/// let in (`server/etcdserver/api/etcdhttp/peer.go`).
pub(crate) async fn ask_peer(
    url: &str,
    credentials: &Credentials,
    patience: Duration,
) -> Result<(), ClientError> {
    let asking = async |deadline| {
        let (parts, stream) = reach(url, credentials.implies_tls, deadline).await?;
        let authority = format!("{}:{}", parts.host, parts.port);
        let answer = if parts.tls {
            let stream = secure(&parts, stream, &[], credentials, deadline).await?;
            http1::get(stream, &authority, "/version").await
        } else {
            http1::get(Watched::new(stream), &authority, "/version").await
        };
        match answer.status {
            Some(200) => Ok(()),
            Some(status) => Err(ClientFault::Status(status)),
            None => Err(answer.error.map_or(ClientFault::HungUp(None), ClientFault::Http)),
        }
    };
    within(url, patience, asking).await
}

/// What a server presents to whoever connects, without a client certificate and without a request; an endpoint without scheme is
/// taken for TLS.
pub(crate) async fn presented(url: &str, patience: Duration) -> Result<TlsSeen, ClientError> {
    let looking = async |deadline| {
        // Nobody is dialled who has no certificate to show.
        if Parts::parse(url, true).is_ok_and(|parts| !parts.tls) {
            return Err(ClientFault::Plaintext);
        }
        let (parts, stream) = reach(url, true, deadline).await?;
        // Without ALPN any server answers, whatever it speaks inside.
        let handshake =
            Handshake { host: &parts.host, alpn: &[], identity: None, deadline, local: None };
        let (tls, ..) = Box::pin(handshake.run(stream)).await;
        // A server that refuses us has presented itself before.
        if tls.chain.is_empty() { Err(ClientFault::Handshake(tls.end)) } else { Ok(tls) }
    };
    within(url, patience, looking).await
}

/// Whether TLS is spoken at an endpoint; `implies_tls` decides for one without scheme.
pub(crate) fn means_tls(url: &str, implies_tls: bool) -> bool {
    Parts::parse(url, implies_tls).is_ok_and(|parts| parts.tls)
}

/// One HTTP/2 connection to an endpoint that the strict verdict accepts.
pub(crate) async fn http2(
    url: &str,
    credentials: &Credentials,
    deadline: Instant,
) -> Result<Http2, ClientFault> {
    let (parts, stream) = reach(url, credentials.implies_tls, deadline).await?;
    let (host, port) = (parts.host.as_str(), parts.port);
    let started = if parts.tls {
        let stream = secure(&parts, stream, &[b"h2"], credentials, deadline).await?;
        Http2::start(stream, true, host, port).await
    } else {
        Http2::start(Watched::new(stream), false, host, port).await
    };
    started.map_err(|error| ClientFault::Protocol(error.to_string()))
}

/// The options of a client that logs in, or doesn't.
pub(crate) fn client_options(login: Option<&Login>) -> Option<ConnectOptions> {
    login.map(|login| ConnectOptions::new().with_user(&login.user, login.password.as_str()))
}

async fn within<T>(
    url: &str,
    patience: Duration,
    work: impl AsyncFnOnce(Instant) -> Result<T, ClientFault>,
) -> Result<T, ClientError> {
    let deadline = Instant::now() + patience;
    let done = timeout_at(deadline, Box::pin(work(deadline))).await;
    let done = done.unwrap_or(Err(ClientFault::TimedOut));
    done.map_err(|fault| ClientError { url: url.to_owned(), fault })
}

/// Looks up the name and connects.
async fn reach(
    url: &str,
    implies_tls: bool,
    deadline: Instant,
) -> Result<(Parts, Box<dyn Stream>), ClientFault> {
    let parts = Parts::parse(url, implies_tls).map_err(ClientFault::Malformed)?;
    let (addresses, lookup) = dial::lookup(&parts, deadline).await;
    if let Some(error) = lookup.and_then(|lookup| lookup.error) {
        return Err(ClientFault::Lookup(error));
    }
    let (tried, dialled) = dial::connect(&addresses, Purpose::Main, deadline).await;
    match (dialled, tried.into_iter().next_back()) {
        (Some(dialled), _) => Ok((parts, dialled.stream)),
        (None, Some(last)) => Err(ClientFault::Tcp(last.to, last.tcp)),
        (None, None) => Err(ClientFault::TimedOut),
    }
}

/// Shakes hands, judges the server, and hears what it has to say to our certificate before anything is written.
async fn secure(
    parts: &Parts,
    stream: Box<dyn Stream>,
    alpn: &[&[u8]],
    credentials: &Credentials,
    deadline: Instant,
) -> Result<Watched<Secured>, ClientFault> {
    let (host, identity) = (credentials.expected(&parts.host), credentials.identity.clone());
    let handshake = Handshake { host, alpn, identity, deadline, local: None };
    let (tls, secured, _) = Box::pin(handshake.run(stream)).await;
    let Some(secured) = secured else { return Err(ClientFault::Handshake(tls.end)) };
    if !credentials.skip_verify
        && let Some(refusal) = credentials.anchors.refusal(&tls, host)
    {
        return Err(ClientFault::Untrusted(refusal));
    }
    let mut stream = Watched::new(secured);
    // In TLS 1.3 the refusal of a client certificate comes after the handshake.
    let said = match tls.request {
        Some(_) => exchange::listen(&mut stream, tls.ms, deadline).await,
        None => None,
    };
    match said {
        Some(After::Alert { name, .. }) => Err(ClientFault::HungUp(Some(name))),
        Some(After::Closed { .. } | After::Reset { .. }) => Err(ClientFault::HungUp(None)),
        _ => Ok(stream),
    }
}

impl Say for ClientFault {
    fn message(&self) -> Message {
        match self {
            Self::Malformed(malformed) => malformed.why.message(),
            Self::Lookup(error) => error.message(),
            Self::Tcp(address, tcp) => tcp.message().about(address),
            Self::Plaintext => NetworkMessage::NoTlsAtUrl.into(),
            Self::Handshake(end) => end.message(),
            Self::Untrusted(why) => NetworkMessage::NotAccepted { why: Value::quoted(why) }.into(),
            Self::HungUp(Some(alert)) => NetworkMessage::Alert { alert: alert.into() }.into(),
            Self::HungUp(None) => NetworkMessage::ClosedWithoutAlert.into(),
            Self::Protocol(why) => Message::Plain(Value::quoted(why)),
            Self::Http(failure) => failure.message(),
            Self::Status(status) => Message::Plain(Value::quoted(format!("HTTP {status}"))),
            Self::TimedOut => NetworkMessage::NoAnswerInTime.into(),
        }
    }
}

impl Say for ClientError {
    fn message(&self) -> Message {
        self.fault.message().about(&self.url)
    }
}

english_display!(ClientError);
