//! The client's certificate in the eyes of a server: wanted, trusted, meant for clients, admitted by name.

pub(super) mod client_cert_expired_rejected;
pub(super) mod client_cert_untrusted;

mod ca_pair_as_client;
pub(super) mod client_auth_off;
pub(super) mod client_cert_required;
mod client_cn_not_allowed;
pub(super) mod client_eku_missing;
mod client_hostname_not_allowed;

use crate::diagnoses::engine::Diagnosis;

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &client_cert_required::DIAGNOSIS,
    &client_cert_expired_rejected::DIAGNOSIS,
    &client_eku_missing::DIAGNOSIS,
    &client_hostname_not_allowed::DIAGNOSIS,
    &client_cn_not_allowed::DIAGNOSIS,
    &client_cert_untrusted::DIAGNOSIS,
    &ca_pair_as_client::DIAGNOSIS,
    &client_auth_off::DIAGNOSIS,
];
