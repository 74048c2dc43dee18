//! The client URLs that a cluster advertises: where a caller who dialled another of etcd's ports should go.
//!
//! A peer port lists them under `GET /members` (etcd `server/etcdserver/api/etcdhttp/peer.go`), `Cluster.MemberList`
//! does over gRPC, and etcd's own configuration names them as `advertise-client-urls`.

use serde::Deserialize;

use super::{Endpoint, Facts};

#[derive(Deserialize)]
pub(super) struct Member {
    /// As `GET /members` has it; gRPC's is hex.
    #[serde(default)]
    id: u64,
    #[serde(default, rename = "peerURLs")]
    pub(super) peer_urls: Vec<String>,
    #[serde(default, rename = "clientURLs")]
    pub(super) client_urls: Vec<String>,
}

impl Endpoint<'_> {
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
            let configured = facts.settings.list("advertise-client-urls");
            urls.extend(configured.into_iter().map(str::to_owned));
        }
        urls.retain(|url| !names_this(url));
        urls
    }

    /// The peer URLs of all members, by the list of the member behind this port.
    pub fn peer_urls_listed(&self) -> Vec<String> {
        self.listed_members().into_iter().flat_map(|member| member.peer_urls).collect()
    }

    /// The id, as etcdctl prints it, of the member that lists this endpoint among its peer URLs.
    pub fn own_member_id(&self) -> Option<String> {
        let here = self.authority();
        let names_this = |url: &String| url.split_once("://").is_some_and(|(_, rest)| rest == here);
        let members = self.listed_members().into_iter();
        let mut own = members.filter(|member| member.peer_urls.iter().any(names_this));
        own.next().map(|member| format!("{:x}", member.id))
    }

    pub(super) fn listed_members(&self) -> Vec<Member> {
        let over_grpc =
            self.seen.etcd.as_ref().and_then(|etcd| etcd.members.as_ref()?.as_ref().ok());
        if let Some(members) = over_grpc {
            let member = |seen: &crate::observation::endpoint::MemberSeen| Member {
                id: u64::from_str_radix(&seen.id, 16).unwrap_or_default(),
                peer_urls: seen.peer_urls.clone(),
                client_urls: seen.client_urls.clone(),
            };
            return members.iter().map(member).collect();
        }
        let answers = self.seen.connections.iter().filter_map(|c| c.answer("/members"));
        answers.filter_map(|seen| seen.body.as_deref()).flat_map(members_of).collect()
    }
}

/// Reads each member by itself, since the body of a large cluster is kept only in part.
fn members_of(body: &str) -> Vec<Member> {
    let member =
        |rest: &str| serde_json::from_str(&format!("{{{}}}", rest.split_once('}')?.0)).ok();
    body.split('{').skip(1).filter_map(member).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_read_from_a_body_that_was_cut_off() {
        let body = r#"[{"id":1,"peerURLs":["https://10.0.0.1:2380"],"name":"a","clientURLs":["https://10.0.0.1:2379"]},{"id":2,"peerU"#;
        let members = members_of(body);
        assert_eq!(members.len(), 1);
        assert_eq!(members[0].client_urls, ["https://10.0.0.1:2379"]);
    }
}
