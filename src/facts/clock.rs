//! Whether the clocks, not the certificates, are to blame for a validity error.

use time::{Duration, OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

use super::{Endpoint, Facts};
use crate::x509::Certificate;

/// A difference between clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skew {
    /// Every certificate at hand becomes valid only after about this long: they were made on a machine whose clock
    /// is ahead, or ours is behind.
    AllFromTheFuture(Duration),
    /// The server's `Date` header is ahead of our clock by this much (negative: behind).
    ServerAhead(Duration),
}

/// Differences up to this are no skew: a `Date` header has whole seconds, and a network takes its time.
const TOLERANCE: Duration = Duration::seconds(60);

impl Facts<'_> {
    /// The skew between the clocks, if one was measured or every certificate agrees on one.
    pub fn skew(&self) -> Option<Skew> {
        *self.skew.get_or_init(|| self.measured_skew())
    }

    fn measured_skew(&self) -> Option<Skew> {
        if let Some(ahead) = self.endpoints.iter().find_map(Endpoint::skew) {
            return Some(Skew::ServerAhead(ahead));
        }
        let served = self.presented().flat_map(|(_, presented)| &presented.chain);
        let set: Vec<&Certificate> =
            self.given_anchors().chain(served).chain(&self.client.chain).collect();
        let waits: Vec<Duration> =
            set.iter().map(|certificate| certificate.not_before - self.now()).collect();
        let (least, most) = (waits.iter().min()?, waits.iter().max()?);
        // One certificate alone can't tell a wrong clock from a wrong date; a spread can't either.
        let agree = *most - *least <= std::cmp::max(Duration::hours(1), *least / 4);
        (set.len() > 1 && least.is_positive() && agree).then_some(Skew::AllFromTheFuture(*least))
    }

    /// A time as RFC 3339 in UTC, to the second.
    pub fn show(&self, time: OffsetDateTime) -> String {
        show_time(time)
    }

    /// The server's clock at the beginning of the check; `None` when it didn't tell.
    pub fn server_clock(&self, endpoint: &Endpoint<'_>) -> Option<OffsetDateTime> {
        self.now().checked_add(endpoint.clock_ahead()?)
    }

    /// The anchors of `--cacert`; the system's say nothing about this cluster's clocks.
    fn given_anchors(&self) -> impl Iterator<Item = &Certificate> {
        let given = self.flag("--cacert").is_some();
        self.anchors.certificates.iter().filter(move |_| given)
    }
}

impl Endpoint<'_> {
    /// How far the server's clock is ahead of ours, when that is more than measuring explains.
    pub fn skew(&self) -> Option<Duration> {
        self.clock_ahead().filter(|ahead| ahead.abs() > TOLERANCE)
    }
}

/// A time as RFC 3339 in UTC, to the second.
pub fn show_time(time: OffsetDateTime) -> String {
    let time = time.to_offset(UtcOffset::UTC);
    let time = time.replace_nanosecond(0).unwrap_or(time);
    time.format(&Rfc3339).unwrap_or_else(|_| time.to_string())
}

/// A span as evidence shows it: in the largest unit of which there are at least two.
pub fn show_span(span: Duration) -> String {
    let sign = if span.is_negative() { "-" } else { "" };
    let units =
        [(span.whole_days(), "d"), (span.whole_hours(), "h"), (span.whole_minutes(), "min")];
    let largest = units.into_iter().find(|(count, _)| count.abs() >= 2);
    let (count, unit) = largest.unwrap_or((span.whole_seconds(), "s"));
    format!("{sign}{} {unit}", count.abs())
}
