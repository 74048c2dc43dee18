//! One endpoint, from name lookup to etcd's answers, under one deadline.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use rustls::sign::CertifiedKey;
use tokio::time::{Instant, timeout_at};

use super::requests;
use super::requests::Caller;
use crate::observe::wire::accept_queue;
use crate::observe::wire::anchors::Anchors;
use crate::observe::wire::credentials::{Credentials, Login};
use crate::observe::wire::dial;
use crate::observe::wire::dial::Address;
use crate::observe::wire::dial::Dialled;
use crate::observe::wire::dial::milliseconds;
use crate::observe::wire::exchange;
use crate::observe::wire::handshake::Handshake;
use crate::observe::wire::handshake::Secured;
use crate::observe::wire::http2::Http2;
use crate::observe::wire::watched::Notebook;
use crate::observe::wire::watched::Stream;
use crate::observe::wire::watched::Watched;
use crate::{
    observation::{
        EndpointSeen, Observation,
        endpoint::{
            After, Connection, EtcdSeen, HandshakeEnd, HttpSeen, Parts, Purpose, ResolverSeen,
        },
    },
    x509::{Certificate, Go},
};

/// What all endpoints of a check share.
pub(crate) struct Prober {
    pub(crate) credentials: Credentials,
    /// The end-entity certificate that is presented.
    pub(crate) leaf: Option<Certificate>,
    /// The endpoints are peer URLs.
    pub(crate) peer: bool,
    pub(crate) timeout: Duration,
}

/// One endpoint under way.
pub(crate) struct Visit<'p> {
    pub(crate) prober: &'p Prober,
    pub(crate) parts: Parts,
    pub(crate) addresses: Vec<Address>,
    pub(crate) deadline: Instant,
    pub(crate) connections: Vec<Connection>,
    pub(crate) etcd: Option<EtcdSeen>,
    pub(crate) resolver: Option<ResolverSeen>,
}

impl Prober {
    /// What a check of this target is asked with.
    pub(crate) fn new(
        observation: &Observation,
        identity: Option<Arc<CertifiedKey>>,
        login: Option<Login>,
    ) -> Self {
        let target = &observation.target;
        let go = target.go.as_deref().and_then(Go::parse).unwrap_or(Go::DEFAULT);
        let cacert = target.cacert.as_ref();
        let cacert =
            cacert.and_then(|given| observation.files.iter().find(|file| file.path == given.value));
        let own = identity.as_ref().and_then(|identity| identity.cert.first());
        Self {
            leaf: own.and_then(|der| Certificate::parse(der, go).ok()),
            credentials: Credentials {
                anchors: Anchors::new(cacert, observation.when, go),
                identity,
                login,
                skip_verify: target.insecure_skip_tls_verify,
                server_name: target.server_name.clone(),
                implies_tls: target.implies_tls(),
            },
            peer: target.peer,
            timeout: target.timeout,
        }
    }

    /// Who we are to etcd.
    fn caller(&self) -> Caller<'_> {
        let cn = || self.leaf.as_ref().and_then(Certificate::common_name);
        let login = self.credentials.login.as_ref();
        let name = login.map(|login| login.user.clone()).or_else(cn);
        Caller { login, name: name.filter(|name| !name.is_empty()) }
    }

    /// Observes one endpoint; hands its place in the list through.
    pub(crate) async fn observe(&self, index: usize, url: &str) -> (usize, EndpointSeen) {
        let start = Instant::now();
        let parsed = Parts::parse(url, self.credentials.implies_tls);
        let mut seen = EndpointSeen::new(url, parsed.clone());
        if let Ok(parts) = parsed {
            let deadline = start + self.timeout;
            let (addresses, lookup) = dial::lookup(&parts, deadline).await;
            seen.lookup = lookup;
            let (connections, etcd, resolver) = (Vec::new(), None, None);
            let mut visit =
                Visit { prober: self, parts, addresses, deadline, connections, etcd, resolver };
            Box::pin(visit.go()).await;
            (seen.connections, seen.etcd) = (visit.connections, visit.etcd);
            seen.resolver = visit.resolver;
        }
        seen.took_ms = milliseconds(start);
        (index, seen)
    }
}

impl Visit<'_> {
    async fn go(&mut self) {
        if self.addresses.is_empty() {
            return;
        }
        let Some(dialled) = self.dial(Purpose::Main).await else { return };
        // Later connections go to the address that answered.
        self.addresses = vec![dialled.address];
        if self.prober.peer {
            self.as_peer(dialled.stream).await;
        } else if self.parts.tls {
            self.over_tls(dialled.stream).await;
        } else {
            self.in_clear(dialled.stream).await;
        }
    }

    /// Connects and notes every attempt; the last one noted is the one established.
    pub(crate) async fn dial(&mut self, purpose: Purpose) -> Option<Dialled> {
        let (noted, dialled) = dial::connect(&self.addresses, purpose, self.deadline).await;
        self.connections.extend(noted);
        dialled
    }

    /// The connection that was opened last.
    pub(crate) fn note(&mut self, write: impl FnOnce(&mut Connection)) {
        if let Some(connection) = self.connections.last_mut() {
            write(connection);
        }
    }

    async fn over_tls(&mut self, stream: Box<dyn Stream>) {
        let identity = self.prober.credentials.identity.clone();
        let (secured, ms) = self.shake_hands(stream, &[b"h2"], identity).await;
        let main = self.connections.len() - 1;
        match secured {
            Some((secured, trusted)) => self.after_handshake(main, secured, trusted, ms).await,
            None => self.after_failure(main).await,
        }
    }

    /// Shakes hands on the connection opened last; says whether requests may be written on it.
    pub(crate) async fn shake_hands(
        &mut self,
        stream: Box<dyn Stream>,
        alpn: &[&[u8]],
        identity: Option<Arc<CertifiedKey>>,
    ) -> (Option<(Secured, bool)>, f64) {
        let local = self.local_address();
        let (host, deadline) = (self.prober.credentials.expected(&self.parts.host), self.deadline);
        let handshake = Handshake { host, alpn, identity, deadline, local };
        let (tls, secured, notebook) = Box::pin(handshake.run(stream)).await;
        let trusted = self.prober.credentials.skip_verify
            || (secured.is_some() && self.prober.credentials.anchors.accept(&tls, host));
        let ms = tls.ms;
        let unread = tls.end != HandshakeEnd::Complete;
        let silent = tls.end == HandshakeEnd::TimedOut;
        let listener = local.filter(|_| silent).and_then(accept_queue::look);
        self.note(|connection| {
            connection.tls = Some(tls);
            connection.listener = listener;
            if unread {
                note_bytes(connection, &notebook);
            }
        });
        (secured.map(|secured| (secured, trusted)), ms)
    }

    async fn after_handshake(&mut self, main: usize, secured: Secured, trusted: bool, ms: f64) {
        let asked = self.connections[main].tls.as_ref().is_some_and(|tls| tls.request.is_some());
        let mut stream = Watched::new(secured);
        let notebook = stream.notebook();
        // Where no certificate was asked for, none can be refused: an untrusted server has nothing more to say.
        let unasked = if asked || trusted {
            exchange::listen(&mut stream, ms, self.deadline).await
        } else {
            None
        };
        self.connections[main].after = match &unasked {
            Some(after) => after.clone(),
            None => After::HeldBack,
        };
        if matches!(unasked, None | Some(After::Settings { .. })) && trusted {
            Box::pin(self.speak_http2(main, stream)).await;
        } else {
            note_bytes(&mut self.connections[main], &notebook);
        }
        match &self.connections[main].after {
            After::Alert { name, .. } if name == "bad_certificate" => {
                self.without_certificate(main).await;
            }
            After::Closed { unasked: true } | After::Reset { unasked: true } if asked => {}
            After::Closed { .. } | After::Reset { .. } | After::NotHttp2 if trusted => {
                self.http_over_tls().await;
            }
            _ => {}
        }
    }

    /// After a handshake that failed: is it etcd in clear text, or an alert that needs a second look?
    pub(crate) async fn after_failure(&mut self, main: usize) {
        let Some(tls) = &self.connections[main].tls else { return };
        match &tls.end {
            HandshakeEnd::Closed | HandshakeEnd::Reset | HandshakeEnd::NotTls => {
                self.plain_http().await;
            }
            HandshakeEnd::Alert(name) if name == "bad_certificate" && tls.request.is_some() => {
                self.without_certificate(main).await;
            }
            _ => {}
        }
    }

    async fn in_clear(&mut self, stream: Box<dyn Stream>) {
        let main = self.connections.len() - 1;
        let local = self.local_address();
        let abandoned = tokio::select! {
            () = Box::pin(self.speak_http2(main, Watched::new(stream))) => false,
            () = accept_queue::stuck(local) => true,
        };
        if abandoned {
            self.connections[main].after = After::Silent { wrote: true };
            self.connections[main].listener = local.and_then(accept_queue::look);
        }
        match self.connections[main].after {
            // In clear text a peer port serves gRPC too; only HTTP/1.1 tells them apart.
            After::Settings { .. } if !self.is_advertised() => return self.plain_http().await,
            After::Settings { .. } | After::Silent { .. } => return,
            _ => {}
        }
        if let Some(dialled) = self.dial(Purpose::TlsInstead).await {
            self.shake_hands(dialled.stream, &[b"h2"], None).await;
            let speaks_tls = self
                .connections
                .last()
                .and_then(|c| c.tls.as_ref())
                .is_some_and(|tls| !tls.chain.is_empty());
            if speaks_tls {
                return;
            }
        }
        self.plain_http().await;
    }

    /// Whether a member advertises this address to clients, so that it can't be a peer port.
    fn is_advertised(&self) -> bool {
        let members = self.etcd.as_ref().and_then(|etcd| etcd.members.as_ref()?.as_ref().ok());
        let urls = members.into_iter().flatten().flat_map(|member| &member.client_urls);
        urls.filter_map(|url| Parts::parse(url, false).ok())
            .any(|parts| (parts.host, parts.port) == (self.parts.host.clone(), self.parts.port))
    }

    /// Speaks HTTP/2 on the main connection, asks etcd, and notes what the stream did meanwhile.
    async fn speak_http2<S: Stream + 'static>(&mut self, main: usize, stream: Watched<S>) {
        let notebook = stream.notebook();
        let before = matches!(self.connections[main].after, After::Settings { .. });
        let Parts { tls, host, port, .. } = self.parts.clone();
        let mut etcd = None;
        let mut http = Vec::new();
        if let Ok(http2) = Http2::start(stream, tls, &host, port).await {
            let (seen, version) = Box::pin(self.ask(&http2, tls)).await;
            http.extend(version);
            let strange = http2.not_grpc().is_some();
            let more: &[&str] = if strange { &["/members", "/metrics", "/health"] } else { &[] };
            for path in more {
                http.extend(timeout_at(self.deadline, http2.get(path)).await.ok());
            }
            etcd = Some(seen);
        }
        let connection = &mut self.connections[main];
        connection.http = http;
        if !before {
            connection.after = if exchange::is_settings(&notebook.first()) {
                After::Settings { unasked: false }
            } else if notebook.total() > 0 {
                After::NotHttp2
            } else if notebook.end().is_some() {
                exchange::hung_up(notebook.end(), false)
            } else {
                After::Silent { wrote: true }
            };
        }
        if matches!(connection.after, After::Settings { .. }) {
            self.etcd = etcd;
        } else {
            note_bytes(connection, &notebook);
        }
    }

    /// etcd's answers, and that to `GET /version` for the server's clock. In clear text HTTP/2 leads to gRPC alone,
    /// and behind a proxy it can: then nobody answers, and nobody is waited for longer than the patience.
    async fn ask(&self, http2: &Http2, tls: bool) -> (EtcdSeen, Option<HttpSeen>) {
        let caller = self.prober.caller();
        let asked = Box::pin(requests::ask(http2, &caller, self.deadline));
        if !tls {
            return (asked.await, None);
        }
        let version = http2.get("/version");
        tokio::pin!(asked, version);
        tokio::select! {
            seen = &mut asked => {
                let until = self.deadline.min(Instant::now() + exchange::PATIENCE);
                (seen, timeout_at(until, version).await.ok())
            }
            version = &mut version => (asked.await, Some(version)),
        }
    }

    /// The address of the connection opened last, when it is this machine's.
    fn local_address(&self) -> Option<SocketAddr> {
        let connection = self.connections.last()?;
        let to: SocketAddr = connection.to.parse().ok()?;
        (connection.from?.ip() == to.ip() || to.ip().is_loopback()).then_some(to)
    }

    /// Host and port as HTTP names them.
    pub(crate) fn authority(&self) -> String {
        format!("{}:{}", self.parts.host, self.parts.port)
    }
}

pub(crate) fn note_bytes(connection: &mut Connection, notebook: &Notebook) {
    connection.first_bytes = data_encoding::HEXLOWER.encode(&notebook.first());
    connection.bytes_read = notebook.total();
}
