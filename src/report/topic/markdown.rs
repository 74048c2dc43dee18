//! A page that teaches, as Markdown: alone, or as a section of the book.

use std::io::{self, Write};

use super::{
    super::escape,
    article::{Article, Block},
};
use crate::message::Lang;

/// Where a section stands and how it refers to other pages.
pub struct Section<'a> {
    /// How many `#` stand before its headings.
    pub level: usize,
    /// The language of its words.
    pub lang: Lang,
    /// The page of a diagnosis or topic, by its id.
    pub page_of: &'a dyn Fn(&str) -> Option<String>,
}

/// Writes a page of its own.
pub(super) fn page(out: &mut impl Write, article: &Article, lang: Lang) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}", inline(&article.id), inline(&article.title))?;
    blocks(out, &article.blocks, &Section { level: 2, lang, page_of: &|_| None })
}

/// Writes what stands below the title.
pub(super) fn blocks(
    out: &mut impl Write,
    blocks: &[Block],
    section: &Section<'_>,
) -> io::Result<()> {
    let colon = section.lang.colon();
    let mut in_list = false;
    for block in blocks {
        let is_item = matches!(
            block,
            Block::Point(_) | Block::Entry { .. } | Block::Pairs(_) | Block::Facts(_)
        );
        if !(is_item && in_list) {
            writeln!(out)?;
        }
        in_list = is_item;
        match block {
            Block::Heading(text) => {
                writeln!(out, "{} {}", "#".repeat(section.level), inline(text))?;
            }
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
                    writeln!(out, "- {}{colon}{}", code(name), inline(text))?;
                }
            }
            Block::Facts(rows) => {
                for (name, text) in rows {
                    let values: Vec<_> = text.split(", ").map(code).collect();
                    writeln!(out, "- {}{colon}{}", inline(name), values.join(", "))?;
                }
            }
            Block::See(label, ids) => {
                let linked = |id: &&str| match (section.page_of)(id) {
                    Some(page) => format!("[{}]({page})", inline(id)),
                    None => inline(id),
                };
                let ids: Vec<_> = ids.iter().map(linked).collect();
                writeln!(out, "{}{colon}{}", inline(label), ids.join(", "))?;
            }
            Block::Entry { name, below } => {
                let below: Vec<_> = below.iter().map(|text| inline(text)).collect();
                writeln!(out, "- {}{colon}{}", code(name), below.join("; "))?;
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
