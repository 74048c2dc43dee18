//! `check -o ladder`: the way to every endpoint, rung by rung, and below it what broke it.

use std::io::{self, Write};

use super::{
    Style, ladder,
    page::Page,
    rung,
    sentence::pair,
    share::Share,
    table::{headline, state},
};
use crate::{diagnoses::engine::Verdict, facts::Facts, message::Word};

/// One ladder an endpoint, in the order given.
pub(super) fn write(
    out: &mut impl Write,
    facts: &Facts<'_>,
    verdict: &Verdict,
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let lang = style.lang;
    for (index, (facts, endpoint)) in facts.visited().enumerate() {
        if index > 0 {
            page.blank()?;
        }
        let heading = pair(Word::Handshake.in_lang(lang), endpoint.url(), lang);
        let rungs = ladder::of(endpoint, facts, lang);
        if !rungs.is_empty() {
            rung::draw(&mut page, &heading, &rungs)?;
        }
        let share = Share::of(verdict, endpoint);
        match share.root_cause() {
            Some(root) => headline(&mut page, root)?,
            None => state(&mut page, share.level(), endpoint.seen.took_ms)?,
        }
    }
    Ok(())
}
