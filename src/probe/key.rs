//! Private keys: reduced to their public half for the observation, or kept for one handshake.

use rustls::pki_types::PrivateKeyDer;
use zeroize::Zeroizing;

use crate::observation::file::KeySeen;

/// A private key that Go's TLS could use, kept for the handshake alone and wiped afterwards.
pub(crate) struct PrivateKey {
    pub(crate) algorithm: Algorithm,
    der: Zeroizing<Vec<u8>>,
}

/// The kinds of key that Go's `crypto/tls` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Rsa { bits: usize },
    P224,
    P256,
    P384,
    P521,
    Ed25519,
}

impl PrivateKey {
    /// The key as rustls takes it: PKCS#1, SEC1 or PKCS#8 by its algorithm.
    pub(crate) fn der(&self) -> PrivateKeyDer<'_> {
        match self.algorithm {
            Algorithm::Rsa { .. } => PrivateKeyDer::Pkcs1(self.der.as_slice().into()),
            Algorithm::Ed25519 => PrivateKeyDer::Pkcs8(self.der.as_slice().into()),
            _ => PrivateKeyDer::Sec1(self.der.as_slice().into()),
        }
    }
}

/// Describes a private key block without its secret.
pub(crate) fn reduce(_label: &str, _headers: &[(String, String)], _der: &[u8]) -> KeySeen {
    KeySeen {
        container: String::new(),
        algorithm: String::new(),
        spki: None,
        encrypted: false,
        unusable: None,
    }
}

/// The key in a block, as Go's `tls.X509KeyPair` would take it whatever the label.
pub(crate) fn load(_der: &[u8]) -> Option<PrivateKey> {
    None
}
