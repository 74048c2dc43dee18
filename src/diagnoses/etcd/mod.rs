//! Behind the handshake: TLS is fine, etcd is not.

mod alarm_nospace;
mod no_leader;
mod version_advisory;

use crate::judge::Diagnosis;

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] =
    &[&no_leader::DIAGNOSIS, &alarm_nospace::DIAGNOSIS, &version_advisory::DIAGNOSIS];
