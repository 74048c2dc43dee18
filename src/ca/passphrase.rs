//! The passphrase of a CA key: PBES2 with PBKDF2 and AES-256 (RFC 8018), which openssl reads and writes as well.

use aws_lc_rs::rand;
use pkcs8::pkcs5::pbes2::Parameters;
use pkcs8::{EncryptedPrivateKeyInfo, PrivateKeyInfo, SecretDocument};
use x509_cert::der::Decode as _;
use zeroize::Zeroizing;

use super::key_error::KeyError;

/// OWASP's figure for PBKDF2 with HMAC-SHA-256.
const ROUNDS: u32 = 600_000;

/// A passphrase, wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes the text without its line end, as files and prompts give it.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Whether it is no passphrase at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

pub(super) fn decrypt(
    encrypted: &[u8],
    passphrase: &Passphrase,
) -> Result<SecretDocument, KeyError> {
    let info = EncryptedPrivateKeyInfo::from_der(encrypted).map_err(|_| KeyError::Unsupported)?;
    info.decrypt(passphrase.0.as_bytes()).map_err(|_| KeyError::Passphrase)
}

pub(super) fn encrypt(
    plain: &SecretDocument,
    passphrase: &Passphrase,
) -> Result<SecretDocument, KeyError> {
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    for part in [&mut salt, &mut iv] {
        rand::fill(part).map_err(|_| KeyError::Failed)?;
    }
    let parameters = Parameters::pbkdf2_sha256_aes256cbc(ROUNDS, &salt, &iv);
    let parameters = parameters.map_err(|_| KeyError::Failed)?;
    let info = PrivateKeyInfo::from_der(plain.as_bytes()).map_err(|_| KeyError::Failed)?;
    info.encrypt_with_params(parameters, passphrase.0.as_bytes()).map_err(|_| KeyError::Failed)
}
