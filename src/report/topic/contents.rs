//! What was found of a subject on a machine, in words: whose certificate, until when, and which file belongs to it.

use super::{Here, Row};
use crate::{
    facts::{Command, Note, OnMachine, show_time},
    message::{Label, Lang, Say, TopicWord, TreeWord},
    report::{tree::role_word, wording::pair},
    shell::{self, Shell},
};

/// What was found, in one language.
pub fn on_machine(found: &OnMachine, lang: Lang) -> Here {
    let row = |row: &crate::facts::Row| Row {
        name: row.name.clone(),
        notes: row.notes.iter().map(|note| say(note, lang)).collect(),
    };
    Here {
        rows: found.rows.iter().map(row).collect(),
        commands: found.commands.iter().map(line).collect(),
    }
}

fn say(note: &Note, lang: Lang) -> String {
    match note {
        Note::Name(name) => name.clone(),
        Note::Origin(origin) => origin.message().say(lang),
        Note::Unreadable(state) => {
            let why = state.refusal().map(|why| why.message().say(lang)).unwrap_or_default();
            pair(TopicWord::Unreadable.in_lang(lang), &why, lang)
        }
        Note::Certificate(role, leaf) => {
            let until = pair(TopicWord::Until.in_lang(lang), &show_time(leaf.not_after), lang);
            let issuer = pair(Label::Issuer.in_lang(lang), &leaf.issuer(), lang);
            let subject = pair(role_word(*role).in_lang(lang), &leaf.subject(), lang);
            format!("{subject}; {issuer}; {until}")
        }
        Note::Key(key, mode) => {
            let mode = pair(Label::Mode.in_lang(lang), &format!("{mode:04o}"), lang);
            let what = pair(TreeWord::PrivateKey.in_lang(lang), &key.algorithm, lang);
            format!("{what}; {mode}")
        }
        Note::Fits(path) => pair(TopicWord::Fits.in_lang(lang), path, lang),
    }
}

fn line(command: &Command) -> String {
    match command {
        Command::Variable(name, value) => Shell::Bash.assignment(name, value),
        Command::Etcdctl(options, action) => {
            let options = options.iter();
            let options =
                options.map(|(name, value)| format!("--{name}={} ", shell::quoted(value)));
            format!("etcdctl {}{action}", options.collect::<String>())
        }
    }
}
