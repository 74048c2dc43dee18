//! Whether this machine is a member of the cluster, and how it dials the others.
//!
//! Only what is certain counts: an etcd whose configuration is at hand, whose peer URL is an address of this machine, and that
//! was reached here.

use std::net::IpAddr;

use super::{Endpoint, Facts, Listener, Reach, Subject};
use crate::{
    etcd::FilePair,
    observation::{
        ConfigFile, Target,
        endpoint::MemberSeen,
        target::{Given, Origin},
    },
};

/// What the members of a cluster have to agree on about whom they admit.
const SHARED: [&str; 5] = [
    "peer-cert-allowed-cn",
    "peer-cert-allowed-hostname",
    "peer-crl-file",
    "peer-skip-client-san-verification",
    "experimental-peer-skip-client-san-verification",
];

impl<'a> Facts<'a> {
    /// How to dial the other members as the one on this machine does, and those of its settings that hold for them as well;
    /// `None` where that would take a guess, or there are none. Once they were dialled and there is no leader, those that their
    /// own list has at other URLs: members dial each other by the stored list, whatever their flags say.
    pub fn peers_to_dial(&self) -> Option<(Target, Vec<ConfigFile>)> {
        let target = &self.observation.target;
        if self.among_peers() || target.root.is_some() || !self.is_member_here() {
            return None;
        }
        // The stronger first (etcd `client/pkg/transport`, `ClientConfig`).
        let (cert, key) = [FilePair::PEER_CLIENT, FilePair::PEER]
            .into_iter()
            .find_map(|pair| Some((self.readable(pair.certificate)?, self.readable(pair.key)?)))?;
        let cacert = self.readable("peer-trusted-ca-file")?;
        let endpoints = match self.members_view() {
            None => self.other_members(),
            Some(peers) => self.stored_members(peers),
        };
        let target = Target {
            endpoints,
            client: None,
            peer: true,
            cluster: false,
            cacert: Some(cacert),
            cert: Some(cert),
            key: Some(key),
            server_log: None,
            user: None,
            server_name: None,
            insecure_skip_tls_verify: false,
            expect_spiffe: None,
            ..target.clone()
        };
        (!target.endpoints.is_empty()).then(|| (target, self.shared_settings()))
    }

    fn shared_settings(&self) -> Vec<ConfigFile> {
        let mut configs: Vec<_> = self.settings.configs().cloned().collect();
        for config in &mut configs {
            config.settings.retain(|setting| SHARED.contains(&setting.name.as_str()));
        }
        configs
    }

    /// Whether nobody listens where an etcd of this machine should, and no etcd answered anywhere.
    pub fn is_etcd_missing_here(&self) -> bool {
        let refused = |one: &Endpoint<'_>| one.reach == Reach::Refused && self.is_here(one);
        let answered = self.visited().any(|(_, one)| one.presented.is_some() || one.is_etcd());
        !self.among_peers() && !answered && self.endpoints.iter().any(refused)
    }

    /// The endpoints whose member sees no leader, or waits for its first one.
    pub fn leaderless(&self) -> impl Iterator<Item = &Endpoint<'a>> {
        let told = |one: &Endpoint<'_>| one.status().is_some_and(|status| status.leader == "0");
        self.endpoints.iter().filter(move |one| told(one) || one.awaits_quorum())
    }

    /// The client URLs of the member that has a peer URL, as subjects of findings.
    pub fn clients_of(&self, peer: &Endpoint<'_>) -> Vec<Subject> {
        let members = self.members_listed();
        let own =
            members.iter().filter(|member| member.peer_urls.iter().any(|url| peer.is_at(url)));
        own.flat_map(|member| member.client_urls.iter().cloned().map(Subject::Endpoint)).collect()
    }

    fn is_member_here(&self) -> bool {
        let listens = |address: IpAddr| {
            address.is_loopback() || self.observation.viewer.addresses.contains(&address)
        };
        let reached = |one: &Endpoint<'_>| {
            let connected = one.main().is_some_and(|main| main.from.is_some());
            connected && one.is_local() && self.settings.is_behind(one.seen)
        };
        self.own_peer_urls().iter().filter_map(|url| url.host.parse().ok()).any(listens)
            && self.endpoints.iter().any(reached)
    }

    pub(super) fn own_peer_urls(&self) -> Vec<Listener<'a>> {
        let options = ["initial-advertise-peer-urls", "listen-peer-urls"];
        options.iter().flat_map(|option| self.settings.urls(option)).collect()
    }

    /// The file that an option names, if it could be read.
    fn readable(&self, option: &str) -> Option<Given> {
        self.settings.file(option)?.content()?;
        self.settings.given(option)
    }

    pub(super) fn members_listed(&self) -> Vec<MemberSeen> {
        let peers = self.members_view().into_iter().flat_map(|peers| &peers.endpoints);
        let mut lists = self.endpoints.iter().chain(peers).map(Endpoint::listed_members);
        lists.find(|list| !list.is_empty()).map(std::borrow::Cow::into_owned).unwrap_or_default()
    }

    /// The peer URLs that the members store and that were not dialled.
    fn stored_members(&self, peers: &Self) -> Vec<Given> {
        if self.leaderless().next().is_none() {
            return Vec::new();
        }
        let told = peers.endpoints.iter().find(|one| !one.listed_members().is_empty());
        let given = |by: &Endpoint<'_>| {
            let urls = by.peer_urls_listed().into_iter();
            let new = urls.filter(|url| !peers.endpoints.iter().any(|known| known.is_at(url)));
            let origin = Origin::Members(by.url().to_owned());
            new.map(|value| Given { value, origin: origin.clone() }).collect()
        };
        told.map(given).unwrap_or_default()
    }

    /// One peer URL of each other member, and this one's own where no list of members was to be had: by the member list, else by `--initial-cluster`.
    fn other_members(&self) -> Vec<Given> {
        let own: Vec<_> = self.own_peer_urls().iter().map(Listener::authority).collect();
        let is_own = |url: &str| {
            Listener::parse(url).is_some_and(|listener| own.contains(&listener.authority()))
        };
        let listed = self.members_listed();
        if let Some(by) = self.endpoints.first().filter(|_| !listed.is_empty()) {
            let others =
                listed.iter().filter(|member| !member.peer_urls.iter().any(|url| is_own(url)));
            let urls = others.filter_map(|member| member.peer_urls.first());
            let given = |url: &String| Given {
                value: url.clone(),
                origin: Origin::Members(by.url().to_owned()),
            };
            return urls.map(given).collect();
        }
        let Some(Given { origin, .. }) = self.settings.given("initial-cluster") else {
            return Vec::new();
        };
        // Its own peer port has the list even while its client port answers nobody.
        let waits = self.leaderless().next().is_some();
        let mut members = self.settings.members();
        if members.iter().all(|member| is_own(member.url.url)) {
            return Vec::new();
        }
        members.retain(|member| waits || !is_own(member.url.url));
        members.dedup_by_key(|member| member.name);
        let given = |url: &str| Given { value: url.to_owned(), origin: origin.clone() };
        members.into_iter().map(|member| given(member.url.url)).collect()
    }
}
