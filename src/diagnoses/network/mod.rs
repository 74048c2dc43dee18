//! Before TLS: names, ports, and servers that do not speak TLS.

mod tcp_refused;

use crate::judge::Diagnosis;

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[&tcp_refused::DIAGNOSIS];
