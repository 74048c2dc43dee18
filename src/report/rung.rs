//! One rung of the ladder: an arrow with the message's name, and notes below it, between two rails.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{
    escape,
    page::{Page, Role},
    wrap::wrap,
};
use crate::lang::Word;

/// The widest ladder; a longer way reads no better.
const WIDEST: usize = 80;
/// Columns for the mark, the space after it and the two rails.
const FRAME: usize = 4;

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Nobody: it happens at the client.
    Here,
    /// The client.
    ToServer,
    /// The server.
    ToClient,
    /// Either in turn.
    Both,
}

/// One rung.
pub(super) struct Rung {
    pub(super) direction: Direction,
    pub(super) title: &'static str,
    pub(super) notes: Vec<String>,
}

impl Rung {
    /// The names of both ends above the rails.
    pub(super) fn ends(page: &mut Page<'_, impl Write>) -> io::Result<()> {
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

    /// A rung that was taken.
    pub(super) fn taken(&self, page: &mut Page<'_, impl Write>) -> io::Result<()> {
        self.row(page, ("√", Role::Good), (Role::Plain, '─'), None)?;
        Self::notes(page, &self.notes, Role::Dim)
    }

    /// The rung at which the way broke, and why.
    pub(super) fn broken(&self, page: &mut Page<'_, impl Write>, why: &str) -> io::Result<()> {
        self.row(page, ("×", Role::Bad), (Role::Bad, '─'), Some('×'))?;
        Self::notes(page, &self.notes, Role::Plain)?;
        Self::notes(page, &[why.to_owned()], Role::Bad)
    }

    /// A rung behind the break.
    pub(super) fn not_reached(&self, page: &mut Page<'_, impl Write>) -> io::Result<()> {
        self.row(page, (" ", Role::Dim), (Role::Dim, '┄'), None)
    }

    fn row(
        &self,
        page: &mut Page<'_, impl Write>,
        (mark, mark_role): (&str, Role),
        (role, dash): (Role, char),
        stop: Option<char>,
    ) -> io::Result<()> {
        let (line, left, right) = match self.direction {
            Direction::Here => (' ', ' ', ' '),
            Direction::ToServer => (dash, dash, stop.unwrap_or('>')),
            Direction::ToClient => (dash, stop.unwrap_or('<'), dash),
            Direction::Both => (dash, stop.unwrap_or('<'), stop.unwrap_or('>')),
        };
        let title = format!("{left}{line}{line} {} ", self.title);
        let rest = inner(page).saturating_sub(title.width() + 1);
        let arrow = format!("{title}{}{right}", line.to_string().repeat(rest));
        page.line(&[(mark_role, mark), (Role::Plain, " │"), (role, &arrow), (Role::Plain, "│")])
    }

    fn notes(page: &mut Page<'_, impl Write>, notes: &[String], role: Role) -> io::Result<()> {
        let room = inner(page) - 6;
        for note in notes.iter().filter(|note| !note.is_empty()) {
            for part in wrap(&escape::text(note), room) {
                let pad = " ".repeat(room.saturating_sub(part.width()) + 2);
                page.line(&[
                    (Role::Plain, "  │    "),
                    (role, &part),
                    (Role::Plain, &pad),
                    (Role::Plain, "│"),
                ])?;
            }
        }
        Ok(())
    }
}

fn inner(page: &Page<'_, impl Write>) -> usize {
    page.style().width.min(WIDEST) - FRAME
}
