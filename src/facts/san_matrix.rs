//! The SAN matrix: what the peer listener of each member decides about the certificate and the address of each other.
//!
//! Live, a member is known by the certificate that its peer port presents and the address that it was dialled at; from
//! files, by its configuration. A member that dials from another address than its own (NAT, a second interface) shows only at
//! the listener's side.

use std::net::{IpAddr, SocketAddr};

use super::{Facts, Settings};
use crate::{
    observation::Program,
    trust::{
        Certificate,
        etcd::{AddressRule, Lookups, peer_address_rule},
    },
};

/// What one listener decides about one dialler.
#[derive(Debug)]
pub struct Cell {
    /// The member that dials: its peer URL, or its name in the configuration.
    pub from: String,
    /// The member that is dialled.
    pub to: String,
    /// The address that the dialler is expected to come from.
    pub address: IpAddr,
    /// The rule that admits it, or etcd's text; `None` where the listener does not compare.
    pub verdict: Option<Result<AddressRule, String>>,
}

struct Member {
    name: String,
    leaf: Certificate,
    address: IpAddr,
    /// It was told not to compare addresses.
    skips: bool,
}

impl Facts<'_> {
    /// One cell for each ordered pair of members; none unless there are two whose certificate and address are at hand.
    pub fn san_matrix(&self) -> Vec<Cell> {
        let members = self.members();
        let pairs = members.iter().flat_map(|from| members.iter().map(move |to| (from, to)));
        let apart = pairs.filter(|(from, to)| !std::ptr::eq(*from, *to));
        apart.map(|(from, to)| self.cell(from, to)).collect()
    }

    /// The diallers whose addresses only the resolver can match with their certificates.
    pub fn diallers_to_look_up(&self) -> Vec<(Certificate, IpAddr)> {
        let members = self.members();
        let several = members.len() > 1;
        let unmatched = members.into_iter().filter(|member| {
            let remote = member.address.to_canonical().to_string();
            peer_address_rule(&member.leaf, &remote, &Lookups::default(), self.go).is_err()
        });
        unmatched.filter(|_| several).map(|member| (member.leaf, member.address)).collect()
    }

    fn members(&self) -> Vec<Member> {
        let live = if self.among_peers() { self.live_members() } else { Vec::new() };
        if live.len() > 1 { live } else { self.configured_members() }
    }

    fn cell(&self, from: &Member, to: &Member) -> Cell {
        let known = self.observation.diallers.iter();
        let known =
            known.filter(|one| one.address == from.address && one.certificate.0 == from.leaf.der);
        let lookups = known.map(|one| Lookups::from(&one.resolver)).next().unwrap_or_default();
        let remote = from.address.to_canonical().to_string();
        let verdict = peer_address_rule(&from.leaf, &remote, &lookups, self.go);
        Cell {
            from: from.name.clone(),
            to: to.name.clone(),
            address: from.address,
            verdict: (!to.skips).then_some(verdict),
        }
    }

    fn live_members(&self) -> Vec<Member> {
        let members = self.presented().filter_map(|(endpoint, presented)| {
            let address = endpoint.dialled().parse::<SocketAddr>().ok()?.ip();
            let leaf = presented.leaf()?.clone();
            let skips = skips(&self.settings);
            Some(Member { name: endpoint.url().to_owned(), leaf, address, skips })
        });
        members.collect()
    }

    fn configured_members(&self) -> Vec<Member> {
        let members = self.processes().filter(|one| one.program == Program::Etcd);
        let members = members.filter_map(|settings| {
            let by = |name| settings.certificates(name, self.go)?.into_iter().next();
            let leaf = by("peer-client-cert-file").or_else(|| by("peer-cert-file"))?;
            let address = advertised_address(settings)?;
            let name = settings.list("name").first().map(|name| (*name).to_owned());
            let name = name.unwrap_or_else(|| address.to_string());
            Some(Member { name, leaf, address, skips: skips(settings) })
        });
        members.collect()
    }
}

fn advertised_address(settings: &Settings<'_>) -> Option<IpAddr> {
    let urls = settings.urls("initial-advertise-peer-urls");
    urls.iter().find_map(|url| url.host.parse().ok())
}

fn skips(settings: &Settings<'_>) -> bool {
    let switches =
        ["peer-skip-client-san-verification", "experimental-peer-skip-client-san-verification"];
    switches.iter().any(|switch| settings.is_on(switch))
}
