//! Lines under a heading: what all formats list alike, each with its own bullets.

use crate::message::{Message, Value, Word};

/// Lines under a heading.
pub(in crate::report) struct List {
    pub(in crate::report) title: Word,
    pub(in crate::report) items: Vec<Item>,
}

/// One line.
#[derive(Debug, Clone)]
pub(in crate::report) struct Item {
    /// Whether what it says is as it should be, where that is a question.
    pub(in crate::report) mark: Option<Mark>,
    /// What it is about.
    pub(in crate::report) about: Option<&'static str>,
    pub(in crate::report) text: Message,
}

/// Whether something is as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Mark {
    Good,
    Bad,
    /// It could not be determined.
    Unknown,
}

impl From<Option<bool>> for Mark {
    fn from(good: Option<bool>) -> Self {
        match good {
            Some(true) => Self::Good,
            Some(false) => Self::Bad,
            None => Self::Unknown,
        }
    }
}

impl List {
    /// A list; nothing for no lines.
    pub(super) fn new(title: Word, items: impl IntoIterator<Item = Item>) -> Option<Self> {
        let items: Vec<_> = items.into_iter().collect();
        (!items.is_empty()).then_some(Self { title, items })
    }
}

impl Item {
    /// A line about a program or a flag.
    pub(super) fn about(about: &'static str, text: impl Into<Value>) -> Self {
        Self { mark: None, about: Some(about), text: Message::Plain(text.into()) }
    }

    /// The sign of its mark.
    pub(in crate::report) fn sign(&self) -> Option<&'static str> {
        self.mark.map(|mark| match mark {
            Mark::Good => "✓",
            Mark::Bad => "✗",
            Mark::Unknown => "?",
        })
    }
}

impl From<&Message> for Item {
    fn from(text: &Message) -> Self {
        Self { mark: None, about: None, text: text.clone() }
    }
}
