//! Reports for programs: documents and lines whose types are their schemas. What is translated is called `message`, `text`, `detail`, `what`,
//! `why`, `proves` or `title`; everything else reads the same in every language.

mod certificate;
mod check;
mod endpoint;
mod finding;
mod lines;
mod material;
mod san_matrix;
mod schema;

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use time::OffsetDateTime;

pub use certificate::CertificateView;
pub(super) use check::write as write_check;
pub(super) use finding::{FindingView, FixView, Id};
pub(super) use lines::write as write_lines;
pub use lines::{endpoint as endpoint_line, summary as summary_line};
pub(super) use material::sha256;
pub use schema::Document;
pub(super) use schema::of_check as documents;

use super::escape;
use crate::message::{Lang, Message};

/// Something that was left out, and why.
#[derive(Serialize, JsonSchema)]
pub(super) struct NotCheckedView {
    what: String,
    why: String,
}

impl NotCheckedView {
    /// What of a place was left out.
    pub(super) fn new(what: &Message, why: Option<&Message>, lang: Lang) -> Self {
        let why = why.map(|why| why.say(lang)).unwrap_or_default();
        Self { what: what.say(lang), why }
    }
}

/// Writes a document with indentation.
pub(super) fn document(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let document = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", escape::json(&document))
}

/// Writes one object on one line.
pub(super) fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let object = serde_json::to_string(value)?;
    writeln!(out, "{}", escape::json(&object))
}

/// Microseconds are as fine as a report needs.
pub(super) fn milliseconds(ms: f64) -> f64 {
    (ms * 1000.0).round() / 1000.0
}

/// A time to the second, UTC.
pub(super) fn to_seconds(when: OffsetDateTime) -> OffsetDateTime {
    let when = when.to_offset(time::UtcOffset::UTC);
    when.replace_nanosecond(0).unwrap_or(when)
}
