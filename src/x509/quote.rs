//! Text in quotes as Go's `%q` writes it, since verdicts carry Go's own error texts.

use std::fmt::Write as _;

/// The bytes of a Go string between double quotes, with Go's escapes.
pub fn quoted(text: &[u8]) -> String {
    let mut out = String::from("\"");
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '"' | '\\' => out.extend(['\\', character]),
                '\u{7}' => out.push_str("\\a"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\u{b}' => out.push_str("\\v"),
                '\0'..=' ' | '\u{7f}' if character != ' ' => {
                    let _ = write!(out, "\\x{:02x}", u32::from(character));
                }
                _ => out.push(character),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_are_those_of_go() {
        assert_eq!(super::quoted(b"a\"\\ \x00\x1f\n\xff"), r#""a\"\\ \x00\x1f\n\xff""#);
    }
}
