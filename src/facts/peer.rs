//! What is between the members of a cluster: whom a peer port asks for, whom it takes, and what its certificate is
//! worth to the other members.

use std::net::IpAddr;

use super::{Endpoint, Facts, Reach, Service};
use crate::{
    etcd::admission::{Lookups, check_peer_address},
    message::{Message, NetworkMessage, Say, Value},
    observation::endpoint::{LookupError, ResolverSeen, TlsSeen},
    x509::{Certificate, Usage},
};

impl From<&ResolverSeen> for Lookups {
    fn from(seen: &ResolverSeen) -> Self {
        let texts = |found: &Vec<IpAddr>| found.iter().map(ToString::to_string).collect();
        // What Go quotes, whatever language is spoken here.
        let words = |error: &LookupError| error.message().to_string();
        let forward = seen
            .forward
            .iter()
            .map(|(name, answer)| (name.clone(), answer.as_ref().map(texts).map_err(words)));
        let reverse = seen.reverse.as_ref();
        let reverse = reverse.map(|names| names.as_ref().cloned().map_err(words));
        Self { reverse, forward: forward.collect() }
    }
}

impl Facts<'_> {
    /// Whether the members of this cluster are more than the one that answered: by its own list, else by the
    /// configuration; `None` when neither says.
    pub fn has_other_members(&self, endpoint: &Endpoint<'_>) -> Option<bool> {
        let listed = endpoint.listed_members().len();
        let configured = self.settings.list("initial-cluster").len();
        match listed.max(configured) {
            0 => None,
            count => Some(count > 1),
        }
    }

    /// What a peer port makes of a certificate and the address it comes from; the error is etcd's text. Good where its
    /// configuration switches the check off.
    pub fn peer_address_verdict(
        &self,
        endpoint: &Endpoint<'_>,
        leaf: &Certificate,
        source: IpAddr,
    ) -> Result<(), String> {
        let switches =
            ["peer-skip-client-san-verification", "experimental-peer-skip-client-san-verification"];
        if switches.iter().any(|switch| self.settings.is_on(switch)) {
            return Ok(());
        }
        let lookups = endpoint.seen.resolver.as_ref().map(Lookups::from).unwrap_or_default();
        check_peer_address(leaf, &source.to_canonical().to_string(), &lookups, self.go)
    }

    /// Whether our own pair is for dialling alone, so that nobody dials a server with it.
    pub fn is_dialling_pair(&self) -> bool {
        let given = self.client.cert;
        self.settings.get("peer-client-cert-file").is_some_and(|(_, s)| Some(&*s.value) == given)
    }
}

impl<'a> Endpoint<'a> {
    /// The handshake of a peer port that asked for no certificate.
    pub fn unasked_handshake(&self) -> Option<&'a TlsSeen> {
        let open = matches!(self.reach, Reach::Open(_));
        self.tls().filter(|tls| open && tls.request.is_none())
    }

    /// Whether the member makes its peer certificate itself: its configuration says so, or, where nobody named a CA,
    /// the certificate shows it. Peers don't verify each other then (etcd `TLSInfo.SelfCert`).
    pub fn is_auto_tls(&self, facts: &Facts<'_>) -> bool {
        let settings = &facts.settings;
        let configured =
            settings.is_on("peer-auto-tls") && settings.get("peer-cert-file").is_none();
        let own = self.presented.as_ref().and_then(|seen| seen.leaf());
        let looks_so =
            own.is_some_and(Certificate::is_self_signed) && facts.flag("--cacert").is_none();
        facts.among_peers() && self.unasked_handshake().is_some() && (configured || looks_so)
    }

    /// Whether what was asked for answers here: the client API, or a peer port where peers were asked for.
    pub fn serves(&self, facts: &Facts<'_>) -> bool {
        let wanted = if facts.among_peers() { Service::PeerPort } else { Service::Etcd };
        self.reach == Reach::Open(wanted)
    }
}

/// What the resolver says of a dialler, as evidence shows it, if it was asked. The resolver of the member that is dialled may know other things.
pub fn show_answers(seen: &ResolverSeen) -> Option<Message> {
    let reverse = seen.reverse.as_ref().map(|names| {
        let names = match names {
            Ok(names) if names.is_empty() => NetworkMessage::NoName.into(),
            Ok(names) => Value::list(names),
            Err(error) => error.message().into(),
        };
        NetworkMessage::Reverse { names }.into()
    });
    let forward = seen.forward.iter().map(|(name, found)| {
        let answer = match found {
            Ok(addresses) => Message::Plain(Value::list(addresses.iter().copied())),
            Err(error) => error.message(),
        };
        answer.about(name)
    });
    let answers: Vec<_> = reverse.into_iter().chain(forward).collect();
    (!answers.is_empty()).then_some(Message::All(answers))
}

/// The usages among those a peer needs that a certificate does not allow; it dials and is dialled.
pub fn missing_usages(leaf: &Certificate) -> Vec<Usage> {
    let needed = [Usage::ServerAuth, Usage::ClientAuth];
    needed.into_iter().filter(|usage| !leaf.allows(*usage)).collect()
}
