//! Behind the handshake: TLS is fine, etcd is not.

pub(super) mod advertised_url_unreachable;
pub(super) mod no_leader;
pub(super) mod read_failed;

mod advertised_url_scheme;
mod alarm_corrupt;
mod alarm_nospace;
mod auth_cn_ignored;
mod auth_login_failed;
mod auth_permission_denied;
mod auth_user_missing;
mod cluster_id_mismatch;
mod etcd_not_running;
mod learner_endpoint;
mod version_advisory;

use crate::diagnoses::engine::Diagnosis;

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &etcd_not_running::DIAGNOSIS,
    &no_leader::DIAGNOSIS,
    &cluster_id_mismatch::DIAGNOSIS,
    &alarm_corrupt::DIAGNOSIS,
    &alarm_nospace::DIAGNOSIS,
    &auth_login_failed::DIAGNOSIS,
    &auth_cn_ignored::DIAGNOSIS,
    &auth_user_missing::DIAGNOSIS,
    &auth_permission_denied::DIAGNOSIS,
    &read_failed::DIAGNOSIS,
    &learner_endpoint::DIAGNOSIS,
    &advertised_url_scheme::DIAGNOSIS,
    &advertised_url_unreachable::DIAGNOSIS,
    &version_advisory::DIAGNOSIS,
];
