//! The cluster as a whole: its id, and whether enough of its voters serve. A verdict apart from those on endpoints.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    page::{Page, Role},
    sentence::pair,
};
use crate::{
    facts::Facts,
    message::{Lang, Word},
};

/// The cluster as JSON shows it.
#[derive(Serialize)]
pub(super) struct ClusterView<'a> {
    id: &'a str,
    voters: usize,
    serving: usize,
    needed: usize,
    quorum: bool,
}

/// The view, where every voter was looked at.
pub(super) fn view<'f>(facts: &'f Facts<'_>) -> Option<ClusterView<'f>> {
    let quorum = facts.quorum()?;
    Some(ClusterView {
        id: facts.main_cluster()?,
        voters: quorum.voters,
        serving: quorum.serving,
        needed: quorum.needed,
        quorum: quorum.holds(),
    })
}

/// What there is to say of a cluster of several.
pub(super) fn line(facts: &Facts<'_>, lang: Lang) -> Option<(Role, String)> {
    let view = view(facts).filter(|view| view.voters > 1)?;
    let (word, role) =
        if view.quorum { (Word::QuorumHolds, Role::Good) } else { (Word::QuorumLost, Role::Bad) };
    let counts = format!(
        "{}/{} ({} {})",
        view.serving,
        view.voters,
        view.needed,
        Word::Needed.in_lang(lang)
    );
    Some((role, pair(word.in_lang(lang), &counts, lang)))
}

/// The same below the endpoints.
pub(super) fn write(page: &mut Page<'_, impl Write>, facts: &Facts<'_>) -> io::Result<()> {
    match line(facts, page.style().lang) {
        Some((role, line)) => page.line(&[(role, &line)]),
        None => Ok(()),
    }
}
