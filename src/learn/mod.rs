//! What `explain` teaches besides diagnoses: topics, the options of each program, and the files of each layout. Markdown in
//! three languages, and which word leads to which; how it looks is decided in `report`.
//!
//! To add a topic: write `lessons/{en,ja,zh}/ID.md` as the others are, and name it in `lessons.rs`.

mod files;
mod lessons;
mod lookup;
mod markdown;
mod options;
mod picture;

pub use files::{LayoutFile, Role, folders, layouts, named as files_named, of_layout as files_of};
pub use lookup::{Found, find, nearest};
pub use options::{OPTIONS, OptionGroup, TlsOption, all as options, named as options_named};
pub use picture::{Arrow, Branch, Direction, Picture, Stage};

use crate::message::Lang;
use markdown::Translated;

/// One topic.
#[derive(Debug)]
pub struct Topic {
    /// What a reader asks for; the name of its file.
    pub id: &'static str,
    /// Other words that lead here.
    pub aliases: &'static [&'static str],
    /// Topics and diagnoses that go on from here.
    pub see: &'static [&'static str],
    /// The table that belongs to it.
    pub table: Option<Table>,
    /// What of this machine it ends with.
    pub here: Option<Here>,
    lessons: Translated<Lesson>,
}

/// What a topic says in one language.
#[derive(Debug, Default)]
pub struct Lesson {
    /// One line, no full stop.
    pub title: String,
    /// What is drawn; each lesson has one.
    pub picture: Option<Picture>,
    /// The explanation.
    pub passages: Vec<Passage>,
    /// The same in everyday life.
    pub comparison: String,
    /// What a reader can try.
    pub commands: Vec<Command>,
    /// What to remember for an exam such as the CKA, one sentence each.
    pub exam: Vec<String>,
}

/// A paragraph, below its question where it answers one.
#[derive(Debug)]
pub struct Passage {
    /// The question; empty for a plain paragraph.
    pub heading: String,
    /// The paragraph.
    pub text: String,
}

/// A command line and what it shows.
#[derive(Debug)]
pub struct Command {
    /// The line; words in capitals are the reader's to fill in.
    pub line: String,
    /// What it shows.
    pub shows: String,
}

/// A table of this folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// `OPTIONS`.
    Options,
    /// `FILES`.
    Files,
}

/// A part of what is found on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// Certificates and keys, and what each is for.
    Files,
    /// What etcdctl needs.
    Client,
    /// The files of etcd's two listeners.
    Listeners,
    /// Variables.
    Environment,
    /// URLs.
    Ports,
    /// The line that takes a backup.
    Backup,
}

impl Topic {
    /// The lesson in one language.
    pub fn in_lang(&self, lang: Lang) -> &Lesson {
        self.lessons.in_lang(lang)
    }
}

/// All topics, in the order in which a learner meets them.
pub fn all() -> &'static [Topic] {
    &lessons::ALL
}
