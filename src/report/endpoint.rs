//! One endpoint as JSON shows it.

use serde::Serialize;

use super::{
    CertificateView,
    steps::{self, Step},
    verifiers::{self, SecondOpinion},
};
use crate::{
    facts::{Endpoint, Facts},
    message::Lang,
    observation::endpoint::{Connection, HandshakeEnd, TlsSeen},
};

/// One endpoint: how far the way goes, what TLS agreed on, what etcd answered.
#[derive(Serialize)]
pub(super) struct EndpointView<'a> {
    url: &'a str,
    role: &'static str,
    address: Option<&'a str>,
    steps: [Step; 6],
    tls: Option<TlsView<'a>>,
    etcd: Option<EtcdView<'a>>,
}

#[derive(Serialize)]
struct TlsView<'a> {
    version: Option<&'a str>,
    cipher_suite: Option<&'a str>,
    group: Option<&'a str>,
    alpn: Option<&'a str>,
    chain: Vec<CertificateView<'static>>,
    client_certificate_requested: Option<bool>,
    acceptable_cas: Vec<String>,
    alert: Option<&'a str>,
    second_opinion: Option<SecondOpinion<'a>>,
}

#[derive(Serialize)]
struct EtcdView<'a> {
    version: &'a str,
    member_id: &'a str,
    cluster_id: &'a str,
    is_leader: bool,
    is_learner: bool,
    revision: i64,
    raft_term: u64,
    raft_index: u64,
    raft_applied_index: u64,
    db_size_bytes: i64,
    db_size_in_use_bytes: i64,
    alarms: Option<&'a [String]>,
}

/// The view of one endpoint.
pub(super) fn view<'a>(
    endpoint: &'a Endpoint<'_>,
    facts: &Facts<'_>,
    lang: Lang,
) -> EndpointView<'a> {
    EndpointView {
        url: endpoint.url(),
        role: if facts.among_peers() { "peer" } else { "client" },
        address: endpoint.main().map(|main| main.to.as_str()),
        steps: steps::of(endpoint, facts, lang),
        tls: endpoint.tls().map(|tls| tls_view(endpoint, tls, facts)),
        etcd: etcd_view(endpoint),
    }
}

fn tls_view<'a>(endpoint: &'a Endpoint<'_>, tls: &'a TlsSeen, facts: &Facts<'_>) -> TlsView<'a> {
    let chain = endpoint.presented.as_ref().map(|presented| presented.chain.as_slice());
    TlsView {
        version: tls.version.as_deref(),
        cipher_suite: tls.cipher_suite.as_deref(),
        group: tls.group.as_deref(),
        alpn: tls.alpn.as_deref(),
        chain: chain.unwrap_or_default().iter().map(CertificateView::from).collect(),
        client_certificate_requested: requested(tls),
        acceptable_cas: endpoint.acceptable_names(),
        alert: endpoint.main().and_then(Connection::alert),
        second_opinion: verifiers::second_opinion(endpoint, facts),
    }
}

/// Whether the server asked; `None` when the handshake ended before that could be seen.
fn requested(tls: &TlsSeen) -> Option<bool> {
    match (&tls.request, &tls.end) {
        (Some(_), _) => Some(true),
        (None, HandshakeEnd::Complete) => Some(false),
        (None, _) => None,
    }
}

fn etcd_view<'a>(endpoint: &Endpoint<'a>) -> Option<EtcdView<'a>> {
    let status = endpoint.status()?;
    let alarms = endpoint.seen.etcd.as_ref()?.alarms.as_ref();
    Some(EtcdView {
        version: &status.version,
        member_id: &status.member_id,
        cluster_id: &status.cluster_id,
        is_leader: status.leader == status.member_id,
        is_learner: status.is_learner,
        revision: status.revision,
        raft_term: status.raft_term,
        raft_index: status.raft_index,
        raft_applied_index: status.raft_applied_index,
        db_size_bytes: status.db_size_bytes,
        db_size_in_use_bytes: status.db_size_in_use_bytes,
        alarms: alarms.and_then(|answer| answer.as_deref().ok()),
    })
}
