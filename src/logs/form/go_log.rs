//! Go's own log package and what copies it: grpc-go (`WARNING: 2026/11/22 02:39:55 [core] …`), net/http, nginx.

const LEVELS: [&str; 4] = ["INFO: ", "WARNING: ", "ERROR: ", "FATAL: "];

/// The time behind an optional level.
pub(super) fn head(text: &str) -> Option<(String, &str)> {
    let bare = LEVELS.iter().find_map(|level| text.strip_prefix(level)).unwrap_or(text);
    let time = bare.get(..19)?;
    let form = |(index, byte): (usize, u8)| match index {
        4 | 7 => byte == b'/',
        10 => byte == b' ',
        13 | 16 => byte == b':',
        _ => byte.is_ascii_digit(),
    };
    time.bytes().enumerate().all(form).then(|| (time.to_owned(), bare[19..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn a_level_may_stand_in_front() {
        let line = "WARNING: 2026/11/22 02:39:55 [core] grpc: x";
        assert_eq!(head(line), Some(("2026/11/22 02:39:55".to_owned(), "[core] grpc: x")));
        let line = "2026/11/22 02:39:55 [info] 7#7: *1 x";
        assert_eq!(head(line), Some(("2026/11/22 02:39:55".to_owned(), "[info] 7#7: *1 x")));
        assert_eq!(head("2026/11/2"), None);
    }
}
