//! Signs that a terminal without UTF-8 can't show, and what stands for them there. Names and sentences stay as they are.

/// A text with its signs in ASCII; box lines and marks keep their width.
pub(in crate::report) fn in_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '✓' => plain.push('+'),
            '✗' | '×' => plain.push('x'),
            '─' | '━' | '┄' | '–' | '—' => plain.push('-'),
            '│' | '┃' => plain.push('|'),
            '├' | '└' | '┌' | '┐' | '┘' | '┤' | '┬' | '┴' | '┼' => {
                plain.push('+');
            }
            '→' => plain.push_str("->"),
            '←' => plain.push_str("<-"),
            '…' => plain.push_str("..."),
            '“' | '”' => plain.push('"'),
            '‘' | '’' => plain.push('\''),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::in_ascii;

    #[test]
    fn marks_and_lines_have_ascii_forms() {
        assert_eq!(in_ascii("✓ ├─ a → b … │"), "+ +- a -> b ... |");
        assert_eq!(in_ascii("ファイル"), "ファイル", "words are no signs");
    }
}
