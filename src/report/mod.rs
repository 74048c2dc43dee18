//! Tells a verdict: one file per format over the same facts. Nothing of TLS is decided here, and nothing is printed
//! but through the writer that is handed in.

mod client;
pub mod diagnosis;
mod escape;
mod html;
pub mod inspect;
mod json;
pub mod listing;
pub mod logs;
mod markdown;
mod model;
pub mod offer;
mod pod;
pub mod records;
mod text;
pub mod topic;
pub mod tree;
pub mod verify;
mod wording;

pub use client::{Client, client_text, sees_files};
pub use json::{CertificateView, Document, endpoint_line, summary_line};
pub use model::Report;
pub(crate) use wording::{lead, pair};
pub use wording::{severity as severity_word, side as side_word};

use std::io::{self, Write};

use crate::message::{Lang, ReportMessage};

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
    /// Whether the terminal takes ASCII alone.
    pub ascii: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 80, lang: Lang::En, ascii: false }
    }
}

/// The schemas of everything that is printed here for programs.
pub fn documents() -> Vec<Document> {
    let mut documents = Vec::from(json::documents());
    documents.extend(diagnosis::documents());
    documents.extend(inspect::documents());
    documents.extend(logs::documents());
    documents.extend(offer::documents());
    documents.extend(records::documents());
    documents.extend(topic::documents());
    documents.extend(tree::documents());
    documents.extend(verify::documents());
    documents
}

/// Writes the reports of one check, the worst first: one for each cluster.
pub fn write(
    out: &mut impl Write,
    format: Format,
    reports: &[Report<'_>],
    style: &Style,
) -> io::Result<()> {
    match format {
        Format::Json => json::write_check(out, reports, style.lang),
        Format::Html => html::write(out, reports, style.lang),
        Format::Ndjson => json::write_lines(out, reports, style),
        Format::Markdown => reports.iter().try_for_each(|report| {
            heading(report, reports, style).map_or(Ok(()), |name| writeln!(out, "# {name}\n"))?;
            markdown::write_check(out, report, style)
        }),
        // A terminal shows the end: there stands what is worst.
        Format::Table | Format::Simple | Format::Ladder => {
            reports.iter().rev().enumerate().try_for_each(|(index, report)| {
                let apart = if index > 0 { "\n" } else { "" };
                heading(report, reports, style)
                    .map_or(Ok(()), |name| writeln!(out, "{apart}== {name} =="))?;
                match format {
                    Format::Simple => text::write_simple(out, report, style),
                    Format::Ladder => text::write_ladders(out, report, style),
                    _ => text::write_check(out, report, style),
                }
            })
        }
    }
}

/// What stands above the report on one of several clusters.
fn heading(report: &Report<'_>, all: &[Report<'_>], style: &Style) -> Option<String> {
    let name = report.cluster_name.filter(|_| all.len() > 1)?;
    let named = ReportMessage::ClusterNamed { name: name.into() };
    Some(escape::text(&named.say(style.lang)).into_owned())
}
