//! The members behind the endpoints: those that `--cluster` adds, and whether their client URLs lead anywhere.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use rustls::sign::CertifiedKey;
use tokio::time::Instant;

use crate::observation::{
    EndpointSeen,
    endpoint::{MemberSeen, Parts, Purpose},
};
use crate::observe::wire::dial;
use crate::observe::wire::dial::milliseconds;
use crate::observe::wire::handshake::Handshake;

/// How long an advertised URL is waited for: it is a remark beside the verdict, not the verdict.
const PATIENCE: Duration = Duration::from_secs(1);

/// A URL that a member advertises, and the endpoint that listed it.
pub(crate) struct AdvertisedUrl {
    pub(crate) url: String,
    pub(crate) by: String,
}

/// The URLs of the members that no endpoint has led to yet; peer URLs among peers.
pub(crate) fn beyond(endpoints: &[EndpointSeen], peer: bool) -> Vec<AdvertisedUrl> {
    let known_members: Vec<&str> = endpoints.iter().filter_map(member_id).collect();
    let mut listed: Vec<AdvertisedUrl> = Vec::new();
    for (endpoint, member) in members(endpoints) {
        let urls = if peer { &member.peer_urls } else { &member.client_urls };
        let known = known_members.contains(&member.id.as_str())
            || urls.iter().any(|url| is_dialled(endpoints, url));
        // One URL a member: several lead to the same process.
        let first =
            urls.first().filter(|url| !known && listed.iter().all(|other| other.url != **url));
        listed
            .extend(first.map(|url| AdvertisedUrl { url: url.clone(), by: endpoint.url.clone() }));
    }
    listed
}

/// Looks whether the client URLs that members advertise lead to a port, and whether it speaks TLS.
pub(crate) async fn look_at_advertised(
    endpoints: &[EndpointSeen],
    identity: Option<&Arc<CertifiedKey>>,
    timeout: Duration,
) -> Vec<EndpointSeen> {
    let mut urls: Vec<&str> = Vec::new();
    for url in members(endpoints).flat_map(|(_, member)| &member.client_urls) {
        if !is_dialled(endpoints, url) && !urls.contains(&url.as_str()) {
            urls.push(url);
        }
    }
    join_all(urls.into_iter().map(|url| knock(url, identity, timeout.min(PATIENCE)))).await
}

/// Connects and shakes hands; nothing is asked. With the client's pair, so that the member has no refusal to log.
async fn knock(url: &str, identity: Option<&Arc<CertifiedKey>>, timeout: Duration) -> EndpointSeen {
    let start = Instant::now();
    let deadline = start + timeout;
    let mut seen = EndpointSeen::new(url, Parts::parse(url, false));
    if let Ok(parts) = seen.parsed.clone() {
        let (addresses, lookup) = dial::lookup(&parts, deadline).await;
        seen.lookup = lookup;
        let (mut noted, dialled) = dial::connect(&addresses, Purpose::Main, deadline).await;
        if let (Some(dialled), Some(connection)) = (dialled, noted.last_mut()) {
            let (local, identity) = (None, identity.cloned());
            let handshake =
                Handshake { host: &parts.host, alpn: &[b"h2"], identity, deadline, local };
            connection.tls = Some(Box::pin(handshake.run(dialled.stream)).await.0);
        }
        seen.connections = noted;
    }
    seen.took_ms = milliseconds(start);
    seen
}

fn members(endpoints: &[EndpointSeen]) -> impl Iterator<Item = (&EndpointSeen, &MemberSeen)> {
    endpoints.iter().flat_map(|seen| {
        let members = seen.etcd.as_ref().and_then(|etcd| etcd.members.as_ref()?.as_ref().ok());
        members.into_iter().flatten().map(move |member| (seen, member))
    })
}

fn member_id(seen: &EndpointSeen) -> Option<&str> {
    Some(&seen.etcd.as_ref()?.status.as_ref()?.as_ref().ok()?.member_id)
}

/// Whether an endpoint has this host and port, whatever its scheme.
fn is_dialled(endpoints: &[EndpointSeen], url: &str) -> bool {
    let Ok(wanted) = Parts::parse(url, false) else { return false };
    let mut parts = endpoints.iter().filter_map(|seen| seen.parsed.as_ref().ok());
    parts.any(|parts| (&parts.host, parts.port) == (&wanted.host, wanted.port))
}
