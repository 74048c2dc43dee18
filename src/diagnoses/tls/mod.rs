//! The handshake itself, and what stands behind it instead of etcd.

mod alpn_missing;
mod handshake_failed;
mod intercepting_proxy;
mod not_etcd;
mod server_signature_invalid;
mod tls_cipher_mismatch;
mod tls_garbage;
mod tls_stalled;
mod tls_version_mismatch;

use crate::diagnoses::engine::Diagnosis;

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &tls_version_mismatch::DIAGNOSIS,
    &tls_cipher_mismatch::DIAGNOSIS,
    &tls_garbage::DIAGNOSIS,
    &tls_stalled::DIAGNOSIS,
    &handshake_failed::DIAGNOSIS,
    &not_etcd::DIAGNOSIS,
    &intercepting_proxy::DIAGNOSIS,
    &server_signature_invalid::DIAGNOSIS,
    &alpn_missing::DIAGNOSIS,
];
