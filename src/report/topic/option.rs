//! An option as a page: its spellings, since when, what it is for, what goes wrong.

use super::{
    super::wording::pair,
    article::{Article, Block},
};
use crate::{
    etcd::Program,
    learn::TlsOption,
    message::{Lang, TopicWord},
};

/// One page for all options of a name; several programs may have one.
pub(super) fn page(options: &[TlsOption], lang: Lang) -> Article {
    let mut blocks = Vec::new();
    for &option in options {
        if options.len() > 1 {
            blocks.push(Block::Heading(option.program().name().to_owned()));
        }
        blocks.push(Block::Facts(spelt(option, lang)));
        blocks.push(Block::Heading(TopicWord::Purpose.in_lang(lang).to_owned()));
        blocks.push(Block::Paragraph(option.purpose(lang).to_owned()));
        blocks.push(Block::Heading(TopicWord::Wrong.in_lang(lang).to_owned()));
        blocks.push(Block::Paragraph(option.wrong(lang).to_owned()));
        if !option.see.is_empty() {
            blocks.push(see(option.see, lang));
        }
    }
    let (id, owner) =
        options.first().map_or(("", ""), |option| (option.name, option.program().name()));
    Article { id: format!("--{id}"), title: owner.to_owned(), blocks }
}

fn spelt(option: TlsOption, lang: Lang) -> Vec<(String, String)> {
    let row = |word: TopicWord, value: String| (word.in_lang(lang).to_owned(), value);
    let mut rows = vec![row(TopicWord::Option, format!("--{}", option.name))];
    rows.extend(option.variable().map(|variable| row(TopicWord::Variable, variable)));
    rows.extend(option.key().map(|key| row(TopicWord::ConfigKey, key)));
    rows.extend(option.former().map(|former| row(TopicWord::Before, format!("--{former}"))));
    if option.program() == Program::Etcd {
        rows.push(row(TopicWord::Since, since(option, lang)));
    }
    rows
}

/// The option and its variable.
pub(super) fn spellings(option: TlsOption) -> Vec<String> {
    std::iter::once(format!("--{}", option.name)).chain(option.variable()).collect()
}

/// What it is for, and since when where that matters.
pub(super) fn summary(option: TlsOption, lang: Lang) -> String {
    let purpose = option.purpose(lang);
    if option.since().is_empty() {
        return purpose.to_owned();
    }
    let since = pair(TopicWord::Since.in_lang(lang), &since(option, lang), lang);
    match lang {
        Lang::Zh => format!("{purpose}（{since}）"),
        Lang::En | Lang::Ja => format!("{purpose} ({since})"),
    }
}

fn since(option: TlsOption, lang: Lang) -> String {
    if option.since().is_empty() {
        return TopicWord::EarlierThan34.in_lang(lang).to_owned();
    }
    let releases =
        option.since().iter().map(|[major, minor, patch]| format!("{major}.{minor}.{patch}"));
    releases.collect::<Vec<_>>().join(", ")
}

/// Where to go on.
pub(super) fn see(ids: &[&'static str], lang: Lang) -> Block {
    Block::See(TopicWord::SeeAlso.in_lang(lang).to_owned(), ids.to_vec())
}
