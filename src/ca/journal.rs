//! After a crash: the files that a dead process left under way are moved to their places if they are whole, and taken
//! back if they are not, so that no pair stays torn.

use std::fs;
use std::path::Path;

use aws_lc_rs::digest;
use data_encoding::HEXLOWER;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::book::{Book, BookError, End, Move, Pending};
use super::key::{KeyError, SigningKey};
use super::write::{self, WriteError};

/// Completes or undoes whatever is pending; says which certificates and how.
pub fn recover(book: &mut impl Book) -> Result<Vec<(Pending, End)>, RecoverError> {
    let mut done = Vec::new();
    for pending in book.pending()? {
        let end = if is_whole(&pending) {
            complete(&pending)?;
            write::sync_folders([pending.cert.to.as_path()])?;
            End::Published
        } else if pending.cert.to.parent().is_some_and(Path::is_dir) {
            undo(&pending)?;
            End::Withdrawn
        } else {
            End::Lost
        };
        book.finish(&[(&pending.id, end)])?;
        done.push((pending, end));
    }
    Ok(done)
}

/// What an earlier process left can be neither completed nor undone.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    #[error(transparent)]
    Book(#[from] BookError),
    #[error("an earlier run was interrupted, and its files can't be put right")]
    Write(#[from] WriteError),
}

/// Moves the files to their places: the old ones get a second name, the key goes first, the certificate follows.
pub(super) fn complete(pending: &Pending) -> Result<(), WriteError> {
    if let Some(swap) = &pending.swap {
        return swap.complete();
    }
    let replaces = pending.supersedes.as_ref();
    if let Some(old) = replaces.filter(|_| pending.cert.from.exists()) {
        // While the new key waits under its first name, the old files are still in their places.
        let key_waits = pending.key.as_ref().is_none_or(|key| key.from.exists());
        let backups = old.backups.iter().filter(|copy| key_waits || !copy.to.exists());
        backups.filter(|copy| copy.from.exists()).try_for_each(write::keep_copy)?;
        write::sync_folders([pending.cert.to.as_path()])?;
    }
    // Whoever reads both files between the two moves sees a torn pair, so nothing else happens there.
    let moves = pending.key.iter().chain([&pending.cert]);
    let due: Vec<&Move> = moves.filter(|file| file.from.exists()).collect();
    for file in due {
        if replaces.is_some() { write::move_over(file) } else { write::move_new(file) }?;
    }
    let keys = pending.key.iter().flat_map(|key| {
        let backups = replaces.iter().flat_map(|old| &old.backups);
        backups.filter(|copy| copy.from == key.to && copy.to.exists())
    });
    keys.map(|copy| copy.to.as_path()).try_for_each(write::keep_from_others)
}

/// Takes the files back. What was moved already returns from its second name.
pub(super) fn undo(pending: &Pending) -> Result<(), WriteError> {
    if let Some(swap) = &pending.swap {
        return swap.undo();
    }
    let old = pending.supersedes.iter().flat_map(|old| &old.backups);
    let published = holds_certificate(&pending.cert.to, &pending.cert_sha256)
        || pending.key.as_ref().is_some_and(|key| holds_key(&key.to, &pending.spki_sha256));
    for copy in old {
        if published && copy.to.exists() {
            let back = Move { from: copy.to.clone(), to: copy.from.clone() };
            write::move_over(&back)?;
        } else {
            write::remove(&copy.to)?;
        }
    }
    for file in pending.key.iter().chain([&pending.cert]) {
        write::remove(&file.from)?;
    }
    if pending.supersedes.is_none() {
        let key = pending.key.as_ref().map(|key| &key.to);
        if let Some(place) = key.filter(|place| holds_key(place, &pending.spki_sha256)) {
            write::remove(place)?;
        }
        if holds_certificate(&pending.cert.to, &pending.cert_sha256) {
            write::remove(&pending.cert.to)?;
        }
    }
    write::sync_folders([pending.cert.to.as_path()])
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
    let Ok(pem) = fs::read(path) else { return false };
    CertificateDer::from_pem_slice(&pem).is_ok_and(|der| hex_sha256(&der) == sha256)
}

fn holds_key(path: &Path, spki_sha256: &str) -> bool {
    let Ok(pem) = fs::read(path).map(zeroize::Zeroizing::new) else { return false };
    match SigningKey::from_pem(&pem, None) {
        Ok(key) => hex_sha256(key.spki()) == spki_sha256,
        // Only a CA's own key is written encrypted, and only into a place that was free; its block ends, so it is whole.
        Err(error) => matches!(error, KeyError::Encrypted),
    }
}

/// SHA-256 in lower-case hex.
pub(super) fn hex_sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref())
}
