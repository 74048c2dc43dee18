//! The members that a member without a leader lacks: who they are, and how each of them fails.

use super::{Endpoint, Facts, Listener, StepStatus};
use crate::{
    message::{Message, Say, Word},
    observation::endpoint::Tcp,
};

/// A member that does not take part, as far as that was seen.
#[derive(Debug)]
pub struct AbsentMember {
    /// Its `--name`, where it is known.
    pub name: Option<String>,
    /// A URL at which the others connect to it; its client URL, where only that is known.
    pub url: String,
    /// How the attempt to reach it ended; that nobody tried, where none was made.
    pub how: Message,
    /// Whether nothing listens there.
    pub is_down: bool,
}

/// A member as it is listed: its name, and all its URLs, those for peers first.
struct Listed {
    name: Option<String>,
    urls: Vec<String>,
}

impl Facts<'_> {
    /// The members beside the one behind an endpoint that were not seen to serve: by the list of a member, else by
    /// `--initial-cluster`.
    pub fn absent_members(&self, endpoint: &Endpoint<'_>) -> Vec<AbsentMember> {
        self.listed_beside(endpoint)
            .into_iter()
            .filter_map(|member| self.absence_of(member))
            .collect()
    }

    fn listed_beside(&self, endpoint: &Endpoint<'_>) -> Vec<Listed> {
        let own: Vec<_> = self.own_peer_urls().iter().map(Listener::authority).collect();
        let is_own = |url: &String| {
            let here = Listener::parse(url).is_some_and(|url| own.contains(&url.authority()));
            here && self.settings.is_behind(endpoint.seen)
        };
        let own_id = endpoint.status().map(|status| status.member_id.as_str());
        let by_list = self.members_listed().into_iter().map(|member| {
            let is_self = own_id == Some(member.id.as_str());
            let urls = member.peer_urls.into_iter().chain(member.client_urls).collect();
            let name = Some(member.name).filter(|name| !name.is_empty());
            (is_self, Listed { name, urls })
        });
        let mut listed: Vec<(bool, Listed)> = by_list.collect();
        if listed.is_empty() {
            let configured = self.settings.members().into_iter().map(|member| {
                let (name, urls) = (Some(member.name.to_owned()), vec![member.url.url.to_owned()]);
                (false, Listed { name, urls })
            });
            listed.extend(configured);
        }
        listed.retain(|(is_self, member)| {
            !is_self && !member.urls.iter().any(|url| endpoint.is_at(url) || is_own(url))
        });
        listed.into_iter().map(|(_, member)| member).collect()
    }

    fn absence_of(&self, member: Listed) -> Option<AbsentMember> {
        let Listed { name, urls } = member;
        let url = urls.first()?.clone();
        let at = |endpoint: &Endpoint<'_>| urls.iter().any(|url| endpoint.is_at(url));
        if let Some((facts, endpoint)) = self.visited().find(|(_, endpoint)| at(endpoint)) {
            if endpoint.is_proven(facts) {
                return None;
            }
            let steps = endpoint.steps(facts);
            let failed = steps.into_iter().find(|step| step.status == StepStatus::Failed);
            let how = failed.map_or_else(|| Word::NotChecked.into(), |step| step.detail);
            let is_down = endpoint.main().is_some_and(|main| main.tcp == Tcp::Refused);
            return Some(AbsentMember { name, url, how, is_down });
        }
        let mut advertised = self.observation.advertised.iter();
        let knocked = advertised.find(|seen| urls.contains(&seen.url)).and_then(|seen| seen.main());
        let (how, is_down) = match knocked {
            Some(main) if main.tcp == Tcp::Connected => return None,
            Some(main) => (main.tcp.message(), main.tcp == Tcp::Refused),
            None => (Word::NotChecked.into(), false),
        };
        Some(AbsentMember { name, url, how, is_down })
    }
}
