//! What can be seen of a PKCS#12 file, with and without its passphrase.

use super::file::Block;

/// A PKCS#12 file.
#[derive(Debug, Clone, Default)]
pub struct Keystore {
    /// Whether a MAC protects it.
    pub has_mac: bool,
    /// How many safes it has.
    pub safes: usize,
    /// How many of them are encrypted.
    pub encrypted: usize,
    /// How many bags the others hold.
    pub bags: usize,
    /// What a passphrase brought to light, if one was given.
    pub opened: Option<Result<Vec<Block>, String>>,
}
