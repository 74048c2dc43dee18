//! The exit codes; nothing else knows them.

use std::{io, process::ExitCode};

use crate::{
    message::Message,
    workflow::{Ending, Failure},
};

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

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum CommandError {
    /// It could not be carried out.
    Failed(Failure),
    /// Its results could not be written.
    Output(io::Error),
}

impl CommandError {
    /// What to say, and how to end. A closed pipe is the reader's decision: `etcd-tls check | head` is no failure.
    pub(super) fn end(self) -> (Option<Failure>, Exit) {
        let failure = match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                return (None, Exit::Fine);
            }
            Self::Output(error) => Failure::failed(Message::from(&error)),
            Self::Failed(failure) => failure,
        };
        let exit = match failure.ending {
            Ending::Misuse => Exit::Usage,
            Ending::Refused => Exit::Problem,
            Ending::Failed => Exit::Failed,
        };
        (Some(failure), exit)
    }
}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl<E: Into<Failure>> From<E> for CommandError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}
