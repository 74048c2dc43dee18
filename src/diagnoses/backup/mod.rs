//! Before a backup or a restore: the stream, the place, the file, the certificates until next time.
//!
//! Only where `preflight` looked at them.

mod cert_ends_before_backup;
mod data_dir_occupied;
mod snapshot_damaged;
mod snapshot_no_room;
mod snapshot_refused;
mod snapshot_target_exists;
mod snapshot_target_unwritable;

use crate::diagnoses::engine::Diagnosis;

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &snapshot_refused::DIAGNOSIS,
    &snapshot_target_exists::DIAGNOSIS,
    &snapshot_target_unwritable::DIAGNOSIS,
    &snapshot_no_room::DIAGNOSIS,
    &snapshot_damaged::DIAGNOSIS,
    &data_dir_occupied::DIAGNOSIS,
    &cert_ends_before_backup::DIAGNOSIS,
];
