//! Between members: what a peer port presents, whom it admits, and what keeps one member from another.
//!
//! Only where peer URLs were checked (`--peer`). Dates, names and chains that are wrong in the same way for clients stay
//! with `server` and `chain`.

mod peer_auth_off;
mod peer_ca_mismatch;
mod peer_ca_missing;
mod peer_cert_expired;
mod peer_cn_not_allowed;
mod peer_eku_incomplete;
mod peer_hostname_not_allowed;
pub(super) mod peer_plaintext;
mod peer_san_mismatch;
mod unlisted;

use crate::diagnoses::engine::Diagnosis;

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &peer_plaintext::DIAGNOSIS,
    &peer_cert_expired::DIAGNOSIS,
    &peer_ca_missing::DIAGNOSIS,
    &peer_ca_mismatch::DIAGNOSIS,
    &peer_eku_incomplete::DIAGNOSIS,
    &peer_hostname_not_allowed::DIAGNOSIS,
    &peer_cn_not_allowed::DIAGNOSIS,
    &peer_san_mismatch::DIAGNOSIS,
    &peer_auth_off::DIAGNOSIS,
];
