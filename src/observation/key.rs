//! A private key without its secret, and why Go's TLS can't use it.

use serde::{Deserialize, Serialize};

use super::Der;
use crate::message::{FileMessage, Message, Say, Value};

/// A private key without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySeen {
    /// The container: `PKCS#1`, `SEC1`, `PKCS#8`, `OpenSSH`, `encrypted PKCS#8`, `encrypted PEM`, `DSA`.
    pub container: String,
    /// Such as `RSA 2048`, `ECDSA P-256`, `Ed25519`, `secp256k1`, `Ed448`; empty when it can't be told.
    pub algorithm: String,
    /// The matching `SubjectPublicKeyInfo` in DER, when the key could be read.
    pub spki: Option<Der>,
    /// Whether a passphrase protects it.
    pub encrypted: bool,
    /// Why Go's TLS could not use it, if so.
    pub unusable: Option<KeyDefect>,
}

/// Why Go's TLS can't use a private key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyDefect {
    /// It is encrypted, and nobody can be asked for the passphrase.
    Passphrase,
    /// It is in OpenSSH's own container.
    OpenSsh,
    /// It is of none of the forms that Go reads.
    UnknownForm,
    /// Its PKCS#8 says RSA and holds something else.
    NoRsaInPkcs8,
    /// Its PKCS#8 says EC and holds something else.
    NoEcInPkcs8,
    /// An Ed25519 key that can't be read.
    MalformedEd25519,
    /// An RSA key that can't be read.
    MalformedRsa,
    /// Of an algorithm, by its name, that Go's TLS does not take.
    NotForTls(String),
    /// A modulus larger than any TLS peer takes.
    TooLarge,
    /// The numbers of an RSA key that are not of one key.
    Inconsistent,
    /// An EC key that does not say on which curve.
    NoCurve,
    /// A curve, by its name, that Go's TLS does not know.
    UnknownCurve(String),
    /// The number of an EC key is zero, or not below the curve's order.
    OutOfRange,
    /// In the words of another release.
    Other(String),
}

impl Say for KeyDefect {
    fn message(&self) -> Message {
        let message = match self {
            Self::Passphrase => FileMessage::KeyUnderPassphrase,
            Self::OpenSsh => FileMessage::KeyOfOpenSsh,
            Self::UnknownForm => FileMessage::KeyOfUnknownForm,
            Self::NoRsaInPkcs8 => FileMessage::NoRsaInPkcs8,
            Self::NoEcInPkcs8 => FileMessage::NoEcInPkcs8,
            Self::MalformedEd25519 => FileMessage::MalformedEd25519,
            Self::MalformedRsa => FileMessage::MalformedRsa,
            Self::NotForTls(name) => FileMessage::KeyNotForTls { name: name.into() },
            Self::TooLarge => FileMessage::KeyTooLarge,
            Self::Inconsistent => FileMessage::KeyInconsistent,
            Self::NoCurve => FileMessage::KeyWithoutCurve,
            Self::UnknownCurve(name) => FileMessage::KeyOnUnknownCurve { name: name.into() },
            Self::OutOfRange => FileMessage::KeyOutOfRange,
            Self::Other(words) => return Message::Plain(Value::quoted(words)),
        };
        message.into()
    }
}
