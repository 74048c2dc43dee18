//! A private key as something that rustls can sign a handshake with.

use std::sync::Arc;

use rustls::sign::SigningKey;

use super::key::PrivateKey;

/// The signer for a key: rustls' own where it has one.
pub(crate) fn signing_key(key: &PrivateKey) -> Result<Arc<dyn SigningKey>, String> {
    rustls::crypto::aws_lc_rs::sign::any_supported_type(&key.der()).map_err(|e| e.to_string())
}
