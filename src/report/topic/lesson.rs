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
    let mut blocks = vec![Block::Picture(picture::lines(&topic.picture, width, lang))];
    for passage in lesson.passages {
        if !passage.heading.is_empty() {
            blocks.push(Block::Heading(passage.heading.to_owned()));
        }
        blocks.push(Block::Paragraph(passage.text.to_owned()));
    }
    blocks.push(heading(TopicWord::Everyday));
    blocks.push(Block::Paragraph(lesson.comparison.to_owned()));
    match topic.table {
        Some(Table::Options) => blocks.extend(options(lang)),
        Some(Table::Files) => blocks.extend(files(lang)),
        None => {}
    }
    blocks.push(heading(TopicWord::Commands));
    blocks.extend(topic.commands.iter().map(|command| Block::Command {
        line: command.line.to_owned(),
        shows: command.shows.in_lang(lang).to_owned(),
    }));
    blocks.push(heading(TopicWord::Exam));
    blocks.extend(lesson.exam.iter().map(|point| Block::Point((*point).to_owned())));
    blocks.push(option::see(topic.see, lang));
    Article { id: topic.id.to_owned(), title: lesson.title.to_owned(), blocks }
}

fn options(lang: Lang) -> Vec<Block> {
    let mut blocks = Vec::new();
    for group in OPTIONS {
        blocks.push(Block::Heading(group.title.in_lang(lang).to_owned()));
        blocks.extend(group.options.iter().map(|one| Block::Entry {
            name: option::spellings(one).join("  "),
            below: vec![option::summary(one, lang)],
        }));
    }
    blocks
}

fn files(lang: Lang) -> Vec<Block> {
    let mut blocks = Vec::new();
    for folder in learn::folders() {
        blocks.push(Block::Heading(format!("{}  {}", folder.layout, folder.path)));
        let row = |(name, role): &(&str, learn::Role)| {
            ((*name).to_owned(), role.title().in_lang(lang).to_owned())
        };
        blocks.push(Block::Pairs(folder.files.iter().map(row).collect()));
    }
    blocks
}
