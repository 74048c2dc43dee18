//! Before TLS: names, ports, and servers that do not speak TLS.

mod client_port;
mod client_san_mismatch;
mod dns_failure;
mod endpoint_malformed;
mod http_only_port;
pub(super) mod metrics_port;
mod no_etcd_found;
pub(super) mod peer_port;
pub(super) mod plaintext_server;
mod proxy_environment;
pub(super) mod tcp_refused;
pub(super) mod tcp_reset;
pub(super) mod tcp_timeout;
mod tcp_unreachable;
pub(super) mod tls_server_plain_url;

use crate::{
    diagnoses::engine::{Diagnosis, Fix},
    facts::{Endpoint, Facts, Listener},
};

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &endpoint_malformed::DIAGNOSIS,
    &dns_failure::DIAGNOSIS,
    &no_etcd_found::DIAGNOSIS,
    &tcp_refused::DIAGNOSIS,
    &tcp_unreachable::DIAGNOSIS,
    &tcp_timeout::DIAGNOSIS,
    &tcp_reset::DIAGNOSIS,
    &plaintext_server::DIAGNOSIS,
    &tls_server_plain_url::DIAGNOSIS,
    &peer_port::DIAGNOSIS,
    &client_port::DIAGNOSIS,
    &metrics_port::DIAGNOSIS,
    &http_only_port::DIAGNOSIS,
    &client_san_mismatch::DIAGNOSIS,
    &proxy_environment::DIAGNOSIS,
];

/// The same with a URL at which the configured etcd listens, where the one that was dialled is none.
fn where_etcd_listens(facts: &Facts<'_>, endpoint: &Endpoint<'_>) -> Option<Fix> {
    let etcd = &facts.settings;
    let dialled = Listener::parse(endpoint.url())?;
    let is_other = etcd.names("listen-client-urls") && !etcd.serves_at(&dialled);
    let url = etcd.serving_urls(facts.go).into_iter().next().filter(|_| is_other)?;
    Some(Fix::check_endpoint(facts, endpoint.url(), &url))
}
