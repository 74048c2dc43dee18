//! What is found on a machine of a subject that `explain` explains: files, settings and variables, without a single connection.

use super::tree::Role;
use crate::{
    observation::{
        FileSeen,
        file::{FileState, KeySeen},
        target::Origin,
    },
    x509::{Certificate, Go},
};

/// What was found of a subject on a machine.
#[derive(Debug, Default)]
pub struct OnMachine {
    /// Names, values, and where they were found.
    pub rows: Vec<Row>,
    /// Lines to run.
    pub commands: Vec<Command>,
}

/// One thing that was found.
#[derive(Debug)]
pub struct Row {
    /// A path, or an option with its value.
    pub name: String,
    /// What is known of it.
    pub notes: Vec<Note>,
}

/// What is known of a thing that was found.
#[derive(Debug)]
pub enum Note {
    /// A place, an option or a command.
    Name(String),
    /// Where a value came from.
    Origin(Origin),
    /// Why a file can't be read.
    Unreadable(FileState),
    /// The certificate that a file holds.
    Certificate(Role, Box<Certificate>),
    /// The private key that a file holds, and the file's mode.
    Key(KeySeen, u32),
    /// The file with the other half of the pair.
    Fits(String),
}

/// A line to run.
#[derive(Debug)]
pub enum Command {
    /// etcdctl with options, their values, and what it is to do.
    Etcdctl(Vec<(&'static str, String)>, &'static str),
    /// A variable that etcdctl reads, and its value.
    Variable(String, String),
}

/// What a file holds; `others` are the files among which its other half may be. Nothing if it holds neither certificate nor key.
pub fn contents(file: &FileSeen, others: &[FileSeen]) -> Vec<Note> {
    let FileState::Read(content) = &file.state else {
        return vec![Note::Unreadable(file.state.clone())];
    };
    let parse = |der: &crate::observation::Der| Certificate::parse(&der.0, Go::DEFAULT).ok();
    let first = |file: &FileSeen| file.certificates().find_map(parse);
    let public =
        |file: &FileSeen| file.key().and_then(|key| key.spki.as_ref()).map(|key| key.0.clone());
    let mut notes = Vec::new();
    let other = if let Some(leaf) = first(file) {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let key = others.iter().find(|other| public(other).is_some_and(|key| key == leaf.spki));
        notes.push(Note::Certificate(Role::of(&leaf, name), Box::new(leaf)));
        key
    } else if let Some(key) = file.key() {
        notes.push(Note::Key(key.clone(), content.mode));
        let own = public(file);
        others.iter().find(|other| own.is_some() && first(other).map(|leaf| leaf.spki) == own)
    } else {
        None
    };
    notes.extend(other.map(|other| Note::Fits(other.path.clone())));
    notes
}
