//! JSON lines: zap as etcd 3.5 and later, etcdctl and Kubernetes' JSON logging use it (`"ts"`), and whoever writes `"time"`.
//!
//! Only the time is looked for, by its name: a line that was cut in the middle is understood as well.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

const NAMES: [&str; 4] = ["\"ts\":", "\"time\":", "\"timestamp\":", "\"@timestamp\":"];

/// The time of an object; the whole of it stays text.
pub(super) fn head(text: &str) -> Option<(String, &str)> {
    text.starts_with('{').then_some(())?;
    let value = NAMES.iter().find_map(|name| text.split_once(name).map(|(_, value)| value))?;
    let time = match value.trim_start().strip_prefix('"') {
        Some(written) => written.split('"').next().filter(|time| time.len() <= 40)?.to_owned(),
        None => from_number(value)?,
    };
    Some((time, text))
}

/// Seconds or milliseconds since 1970, as Kubernetes and zap's defaults write them.
fn from_number(value: &str) -> Option<String> {
    let digits = value.split([',', '}', '.', 'e']).next()?.trim();
    let number: i64 = digits.parse().ok()?;
    let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
    OffsetDateTime::from_unix_timestamp(seconds).ok()?.format(&Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn text_and_numbers_are_times() {
        let time = |text: &str| head(text).map(|(time, _)| time);
        assert_eq!(
            time(r#"{"level":"warn","ts":"2026-11-22T02:39:55.123Z","msg":"x"}"#).unwrap(),
            "2026-11-22T02:39:55.123Z"
        );
        assert_eq!(time(r#"{"ts":1767225600123.4,"msg":"x"}"#).unwrap(), "2026-01-01T00:00:00Z");
        assert_eq!(time(r#"{"ts":1767225600.5}"#).unwrap(), "2026-01-01T00:00:00Z");
        assert_eq!(time(r#"{"msg":"x"}"#), None);
    }
}
