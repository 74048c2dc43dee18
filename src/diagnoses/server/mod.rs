//! The server's certificate by itself: dates, names, usages, and the revocation lists that etcd reads. How it leads to
//! a CA belongs to `chain`.

mod address_not_in_san;
pub(super) mod cert_expired;
pub(super) mod cert_expiring_soon;
mod cert_no_san;
pub(super) mod cert_not_yet_valid;
mod cert_of_other_node;
pub(super) mod cert_revoked;
mod clock_skew;
pub(super) mod crl_expired;
mod crl_missing;
mod gateway_eku_missing;
mod san_ip_as_dns;
mod served_cert_differs;
pub(super) mod server_cert_unloadable;
pub(super) mod server_eku_missing;
pub(super) mod server_san_mismatch;
mod spiffe_id_mismatch;
pub(super) mod validity;

use crate::diagnoses::engine::Diagnosis;

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &server_cert_unloadable::DIAGNOSIS,
    &clock_skew::DIAGNOSIS,
    &cert_expired::DIAGNOSIS,
    &cert_not_yet_valid::DIAGNOSIS,
    &server_eku_missing::DIAGNOSIS,
    &cert_no_san::DIAGNOSIS,
    &cert_of_other_node::DIAGNOSIS,
    &server_san_mismatch::DIAGNOSIS,
    &spiffe_id_mismatch::DIAGNOSIS,
    &crl_missing::DIAGNOSIS,
    &cert_revoked::DIAGNOSIS,
    &cert_expiring_soon::DIAGNOSIS,
    &address_not_in_san::DIAGNOSIS,
    &san_ip_as_dns::DIAGNOSIS,
    &served_cert_differs::DIAGNOSIS,
    &gateway_eku_missing::DIAGNOSIS,
    &crl_expired::DIAGNOSIS,
];
