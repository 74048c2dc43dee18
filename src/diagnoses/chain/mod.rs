//! Chains of certificates that Go refuses, on either side: who issued what, and whether they were entitled to.
//!
//! Dates, names and usages of end-entity certificates belong to `server` and `client`.

pub(super) mod ca_expired;
pub(super) mod ca_not_yet_valid;
pub(super) mod ca_regenerated;
pub(super) mod missing_intermediate;
pub(super) mod unknown_authority;
pub(super) mod wrong_ca_file;

pub(super) mod broken;
pub(super) mod ca_basic_constraints;
pub(super) mod ca_key_usage;
mod cert_outlives_ca;
pub(super) mod chain_rejected;
pub(super) mod name_constraint_violated;
pub(super) mod path_length_exceeded;
pub(super) mod self_signed_leaf;
pub(super) mod unknown_critical_extension;
pub(super) mod weak_key;
pub(super) mod weak_signature;

use crate::diagnoses::engine::Diagnosis;

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &ca_expired::DIAGNOSIS,
    &ca_not_yet_valid::DIAGNOSIS,
    &ca_basic_constraints::DIAGNOSIS,
    &ca_key_usage::DIAGNOSIS,
    &path_length_exceeded::DIAGNOSIS,
    &name_constraint_violated::DIAGNOSIS,
    &weak_signature::DIAGNOSIS,
    &unknown_critical_extension::DIAGNOSIS,
    &weak_key::DIAGNOSIS,
    &ca_regenerated::DIAGNOSIS,
    &self_signed_leaf::DIAGNOSIS,
    &missing_intermediate::DIAGNOSIS,
    &wrong_ca_file::DIAGNOSIS,
    &unknown_authority::DIAGNOSIS,
    &chain_rejected::DIAGNOSIS,
    &cert_outlives_ca::DIAGNOSIS,
];
