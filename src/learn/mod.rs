//! What `explain` teaches besides diagnoses: topics, the options of each program, and the files of each layout. Static prose and
//! pictures as data; how they look is decided in `report`.
//!
//! To add a topic: write `lessons/ID.rs` and name it twice in `lessons/mod.rs`.

mod files;
mod lessons;
mod lookup;
mod options;
mod picture;

pub use files::{LayoutFile, Role, folders, layouts, named as files_named, of_layout as files_of};
pub use lookup::{Found, find, nearest};
pub use options::{OPTIONS, OptionGroup, Since, TlsOption, all as options, named as options_named};
pub use picture::{Arrow, Branch, Direction, Picture, Stage};

use crate::message::{Lang, Phrase};

/// One topic.
#[derive(Debug)]
pub struct Topic {
    /// What a reader asks for; equals the file name with `-` for `_`.
    pub id: &'static str,
    /// Other words that lead here.
    pub aliases: &'static [&'static str],
    /// What is drawn.
    pub picture: Picture,
    /// What a reader can try.
    pub commands: &'static [Command],
    /// Topics and diagnoses that go on from here.
    pub see: &'static [&'static str],
    /// The table that belongs to it.
    pub table: Option<Table>,
    /// What of this machine it ends with.
    pub here: Option<Here>,
    /// English.
    pub en: Lesson,
    /// Japanese.
    pub ja: Lesson,
    /// Chinese.
    pub zh: Lesson,
}

/// What a topic says in one language.
#[derive(Debug)]
pub struct Lesson {
    /// One line, no full stop.
    pub title: &'static str,
    /// The explanation.
    pub passages: &'static [Passage],
    /// The same in everyday life.
    pub comparison: &'static str,
    /// What to remember for an exam such as the CKA, one sentence each.
    pub exam: &'static [&'static str],
}

/// A paragraph, below its question where it answers one.
#[derive(Debug)]
pub struct Passage {
    /// The question; empty for a plain paragraph.
    pub heading: &'static str,
    /// The paragraph.
    pub text: &'static str,
}

/// A command line and what it shows.
#[derive(Debug)]
pub struct Command {
    /// The line; words in capitals are the reader's to fill in.
    pub line: &'static str,
    /// What it shows.
    pub shows: Phrase,
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
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
            Lang::Zh => &self.zh,
        }
    }
}

/// All topics, in the order in which a learner meets them.
pub fn all() -> &'static [&'static Topic] {
    lessons::ALL
}

/// A plain paragraph.
const fn say(text: &'static str) -> Passage {
    Passage { heading: "", text }
}

/// A question and its answer.
const fn answer(heading: &'static str, text: &'static str) -> Passage {
    Passage { heading, text }
}

const fn run(line: &'static str, shows: Phrase) -> Command {
    Command { line, shows }
}

const fn words(en: &'static str, ja: &'static str, zh: &'static str) -> Phrase {
    Phrase { en, ja, zh }
}

/// A name, the same in every language.
const fn name(text: &'static str) -> Phrase {
    Phrase { en: text, ja: text, zh: text }
}
