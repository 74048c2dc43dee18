//! Further connections to an endpoint where the first one left a question: which of etcd's ports is this, is it etcd
//! without TLS, how does it refuse someone without a certificate?

use tokio::time::timeout_at;

use super::endpoint::Visit;
use crate::observation::endpoint::{After, HttpFailure, HttpSeen, Purpose};
use crate::observe::wire::dial;
use crate::observe::wire::dial::Dialled;
use crate::observe::wire::exchange;
use crate::observe::wire::handshake::Handshake;
use crate::observe::wire::http1;
use crate::observe::wire::watched::Stream;
use crate::observe::wire::watched::Watched;

impl Visit<'_> {
    /// Plain HTTP/1.1 without credentials, a connection a request: which of etcd's ports is this, if any?
    pub(crate) async fn plain_http(&mut self) {
        let Some(dialled) = self.dial(Purpose::PlainHttp).await else { return };
        let mut stream = Some(dialled.stream);
        let first = self.connections.len() - 1;
        let mut asked = Vec::new();
        while let Some(path) = next_question(&asked) {
            let next = match stream.take() {
                Some(stream) => Some(stream),
                None => self.redial().await.map(|dialled| dialled.stream),
            };
            let Some(next) = next else { break };
            asked.push(self.get(Watched::new(next), path).await);
        }
        let connection = &mut self.connections[first];
        (connection.http, connection.after) = (asked, After::Http1);
    }

    /// The same over TLS, for a server that closed HTTP/2; only to servers that the strict verdict accepts.
    pub(crate) async fn http_over_tls(&mut self) {
        let mut asked = Vec::new();
        let mut first = None;
        while let Some(path) = next_question(&asked) {
            let dialled = if first.is_none() {
                self.dial(Purpose::HttpOverTls).await
            } else {
                self.redial().await
            };
            let Some(dialled) = dialled else { break };
            let kept = first.is_none();
            let identity = self.prober.credentials.identity.clone();
            let host = self.prober.credentials.expected(&self.parts.host);
            let (deadline, local) = (self.deadline, None);
            let handshake = Handshake { host, alpn: &[], identity, deadline, local };
            let (tls, secured, _) = Box::pin(handshake.run(dialled.stream)).await;
            let trusted = self.prober.credentials.skip_verify
                || self.prober.credentials.anchors.accept(&tls, host);
            if kept {
                first = Some(self.connections.len() - 1);
                self.note(|connection| connection.tls = Some(tls));
            }
            match secured {
                Some(secured) if trusted => asked.push(self.get(Watched::new(secured), path).await),
                _ => break,
            }
        }
        if let Some(connection) = first.and_then(|first| self.connections.get_mut(first)) {
            (connection.http, connection.after) = (asked, After::Http1);
        }
    }

    /// How does this server refuse someone without a certificate? Its alert dates its TLS library.
    pub(crate) async fn without_certificate(&mut self, main: usize) {
        let sent = self.connections[main].tls.as_ref().is_some_and(|tls| tls.certificate_sent);
        if !sent {
            return;
        }
        let Some(dialled) = self.dial(Purpose::WithoutCertificate).await else { return };
        let (secured, ms) = self.shake_hands(dialled.stream, &[b"h2"], None).await;
        if let Some((secured, _)) = secured {
            let mut stream = Watched::new(secured);
            let after =
                exchange::listen(&mut stream, ms, self.deadline).await.unwrap_or(After::HeldBack);
            self.note(|connection| connection.after = after);
        }
    }

    /// A further connection of the same purpose, not worth an entry of its own.
    async fn redial(&self) -> Option<Dialled> {
        dial::connect(&self.addresses, Purpose::PlainHttp, self.deadline).await.1
    }

    async fn get<S: Stream + 'static>(&self, stream: Watched<S>, path: &str) -> HttpSeen {
        let authority = self.authority();
        match timeout_at(self.deadline, Box::pin(http1::get(stream, &authority, path))).await {
            Ok(seen) => seen,
            Err(_) => http1::unanswered(path, HttpFailure::Timeout),
        }
    }
}

/// The next path worth asking for, after the answers so far.
fn next_question(asked: &[HttpSeen]) -> Option<&'static str> {
    let answered = |path: &str| asked.iter().find(|seen| seen.path == path);
    let version = match answered("/version") {
        None => return Some("/version"),
        Some(seen) => seen.status?,
    };
    let paths: &[&'static str] =
        if version == 200 { &["/members"] } else { &["/metrics", "/health"] };
    paths.iter().copied().find(|path| answered(path).is_none())
}
