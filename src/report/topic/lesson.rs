//! A topic as a page.

use super::{
    super::Style,
    article::{Article, Block},
    option, picture,
};
use crate::{
    learn::{self, OPTIONS, Table, Topic},
    message::{Lang, TopicWord},
};

/// The widest picture; it reads no better on a wider terminal.
const WIDEST: usize = 78;

/// The page; the last block says where to go on.
pub(super) fn page(topic: &Topic, style: &Style) -> Article {
    let lang = style.lang;
    let lesson = topic.in_lang(lang);
    let heading = |word: TopicWord| Block::Heading(word.in_lang(lang).to_owned());
    let width = style.width.max(60).saturating_sub(2).min(WIDEST);
    let picture = lesson.picture.iter();
    let mut blocks: Vec<_> =
        picture.map(|picture| Block::Picture(picture::lines(picture, width))).collect();
    for passage in &lesson.passages {
        if !passage.heading.is_empty() {
            blocks.push(Block::Heading(passage.heading.clone()));
        }
        blocks.push(Block::Paragraph(passage.text.clone()));
    }
    blocks.push(heading(TopicWord::Everyday));
    blocks.push(Block::Paragraph(lesson.comparison.clone()));
    match topic.table {
        Some(Table::Options) => blocks.extend(options(lang)),
        Some(Table::Files) => blocks.extend(files(lang)),
        None => {}
    }
    blocks.push(heading(TopicWord::Commands));
    blocks.extend(lesson.commands.iter().map(|command| Block::Command {
        line: command.line.clone(),
        shows: command.shows.clone(),
    }));
    blocks.push(heading(TopicWord::Exam));
    blocks.extend(lesson.exam.iter().map(|point| Block::Point(point.clone())));
    blocks.push(option::see(topic.see, lang));
    Article { id: topic.id.to_owned(), title: lesson.title.clone(), blocks }
}

fn options(lang: Lang) -> Vec<Block> {
    let mut blocks = Vec::new();
    for group in &OPTIONS {
        blocks.push(Block::Heading(group.title(lang).to_owned()));
        blocks.extend(group.options().map(|option| Block::Entry {
            name: option::spellings(option).join("  "),
            below: vec![option::summary(option, lang)],
        }));
    }
    blocks
}

fn files(lang: Lang) -> Vec<Block> {
    let mut blocks = Vec::new();
    for folder in learn::folders() {
        blocks.push(Block::Heading(format!("{}  {}", folder.layout, folder.path)));
        let row =
            |(name, role): &(&str, learn::Role)| ((*name).to_owned(), role.title(lang).to_owned());
        blocks.push(Block::Pairs(folder.files.iter().map(row).collect()));
    }
    blocks
}
