//! Why no certificate was made.

use std::path::PathBuf;

use super::authority::AuthorityError;
use super::key_error::KeyError;
use super::ledger::LedgerError;
use super::names::NameError;
use super::sign::SignError;
use crate::durable::WriteError;
use crate::message::{CaMessage, Message, Say, Value, english_display};
use crate::x509::ParseError;

/// Why nothing was made.
#[derive(Debug)]
pub enum IssueError {
    /// A file already exists.
    Exists(PathBuf),
    /// A new CA overwrites none.
    AuthorityExists(PathBuf),
    /// A certificate can't be signed; by its file or its name.
    Sign { name: String, source: SignError },
    /// What was signed can't be read.
    Parse { name: String, source: ParseError },
    /// The ledger refuses.
    Ledger(LedgerError),
    /// A file can't be written.
    Write(WriteError),
    /// The subject's name can't stand in a certificate.
    Name { source: NameError },
    /// A key can't be made.
    Key(KeyError),
    /// A CA's own file is of no use.
    Authority(AuthorityError),
}

english_display!(IssueError);

impl Say for IssueError {
    fn message(&self) -> Message {
        match self {
            Self::Exists(path) => Message::from(CaMessage::PairExists).about(path.display()),
            Self::AuthorityExists(path) => Message::from(CaMessage::CaExists).about(path.display()),
            Self::Sign { name, source } => source.message().about(name),
            Self::Parse { name, source } => {
                let words = Message::Plain(Value::quoted(source));
                words.about(CaMessage::OwnUnreadable).about(name)
            }
            Self::Ledger(error) => error.message(),
            Self::Write(error) => error.message().about(CaMessage::NothingIssued),
            Self::Name { source } => source.message(),
            Self::Key(error) => error.message().about(CaMessage::MakingKey),
            Self::Authority(error) => error.message(),
        }
    }
}

impl From<AuthorityError> for IssueError {
    fn from(error: AuthorityError) -> Self {
        Self::Authority(error)
    }
}

impl From<LedgerError> for IssueError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<WriteError> for IssueError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<KeyError> for IssueError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}
