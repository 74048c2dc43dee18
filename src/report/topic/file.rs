//! A file as a page: what it is for, by whichever layouts have one of that name.

use super::article::{Article, Block};
use crate::{
    learn::{LayoutFile, Role},
    message::{Lang, TopicWord},
};

/// One part for each role that a file of this name plays.
pub(super) fn page(word: &str, files: &[LayoutFile], lang: Lang) -> Article {
    let mut roles: Vec<Role> = Vec::new();
    for file in files {
        if !roles.contains(&file.role) {
            roles.push(file.role);
        }
    }
    let mut blocks = Vec::new();
    for role in &roles {
        if roles.len() > 1 {
            blocks.push(Block::Heading(role.title(lang).to_owned()));
        }
        blocks.push(Block::Paragraph(role.purpose(lang).to_owned()));
        let mut rows = Vec::new();
        if !role.options().is_empty() {
            let label = TopicWord::NamedBy.in_lang(lang).to_owned();
            rows.push((label, role.options().join(", ")));
        }
        let of_role = files.iter().filter(|file| file.role == *role);
        rows.extend(of_role.map(|file| (file.layout.to_owned(), file.path.clone())));
        blocks.push(Block::Facts(rows));
    }
    let titles: Vec<_> = roles.iter().map(|role| role.title(lang)).collect();
    Article { id: word.to_owned(), title: titles.join("; "), blocks }
}
