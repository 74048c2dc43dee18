//! Standard error, in the user's language: remarks, errors and questions, which are no result.

use std::io::{self, Write as _};

use crate::{
    message::{CliMessage, Lang, Message, Value},
    report::listing,
    workflow::Failure,
};

/// Standard error and the language of its reader.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stderr {
    lang: Lang,
}

impl Stderr {
    pub(crate) fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// A remark.
    pub(crate) fn say(self, message: &Message) {
        Self::show(&message.say(self.lang));
    }

    /// A remark that helps.
    pub(crate) fn hint(self, what: impl Into<Message>) {
        self.say(&CliMessage::Hint { what: Value::from(what.into()) }.into());
    }

    /// A remark on what was done.
    pub(crate) fn note(self, what: impl Into<Message>) {
        self.say(&CliMessage::Note { what: Value::from(what.into()) }.into());
    }

    /// Takes the remarks of a workflow.
    pub(crate) fn remarks(self) -> impl FnMut(Message) {
        move |message| self.say(&message)
    }

    /// Why something could not be done.
    pub(crate) fn error(self, failure: &Failure) {
        self.say(&CliMessage::Error { what: Value::from(failure.message.clone()) }.into());
    }

    /// Text as it is; what others wrote is made harmless in it.
    pub(crate) fn show(text: &str) {
        // A reader that is gone must not end what is under way: what was made still has to be delivered.
        let _ = writeln!(io::stderr().lock(), "{}", listing::harmless(text));
    }

    /// Asks on the terminal, without showing what is typed.
    pub(crate) fn ask(self, question: &Message) -> io::Result<String> {
        let question = question.say(self.lang);
        rpassword::prompt_password(format!("{}: ", listing::harmless(&question)))
    }
}
