//! A page that teaches, as headings, paragraphs, pictures and commands; written for a terminal or as Markdown.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::super::{
    Style, escape,
    page::{Page, Role},
    wrap::wrap_command,
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
    /// Where to go on: a label, and words to ask for.
    See(String, String),
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
            Block::See(label, words) => {
                page.blank()?;
                page.hanging(&format!("{label}  "), Role::Dim, Role::Plain, words)?;
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

/// Writes a page as Markdown.
pub(super) fn markdown(out: &mut impl Write, article: &Article) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}", inline(&article.id), inline(&article.title))?;
    let mut in_list = false;
    for block in &article.blocks {
        let is_item = matches!(
            block,
            Block::Point(_) | Block::Entry { .. } | Block::Pairs(_) | Block::Facts(_)
        );
        if !(is_item && in_list) {
            writeln!(out)?;
        }
        in_list = is_item;
        match block {
            Block::Heading(text) => writeln!(out, "## {}", inline(text))?,
            Block::Paragraph(text) => writeln!(out, "{}", inline(text))?,
            Block::Picture(lines) => {
                let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
                writeln!(out, "```text\n{}\n```", lines.join("\n"))?;
            }
            Block::Point(text) => writeln!(out, "- {}", inline(text))?,
            Block::Command { line, shows } => {
                if !shows.is_empty() {
                    writeln!(out, "{}\n", inline(shows))?;
                }
                writeln!(out, "```sh\n{}\n```", escape::text(line))?;
            }
            Block::Pairs(rows) => {
                for (name, text) in rows {
                    writeln!(out, "- {}: {}", code(name), inline(text))?;
                }
            }
            Block::Facts(rows) => {
                for (name, text) in rows {
                    writeln!(out, "- {}: {}", inline(name), code(text))?;
                }
            }
            Block::See(label, words) => writeln!(out, "{}: {}", inline(label), inline(words))?,
            Block::Entry { name, below } => {
                let below: Vec<_> = below.iter().map(|text| inline(text)).collect();
                writeln!(out, "- {}: {}", code(name), below.join("; "))?;
            }
        }
    }
    Ok(())
}

/// Text in which nothing is markup.
fn inline(text: &str) -> String {
    let text = escape::text(text);
    let mut shown = String::new();
    for (at, c) in text.char_indices() {
        // Within a word an underscore is no markup (GitHub Flavored Markdown §6.4).
        let in_word = || {
            let around = [text[..at].chars().next_back(), text[at + 1..].chars().next()];
            around.into_iter().all(|beside| beside.is_some_and(char::is_alphanumeric))
        };
        let is_markup = match c {
            '\\' | '*' | '<' | '>' | '[' | ']' | '#' | '|' | '&' => true,
            '_' => !in_word(),
            _ => false,
        };
        if is_markup {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

fn code(text: &str) -> String {
    format!("`{}`", escape::text(text).replace('`', "'"))
}
