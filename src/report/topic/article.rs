//! A page that teaches, as headings, paragraphs, pictures and commands; written for a terminal.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::super::{
    Style,
    text::{
        page::{Page, Role},
        wrap::wrap_command,
    },
};

/// The widest column of names; longer ones stand on a line of their own.
const NAMES: usize = 40;

/// A page.
pub(super) struct Article {
    /// What it was asked for by.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

/// A part of a page.
pub(super) enum Block {
    Heading(String),
    Paragraph(String),
    Picture(Vec<String>),
    /// One thing to remember.
    Point(String),
    /// A command line, and what it shows.
    Command {
        line: String,
        shows: String,
    },
    /// Names and what is to be said of each, side by side.
    Pairs(Vec<(String, String)>),
    /// The same of labels and paths, options or variables.
    Facts(Vec<(String, String)>),
    /// Where to go on: a label, and the ids of diagnoses and topics.
    See(String, Vec<&'static str>),
    /// A name, and lines below it.
    Entry {
        name: String,
        below: Vec<String>,
    },
}

/// Writes a page for a terminal.
pub(super) fn write(out: &mut impl Write, article: &Article, style: &Style) -> io::Result<()> {
    let mut page = Page::new(out, style);
    page.line(&[(Role::Bold, &article.id)])?;
    page.paragraph(0, Role::Plain, &article.title)?;
    let mut after_text = true;
    for block in &article.blocks {
        match block {
            Block::Heading(text) => {
                page.blank()?;
                page.paragraph(0, Role::Bold, text)?;
            }
            Block::Paragraph(text) => {
                if after_text {
                    page.blank()?;
                }
                page.paragraph(2, Role::Plain, text)?;
            }
            Block::Picture(lines) => {
                page.blank()?;
                lines.iter().try_for_each(|line| {
                    page.line(&[(Role::Plain, "  "), (Role::Plain, line.trim_end())])
                })?;
            }
            Block::Point(text) => page.hanging("  - ", Role::Plain, Role::Plain, text)?,
            Block::Command { line, shows } => command(&mut page, line, shows)?,
            Block::Pairs(rows) | Block::Facts(rows) => pairs(&mut page, rows)?,
            Block::See(label, ids) => {
                page.blank()?;
                page.hanging(&format!("{label}  "), Role::Dim, Role::Plain, &ids.join(", "))?;
            }
            Block::Entry { name, below } => {
                page.paragraph(2, Role::Plain, name)?;
                below.iter().try_for_each(|text| page.paragraph(6, Role::Dim, text))?;
            }
        }
        after_text = !matches!(block, Block::Heading(_));
    }
    Ok(())
}

fn command(page: &mut Page<'_, impl Write>, line: &str, shows: &str) -> io::Result<()> {
    // A single word can't be broken, and its command stays with it.
    let whole = line.split(' ').count() < 3;
    let room = if whole { usize::MAX } else { page.style().width - 4 };
    for part in wrap_command(line, room) {
        page.line(&[(Role::Plain, "    "), (Role::Bold, &part)])?;
    }
    if shows.is_empty() { Ok(()) } else { page.paragraph(6, Role::Dim, shows) }
}

fn pairs(page: &mut Page<'_, impl Write>, rows: &[(String, String)]) -> io::Result<()> {
    let widths = rows.iter().map(|(name, _)| name.width());
    let column = widths.filter(|width| *width <= NAMES).max().unwrap_or(0);
    for (name, text) in rows {
        if name.width() > column {
            page.paragraph(2, Role::Plain, name)?;
            page.paragraph(column + 4, Role::Dim, text)?;
            continue;
        }
        let pad = " ".repeat(column - name.width());
        page.hanging(&format!("  {name}{pad}  "), Role::Plain, Role::Dim, text)?;
    }
    Ok(())
}
