//! What is kept of each thing in a tree.

use std::{collections::HashSet, fmt, path::Path};

use aws_lc_rs::digest;
use data_encoding::HEXLOWER;
use time::OffsetDateTime;

use super::{Relation, Role};
use crate::observation::{
    file::{Form, KeySeen, PemDefect},
    keystore::Keystore,
    tree::Referenced,
};

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; digest::SHA256_OUTPUT_LEN]);

/// Where something lies.
#[derive(Debug, Clone)]
pub struct Place {
    /// Which of the files.
    pub file: u32,
    /// The line of its BEGIN, or of the kubeconfig's field; 1-based.
    pub line: u32,
    /// The field of the kubeconfig that holds it.
    pub field: Option<Box<str>>,
}

/// A file that holds something, or should.
#[derive(Debug)]
pub struct File {
    /// Its path.
    pub path: Box<str>,
    /// How many bytes of the path name the folder that was asked for.
    pub above: usize,
    /// Whether it is an old copy by its name or by that of a folder within the tree.
    pub is_archived: bool,
    /// Permission bits.
    pub mode: u32,
    /// Owner's user id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
    /// What it is.
    pub kind: Kind,
    /// How many things were found in it, duplicates and malformed ones included.
    pub holds: u32,
    /// What stands in the way of a PEM reader.
    pub defects: Vec<PemDefect>,
    /// The files that a kubeconfig names.
    pub referenced: Vec<Referenced>,
    /// What can be seen of a PKCS#12 file without its passphrase.
    pub keystore: Option<Box<Keystore>>,
}

/// What a file is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PEM or DER.
    Plain(Form),
    /// A kubeconfig.
    Kubeconfig,
}

/// A distinct certificate.
#[derive(Debug)]
pub struct Certified {
    /// Its DER.
    pub der: Box<[u8]>,
    /// The digest of the DER.
    pub sha256: Digest,
    /// The digest of its `SubjectPublicKeyInfo`.
    pub public_key: Digest,
    /// The subject in words.
    pub subject: Box<str>,
    /// The issuer in words.
    pub issuer: Box<str>,
    /// From when it is valid.
    pub not_before: OffsetDateTime,
    /// Until when.
    pub not_after: OffsetDateTime,
    /// Whether basic constraints make it a CA.
    pub is_ca: bool,
    /// An RSA key's size, if it is one below 2048 bits.
    pub weak_rsa: Option<u16>,
    /// What it is for.
    pub role: Role,
    /// The node that its names and file names agree on.
    pub node: Option<Box<str>>,
    /// Where it lies; at least one.
    pub places: Vec<Place>,
    /// What it is to the others, once that is known.
    pub relation: Option<Relation>,
}

/// A private key, reduced.
#[derive(Debug)]
pub struct PrivateKey {
    /// Where it lies.
    pub place: Place,
    /// The digest of its public half, if that could be read.
    pub public_key: Option<Digest>,
    /// Container, algorithm, whether a passphrase protects it; without the public half.
    pub seen: KeySeen,
}

/// A certificate request.
#[derive(Debug)]
pub struct Requested {
    /// Where it lies.
    pub place: Place,
    /// The subject in words.
    pub subject: Box<str>,
    /// The names it asks for.
    pub sans: Vec<String>,
    /// Such as `ECDSA P-256`.
    pub key: String,
    /// The digest of its public key.
    pub public_key: Digest,
}

/// A revocation list.
#[derive(Debug)]
pub struct Listed {
    /// Where it lies.
    pub place: Place,
    /// Who issued it.
    pub issuer: Box<str>,
    /// Since when it counts.
    pub this_update: OffsetDateTime,
    /// When the next one was promised.
    pub next_update: Option<OffsetDateTime>,
    /// Who issued it, as DER.
    pub raw_issuer: Box<[u8]>,
    /// The magnitudes of the serials that it revokes.
    pub serials: HashSet<Vec<u8>>,
}

/// A certificate that Go can't parse.
#[derive(Debug)]
pub struct Malformed {
    /// Where it lies.
    pub place: Place,
    /// Go's words.
    pub error: String,
}

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut array = [0; digest::SHA256_OUTPUT_LEN];
        array.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
        Self(array)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl File {
    /// Its name without the folders.
    pub fn name(&self) -> &str {
        Path::new(&*self.path).file_name().and_then(|name| name.to_str()).unwrap_or(&self.path)
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        Path::new(&*self.path).parent().unwrap_or(Path::new(""))
    }

    /// Whether anything was found in it.
    pub fn holds_something(&self) -> bool {
        self.holds > 0
    }

    /// Whether its name says that it holds a certificate or key.
    pub fn is_meant_for_tls(&self) -> bool {
        let extension = Path::new(&*self.path).extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| {
            ["crt", "pem", "cer", "cert", "key"].contains(&extension.to_ascii_lowercase().as_str())
        })
    }
}

/// Whether a path within the tree is that of an old copy, by its own name or by a folder's: `expired`, `pki.bak`,
/// `kubeadm-backup-2026`, `ca.crt.old`.
pub(super) fn is_archived(below: &str) -> bool {
    const MARKS: [&str; 9] =
        ["expired", "bak", "backup", "backups", "old", "orig", "archive", "archived", "previous"];
    let is_mark = |word: &str| MARKS.iter().any(|mark| word.eq_ignore_ascii_case(mark));
    below
        .split('/')
        .any(|name| name.ends_with('~') || name.split(|c: char| !c.is_alphanumeric()).any(is_mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_copies_are_told_by_name() {
        for path in ["/expired/ca.crt", "/pki.bak/ca.crt", "/pki/ca.crt.old", "/pki/ca.crt~"] {
            assert!(is_archived(path), "{path}");
        }
        assert!(!is_archived("/pki/older/boldly.crt"));
    }
}
