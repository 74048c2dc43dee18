//! A peer endpoint, dialled as another member dials it: no ALPN, HTTP/1.1 with the peer pair on one connection.
//!
//! Any holder of a peer certificate may ask for `/version`, `/members` and `/raft/probing` (etcd
//! `server/etcdserver/api/etcdhttp/peer.go`, `rafthttp`).

use super::endpoint::Visit;
use super::endpoint::note_bytes;
use crate::observation::endpoint::{After, EtcdSeen, MemberSeen, Purpose, ResolverSeen};
use crate::observe::wire::exchange;
use crate::observe::wire::handshake::Secured;
use crate::observe::wire::http1;
use crate::observe::wire::resolver;
use crate::observe::wire::watched::Stream;
use crate::observe::wire::watched::Watched;

const QUESTIONS: [&str; 3] = ["/version", "/members", "/raft/probing"];

impl Visit<'_> {
    /// Goes on with a fresh connection to a peer URL.
    pub(crate) async fn as_peer(&mut self, stream: Box<dyn Stream>) {
        let main = self.connections.len() - 1;
        if !self.parts.tls {
            return self.peer_in_clear(main, stream).await;
        }
        let identity = self.prober.credentials.identity.clone();
        let (secured, ms) = self.shake_hands(stream, &[], identity).await;
        match secured {
            Some((secured, trusted)) => self.after_peer_handshake(main, secured, trusted, ms).await,
            None => self.after_failure(main).await,
        }
    }

    async fn after_peer_handshake(
        &mut self,
        main: usize,
        secured: Secured,
        trusted: bool,
        ms: f64,
    ) {
        let asked = self.connections[main].tls.as_ref().is_some_and(|tls| tls.request.is_some());
        let mut stream = Watched::new(secured);
        let notebook = stream.notebook();
        let refused =
            if asked { exchange::listen(&mut stream, ms, self.deadline).await } else { None };
        match refused {
            Some(after) => self.connections[main].after = after,
            None if !trusted => self.connections[main].after = After::HeldBack,
            None => self.ask_peer(main, stream).await,
        }
        let connection = &mut self.connections[main];
        if connection.after != After::Http1 {
            note_bytes(connection, &notebook);
        }
        match &self.connections[main].after {
            After::Alert { name, .. } if name == "bad_certificate" => {
                self.without_certificate(main).await;
            }
            After::Closed { .. } | After::Reset { .. } if asked => {
                self.resolver = self.ask_resolver(main).await;
            }
            _ => {}
        }
    }

    async fn peer_in_clear(&mut self, main: usize, stream: Box<dyn Stream>) {
        self.ask_peer(main, Watched::new(stream)).await;
        if matches!(self.connections[main].after, After::Http1 | After::Silent { .. }) {
            return;
        }
        if let Some(dialled) = self.dial(Purpose::TlsInstead).await {
            self.shake_hands(dialled.stream, &[], None).await;
        }
    }

    /// Puts the questions over the main connection, and notes how it ended where none was answered.
    async fn ask_peer<S: Stream + 'static>(&mut self, main: usize, stream: Watched<S>) {
        let notebook = stream.notebook();
        let authority = self.authority();
        let asked = http1::get_all(stream, &authority, &QUESTIONS, self.deadline);
        let http = Box::pin(asked).await;
        let connection = &mut self.connections[main];
        connection.after = if http.iter().any(|seen| seen.status.is_some()) {
            After::Http1
        } else if notebook.end().is_some() {
            exchange::hung_up(notebook.end(), false)
        } else if notebook.total() > 0 {
            After::NotHttp2
        } else {
            After::Silent { wrote: true }
        };
        let members = http.iter().find(|seen| seen.path == "/members" && seen.status == Some(200));
        let members = members.and_then(|seen| seen.body.as_deref()).map(MemberSeen::list);
        connection.http = http;
        let members =
            members.map(|members| EtcdSeen { members: Some(Ok(members)), ..EtcdSeen::default() });
        self.etcd = members;
    }

    async fn ask_resolver(&self, main: usize) -> Option<ResolverSeen> {
        let source = self.connections[main].from?.ip();
        let leaf = self.prober.leaf.as_ref()?;
        Some(resolver::ask(leaf, source, self.deadline).await)
    }
}
