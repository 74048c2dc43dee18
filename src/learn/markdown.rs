//! Markdown as a list of blocks: what translators edit below this folder, read once for each language that is asked for.

use std::{mem::take, sync::OnceLock};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthChar;

use crate::message::{Lang, Phrase};

/// The files of one text in three languages; the compiler refuses a missing one. Its place counts from the file that asks.
macro_rules! files {
    ($folder:literal, $name:literal) => {
        $crate::message::Phrase {
            en: include_str!(concat!($folder, "/en/", $name, ".md")),
            ja: include_str!(concat!($folder, "/ja/", $name, ".md")),
            zh: include_str!(concat!($folder, "/zh/", $name, ".md")),
        }
    };
}
pub(super) use files;

/// A part of a text. Emphasis and links are left out; code keeps its backticks.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    Title(String),
    Heading(String),
    Paragraph(String),
    Quote(String),
    Item(String),
    /// A fenced block: the word behind the fence, and what it holds.
    Fence(String, String),
}

pub(super) fn blocks(source: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text = Text::default();
    let mut info = String::new();
    let mut paragraph: fn(String) -> Block = Block::Paragraph;
    for event in Parser::new(source) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => paragraph = Block::Quote,
            Event::Start(Tag::Item) => paragraph = Block::Item,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) => info = word.into_string(),
            // A line that begins with `<!--` is a note to editors.
            Event::Text(part) | Event::InlineHtml(part) => text.add(&part),
            Event::Code(part) => text.add(&format!("`{part}`")),
            Event::SoftBreak | Event::HardBreak => text.is_broken = true,
            Event::End(TagEnd::Paragraph) => blocks.push(paragraph(text.finish())),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                blocks.push(Block::Title(text.finish()));
            }
            Event::End(TagEnd::Heading(_)) => blocks.push(Block::Heading(text.finish())),
            Event::End(TagEnd::CodeBlock) => {
                blocks.push(Block::Fence(take(&mut info), text.finish()));
            }
            Event::End(TagEnd::BlockQuote(_)) => paragraph = Block::Paragraph,
            Event::End(TagEnd::Item) => {
                // An item of a list without blank lines is no paragraph of its own.
                let item = text.finish();
                blocks.extend((!item.is_empty()).then_some(Block::Item(item)));
                paragraph = Block::Paragraph;
            }
            _ => {}
        }
    }
    blocks
}

/// The text of a block, which may be wrapped in its file.
#[derive(Default)]
struct Text {
    so_far: String,
    is_broken: bool,
}

impl Text {
    fn add(&mut self, part: &str) {
        let is_wide = |c: Option<char>| c.is_none_or(|c| c.width() == Some(2));
        // Chinese and Japanese have no space where a line ends.
        let joins = is_wide(self.so_far.chars().next_back()) && is_wide(part.chars().next());
        if take(&mut self.is_broken) && !joins {
            self.so_far.push(' ');
        }
        self.so_far.push_str(part);
    }

    fn finish(&mut self) -> String {
        take(self).so_far
    }
}

/// A text in three languages, each read when it is first asked for.
#[derive(Debug)]
pub(super) struct Translated<T> {
    source: Phrase,
    read: [OnceLock<T>; Lang::ALL.len()],
}

impl<T: From<&'static str>> Translated<T> {
    pub(super) const fn new(source: Phrase) -> Self {
        Self { source, read: [const { OnceLock::new() }; Lang::ALL.len()] }
    }

    pub(super) fn in_lang(&self, lang: Lang) -> &T {
        self.read[lang as usize].get_or_init(|| T::from(self.source.in_lang(lang)))
    }
}

/// A text whose sections describe something each, by a name that is the same in every language.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) title: String,
    sections: Vec<(String, Vec<String>)>,
}

impl From<&str> for Entries {
    fn from(source: &str) -> Self {
        let mut entries = Self::default();
        for block in blocks(source) {
            match block {
                Block::Title(text) => entries.title = text,
                Block::Heading(name) => entries.sections.push((name, Vec::new())),
                Block::Paragraph(text) => {
                    let section = entries.sections.last_mut();
                    if let Some((_, paragraphs)) = section {
                        paragraphs.push(text);
                    }
                }
                _ => {}
            }
        }
        entries
    }
}

impl Entries {
    /// A paragraph of the section of that name; empty where the file lacks it, which a test refuses.
    pub(super) fn paragraph(&self, name: &str, number: usize) -> &str {
        let section = self.sections.iter().find(|(heading, _)| heading == name);
        section.and_then(|(_, paragraphs)| paragraphs.get(number)).map_or("", String::as_str)
    }

    /// The names of the sections.
    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<&str> {
        self.sections.iter().map(|(name, _)| name.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, blocks};

    #[test]
    fn each_kind_of_block_is_read() {
        let source = "# A *b*\n\nc\n\n## d\n\n> e `f`\n\n```sh\n# g\nh\n```\n\n- i\n- j <K>\n";
        let text = str::to_owned;
        let expected = [
            Block::Title(text("A b")),
            Block::Paragraph(text("c")),
            Block::Heading(text("d")),
            Block::Quote(text("e `f`")),
            Block::Fence(text("sh"), text("# g\nh\n")),
            Block::Item(text("i")),
            Block::Item(text("j <K>")),
        ];
        assert_eq!(blocks(source), expected);
    }

    #[test]
    fn a_wrapped_line_is_joined_as_its_language_does() {
        assert_eq!(blocks("one\ntwo"), [Block::Paragraph("one two".to_owned())]);
        assert_eq!(blocks("証明\n書"), [Block::Paragraph("証明書".to_owned())]);
        assert_eq!(blocks("証明書\nSAN"), [Block::Paragraph("証明書 SAN".to_owned())]);
    }
}
