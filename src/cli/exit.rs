//! The exit codes; nothing else knows them.

use std::{error::Error, io, process::ExitCode};

use crate::report::listing;

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

/// The command line makes no sense: one line that says which flag and what is allowed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Misuse(pub(crate) String);

/// What was asked for is refused, and nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refusal(pub(crate) String);

/// Says on standard error why a command could not be carried out.
pub(crate) fn complain(failure: &(dyn Error + Send + Sync + 'static)) -> ExitCode {
    if let Some(error) = failure.downcast_ref::<io::Error>() {
        // A closed pipe is the reader's decision: `etcd-tls check | head` is no failure.
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Exit::Fine.into();
        }
    }
    let mut line = format!("error: {failure}");
    let mut source = failure.source();
    while let Some(cause) = source {
        line.push_str(": ");
        line.push_str(&cause.to_string());
        source = cause.source();
    }
    note(&line);
    let exit = if failure.is::<Misuse>() {
        Exit::Usage
    } else if failure.is::<Refusal>() {
        Exit::Problem
    } else {
        Exit::Failed
    };
    exit.into()
}

/// One line on standard error, where remarks go that are no result; what others wrote is made harmless in it.
#[expect(clippy::print_stderr, reason = "errors and hints belong on standard error")]
pub(crate) fn note(line: &str) {
    eprintln!("{}", listing::harmless(line));
}
