//! When a certificate is due: less than the shorter of 30 days and a third of its whole life remains. Pure.

use std::time::Duration;

/// By when something has to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// From when on it is due, in Unix seconds.
    pub from: i64,
    /// Whether that is now.
    pub now: bool,
}

const LONGEST_NOTICE: i64 = 30 * 86_400;

/// Judges a life by its ends, in Unix seconds; `within` takes the place of the rule.
pub fn is_due(begins: i64, expires: i64, now: i64, within: Option<Duration>) -> Due {
    let life = expires.saturating_sub(begins).max(0);
    let notice = match within {
        Some(within) => i64::try_from(within.as_secs()).unwrap_or(i64::MAX),
        None => LONGEST_NOTICE.min(life / 3),
    };
    let from = expires.saturating_sub(notice);
    Due { from, now: now > from }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_of_thirty_days_and_a_third() {
        const DAY: i64 = 86_400;
        for (life, left, due) in [
            (90, 31, false),
            (90, 29, true),
            (9, 4, false),
            (9, 2, true),
            (3650, 31, false),
            (3650, 29, true),
        ] {
            assert_eq!(is_due(0, life * DAY, (life - left) * DAY, None).now, due, "{life} {left}");
        }
        assert!(is_due(0, DAY, 2 * DAY, None).now);
        let within = Some(Duration::from_secs(86_400));
        assert!(!is_due(0, 90 * DAY, 88 * DAY, within).now);
        assert!(is_due(0, 90 * DAY, 89 * DAY + 1, within).now);
    }
}
