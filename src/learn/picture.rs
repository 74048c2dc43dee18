//! Pictures as data: who stands where, and what goes between. A terminal draws them with boxes and arrows.

use super::{name, words};
use crate::message::Phrase;

/// What is drawn.
#[derive(Debug)]
pub enum Picture {
    /// Two parties side by side, and what goes between them in order.
    Exchange {
        /// The lines of the left box, its name first.
        left: &'static [Phrase],
        /// The lines of the right box.
        right: &'static [Phrase],
        /// From the first to the last.
        arrows: &'static [Arrow],
    },
    /// One box below another, with what leads from each to the next.
    Flow(&'static [Stage]),
    /// What lies below what.
    Tree(&'static [Branch]),
}

/// What goes between two parties.
#[derive(Debug)]
pub struct Arrow {
    /// Who sends.
    pub direction: Direction,
    /// What is sent.
    pub label: Phrase,
}

/// Where an arrow points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, or down.
    Forward,
    /// From right to left.
    Back,
    /// Both ways.
    Both,
}

/// A box, and the arrow to the one below.
#[derive(Debug)]
pub struct Stage {
    /// The lines of the box.
    pub lines: &'static [Phrase],
    /// What leads to the next; none at the last.
    pub next: Option<Arrow>,
}

/// One entry of a tree.
#[derive(Debug)]
pub struct Branch {
    /// How deep it lies; 0 is the root.
    pub depth: usize,
    /// Its name.
    pub name: Phrase,
    /// What it is.
    pub note: Phrase,
}

pub(super) const fn forward(label: Phrase) -> Arrow {
    Arrow { direction: Direction::Forward, label }
}

pub(super) const fn back(label: Phrase) -> Arrow {
    Arrow { direction: Direction::Back, label }
}

pub(super) const fn both(label: Phrase) -> Arrow {
    Arrow { direction: Direction::Both, label }
}

/// A box with a next one.
pub(super) const fn stage(lines: &'static [Phrase], next: Arrow) -> Stage {
    Stage { lines, next: Some(next) }
}

pub(super) const fn last(lines: &'static [Phrase]) -> Stage {
    Stage { lines, next: None }
}

/// An entry whose name is a file, an option or a number.
pub(super) const fn branch(
    depth: usize,
    text: &'static str,
    en: &'static str,
    ja: &'static str,
    zh: &'static str,
) -> Branch {
    Branch { depth, name: name(text), note: words(en, ja, zh) }
}
