//! `UTCTime` and `GeneralizedTime` as cryptobyte reads them: the text must be what Go would print again.
//!
//! RFC 5280 §4.1.2.5 is stricter; Go also takes zone offsets, and `UTCTime` without seconds.

use super::der::{self, Element};
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// Reads an element of either type; the result keeps the offset that was written, as Go's does.
pub(super) fn read(element: &Element<'_>) -> Option<OffsetDateTime> {
    let text = element.content.rest;
    match element.tag {
        der::UTC_TIME => {
            let short = i32::from(pair(text, 0)?);
            let year = if short >= 50 { 1900 + short } else { 2000 + short };
            // Without seconds there is room for exactly the zone after the minutes.
            let seconds = text.get(10).is_some_and(u8::is_ascii_digit);
            instant(year, text.get(2..)?, seconds)
        }
        der::GENERALIZED_TIME => {
            let year = i32::from(pair(text, 0)?) * 100 + i32::from(pair(text, 2)?);
            instant(year, text.get(4..)?, true)
        }
        _ => None,
    }
}

/// Month, day, hour, minute, optional second, and the zone.
fn instant(year: i32, rest: &[u8], seconds: bool) -> Option<OffsetDateTime> {
    let month = Month::try_from(pair(rest, 0)?).ok()?;
    let date = Date::from_calendar_date(year, month, pair(rest, 2)?).ok()?;
    let (second, zone) =
        if seconds { (pair(rest, 8)?, rest.get(10..)?) } else { (0, rest.get(8..)?) };
    let clock = Time::from_hms(pair(rest, 4)?, pair(rest, 6)?, second).ok()?;
    let local = PrimitiveDateTime::new(date, clock);
    if zone == b"Z" {
        return Some(local.assume_utc());
    }
    let (hours, minutes) = (pair(zone, 1)?, pair(zone, 3)?);
    let written = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    let offset = match zone.first()? {
        b'+' => written,
        b'-' => -written,
        _ => return None,
    };
    // A zero offset would be printed as Z, and 24 is the largest hour that Go's parser takes.
    if zone.len() != 5 || offset == 0 || hours > 24 || minutes > 59 {
        return None;
    }
    let utc = local.assume_utc().checked_sub(Duration::seconds(i64::from(offset)))?;
    UtcOffset::from_whole_seconds(offset)
        .ok()
        .and_then(|offset| utc.checked_to_offset(offset))
        .or(Some(utc))
}

fn pair(text: &[u8], at: usize) -> Option<u8> {
    match text.get(at..at + 2)? {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + ones - b'0'),
        _ => None,
    }
}

/// RFC 3339 without fractions, as Go prints times in errors.
pub(super) fn display(when: OffsetDateTime) -> String {
    when.replace_nanosecond(0)
        .unwrap_or(when)
        .format(&time::format_description::well_known::Rfc3339)
        .unwrap_or_else(|_| when.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::x509::der::Reader;

    fn parse(tag: u8, text: &str) -> Option<String> {
        let bytes = [&[tag, u8::try_from(text.len()).unwrap()][..], text.as_bytes()].concat();
        Reader::new(&bytes).any().and_then(|element| read(&element)).map(display)
    }

    #[test]
    fn both_types_and_their_oddities() {
        let utc = |text| parse(der::UTC_TIME, text);
        assert_eq!(utc("491231235959Z").as_deref(), Some("2049-12-31T23:59:59Z"));
        assert_eq!(utc("500101000000Z").as_deref(), Some("1950-01-01T00:00:00Z"));
        assert_eq!(utc("2401010000Z").as_deref(), Some("2024-01-01T00:00:00Z"));
        assert_eq!(utc("240101020000+0200").as_deref(), Some("2024-01-01T02:00:00+02:00"));
        for bad in [
            "240101000000",
            "240101000000+0000",
            "240230000000Z",
            "240101000060Z",
            "240101000000.5Z",
            "",
        ] {
            assert_eq!(utc(bad), None, "{bad}");
        }
        assert_eq!(
            parse(der::GENERALIZED_TIME, "20500101000000Z").as_deref(),
            Some("2050-01-01T00:00:00Z")
        );
        assert_eq!(parse(der::GENERALIZED_TIME, "205001010000Z"), None);
    }
}
