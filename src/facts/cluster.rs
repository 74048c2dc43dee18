//! The cluster as its endpoints show it together: do they belong to one, and how many of its voters answer?

use std::collections::BTreeSet;

use super::{Endpoint, Facts};
use crate::observation::endpoint::MemberSeen;

/// How many of a cluster's voting members answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    /// Members that vote.
    pub voters: usize,
    /// Those among them that were reached and serve.
    pub serving: usize,
    /// How many have to.
    pub needed: usize,
}

impl Quorum {
    /// Whether the cluster can commit.
    pub fn holds(&self) -> bool {
        self.serving >= self.needed
    }
}

impl Endpoint<'_> {
    /// The id of the cluster behind this endpoint, hex.
    pub fn cluster_id(&self) -> Option<&str> {
        let by_header = || {
            let mut answers = self.seen.connections.iter().flat_map(|connection| &connection.http);
            answers.find_map(|seen| seen.cluster_id.as_deref())
        };
        self.status().map(|status| status.cluster_id.as_str()).or_else(by_header)
    }

    /// The ids of the members that this one lists.
    pub fn member_ids(&self) -> BTreeSet<String> {
        self.listed_members().iter().map(|member| member.id.clone()).collect()
    }
}

impl<'a> Facts<'a> {
    /// The id of the cluster that most endpoints belong to; of several with as many, the first endpoint's.
    pub fn main_cluster(&self) -> Option<&str> {
        let ids: Vec<_> = self.endpoints.iter().filter_map(Endpoint::cluster_id).collect();
        let count = |id: &str| ids.iter().filter(|other| **other == id).count();
        let most = ids.iter().map(|id| count(id)).max()?;
        ids.iter().copied().find(|id| count(id) == most)
    }

    /// The endpoints of that cluster.
    pub fn of_main_cluster(&self) -> impl Iterator<Item = &Endpoint<'a>> {
        let main = self.main_cluster();
        self.endpoints.iter().filter(move |one| one.cluster_id().is_some_and(|id| Some(id) == main))
    }

    /// The quorum of that cluster, by the member list of the first of its endpoints that gave one, where all its members
    /// were looked at (`--cluster`) or all voters are among the endpoints.
    pub fn quorum(&self) -> Option<Quorum> {
        let members =
            self.of_main_cluster().map(Endpoint::listed_members).find(|l| !l.is_empty())?;
        let voters: Vec<&MemberSeen> = members.iter().filter(|member| !member.is_learner).collect();
        let endpoint_of = |member: &MemberSeen| {
            self.visited().find(|(_, endpoint)| {
                let id = endpoint.status().map(|status| &status.member_id);
                let mut urls = member.client_urls.iter().chain(&member.peer_urls);
                id == Some(&member.id) || urls.any(|url| endpoint.is_at(url))
            })
        };
        let reached: Vec<_> = voters.iter().filter_map(|member| endpoint_of(member)).collect();
        if reached.len() < voters.len() {
            return None;
        }
        let serves = |(facts, endpoint): &&(&Self, &Endpoint<'_>)| {
            let leaderless = endpoint.status().is_some_and(|status| status.leader == "0");
            endpoint.serves(facts) && !leaderless
        };
        let serving = reached.iter().filter(serves).count();
        let quorum = Quorum { voters: voters.len(), serving, needed: voters.len() / 2 + 1 };
        // A linearizable read proves that a majority agrees, whatever keeps us from reaching it.
        let reads = |one: &Endpoint<'_>| {
            one.seen.etcd.as_ref().is_some_and(|etcd| matches!(etcd.read, Some(Ok(()))))
        };
        let commits = self.of_main_cluster().any(reads);
        (quorum.holds() || !commits).then_some(quorum)
    }
}
