//! capnslog, the form of etcd up to 3.4 and of its command line: `2026-11-22 02:39:55.123456 I | embed: text`.

/// The time in front of the level.
pub(super) fn head(text: &str) -> Option<(String, &str)> {
    let (head, rest) = text.split_once(" | ")?;
    let (time, level) = head.rsplit_once(' ')?;
    let stamped = time.len() >= 19 && time.starts_with(|c: char| c.is_ascii_digit());
    (stamped && level.len() == 1 && time.len() <= 40).then(|| (time.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn time_and_text_are_parted() {
        let line = "2026-11-22 02:39:55.123456 I | embed: rejected connection";
        assert_eq!(
            head(line),
            Some(("2026-11-22 02:39:55.123456".to_owned(), "embed: rejected connection"))
        );
        assert_eq!(head("NAME | VALUE"), None);
    }
}
