//! Draws the verdict of `verify` on one certificate.

mod json;
mod text;

pub(super) use json::documents;

use std::io::{self, Write};

use super::Format;
use crate::{
    facts::{CaseVerdict, Verified},
    message::Lang,
};

/// Writes it as a table, one line, or JSON.
pub fn write(
    out: &mut impl Write,
    format: Format,
    verified: &Verified,
    lang: Lang,
) -> io::Result<()> {
    match (verified, format) {
        (verified, Format::Json) => json::write(out, verified),
        (Verified::Judged(judged), Format::Simple) => text::line(out, judged, lang),
        (Verified::Judged(judged), _) => text::table(out, judged, lang),
        (Verified::Unparsed(file), Format::Simple) => text::unparsed_line(out, file, lang),
        (Verified::Unparsed(file), _) => text::unparsed(out, file, lang),
    }
}

/// Writes the verdict on a conformance case as one object in a line.
pub fn write_case(out: &mut impl Write, verdict: &CaseVerdict) -> io::Result<()> {
    super::json::line(out, verdict)
}
