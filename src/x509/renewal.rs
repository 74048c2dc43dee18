//! When a certificate is due for renewal: the one statement of the rule.

use std::time::Duration;

/// How long before its end a certificate with such a life is due: the shorter of 30 days and a third of the life, or `within`.
pub fn renewal_notice(life: time::Duration, within: Option<Duration>) -> time::Duration {
    within.map_or_else(
        || time::Duration::days(30).min(life.max(time::Duration::ZERO) / 3),
        |within| time::Duration::try_from(within).unwrap_or(time::Duration::MAX),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_of_thirty_days_and_a_third() {
        for (life, notice) in [(90, 30), (9, 3), (3650, 30), (-3, 0)] {
            let given = renewal_notice(time::Duration::days(life), None);
            assert_eq!(given, time::Duration::days(notice), "{life}");
        }
        let within = Some(Duration::from_secs(86_400));
        assert_eq!(renewal_notice(time::Duration::days(90), within), time::Duration::days(1));
    }
}
