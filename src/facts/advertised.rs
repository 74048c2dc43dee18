//! The client URLs that a cluster advertises: where a caller who dialled another of etcd's ports should go.
//!
//! A peer port lists them under `GET /members` (etcd `server/etcdserver/api/etcdhttp/peer.go`), `Cluster.MemberList`
//! does over gRPC, and etcd's own configuration names them as `advertise-client-urls`.

use std::{
    borrow::Cow,
    net::{IpAddr, SocketAddr},
};

use super::{Endpoint, Facts};
use crate::{
    message::{Message, NetworkMessage, Say},
    observation::{
        EndpointSeen,
        endpoint::{HandshakeEnd, MemberSeen, Tcp},
    },
};

/// A client URL that a member advertises and that is of no use to clients here.
#[derive(Debug)]
pub struct Advertised<'f, 'a> {
    /// The URL.
    pub url: &'a str,
    /// The endpoint that lists it.
    pub by: &'f Endpoint<'a>,
    /// The member that advertises it.
    pub member: &'a MemberSeen,
    /// What is wrong with it.
    pub fault: AdvertisedFault,
}

/// What is wrong with an advertised URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdvertisedFault {
    /// It can't be reached from here; why.
    Unreachable(Message),
    /// The port speaks TLS (or doesn't), other than the scheme says.
    Scheme {
        /// Whether TLS is spoken.
        tls: bool,
    },
}

impl<'a> Facts<'a> {
    /// The advertised client URLs that lead nowhere, or to a port of the other scheme, each once.
    pub fn misadvertised(&self) -> Vec<Advertised<'_, 'a>> {
        let mut found: Vec<Advertised<'_, 'a>> = Vec::new();
        for by in self.endpoints.iter().filter(|_| !self.among_peers()) {
            let members = by.members_by_grpc().unwrap_or_default();
            let urls = members.iter().flat_map(|m| m.client_urls.iter().map(move |url| (m, url)));
            for (member, url) in urls {
                let known = found.iter().any(|known| known.url == url);
                let fault = if known { None } else { self.advertised_fault(by, url) };
                found.extend(fault.map(|fault| Advertised { url, by, member, fault }));
            }
        }
        found
    }

    fn advertised_fault(&self, by: &Endpoint<'_>, url: &str) -> Option<AdvertisedFault> {
        if let Some(seen) = self.observation.advertised.iter().find(|seen| seen.url == url) {
            return knocked(seen, by);
        }
        let endpoint = self.endpoints.iter().find(|endpoint| endpoint.is_at(url))?;
        // What is wrong with an endpoint itself, its own findings say.
        let tls = endpoint.status().map(|_| endpoint.tls().is_some())?;
        (url.starts_with("https://") != tls).then_some(AdvertisedFault::Scheme { tls })
    }
}

/// What a knock at an advertised URL shows.
fn knocked(seen: &EndpointSeen, by: &Endpoint<'_>) -> Option<AdvertisedFault> {
    let unreachable = |why: Message| Some(AdvertisedFault::Unreachable(why));
    let parts = match &seen.parsed {
        Ok(parts) => parts,
        Err(malformed) => return unreachable(malformed.why.message()),
    };
    let address = parts.host.parse::<IpAddr>().ok();
    if address.is_some_and(|address| address.is_unspecified()) {
        return unreachable(NetworkMessage::UnspecifiedAddress.into());
    }
    if let Some(error) = seen.lookup.as_ref().and_then(|lookup| lookup.error.as_ref()) {
        return unreachable(error.message());
    }
    let looped = address.map_or(parts.host == "localhost", |address| address.is_loopback());
    if looped && !by.is_local() {
        return unreachable(NetworkMessage::LoopbackAddress.into());
    }
    let main = seen.main()?;
    if main.tcp != Tcp::Connected {
        return unreachable(main.tcp.message().about(&main.to));
    }
    let shaken = main.tls.as_ref()?;
    let tls = match &shaken.end {
        HandshakeEnd::Complete | HandshakeEnd::Alert(_) => true,
        HandshakeEnd::Closed | HandshakeEnd::Reset | HandshakeEnd::NotTls => {
            !shaken.chain.is_empty()
        }
        HandshakeEnd::TimedOut | HandshakeEnd::Version(_) | HandshakeEnd::Failed(_) => return None,
    };
    (parts.tls != tls).then_some(AdvertisedFault::Scheme { tls })
}

impl<'a> Endpoint<'a> {
    /// Whether a URL has this endpoint's host and port, whatever its scheme.
    pub fn is_at(&self, url: &str) -> bool {
        url.split_once("://")
            .is_some_and(|(_, rest)| rest.trim_end_matches('/') == self.authority())
    }

    /// Whether it is on this machine: the connection begins and ends at one address.
    pub(super) fn is_local(&self) -> bool {
        let Some(main) = self.main() else { return false };
        let to = main.to.parse::<SocketAddr>().ok();
        to.is_none_or(|to| {
            to.ip().is_loopback() || main.from.is_some_and(|from| from.ip() == to.ip())
        })
    }

    /// The client URLs of the member behind this port, else those of all members, else what the configuration
    /// advertises; never the endpoint itself.
    pub fn client_urls(&self, facts: &Facts<'_>) -> Vec<String> {
        let members = self.listed_members();
        let here = self.authority();
        let names_this = |url: &String| url.split_once("://").is_some_and(|(_, rest)| rest == here);
        let own: Vec<_> =
            members.iter().filter(|member| member.peer_urls.iter().any(names_this)).collect();
        let chosen = if own.is_empty() { members.iter().collect() } else { own };
        let mut urls: Vec<String> =
            chosen.into_iter().flat_map(|member| member.client_urls.clone()).collect();
        if urls.is_empty() {
            let server = facts.server_of(self);
            let configured =
                server.map(|one| one.list("advertise-client-urls")).unwrap_or_default();
            urls.extend(configured.into_iter().map(str::to_owned));
        }
        urls.retain(|url| !names_this(url));
        urls
    }

    /// The peer URLs of all members, by the list of the member behind this port.
    pub fn peer_urls_listed(&self) -> Vec<String> {
        self.listed_members().iter().flat_map(|member| member.peer_urls.clone()).collect()
    }

    /// The id, as etcdctl prints it, of the member that lists this endpoint among its peer URLs.
    pub fn own_member_id(&self) -> Option<String> {
        let here = self.authority();
        let names_this = |url: &String| url.split_once("://").is_some_and(|(_, rest)| rest == here);
        let members = self.listed_members();
        let own = members.iter().find(|member| member.peer_urls.iter().any(names_this));
        own.map(|member| member.id.clone())
    }

    /// The members by the list of the one behind this port.
    pub fn listed_members(&self) -> Cow<'a, [MemberSeen]> {
        if let Some(members) = self.members_by_grpc() {
            return Cow::Borrowed(members);
        }
        let answers = self.seen.connections.iter().filter_map(|c| c.answer("/members"));
        answers.filter_map(|seen| seen.body.as_deref()).flat_map(MemberSeen::list).collect()
    }

    fn members_by_grpc(&self) -> Option<&'a [MemberSeen]> {
        self.seen.etcd.as_ref()?.members.as_ref()?.as_deref().ok()
    }
}
