//! One endpoint with what follows from its observation.

use std::cell::OnceCell;

use super::{
    ClientFault, Facts, Presented, Reach, Refusal, Service, Stall, Subject, client,
    presented::Verifier,
};
use crate::{
    etcd::Release,
    message::{EvidenceMessage, Value},
    observation::{
        EndpointSeen, Target,
        endpoint::{CertificateRequest, Connection, HttpSeen, StatusSeen, TlsSeen},
        target::Origin,
    },
};

/// One endpoint.
#[derive(Debug)]
pub struct Endpoint<'a> {
    /// What was seen.
    pub seen: &'a EndpointSeen,
    /// How far the way goes.
    pub reach: Reach,
    /// The server's chain, verified; `None` when no TLS server presented one.
    pub presented: Option<Presented>,
    pub(super) fault: OnceCell<Option<ClientFault>>,
}

impl<'a> Endpoint<'a> {
    pub(super) fn of(
        seen: &'a EndpointSeen,
        target: &Target,
        verifier: &mut Verifier<'_, 'a>,
    ) -> Self {
        let host = seen.parsed.as_ref().map(|parts| parts.host.clone()).unwrap_or_default();
        let host = target.server_name.clone().unwrap_or(host);
        let tls = seen.main().and_then(|main| main.tls.as_ref());
        let presented = tls.and_then(|tls| verifier.presented(tls, &host));
        Self { seen, reach: Reach::of(seen, target.peer), presented, fault: OnceCell::new() }
    }

    /// The URL as given.
    pub fn url(&self) -> &'a str {
        &self.seen.url
    }

    /// Where the URL came from: a flag, the environment, a configuration file.
    pub fn origin(&self, facts: &Facts<'a>) -> Option<&'a Origin> {
        let mut given = facts.observation.target.endpoints.iter();
        given.find(|given| given.value == self.seen.url).map(|given| &given.origin)
    }

    /// The host and port as commands take them, `[::1]:2379` for one; a Unix socket's path.
    pub fn authority(&self) -> String {
        match &self.seen.parsed {
            Ok(parts) if parts.unix => parts.host.clone(),
            Ok(parts) if parts.host.contains(':') => format!("[{}]:{}", parts.host, parts.port),
            Ok(parts) => format!("{}:{}", parts.host, parts.port),
            Err(_) => self.seen.url.clone(),
        }
    }

    /// The same endpoint as a URL with TLS or without.
    pub fn with_tls(&self, tls: bool) -> String {
        let unix = self.seen.parsed.as_ref().is_ok_and(|parts| parts.unix);
        let scheme = if unix { "unix" } else { "http" };
        format!("{scheme}{}://{}", if tls { "s" } else { "" }, self.authority())
    }

    /// The address that was dialled.
    pub fn dialled(&self) -> &'a str {
        self.main().map(|main| main.to.as_str()).unwrap_or_default()
    }

    /// How long the step that ended in silence was waited for, in seconds.
    pub fn waited(&self) -> String {
        let ms = match &self.reach {
            Reach::TimedOut => self.main().map(|main| main.tcp_ms),
            Reach::Stalled(Stall::Handshake(_)) => self.tls().map(|tls| tls.ms),
            _ => Some(self.seen.took_ms),
        };
        ms.map(|ms| format!("{:.1} s", ms / 1000.0)).unwrap_or_default()
    }

    /// The answers to plain HTTP requests that tell etcd's ports from one another, such as `GET /version: 404`.
    pub fn answers(&self) -> String {
        let asked = self.seen.connections.iter().map(|connection| &connection.http);
        let Some(http) = asked.rev().find(|http| !http.is_empty()) else { return String::new() };
        let line = |seen: &HttpSeen| {
            let kind = seen.content_type.as_deref().map(media_type).unwrap_or_default();
            Some(format!("GET {}: {} {kind}", seen.path, seen.status?).trim_end().to_owned())
        };
        http.iter().filter_map(line).collect::<Vec<_>>().join(", ")
    }

    /// What a gRPC call was answered with, when that was no gRPC.
    pub fn instead_of_grpc(&self) -> Option<EvidenceMessage> {
        let error = self.seen.etcd.as_ref()?.status.as_ref()?.as_ref().err()?;
        let kind = match error.content_type.as_deref() {
            Some(kind) => Value::from(media_type(kind)),
            None => EvidenceMessage::NoContentType.into(),
        };
        let status = format!("HTTP {}", error.http_status?);
        Some(EvidenceMessage::AnsweredWith { answer: Value::list([status.into(), kind]) })
    }

    /// The endpoint as the subject of a finding.
    pub fn subject(&self) -> Subject {
        Subject::Endpoint(self.seen.url.clone())
    }

    /// The connection that a healthy endpoint needs.
    pub fn main(&self) -> Option<&'a Connection> {
        self.seen.main()
    }

    /// Its TLS handshake.
    pub fn tls(&self) -> Option<&'a TlsSeen> {
        self.main()?.tls.as_ref()
    }

    /// The server's `CertificateRequest`; `None` when it didn't ask or the handshake never got so far.
    pub fn request(&self) -> Option<&'a CertificateRequest> {
        self.tls()?.request.as_ref()
    }

    /// The names of the CAs that the server accepts, as Go prints names.
    pub fn acceptable_names(&self) -> Vec<String> {
        client::acceptable_names(self)
    }

    /// How the server turned this client away, if it asked for a certificate and did.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.reach {
            Reach::Open(Service::TurnedAway(refusal)) => Some(refusal),
            _ => None,
        }
    }

    /// The alert that the server sent, in or after the handshake.
    pub fn alert(&self) -> Option<&'a str> {
        self.main()?.alert()
    }

    /// Whether an etcd of this machine has bound the port and accepts no connection, as it does before it has joined a
    /// quorum.
    pub fn awaits_quorum(&self) -> bool {
        let silent = matches!(self.reach, Reach::Stalled(Stall::Handshake(0) | Stall::Http2));
        let listener = self.main().and_then(|main| main.listener.as_ref()).filter(|_| silent);
        listener.is_some_and(|seen| {
            let etcd = seen.process.as_deref() == Some("etcd") && seen.stopped.is_none();
            seen.unaccepted > 0 && etcd
        })
    }

    /// Whether etcd's client API answers here.
    pub fn is_etcd(&self) -> bool {
        self.reach == Reach::Open(Service::Etcd)
    }

    /// Whether etcd's client API answers here, and its own authentication is off as far as that was seen.
    pub fn serves_anyone(&self) -> bool {
        let asks_for_a_user = self.seen.etcd.as_ref().is_some_and(|etcd| {
            let refused = ["PermissionDenied", "Unauthenticated", "InvalidArgument"];
            let read = etcd.read.as_ref().and_then(|read| read.as_ref().err());
            matches!(etcd.login, Some(Ok(())))
                || read.is_some_and(|error| refused.contains(&error.code.as_str()))
        });
        self.is_etcd() && !asks_for_a_user
    }

    /// Whether only this machine reaches the address that was dialled.
    pub fn is_loopback(&self) -> bool {
        let dialled = self.dialled().parse::<std::net::SocketAddr>();
        dialled.is_ok_and(|dialled| dialled.ip().to_canonical().is_loopback())
    }

    /// etcd's status, if it gave one.
    pub fn status(&self) -> Option<&'a StatusSeen> {
        self.seen.etcd.as_ref()?.status.as_ref()?.as_ref().ok()
    }

    /// The alarms that the cluster has raised, such as `NOSPACE`.
    pub fn alarms(&self) -> impl Iterator<Item = &'a str> {
        let alarms = self.seen.etcd.as_ref().and_then(|etcd| etcd.alarms.as_ref()?.as_ref().ok());
        alarms.into_iter().flatten().map(String::as_str)
    }

    /// How far the server's clock is ahead of ours, from the `Date` header of its first answer.
    pub fn clock_ahead(&self) -> Option<time::Duration> {
        let answers = || self.seen.connections.iter().flat_map(|connection| &connection.http);
        answers().find_map(|seen| Some(seen.date? - seen.received?))
    }
}

/// The etcd release that an endpoint reports, over gRPC or in answer to `GET /version`.
pub(super) fn release(seen: &EndpointSeen) -> Option<Release> {
    let status = seen.etcd.as_ref().and_then(|etcd| etcd.status.as_ref()?.as_ref().ok());
    if let Some(status) = status {
        return Release::parse(&status.version);
    }
    let body = seen.connections.iter().find_map(|one| one.answer("/version")?.body.as_deref())?;
    let versions: serde_json::Value = serde_json::from_str(body).ok()?;
    Release::parse(versions.get("etcdserver")?.as_str()?)
}

/// A content type without its parameters.
fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default()
}
