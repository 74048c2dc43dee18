//! What a person took for PEM and a PEM reader passes over: byte order marks, indented or broken BEGIN lines.
//!
//! Texts quoted from a file never hold a run of base64, since that may be a private key.

use crate::observation::file::PemDefect;

pub(super) const BEGIN: &[u8] = b"-----BEGIN ";
pub(super) const DASHES: &[u8] = b"-----";

/// The byte order mark of a UTF-16 text that would be PEM in any other encoding.
pub(crate) fn utf16(bytes: &[u8]) -> Option<PemDefect> {
    let (encoding, unit): (_, fn([u8; 2]) -> u16) = match bytes.get(..2)? {
        [0xff, 0xfe] => ("UTF-16LE", u16::from_le_bytes),
        [0xfe, 0xff] => ("UTF-16BE", u16::from_be_bytes),
        _ => return None,
    };
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let ascii: Vec<u8> = units.map(|unit| u8::try_from(unit).unwrap_or(b'?')).collect();
    find(&ascii, BEGIN)?;
    Some(PemDefect::ByteOrderMark { encoding: encoding.to_owned() })
}

/// The defect in a line outside of every block, if it was meant as BEGIN.
pub(crate) fn of_line(line: usize, text: &[u8]) -> Option<PemDefect> {
    if let Some(at) = find(text, BEGIN) {
        let (before, opening) = (&text[..at], &text[at + BEGIN.len()..]);
        let closed = find(opening, DASHES).is_some_and(|end| end > 0);
        return if line == 1 && before == b"\xef\xbb\xbf" {
            Some(PemDefect::ByteOrderMark { encoding: "UTF-8".to_owned() })
        } else if find(opening, br"-----\n").is_some() {
            Some(PemDefect::LiteralNewlines { line })
        } else {
            closed.then(|| PemDefect::IndentedBegin { line, before: quote(before) })
        };
    }
    let text = String::from_utf8_lossy(text);
    let words = text.trim_start_matches(|c: char| c.is_whitespace() || "-–—\u{feff}".contains(c));
    let dashes = text.len() - words.len();
    (dashes > 1 && words.starts_with("BEGIN") && words.ends_with(['-', '–', '—']))
        .then(|| PemDefect::BrokenBegin { line, text: quote(text.as_bytes()) })
}

/// The defect of a BEGIN line that does not end after its label.
pub(crate) fn broken_begin(line: usize, opening: &[u8]) -> PemDefect {
    if find(opening, br"\n").is_some() {
        PemDefect::LiteralNewlines { line }
    } else {
        PemDefect::BrokenBegin { line, text: format!("-----BEGIN {}", quote(opening)) }
    }
}

/// The label at the start of what follows `BEGIN ` or `END `.
pub(crate) fn label_of(text: &[u8]) -> String {
    quote(&text[..find(text, DASHES).unwrap_or(text.len())])
}

/// Some bytes of a file for a reader: short, visible, and without anything that may be secret.
fn quote(bytes: &[u8]) -> String {
    const LONGEST: usize = 48;
    const SECRET: usize = 20;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * LONGEST)]);
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    let mut quoted = String::new();
    let mut run = String::new();
    for c in head.chars().chain([' ']) {
        if is_base64(c) {
            run.push(c);
            continue;
        }
        quoted.push_str(if run.len() < SECRET { &run } else { "…" });
        run.clear();
        match c {
            '"' | '\'' | '\\' => quoted.push(c),
            _ => quoted.extend(c.escape_debug()),
        }
    }
    quoted.pop();
    if quoted.chars().count() > LONGEST {
        quoted = quoted.chars().take(LONGEST).chain(['…']).collect();
    }
    quoted
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}
