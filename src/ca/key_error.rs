//! Why a private key can't be made, read or used.

use crate::message::{CaMessage, Message, Say, english_display};

/// Why a key can't be made, read or used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// The file holds none.
    None,
    /// It is encrypted, and there is no passphrase.
    Encrypted,
    /// The passphrase is another one.
    Passphrase,
    /// To open it would take more work or memory than any tool asks for.
    Costly,
    /// No key that signs certificates here.
    Unsupported,
    /// The random generator or the arithmetic failed.
    Failed,
}

english_display!(KeyError);

impl Say for KeyError {
    fn message(&self) -> Message {
        match self {
            Self::None => CaMessage::NoKey,
            Self::Encrypted => CaMessage::KeyEncrypted,
            Self::Passphrase => CaMessage::WrongPassphrase,
            Self::Costly => CaMessage::KeyCostly,
            Self::Unsupported => CaMessage::KeyUnsupported,
            Self::Failed => CaMessage::KeyFailed,
        }
        .into()
    }
}
