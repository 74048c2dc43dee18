//! What issuing asks of a ledger: records are durable before any file is, and the files under way are written down, so
//! that whoever comes after a crash can finish or undo them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::record::Record;
use super::swap::Swap;

/// The ledger as issuing sees it. Whoever has one is alone: no other process issues from the same ledger meanwhile.
pub trait Book {
    /// Enters records, and the files about to be written for them. Durable when it returns; all or nothing.
    fn enter(&mut self, entries: &[Entry]) -> Result<(), BookError>;
    /// Forgets files under way, and does what follows from how they ended.
    fn finish(&mut self, ends: &[(&str, End)]) -> Result<(), BookError>;
    /// The files that an earlier process left under way.
    fn pending(&self) -> Result<Vec<Pending>, BookError>;
}

/// How files under way ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// They are in their places: what they replaced is superseded.
    Published,
    /// They never got there: their record goes with them.
    Withdrawn,
    /// Their folder is gone: the record stays, for nobody knows.
    Lost,
}

/// The ledger could not do it; the text names the file.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BookError(pub String);

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

/// A file that is written under one name and then moved to another in the same folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Its first name.
    pub from: PathBuf,
    /// Its place.
    pub to: PathBuf,
}

/// What a renewal replaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// The old certificate's serial.
    pub serial: String,
    /// Where the old files stay.
    pub backups: Vec<Move>,
}
