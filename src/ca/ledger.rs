//! What issuing asks of a ledger: records are durable before any file is, and the files under way are written down, so
//! that whoever comes after a crash can finish or undo them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::record::Record;
use crate::durable::{Move, Swap};
use crate::message::{LedgerMessage, Message, Say, Value, english_display};

/// The ledger as issuing sees it. Whoever has one is alone: no other process issues from the same ledger meanwhile.
pub trait Ledger {
    /// Enters records, and the files about to be written for them. Durable when it returns; all or nothing.
    fn enter(&mut self, entries: &[Entry]) -> Result<(), LedgerError>;
    /// Forgets files under way, and does what follows from how they ended.
    fn finish(&mut self, outcomes: &[(&str, Outcome)]) -> Result<(), LedgerError>;
    /// The files that an earlier process left under way.
    fn pending(&self) -> Result<Vec<Pending>, LedgerError>;
}

/// How files under way ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They are in their places: what they replaced is superseded.
    Published,
    /// They never got there: their record goes with them.
    Withdrawn,
    /// Their directory is gone: the record stays, for nobody knows.
    Lost,
}

/// The ledger could not do it.
#[derive(Debug)]
pub struct LedgerError {
    /// The ledger's file.
    pub path: PathBuf,
    /// Why.
    pub fault: LedgerFault,
}

/// What is wrong with a ledger.
#[derive(Debug)]
pub enum LedgerFault {
    /// A newer release wrote it.
    Schema {
        /// Its schema.
        found: u32,
        /// The newest that this release knows.
        known: u32,
    },
    /// Another process holds it.
    Locked,
    /// The file is something else.
    NotALedger,
    /// It can't be written.
    ReadOnly,
    /// The disk is full.
    Full,
    /// The system refuses.
    Io(std::io::Error),
    /// The database's own words.
    Database(String),
}

english_display!(LedgerError);

impl Say for LedgerError {
    fn message(&self) -> Message {
        let sentence = match &self.fault {
            LedgerFault::Schema { found, known } => {
                LedgerMessage::Schema { found: (*found).into(), known: (*known).into() }
            }
            LedgerFault::Locked => LedgerMessage::Locked,
            LedgerFault::NotALedger => {
                return LedgerMessage::NotALedger { path: self.path.display().into() }.into();
            }
            LedgerFault::ReadOnly => LedgerMessage::ReadOnly,
            LedgerFault::Full => LedgerMessage::Full,
            LedgerFault::Io(error) => return Message::from(error).about(self.path.display()),
            LedgerFault::Database(words) => {
                return Message::Plain(Value::quoted(words)).about(self.path.display());
            }
        };
        Message::from(sentence).about(self.path.display())
    }
}

/// One certificate on its way.
pub struct Entry {
    /// Its record; a CA's own certificate has none.
    pub record: Option<Record>,
    /// Its files.
    pub pending: Pending,
}

/// The files of one certificate on its way, as the ledger remembers them. No secret is among it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The certificate's serial.
    pub id: String,
    /// The certificate's file.
    pub cert: Move,
    /// SHA-256 of the certificate, to recognise it by.
    pub cert_sha256: String,
    /// The key's file, if the tool made the key.
    pub key: Option<Move>,
    /// SHA-256 of the `SubjectPublicKeyInfo`, to recognise the key by.
    pub spki_sha256: String,
    /// What the files replace.
    pub supersedes: Option<Superseded>,
    /// The link that leads to them, where it is what moves.
    #[serde(default)]
    pub swap: Option<Swap>,
}

/// What a renewal replaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// The old certificate's serial; empty where there was none that could be read.
    pub serial: String,
    /// Where the old files stay.
    pub backups: Vec<Move>,
}
