//! Draws the verdict of `verify` on one certificate.

mod json;
mod text;

use std::io::{self, Write};

use super::Format;
use crate::{facts::Verified, message::Lang};

/// Writes it as a table, one line, or JSON.
pub fn write(
    out: &mut impl Write,
    format: Format,
    verified: &Verified,
    lang: Lang,
) -> io::Result<()> {
    match (verified, format) {
        (Verified::Judged(judged), Format::Json) => writeln!(out, "{}", json::judged(judged)),
        (Verified::Judged(judged), Format::Simple) => text::line(out, judged, lang),
        (Verified::Judged(judged), _) => text::table(out, judged, lang),
        (Verified::Unparsed(file), Format::Json) => writeln!(out, "{}", json::unparsed(file)),
        (Verified::Unparsed(file), Format::Simple) => text::unparsed_line(out, file, lang),
        (Verified::Unparsed(file), _) => text::unparsed(out, file, lang),
    }
}
