//! The passphrase of a CA key: PBES2 with PBKDF2 and AES-256 (RFC 8018), which openssl reads and writes as well.

use aws_lc_rs::rand;
use pkcs8::pkcs5::{
    EncryptionScheme,
    pbes2::{Kdf, Parameters},
};
use pkcs8::{EncryptedPrivateKeyInfo, PrivateKeyInfo, SecretDocument};
use x509_cert::der::Decode as _;
use zeroize::Zeroizing;

use super::key_error::KeyError;

/// OWASP's figure for PBKDF2 with HMAC-SHA-256.
const ROUNDS: u32 = 600_000;

/// OpenSSL writes 2,048 rounds, this tool 600,000; a second of work at most.
const MOST_ROUNDS: u32 = 3_000_000;
/// scrypt's memory, 128 · N · r bytes (RFC 7914 §2): four times what OpenSSL writes by default (N = 2^14, r = 8).
const MOST_MEMORY: u64 = 64 << 20;
/// scrypt does its work p times over.
const MOST_PARALLEL: u16 = 16;

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
    if !is_bounded(&info.encryption_algorithm) {
        return Err(KeyError::Costly);
    }
    info.decrypt(passphrase.0.as_bytes()).map_err(|_| KeyError::Passphrase)
}

/// Whether the work that the file asks for, before the passphrase can be tried, stays within bounds.
fn is_bounded(scheme: &EncryptionScheme<'_>) -> bool {
    let EncryptionScheme::Pbes2(parameters) = scheme else { return true };
    match &parameters.kdf {
        Kdf::Pbkdf2(kdf) => kdf.iteration_count <= MOST_ROUNDS,
        Kdf::Scrypt(kdf) => {
            let blocks = kdf.cost_parameter.checked_mul(u64::from(kdf.block_size));
            blocks.is_some_and(|blocks| blocks <= MOST_MEMORY / 128)
                && kdf.parallelization <= MOST_PARALLEL
        }
        _ => false,
    }
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
