//! Signing keys that aws-lc-rs refuses to load although Go signs with them: RSA below 2048 bits, and P-224.
//!
//! They neither print nor serialize themselves.

use super::rust_crypto::digest;
use crate::x509::algorithm::Hash;
use p224::ecdsa::signature::hazmat::PrehashSigner;
use rsa::RsaPrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::sha2::{Sha256, Sha384, Sha512};
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss};
use rustls::SignatureScheme;

/// A private key could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("not an RSA private key of this form")]
    NotRsa,
    #[error("not a P-224 private key of this form")]
    NotP224,
    #[error("not a signature scheme of this key")]
    UnsupportedScheme,
    #[error("the key is too short for this signature")]
    TooShort,
}

/// An RSA key of any size.
pub struct SmallRsaKey(RsaPrivateKey);

/// A key on P-224.
pub struct P224Key(p224::ecdsa::SigningKey);

impl SmallRsaKey {
    pub fn from_pkcs1_der(der: &[u8]) -> Result<Self, KeyError> {
        RsaPrivateKey::from_pkcs1_der(der).map(Self).map_err(|_| KeyError::NotRsa)
    }

    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        RsaPrivateKey::from_pkcs8_der(der).map(Self).map_err(|_| KeyError::NotRsa)
    }

    /// The size of the modulus.
    pub fn bits(&self) -> usize {
        self.0.n().bits()
    }

    /// The big-endian modulus, by which a certificate's key is recognised.
    pub fn modulus(&self) -> Vec<u8> {
        self.0.n().to_bytes_be()
    }

    /// Signs `message` by one of the RSA schemes over SHA-256, SHA-384 or SHA-512.
    pub fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut rng = rsa::rand_core::OsRng;
        let mut pkcs1 = |padding: Pkcs1v15Sign, hash| {
            self.0.sign_with_rng(&mut rng, padding, digest(hash, message).as_ref())
        };
        let signed = match scheme {
            SignatureScheme::RSA_PKCS1_SHA256 => pkcs1(Pkcs1v15Sign::new::<Sha256>(), Hash::Sha256),
            SignatureScheme::RSA_PKCS1_SHA384 => pkcs1(Pkcs1v15Sign::new::<Sha384>(), Hash::Sha384),
            SignatureScheme::RSA_PKCS1_SHA512 => pkcs1(Pkcs1v15Sign::new::<Sha512>(), Hash::Sha512),
            SignatureScheme::RSA_PSS_SHA256 => {
                self.sign_pss(Pss::new_with_salt::<Sha256>(32), Hash::Sha256, message)
            }
            SignatureScheme::RSA_PSS_SHA384 => {
                self.sign_pss(Pss::new_with_salt::<Sha384>(48), Hash::Sha384, message)
            }
            SignatureScheme::RSA_PSS_SHA512 => {
                self.sign_pss(Pss::new_with_salt::<Sha512>(64), Hash::Sha512, message)
            }
            _ => return Err(KeyError::UnsupportedScheme),
        };
        signed.map_err(|_| KeyError::TooShort)
    }

    fn sign_pss(&self, padding: Pss, hash: Hash, message: &[u8]) -> rsa::Result<Vec<u8>> {
        self.0.sign_with_rng(&mut rsa::rand_core::OsRng, padding, digest(hash, message).as_ref())
    }
}

impl P224Key {
    pub fn from_sec1_der(der: &[u8]) -> Result<Self, KeyError> {
        p224::SecretKey::from_sec1_der(der)
            .map(|key| Self(key.into()))
            .map_err(|_| KeyError::NotP224)
    }

    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        p224::SecretKey::from_pkcs8_der(der)
            .map(|key| Self(key.into()))
            .map_err(|_| KeyError::NotP224)
    }

    /// The uncompressed public point, by which a certificate's key is recognised.
    pub fn public_point(&self) -> Vec<u8> {
        self.0.verifying_key().to_encoded_point(false).as_bytes().to_vec()
    }

    /// Signs `message` with ECDSA over SHA-256; the signature is DER.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let signed: Result<p224::ecdsa::Signature, _> =
            self.0.sign_prehash(digest(Hash::Sha256, message).as_ref());
        signed
            .map(|signature| signature.to_der().as_bytes().to_vec())
            .map_err(|_| KeyError::TooShort)
    }
}
