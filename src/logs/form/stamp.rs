//! A plain date and time in front, as zap's console form, Java, Python, Envoy and many others write it.

/// The time, with its zone if it has one. `[…]` around it is cut off.
pub(super) fn head(text: &str) -> Option<(String, &str)> {
    let bare = text.strip_prefix('[').unwrap_or(text);
    let length = length(bare.as_bytes())?;
    let rest = bare.get(length..)?;
    Some((bare[..length].to_owned(), rest.trim_start_matches([']', ' ', '\t'])))
}

/// How long a date and time is that stands at the beginning: `2026-11-22[T ]02:39:55[.,123][Z|+01:00]`.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let form = |index: usize, byte: u8| match index {
        4 | 7 => byte == b'-',
        10 => byte == b'T' || byte == b' ',
        13 | 16 => byte == b':',
        _ => byte.is_ascii_digit(),
    };
    let date = bytes.get(..19)?;
    if !date.iter().enumerate().all(|(index, byte)| form(index, *byte)) {
        return None;
    }
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count().min(9)
    };
    let mut end = 19;
    if matches!(bytes.get(end), Some(b'.' | b',')) && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    match bytes.get(end) {
        Some(b'Z') => end += 1,
        Some(b'+' | b'-') if digits(end + 1) == 4 => end += 5,
        Some(b'+' | b'-') if digits(end + 1) == 2 && bytes.get(end + 3) == Some(&b':') => end += 6,
        _ => {}
    }
    (end <= bytes.len()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn fractions_and_zones_belong_to_it() {
        for time in [
            "2026-11-22T02:39:55.123Z",
            "2026-11-22 02:39:55,123",
            "2026-11-22T02:39:55+0100",
            "2026-11-22T02:39:55.1+01:00",
            "2026-11-22 02:39:55",
        ] {
            let line = format!("{time}\tWARN\trejected");
            assert_eq!(head(&line), Some((time.to_owned(), "WARN\trejected")), "{time}");
        }
        assert_eq!(head("2026-11-22"), None);
    }
}
