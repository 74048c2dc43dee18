//! Why a command could not be carried out.

use std::fmt;

use crate::{
    ca::{
        AuthorityError, IssueError, KeyError, LedgerError, NameError, RecoverError, RenewError,
        SignError,
    },
    durable::WriteError,
    ledger::{ClientError, SyncError},
    message::{Message, Say},
    observe::files::file_error::FileError,
};

/// How a command ends that could not be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The command line makes no sense; nothing was done.
    Misuse,
    /// What was asked for is refused, and nothing was changed.
    Refused,
    /// The tool itself could not do its job.
    Failed,
}

/// Why a command could not be carried out, as a value until somebody says it in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How the command ends.
    pub ending: Ending,
    /// Why.
    pub message: Message,
}

impl Failure {
    /// The command line makes no sense: which flag, and what is allowed.
    pub fn misuse(message: impl Into<Message>) -> Self {
        Self { ending: Ending::Misuse, message: message.into() }
    }

    /// What was asked for is refused.
    pub fn refused(message: impl Into<Message>) -> Self {
        Self { ending: Ending::Refused, message: message.into() }
    }

    /// The tool itself failed.
    pub fn failed(message: impl Into<Message>) -> Self {
        Self { ending: Ending::Failed, message: message.into() }
    }
}

impl Say for Failure {
    fn message(&self) -> Message {
        self.message.clone()
    }
}

/// English, as logs and library callers read it.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)
    }
}

impl std::error::Error for Failure {}

/// Errors that end a command; where a caller is refused something, that is said where it is known.
macro_rules! failures {
    ($($error:ty),* $(,)?) => { $(impl From<$error> for Failure {
        fn from(error: $error) -> Self {
            Self::failed(error.message())
        }
    })* };
}

failures!(
    AuthorityError,
    ClientError,
    FileError,
    KeyError,
    LedgerError,
    NameError,
    RecoverError,
    RenewError,
    SignError,
    SyncError,
    WriteError,
);

/// A refusal to overwrite is an answer, every other error a failure.
impl From<IssueError> for Failure {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Exists(_) | IssueError::AuthorityExists(_) => {
                Self::refused(error.message())
            }
            other => Self::failed(other.message()),
        }
    }
}
