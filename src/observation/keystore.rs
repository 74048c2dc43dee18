//! What can be seen of a PKCS#12 file, with and without its passphrase.

use super::file::Block;
use crate::message::{FileMessage, Message, Say, Value};

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
    pub opened: Option<Result<Vec<Block>, KeystoreRefusal>>,
}

/// Why a PKCS#12 file could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeystoreRefusal {
    /// It asks for more rounds of hashing than any program writes.
    Rounds(u64),
    /// The passphrase does not open it; the words of the library that tried.
    Passphrase(String),
}

impl Say for KeystoreRefusal {
    fn message(&self) -> Message {
        let message = match self {
            Self::Rounds(rounds) => FileMessage::TooManyRounds { rounds: (*rounds).into() },
            Self::Passphrase(words) => FileMessage::NotOpenedBy { why: Value::quoted(words) },
        };
        message.into()
    }
}
