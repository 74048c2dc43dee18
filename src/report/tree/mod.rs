//! Tells what a tree of files holds: a table, lines, JSON, and pictures.

mod chart;
mod diagram;
mod entry;
mod findings;
mod graph;
mod json;
mod markdown;
mod svg;
mod table;
mod terms;
mod timeline;

pub use json::{certificate_line, file_lines, last_lines};
pub(super) use json::{documents, level};
pub(super) use table::{others, summary};
pub(super) use terms::{name, remarks, role as role_word, state as state_word};
pub(super) use timeline::Axis;

use std::io::{self, Write};

use super::{Style, html};
use crate::{diagnoses::engine::Finding, facts::tree::Inventory};

/// How a tree is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// For a person.
    Table,
    /// One line a certificate.
    Simple,
    /// One object.
    Json,
    /// One page to send on.
    Html,
    /// To paste into an issue.
    Markdown,
    /// Who signed whom.
    Graph(Drawing),
    /// Validity as bars, in a terminal.
    Timeline,
    /// Validity as bars, as a picture.
    TimelineSvg,
}

/// The language of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Drawing {
    /// For Graphviz.
    Dot,
    /// For Markdown.
    Mermaid,
    /// For browsers.
    Svg,
}

/// A tree, what is wrong in it, and how long that took.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Everything in it.
    pub inventory: &'a Inventory,
    /// What is wrong.
    pub findings: &'a [Finding],
    /// Milliseconds from start to end.
    pub took_ms: f64,
}

/// Writes one view of a tree.
pub fn write(out: &mut impl Write, view: View, told: &Told<'_>, style: &Style) -> io::Result<()> {
    match view {
        View::Table => table::write(out, told, style),
        View::Simple => table::lines(out, told, style),
        View::Json => json::write(out, told, style.lang),
        View::Html => html::write_tree(out, told, style.lang),
        View::Markdown => markdown::write(out, told, style),
        View::Graph(drawing) => graph::write(out, drawing, told.inventory, style.lang),
        View::Timeline => timeline::write(out, told.inventory, style),
        View::TimelineSvg => chart::write(out, told.inventory, style.lang),
    }
}
