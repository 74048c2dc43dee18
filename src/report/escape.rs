//! The one place where text from certificates, file names and servers is made harmless for a terminal
//! or a document.
//!
//! Control characters (C0, DEL, C1) start escape sequences; Unicode's directional and invisible format characters
//! reorder or hide what is shown.

use std::{borrow::Cow, fmt::Write};

/// Text as a terminal may show it: `\x1b` for ESC, `\u{202e}` for a directional override.
pub(super) fn text(raw: &str) -> Cow<'_, str> {
    replace(raw, is_hazard, visible)
}

/// The same for a finished document, whose line ends are its layout.
pub(super) fn document(finished: &str) -> Cow<'_, str> {
    replace(finished, |c| c != '\n' && is_hazard(c), visible)
}

fn visible(shown: &mut String, c: char) -> std::fmt::Result {
    match u32::from(c) {
        0x0a => shown.write_str("\\n"),
        code @ 0..0x100 => write!(shown, "\\x{code:02x}"),
        code => write!(shown, "\\u{{{code:x}}}"),
    }
}

/// The same for finished JSON, where `\uXXXX` keeps the value; below U+0020 only the layout's line ends are left.
pub(super) fn json(document: &str) -> Cow<'_, str> {
    // Below that there is nothing left to escape, and so it is nearly always.
    if document.bytes().all(|byte| byte < 0x7f) {
        return Cow::Borrowed(document);
    }
    let in_string = |c| c >= '\u{7f}' && is_hazard(c);
    replace(document, in_string, |shown, c| write!(shown, "\\u{:04x}", u32::from(c)))
}

fn is_hazard(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn replace(
    raw: &str,
    hazard: impl Fn(char) -> bool,
    write: impl Fn(&mut String, char) -> std::fmt::Result,
) -> Cow<'_, str> {
    if !raw.chars().any(&hazard) {
        return Cow::Borrowed(raw);
    }
    let mut shown = String::with_capacity(raw.len() + 8);
    for c in raw.chars() {
        if !hazard(c) || write(&mut shown, c).is_err() {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::{json, text};

    #[test]
    fn escape_sequences_become_text() {
        assert_eq!(text("CN=\u{1b}[31mroot\u{7}"), "CN=\\x1b[31mroot\\x07");
        assert_eq!(text("a\u{9b}2J\u{202e}b\nc"), "a\\x9b2J\\u{202e}b\\nc");
    }

    #[test]
    fn escaping_twice_changes_nothing_more() {
        let once = text("\u{1b}]0;title\u{7}").into_owned();
        assert_eq!(text(&once), once);
    }

    #[test]
    fn json_keeps_the_value() {
        let raw = "a\u{9b}\u{202e}\u{1b}b";
        let document = serde_json::to_string(raw).unwrap();
        let shown = json(&document);
        assert!(shown.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), raw);
    }
}
