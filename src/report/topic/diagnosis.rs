//! A diagnosis as a page, for Markdown.

use super::{
    super::wording,
    article::{Article, Block},
};
use crate::{
    diagnoses::engine::Diagnosis,
    logs,
    message::{Lang, Word},
};

pub(super) fn page(diagnosis: &Diagnosis, lang: Lang) -> Article {
    let prose = diagnosis.text.in_lang(lang);
    let mut blocks = vec![
        Block::Heading(Word::Why.in_lang(lang).to_owned()),
        Block::Paragraph(prose.why.to_owned()),
        Block::Heading(wording::fix(diagnosis.side, lang)),
        Block::Paragraph(prose.fix.to_owned()),
    ];
    if !diagnosis.causes.is_empty() {
        blocks.push(Block::Heading(Word::Causes.in_lang(lang).to_owned()));
        let causes = diagnosis.causes.iter();
        blocks.extend(causes.map(|cause| Block::Point(cause.id.to_owned())));
    }
    let wordings = logs::wordings(diagnosis.id);
    if !wordings.is_empty() {
        blocks.push(Block::Heading(Word::Logs.in_lang(lang).to_owned()));
        blocks.extend(wordings.into_iter().map(|text| Block::Point(text.to_owned())));
    }
    let severity = wording::severity(diagnosis.severity).in_lang(lang);
    let title = wording::pair(severity, prose.title, lang);
    Article { id: diagnosis.id.to_owned(), title, blocks }
}
