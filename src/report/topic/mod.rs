//! Tells what `explain` teaches: topics, options, files. Each becomes one page; a page is written for a terminal or as Markdown, and what it is
//! made from as JSON.

mod article;
mod contents;
mod diagnosis;
mod file;
mod json;
mod lesson;
mod markdown;
mod option;
mod picture;

use std::io::{self, Write};

use super::{
    Style,
    text::page::{Page, Role},
    wording::pair,
};
use crate::{
    diagnoses::engine::Diagnosis,
    learn::{self, Found},
    message::{Lang, TopicWord},
};

pub use contents::on_machine;
pub(super) use json::documents;
pub use json::{json, list as json_list};
pub use markdown::Section;

/// What was found of a subject on this machine.
#[derive(Debug, Default)]
pub struct Here {
    /// Names, values, and where they were found.
    pub rows: Vec<Row>,
    /// Lines to run.
    pub commands: Vec<String>,
}

/// One thing that was found.
#[derive(Debug)]
pub struct Row {
    /// A path, or an option with its value.
    pub name: String,
    /// What is to be said of it.
    pub notes: Vec<String>,
}

/// Writes what a word stands for; `here` where this machine was looked at.
pub fn write(
    out: &mut impl Write,
    word: &str,
    found: &Found,
    here: Option<&Here>,
    style: &Style,
) -> io::Result<()> {
    article::write(out, &page_of(word, found, here, style), style)
}

/// The same as Markdown.
pub fn markdown(
    out: &mut impl Write,
    word: &str,
    found: &Found,
    here: Option<&Here>,
    lang: Lang,
) -> io::Result<()> {
    let style = Style { lang, ..Style::default() };
    markdown::page(out, &page_of(word, found, here, &style), lang)
}

/// Writes what a word stands for as a section of a longer page, without its title.
pub fn section(
    out: &mut impl Write,
    word: &str,
    found: &Found,
    section: &Section<'_>,
) -> io::Result<()> {
    let style = Style { lang: section.lang, ..Style::default() };
    markdown::blocks(out, &page_of(word, found, None, &style).blocks, section)
}

/// Writes a diagnosis as Markdown.
pub fn diagnosis_markdown(
    out: &mut impl Write,
    diagnosis: &Diagnosis,
    lang: Lang,
) -> io::Result<()> {
    markdown::page(out, &diagnosis::page(diagnosis, lang), lang)
}

fn page_of(word: &str, found: &Found, here: Option<&Here>, style: &Style) -> article::Article {
    let mut page = match found {
        Found::Topic(topic) => lesson::page(topic, style),
        Found::Options(options) => option::page(options, style.lang),
        Found::Files(files) => file::page(word, files, style.lang),
    };
    let last_is_see = matches!(page.blocks.last(), Some(article::Block::See(..)));
    let see = page.blocks.len() - usize::from(last_is_see);
    if let Some(here) = here {
        page.blocks.splice(see..see, here_blocks(here, style.lang));
    }
    page
}

fn here_blocks(here: &Here, lang: Lang) -> Vec<article::Block> {
    use article::Block;
    let mut blocks = vec![Block::Heading(TopicWord::ThisMachine.in_lang(lang).to_owned())];
    if here.rows.is_empty() && here.commands.is_empty() {
        blocks.push(Block::Paragraph(TopicWord::NothingHere.in_lang(lang).to_owned()));
    }
    blocks.extend(
        here.rows
            .iter()
            .map(|row| Block::Entry { name: row.name.clone(), below: row.notes.clone() }),
    );
    let commands = here.commands.iter();
    blocks.extend(commands.map(|line| Block::Command { line: line.clone(), shows: String::new() }));
    blocks
}

/// Writes one line a topic under a heading.
pub fn list(out: &mut impl Write, style: &Style) -> io::Result<()> {
    let mut page = Page::new(out, style);
    page.line(&[(Role::Bold, TopicWord::Topics.in_lang(style.lang))])?;
    for topic in learn::all() {
        let lead = format!("  {:<28} ", topic.id);
        page.hanging(&lead, Role::Plain, Role::Plain, &topic.in_lang(style.lang).title)?;
    }
    Ok(())
}

/// Writes all topics and diagnoses as two Markdown lists.
pub fn markdown_list(out: &mut impl Write, diagnoses: &[&Diagnosis], lang: Lang) -> io::Result<()> {
    let row = |id: &str, title: &str| (id.to_owned(), title.to_owned());
    let topics = learn::all().iter().map(|topic| row(topic.id, &topic.in_lang(lang).title));
    let rooms = diagnoses.iter().map(|room| row(room.id, room.text.in_lang(lang).title));
    let blocks = vec![
        article::Block::Heading(TopicWord::Topics.in_lang(lang).to_owned()),
        article::Block::Pairs(topics.collect()),
        article::Block::Heading(TopicWord::Diagnoses.in_lang(lang).to_owned()),
        article::Block::Pairs(rooms.collect()),
    ];
    let title = "etcd-tls explain".to_owned();
    markdown::page(out, &article::Article { id: title, title: String::new(), blocks }, lang)
}

/// Writes that nothing is known by a word, and those that come near.
pub fn unknown(
    out: &mut impl Write,
    word: &str,
    near: &[&'static str],
    style: &Style,
) -> io::Result<()> {
    let lang = style.lang;
    let mut page = Page::new(out, style);
    page.paragraph(0, Role::Plain, &pair(TopicWord::Unknown.in_lang(lang), word, lang))?;
    if near.is_empty() {
        return Ok(());
    }
    let nearest = crate::message::Word::Nearest.in_lang(lang);
    page.paragraph(0, Role::Plain, &pair(nearest, &near.join(", "), lang))
}
