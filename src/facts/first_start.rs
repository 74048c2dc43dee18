//! What etcd holds against its own configuration on its first start, and whether that is still ahead.
//!
//! etcd `server/config/config.go` (`VerifyBootstrap`) and `server/embed/etcd.go` (`isMemberInitialized`).

use std::{collections::BTreeSet, net::IpAddr};

use super::{Facts, Listener, Settings};
use crate::observation::{data_dir::DataDirState, endpoint::MemberSeen};

/// Options by which a member finds the others without `--initial-cluster`.
const DISCOVERY: [&str; 4] =
    ["discovery", "discovery-srv", "discovery-token", "discovery-endpoints"];

/// A contradiction between `--name`, `--initial-cluster` and `--initial-advertise-peer-urls`.
#[derive(Debug, PartialEq, Eq)]
pub enum Disagreement<'a> {
    /// The list lacks this member's name.
    OwnName {
        /// The name.
        name: &'a str,
        /// The names that it has.
        known: Vec<&'a str>,
        /// The name at this member's URLs.
        meant: Option<&'a str>,
    },
    /// The list has other URLs for this member than it advertises.
    OwnUrls {
        /// As listed.
        listed: Vec<String>,
        /// As advertised.
        advertised: Vec<String>,
        /// The option to change and its value, where one of both is what the member listens on.
        right: Option<(&'static str, String)>,
    },
    /// A URL stands in the list twice.
    Twice {
        /// The URL.
        url: String,
    },
}

impl<'a> Settings<'a> {
    /// The first contradiction that etcd would exit over, were this its first start.
    pub fn disagreement(&self) -> Option<Disagreement<'a>> {
        let members = self.members();
        if members.is_empty() || DISCOVERY.iter().any(|option| self.names(option)) {
            return None;
        }
        let advertised = self.urls("initial-advertise-peer-urls");
        let is_open = |url: &Listener<'_>| url.url.contains(['$', '{', '%']);
        let is_malformed =
            |option: &str| ["initial-cluster", "initial-advertise-peer-urls"].contains(&option);
        if members.iter().map(|member| &member.url).chain(&advertised).any(is_open)
            || self.malformed_urls().iter().any(|one| is_malformed(&one.setting.name))
        {
            return None;
        }
        let name = self.get("name").map_or("default", |(_, setting)| setting.value.as_str());
        let own = members.iter().filter(|member| member.name == name);
        let listed: Vec<_> = own.map(|member| member.url.clone()).collect();
        if listed.is_empty() {
            let at_own_url = |member: &&super::Member<'_>| {
                advertised.iter().any(|url| is_same(url, &member.url))
            };
            let meant = members.iter().find(at_own_url).map(|member| member.name);
            let known: BTreeSet<_> = members.iter().map(|member| member.name).collect();
            let known = known.into_iter().collect();
            return (!name.contains('$')).then_some(Disagreement::OwnName { name, known, meant });
        }
        if !agree(&listed, &advertised) {
            let value = |urls: &[Listener<'_>]| {
                urls.iter().map(|url| url.url).collect::<Vec<_>>().join(",")
            };
            let listens = self.urls("listen-peer-urls");
            let is_served = |urls: &[Listener<'_>]| {
                urls.iter().all(|url| listens.iter().any(|own| own.is_reached_by(url)))
            };
            let right = match (is_served(&listed), is_served(&advertised)) {
                (true, _) => Some(("initial-advertise-peer-urls", value(&listed))),
                (false, true) if advertised.len() == 1 && listed.len() == 1 => {
                    let all = self.get("initial-cluster").map(|(_, setting)| &setting.value)?;
                    let wrong = format!("{name}={}", listed[0].url);
                    let right = format!("{name}={}", advertised[0].url);
                    Some(("initial-cluster", all.replace(&wrong, &right)))
                }
                _ => None,
            };
            let shown = |urls: &[Listener<'_>]| urls.iter().map(|url| url.url.to_owned()).collect();
            let (listed, advertised) = (shown(&listed), shown(&advertised));
            return Some(Disagreement::OwnUrls { listed, advertised, right });
        }
        let mut seen = BTreeSet::new();
        let again = members.iter().find(|member| !seen.insert(key(&member.url)))?;
        Some(Disagreement::Twice { url: again.url.url.to_owned() })
    }
}

impl<'a> Facts<'a> {
    /// Whether an etcd has started before, by its data directory; `None` where that was not seen.
    pub fn has_started_before(&self, process: &Settings<'a>) -> Option<bool> {
        let (_, setting) = process.get("data-dir")?;
        let seen = self.observation.data_dirs.iter().find(|seen| seen.path == setting.path())?;
        match seen.state {
            DataDirState::Absent | DataDirState::Fresh => Some(false),
            DataDirState::Member => Some(true),
            DataDirState::Unreadable(_) => None,
        }
    }
}

impl<'a> Facts<'a> {
    /// A configured etcd as its cluster knows it: by its own answer, else by its data directory.
    pub fn stored_member(&self, process: &Settings<'a>) -> Option<MemberSeen> {
        let answered = self.endpoints_of(process).find_map(|endpoint| {
            let id = &endpoint.status()?.member_id;
            endpoint.listed_members().iter().find(|member| member.id == *id).cloned()
        });
        let stored = || {
            let (_, setting) = process.get("data-dir")?;
            let mut seen = self.observation.data_dirs.iter();
            let seen = seen.find(|seen| seen.path == setting.path())?;
            let name = process.get("name").map_or("default", |(_, setting)| &setting.value);
            seen.members.iter().find(|member| member.name == name).cloned()
        };
        answered.or_else(stored)
    }

    /// The member as its cluster knows it, where nobody reaches it at the peer URLs that are stored: it was configured with
    /// others since.
    pub fn moved_member(&self, process: &Settings<'a>) -> Option<MemberSeen> {
        let member = self.stored_member(process)?;
        let options = ["listen-peer-urls", "initial-advertise-peer-urls"];
        if options.iter().any(|option| !process.names(option)) {
            return None;
        }
        let [listens, advertised] = options.map(|option| process.urls(option));
        let stored: Vec<_> =
            member.peer_urls.iter().filter_map(|url| Listener::parse(url)).collect();
        let is_reached = |url: &Listener<'_>| {
            advertised.iter().any(|own| is_same(own, url))
                || listens.iter().any(|own| own.is_reached_by(url))
        };
        (!stored.is_empty() && !stored.iter().any(is_reached)).then_some(member)
    }
}

/// Whether both lists hold the same URLs. etcd looks names up, so that a name and an address at one port may be the same.
fn agree(one: &[Listener<'_>], other: &[Listener<'_>]) -> bool {
    let within = |urls: &[Listener<'_>], among: &[Listener<'_>]| {
        urls.iter().all(|url| among.iter().any(|known| is_same(url, known)))
    };
    within(one, other) && within(other, one)
}

fn is_same(one: &Listener<'_>, other: &Listener<'_>) -> bool {
    let is_name = |url: &Listener<'_>| url.host.parse::<IpAddr>().is_err();
    let same_host = key(one).1 == key(other).1;
    let may_be_same = is_name(one) || is_name(other);
    (one.scheme, one.port) == (other.scheme, other.port) && (same_host || may_be_same)
}

fn key(url: &Listener<'_>) -> (String, String, Option<u16>) {
    (url.scheme.to_ascii_lowercase(), url.host.to_ascii_lowercase(), url.port)
}
