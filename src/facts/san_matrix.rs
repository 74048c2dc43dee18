//! The SAN matrix: what the peer listener of each member decides about the certificate and the address of each other.
//!
//! Live, a member is known by the certificate that its peer port presents and the address that it was dialled at; from
//! files, by its configuration. The member on this machine dials as this check does, so that its own source address is
//! known; of any other, connections are taken to come from the addresses of its URLs.

use std::net::{IpAddr, SocketAddr};

use super::{Endpoint, Facts, Settings};
use crate::{
    etcd::admission::{AddressRule, Lookups, peer_address_rule},
    message::{Message, NetworkMessage, Say, Value},
    observation::{Program, endpoint::ResolverSeen},
    x509::Certificate,
};

/// What one listener decides about one dialler.
#[derive(Debug)]
pub struct Cell<'f> {
    /// The member that dials: its peer URL, or its name in the configuration.
    pub from: String,
    /// The member that is dialled.
    pub to: String,
    /// The address that the dialler comes from, or why it is not known.
    pub address: Result<IpAddr, Message>,
    /// Where that is another address than the dialler's own.
    pub detour: Option<Detour>,
    /// The rule that admits it, or etcd's text; `None` where the listener does not compare.
    pub verdict: Option<Result<AddressRule, Value>>,
    /// What the resolver of this machine says, where it was asked.
    pub resolver: Option<&'f ResolverSeen>,
    /// The dialler's certificate, and the file that it is configured with.
    pub leaf: Certificate,
    /// `None` where the certificate was seen on the wire.
    pub file: Option<&'f str>,
}

/// Why a member's connections do not come from the address of its peer URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detour {
    /// The machine has several addresses, and this is the one of the URL.
    SeveralAddresses(IpAddr),
    /// The address of the URL is none of the machine's: it stands behind NAT, with this address of its own.
    Nat(IpAddr),
}

struct Member<'f, 'a> {
    name: String,
    leaf: Certificate,
    addresses: Result<Vec<IpAddr>, Message>,
    /// It runs on this machine.
    is_here: bool,
    /// It was told not to compare addresses.
    skips: bool,
    endpoint: Option<&'f Endpoint<'a>>,
    file: Option<&'a str>,
}

type Source = (Result<IpAddr, Message>, Option<Detour>);

impl<'a> Facts<'a> {
    /// One cell for each ordered pair of members and each address of the dialler; none unless two members are known.
    pub fn san_matrix(&self) -> Vec<Cell<'a>> {
        let members = self.members();
        let pairs = members.iter().flat_map(|from| members.iter().map(move |to| (from, to)));
        let apart = pairs.filter(|(from, to)| !std::ptr::eq(*from, *to));
        let sources = apart.flat_map(|(from, to)| {
            self.sources(from, to).into_iter().map(move |source| (from, to, source))
        });
        sources.map(|(from, to, source)| self.cell(from, to, source)).collect()
    }

    /// The diallers whose addresses only the resolver can match with their certificates.
    pub fn diallers_to_look_up(&self) -> Vec<(Certificate, IpAddr)> {
        let members = self.members();
        let mut wanted: Vec<(Certificate, IpAddr)> = Vec::new();
        for (from, to) in members.iter().flat_map(|from| members.iter().map(move |to| (from, to))) {
            let sources = if std::ptr::eq(from, to) { Vec::new() } else { self.sources(from, to) };
            for address in sources.into_iter().filter_map(|(address, _)| address.ok()) {
                let known =
                    wanted.iter().any(|(leaf, a)| *a == address && leaf.der == from.leaf.der);
                let rule = self.rule(&from.leaf, address, &Lookups::default());
                if rule.is_err() && !known {
                    wanted.push((from.leaf.clone(), address));
                }
            }
        }
        wanted
    }

    /// The names in the peer URLs of configured members, where there are several.
    pub fn member_names_to_look_up(&self) -> Vec<String> {
        if self.etcds().count() < 2 {
            return Vec::new();
        }
        let urls = self.etcds().flat_map(|one| one.urls("initial-advertise-peer-urls"));
        let names = urls.filter(|url| url.host.parse::<IpAddr>().is_err());
        let mut names: Vec<_> = names.map(|url| url.host.to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn members(&self) -> Vec<Member<'_, 'a>> {
        let mut live = if self.among_peers() { self.live_members() } else { Vec::new() };
        if let Some(peers) = self.members_view() {
            live = peers.live_members();
            live.extend(self.configured_member(&self.settings, true));
        }
        if live.len() > 1 {
            return live;
        }
        self.etcds().filter_map(|one| self.configured_member(one, false)).collect()
    }

    fn etcds(&self) -> impl Iterator<Item = &Settings<'a>> {
        self.processes().filter(|one| one.program == Program::Etcd)
    }

    fn live_members(&self) -> Vec<Member<'_, 'a>> {
        let members = self.presented().filter_map(|(endpoint, presented)| {
            let dialled = endpoint.dialled().parse::<SocketAddr>().ok()?.ip();
            let mut addresses = vec![dialled];
            let looked_up = endpoint.seen.lookup.iter().flat_map(|lookup| &lookup.addresses);
            addresses.extend(looked_up.filter(|address| **address != dialled));
            Some(Member {
                name: endpoint.url().to_owned(),
                leaf: presented.leaf()?.clone(),
                addresses: Ok(addresses),
                is_here: endpoint.is_local(),
                skips: skips(&self.settings),
                endpoint: Some(endpoint),
                file: None,
            })
        });
        members.collect()
    }

    fn configured_member(&self, settings: &Settings<'a>, is_here: bool) -> Option<Member<'_, 'a>> {
        let by = |name| {
            let leaf = settings.certificates(name, self.go)?.into_iter().next()?;
            Some((leaf, settings.file(name)?))
        };
        let (leaf, file) = by("peer-client-cert-file").or_else(|| by("peer-cert-file"))?;
        let urls = settings.urls("initial-advertise-peer-urls");
        let first = urls.first()?;
        let found: Vec<_> = urls.iter().map(|url| self.addresses_of(url.host)).collect();
        let known: Vec<IpAddr> =
            found.iter().filter_map(|one| one.as_ref().ok()).flatten().copied().collect();
        let unknown = found.into_iter().find_map(Result::err);
        let name = settings.list("name").first().map(|name| (*name).to_owned());
        Some(Member {
            name: name.unwrap_or_else(|| first.authority()),
            leaf,
            addresses: if known.is_empty() { Err(unknown?) } else { Ok(known) },
            is_here,
            skips: skips(settings),
            endpoint: None,
            file: Some(&file.path),
        })
    }

    fn addresses_of(&self, host: &str) -> Result<Vec<IpAddr>, Message> {
        if let Ok(address) = host.parse() {
            return Ok(vec![address]);
        }
        let known = self.observation.names.iter().find(|one| one.name == host);
        match known.map(|name| name.found.as_ref()) {
            Some(Ok(addresses)) => Ok(addresses.clone()),
            Some(Err(error)) => Err(error.message().about(host)),
            None => Err(Message::from(NetworkMessage::NotLookedUp).about(host)),
        }
    }

    /// Where the connections of one member to another come from.
    fn sources(&self, from: &Member<'_, '_>, to: &Member<'_, '_>) -> Vec<Source> {
        let ours = to.endpoint.and_then(|to| to.main()?.from).map(|from| from.ip().to_canonical());
        let ours = ours.filter(|_| from.is_here);
        let own = match (&from.addresses, ours) {
            (Ok(own), _) => own,
            (Err(_), Some(ours)) => return vec![(Ok(ours), None)],
            (Err(why), None) => return vec![(Err(why.clone()), None)],
        };
        match (ours, own.first()) {
            (Some(ours), Some(first)) if !own.contains(&ours) => {
                let has = |address: &IpAddr| {
                    address.is_loopback() || self.observation.viewer.addresses.contains(address)
                };
                if own.iter().any(has) {
                    vec![(Ok(ours), Some(Detour::SeveralAddresses(*first)))]
                } else {
                    // What the gateway makes of it, only the other side sees; the URL's is the one that can be known.
                    vec![(Ok(*first), Some(Detour::Nat(ours)))]
                }
            }
            (Some(ours), _) => vec![(Ok(ours), None)],
            (None, _) => own.iter().map(|address| (Ok(*address), None)).collect(),
        }
    }

    fn cell(&self, from: &Member<'_, 'a>, to: &Member<'_, 'a>, source: Source) -> Cell<'a> {
        let (address, detour) = source;
        let observation = self.observation;
        let mut known = observation.diallers.iter();
        let known = known.find(|one| {
            address.as_ref().is_ok_and(|address| one.address == *address)
                && one.certificate.0 == from.leaf.der
        });
        let resolver = known.map(|one| &one.resolver);
        let lookups = resolver.map(Lookups::from).unwrap_or_default();
        let verdict = match &address {
            Ok(address) => self.rule(&from.leaf, *address, &lookups),
            Err(why) => Err(why.clone().into()),
        };
        Cell {
            from: from.name.clone(),
            to: to.name.clone(),
            address,
            detour,
            verdict: (!to.skips).then_some(verdict),
            resolver: resolver.filter(|_| !to.skips),
            leaf: from.leaf.clone(),
            file: from.file,
        }
    }

    fn rule(
        &self,
        leaf: &Certificate,
        address: IpAddr,
        lookups: &Lookups,
    ) -> Result<AddressRule, Value> {
        let address = address.to_canonical().to_string();
        peer_address_rule(leaf, &address, lookups, self.go).map_err(Value::Quoted)
    }
}

fn skips(settings: &Settings<'_>) -> bool {
    let switches =
        ["peer-skip-client-san-verification", "experimental-peer-skip-client-san-verification"];
    switches.iter().any(|switch| settings.is_on(switch))
}
