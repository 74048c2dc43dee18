//! The files that `--cacert`, `--cert` and `--key` name: what is wrong before a packet is sent.
//!
//! What a server makes of their contents belongs to `chain` and `client`.

pub(super) mod bundle_order;
mod cacert_not_a_ca;
pub(super) mod cert_malformed;
mod closed;
mod configured;
mod der_not_pem;
pub(super) mod file_empty;
pub(super) mod file_missing;
mod file_unreadable;
mod flags_swapped;
mod flaw;
mod key_encrypted;
pub(super) mod key_mismatch;
mod key_not_given;
pub(super) mod key_permissions;
mod key_unsupported;
mod pair;
pub(super) mod pem_malformed;
mod pem_wrong_type;
mod substitute;
mod swap;

use crate::{diagnoses::engine::Diagnosis, facts::Subject};

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &file_missing::DIAGNOSIS,
    &file_unreadable::DIAGNOSIS,
    &file_empty::DIAGNOSIS,
    &flags_swapped::DIAGNOSIS,
    &der_not_pem::DIAGNOSIS,
    &pem_malformed::DIAGNOSIS,
    &pem_wrong_type::DIAGNOSIS,
    &cert_malformed::DIAGNOSIS,
    &key_encrypted::DIAGNOSIS,
    &key_unsupported::DIAGNOSIS,
    &key_not_given::DIAGNOSIS,
    &bundle_order::DIAGNOSIS,
    &key_mismatch::DIAGNOSIS,
    &cacert_not_a_ca::DIAGNOSIS,
    &key_permissions::DIAGNOSIS,
];

fn file(path: &str) -> Subject {
    Subject::File(path.to_owned())
}
