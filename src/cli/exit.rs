//! The exit codes; nothing else knows them.

use std::{error::Error, io, process::ExitCode, sync::OnceLock};

use crate::{
    message::{CliMessage, Lang, Message, Value},
    report::listing,
    workflow::{Ending, Failure},
};

/// One process has one reader of its standard error.
static LANG: OnceLock<Lang> = OnceLock::new();

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: healthy, accepted, known.
    Fine,
    /// 1: a problem was found.
    Problem,
    /// 2: the command line is wrong, in a way that clap can't see.
    Usage,
    /// 3: the tool itself failed.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Problem => 1,
            Exit::Usage => 2,
            Exit::Failed => 3,
        })
    }
}

/// Says on standard error why a command could not be carried out.
pub(crate) fn complain(failure: &(dyn Error + Send + Sync + 'static)) -> ExitCode {
    if let Some(error) = failure.downcast_ref::<io::Error>() {
        // A closed pipe is the reader's decision: `etcd-tls check | head` is no failure.
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Exit::Fine.into();
        }
    }
    if let Some(failure) = failure.downcast_ref::<Failure>() {
        say(&CliMessage::Error { what: failure.message.clone().into() }.into());
        return match failure.ending {
            Ending::Misuse => Exit::Usage,
            Ending::Refused => Exit::Problem,
            Ending::Failed => Exit::Failed,
        }
        .into();
    }
    let what = match failure.downcast_ref::<io::Error>() {
        Some(error) => Message::from(error).into(),
        None => Value::quoted(failure),
    };
    say(&CliMessage::Error { what }.into());
    Exit::Failed.into()
}

/// Chooses the language of standard error.
pub(super) fn speak(lang: Lang) {
    LANG.get_or_init(|| lang);
}

/// A remark that is no result, on standard error.
pub(crate) fn remark(message: impl Into<Message>) {
    say(&CliMessage::Note { what: message.into().into() }.into());
}

/// A remark of a workflow, on standard error.
#[expect(clippy::needless_pass_by_value, reason = "workflow::Remarks hands a message over")]
pub(crate) fn remarked(message: Message) {
    say(&message);
}

/// A remark or an error on standard error, in the user's language.
pub(crate) fn say(message: &Message) {
    show(&message.say(LANG.get().copied().unwrap_or_default()));
}

/// Text on standard error as it is; what others wrote is made harmless in it.
#[expect(clippy::print_stderr, reason = "errors and hints belong on standard error")]
pub(crate) fn show(text: &str) {
    eprintln!("{}", listing::harmless(text));
}

/// Asks a question of a workflow on the terminal, without showing what is typed.
pub(crate) fn ask_for(question: &Message) -> io::Result<String> {
    let question = question.say(LANG.get().copied().unwrap_or_default());
    rpassword::prompt_password(format!("{}: ", listing::harmless(&question)))
}
