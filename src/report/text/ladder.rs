//! The ladder on a terminal: each rung an arrow with the message's name, and notes below it, between two rails.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{
    page::{Page, Role},
    wrap::wrap,
};
use crate::{
    facts::{Direction, Rung, RungState},
    message::{Message, Word},
    report::{escape, model::EndpointReport},
};

/// The widest ladder; a longer way reads no better.
const WIDEST: usize = 80;
/// Columns for the mark, the space after it and the two rails.
const FRAME: usize = 4;

/// How much of a ladder is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Extent {
    /// Every rung.
    Whole,
    /// The broken rung and its neighbours.
    Break,
}

/// The ladder of an endpoint below its heading.
pub(in crate::report) fn draw(
    page: &mut Page<'_, impl Write>,
    endpoint: &EndpointReport<'_>,
    extent: Extent,
) -> io::Result<()> {
    let heading = Message::labelled(Word::Handshake, endpoint.url);
    page.line(&[(Role::Bold, &heading.say(page.style().lang))])?;
    ends(page)?;
    let rungs = &endpoint.ladder;
    let broken = rungs.iter().position(|rung| matches!(rung.state, RungState::Broken(_)));
    let shown = match broken.filter(|_| extent == Extent::Break) {
        Some(at) => at.saturating_sub(1)..(at + 2).min(rungs.len()),
        None => 0..rungs.len(),
    };
    rungs[shown].iter().try_for_each(|rung| draw_rung(page, rung))
}

/// The names of both ends above the rails.
fn ends(page: &mut Page<'_, impl Write>) -> io::Result<()> {
    let lang = page.style().lang;
    let (left, right) = (Word::ClientSide.in_lang(lang), Word::ServerSide.in_lang(lang));
    let gap = (inner(page) + 2).saturating_sub(left.width() + right.width());
    page.line(&[
        (Role::Plain, "  "),
        (Role::Bold, left),
        (Role::Plain, &" ".repeat(gap)),
        (Role::Bold, right),
    ])
}

/// One rung; pale behind the break.
fn draw_rung(page: &mut Page<'_, impl Write>, rung: &Rung) -> io::Result<()> {
    let below = rung.notes.iter().chain(&rung.files);
    match &rung.state {
        RungState::Taken => {
            row(page, rung, ("✓", Role::Good), (Role::Plain, '-'), None)?;
            below.into_iter().try_for_each(|text| note(page, text, Role::Dim))
        }
        RungState::Broken(why) => {
            row(page, rung, ("✗", Role::Bad), (Role::Bad, '-'), Some('✗'))?;
            below.into_iter().try_for_each(|text| note(page, text, Role::Plain))?;
            note(page, why, Role::Bad)
        }
        RungState::NotReached => row(page, rung, (" ", Role::Dim), (Role::Dim, '.'), None),
    }
}

fn row(
    page: &mut Page<'_, impl Write>,
    rung: &Rung,
    (mark, mark_role): (&str, Role),
    (role, dash): (Role, char),
    stop: Option<char>,
) -> io::Result<()> {
    let (line, left, right) = match rung.direction {
        Direction::Here => (' ', ' ', ' '),
        Direction::ToServer => (dash, dash, stop.unwrap_or('>')),
        Direction::ToClient => (dash, stop.unwrap_or('<'), dash),
        Direction::Both => (dash, stop.unwrap_or('<'), stop.unwrap_or('>')),
    };
    let title = rung.title.say(page.style().lang);
    let title = format!("{left}{line}{line} {title} ");
    let rest = inner(page).saturating_sub(title.width() + 1);
    let arrow = format!("{title}{}{right}", line.to_string().repeat(rest));
    page.line(&[(mark_role, mark), (Role::Plain, " |"), (role, &arrow), (Role::Plain, "|")])
}

fn note(page: &mut Page<'_, impl Write>, text: &Message, role: Role) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let text = text.say(page.style().lang);
    let room = inner(page) - 6;
    for part in wrap(&escape::text(&text), room) {
        let pad = " ".repeat(room.saturating_sub(part.width()) + 2);
        page.line(&[
            (Role::Plain, "  |    "),
            (role, &part),
            (Role::Plain, &pad),
            (Role::Plain, "|"),
        ])?;
    }
    Ok(())
}

fn inner(page: &Page<'_, impl Write>) -> usize {
    page.style().width.min(WIDEST) - FRAME
}
