//! Tells a verdict: one file per format over the same facts. Nothing of TLS is decided here, and nothing is printed
//! but through the writer that is handed in.

mod backup;
mod certificate;
mod cluster;
mod configuration;
pub mod diagnosis;
mod endpoint;
mod endpoints;
mod escape;
mod html;
pub mod inspect;
mod json;
mod ladder;
pub mod listing;
pub mod logs;
mod markdown;
mod material;
pub mod ndjson;
pub mod offer;
mod page;
mod rung;
mod san_matrix;
mod schema;
mod sentence;
mod share;
mod simple;
mod steps;
mod table;
mod terms;
pub mod topic;
pub mod tree;
mod verifiers;
mod ways;
mod wrap;

pub use certificate::CertificateView;
pub use schema::schema;
pub(crate) use sentence::{lead, pair};
pub use terms::{severity as severity_word, side as side_word};

use std::io::{self, Write};

use crate::{diagnoses::engine::Verdict, facts::Facts, message::Lang};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For a person.
    #[default]
    Table,
    /// One line an endpoint.
    Simple,
    /// The way to each endpoint, rung by rung.
    Ladder,
    /// One object.
    Json,
    /// One object an endpoint, and a summary.
    Ndjson,
    /// One page to send on.
    Html,
    /// To paste into an issue.
    Markdown,
}

/// How text for a person looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether escape sequences for colour may be written.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// The language of all prose.
    pub lang: Lang,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 80, lang: Lang::En }
    }
}

/// Writes the report of one check.
pub fn write(
    out: &mut impl Write,
    format: Format,
    facts: &Facts<'_>,
    verdict: &Verdict,
    style: &Style,
) -> io::Result<()> {
    match format {
        Format::Table => table::write(out, facts, verdict, style),
        Format::Simple => simple::write(out, facts, verdict, style),
        Format::Ladder => ways::write(out, facts, verdict, style),
        Format::Json => json::write(out, facts, verdict, style.lang),
        Format::Html => html::write(out, facts, verdict, style.lang),
        Format::Markdown => markdown::write(out, facts, verdict, style),
        Format::Ndjson => {
            ndjson::endpoint(out, facts, verdict, style)?;
            ndjson::summary(out, facts, verdict)
        }
    }
}
