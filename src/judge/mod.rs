//! Turns facts into an ordered verdict. Knows no single diagnosis: the rooms are handed in.

mod diagnosis;
mod finding;
mod offer;
mod reissue;
mod retry;
mod root_cause;
mod validity;

pub use diagnosis::{Diagnosis, Severity, Side};
pub(crate) use finding::shell_word;
pub use finding::{Evidence, Finding, Fix, Judged, Level, Verdict};
pub use offer::{Grade, Offer};

use crate::facts::Facts;

/// Runs every room over the facts and puts causes first.
///
/// The order of `rooms` is the order of judging: of several errors that nothing else explains, the one whose room
/// comes first is the root cause.
pub fn judge(rooms: &[&'static Diagnosis], facts: &Facts<'_>) -> Verdict {
    let found = rooms.iter().flat_map(|room| (room.detect)(facts)).collect();
    root_cause::order(rooms, found)
}
