//! After a crash: the files that a dead process left under way are moved to their places if they are whole, and taken
//! back if they are not, so that no pair stays torn.

use std::path::Path;

use aws_lc_rs::digest;
use data_encoding::HEXLOWER;

use super::key::SigningKey;
use super::key_error::KeyError;
use super::ledger::{Ledger, LedgerError, Outcome, Pending};
use crate::durable::{Change, Move, WriteError};
use crate::message::{CaMessage, Message, Say, english_display};
use crate::observe::files::named_file;

/// Completes or undoes whatever is pending, and returns which certificates it were and how each ended.
pub fn recover(ledger: &mut impl Ledger) -> Result<Vec<(Pending, Outcome)>, RecoverError> {
    let mut done = Vec::new();
    for pending in ledger.pending()? {
        let change = pending.change();
        let outcome = if is_whole(&pending) {
            change.complete()?;
            change.sync()?;
            Outcome::Published
        } else if pending.cert.to.parent().is_some_and(Path::is_dir) {
            undo(&pending)?;
            Outcome::Withdrawn
        } else {
            Outcome::Lost
        };
        ledger.finish(&[(&pending.id, outcome)])?;
        done.push((pending, outcome));
    }
    Ok(done)
}

/// What an earlier process left can be neither completed nor undone.
#[derive(Debug)]
pub enum RecoverError {
    /// The ledger fails.
    Ledger(LedgerError),
    /// A file can't be moved.
    Write(WriteError),
}

english_display!(RecoverError);

impl Say for RecoverError {
    fn message(&self) -> Message {
        match self {
            Self::Ledger(error) => error.message(),
            Self::Write(error) => error.message().about(CaMessage::Interrupted),
        }
    }
}

impl From<LedgerError> for RecoverError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<WriteError> for RecoverError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// Takes the files back.
pub(super) fn undo(pending: &Pending) -> Result<(), WriteError> {
    let is_new = |file: &Move| {
        if *file == pending.cert {
            holds_certificate(&file.to, &pending.cert_sha256)
        } else {
            pending.key.as_ref() == Some(file) && holds_key(&file.to, &pending.spki_sha256)
        }
    };
    pending.change().undo(is_new)
}

impl Pending {
    /// The files themselves: the key goes first, the certificate follows.
    pub(super) fn change(&self) -> Change {
        let moves = self.key.iter().chain([&self.cert]).cloned().collect();
        Change {
            moves,
            backups: self.supersedes.as_ref().map(|old| old.backups.clone()),
            secrets: usize::from(self.key.is_some()),
            swap: self.swap.clone(),
        }
    }
}

/// Whether certificate and key are both there, each in its place or under its first name.
fn is_whole(pending: &Pending) -> bool {
    let certificate = [&pending.cert.from, &pending.cert.to]
        .iter()
        .any(|path| holds_certificate(path, &pending.cert_sha256));
    let key = pending.key.as_ref().is_none_or(|key| {
        [&key.from, &key.to].iter().any(|path| holds_key(path, &pending.spki_sha256))
    });
    certificate && key
}

fn holds_certificate(path: &Path, sha256: &str) -> bool {
    let blocks = named_file::certificate_blocks(path);
    blocks.is_ok_and(|blocks| hex_sha256(blocks[0].der()) == sha256)
}

fn holds_key(path: &Path, spki_sha256: &str) -> bool {
    let Ok(pem) = named_file::bytes(path, named_file::LARGEST) else { return false };
    match SigningKey::from_pem(&pem, None) {
        Ok(key) => hex_sha256(key.spki()) == spki_sha256,
        // Only a CA's own key is written encrypted, into a place that was free or, in a rollover, from a file that was whole before;
        // its block ends, so it is whole.
        Err(error) => matches!(error, KeyError::Encrypted),
    }
}

/// SHA-256 in lower-case hex.
pub(super) fn hex_sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref())
}
