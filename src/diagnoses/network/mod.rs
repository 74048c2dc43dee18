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
mod tcp_timeout;
mod tcp_unreachable;
pub(super) mod tls_server_plain_url;

use crate::diagnoses::engine::Diagnosis;

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
