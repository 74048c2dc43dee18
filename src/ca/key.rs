//! Private keys of the CA and of what it issues: made, read, written as PKCS#8, and used to sign.
//!
//! aws-lc-rs holds and wipes them. Nothing here implements `Debug` or `Serialize`, so that no output can show one.

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    self as lc, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _, RsaKeyPair,
};
use pkcs8::SecretDocument;
use x509_cert::der::asn1::{Any, Null, ObjectIdentifier};
use x509_cert::spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::key_error::KeyError;
use super::passphrase::{self, Passphrase};
use crate::observe::files::named_file;

/// What kind of key to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyAlgorithm {
    /// ECDSA on P-256: small, fast, and taken by everything that speaks TLS.
    #[default]
    P256,
    /// ECDSA on P-384.
    P384,
    /// ECDSA on P-521.
    P521,
    /// Ed25519.
    Ed25519,
    /// RSA with 2048 bits.
    Rsa2048,
    /// RSA with 3072 bits.
    Rsa3072,
    /// RSA with 4096 bits.
    Rsa4096,
}

/// A private key that can sign certificates.
pub struct SigningKey {
    pair: Pair,
    spki: Vec<u8>,
}

enum Pair {
    Ecdsa(EcdsaKeyPair, Hash),
    Ed25519(Ed25519KeyPair),
    Rsa(RsaKeyPair),
}

#[derive(Clone, Copy)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

const ECDSA_CURVES: [(&EcdsaSigningAlgorithm, Hash); 3] = [
    (&lc::ECDSA_P256_SHA256_ASN1_SIGNING, Hash::Sha256),
    (&lc::ECDSA_P384_SHA384_ASN1_SIGNING, Hash::Sha384),
    (&lc::ECDSA_P521_SHA512_ASN1_SIGNING, Hash::Sha512),
];

impl SigningKey {
    /// Makes a new key.
    pub fn generate(algorithm: KeyAlgorithm) -> Result<Self, KeyError> {
        let failed = |_| KeyError::Failed;
        let ecdsa = |curve: usize| {
            let (algorithm, hash) = ECDSA_CURVES[curve];
            EcdsaKeyPair::generate(algorithm).map(|pair| Pair::Ecdsa(pair, hash)).map_err(failed)
        };
        let rsa = |size| RsaKeyPair::generate(size).map(Pair::Rsa).map_err(failed);
        Self::from_pair(match algorithm {
            KeyAlgorithm::P256 => ecdsa(0)?,
            KeyAlgorithm::P384 => ecdsa(1)?,
            KeyAlgorithm::P521 => ecdsa(2)?,
            KeyAlgorithm::Ed25519 => Pair::Ed25519(Ed25519KeyPair::generate().map_err(failed)?),
            KeyAlgorithm::Rsa2048 => rsa(KeySize::Rsa2048)?,
            KeyAlgorithm::Rsa3072 => rsa(KeySize::Rsa3072)?,
            KeyAlgorithm::Rsa4096 => rsa(KeySize::Rsa4096)?,
        })
    }

    /// Reads the first key of a PEM file: PKCS#8, encrypted or not, SEC1 or PKCS#1.
    pub fn from_pem(pem: &[u8], passphrase: Option<&Passphrase>) -> Result<Self, KeyError> {
        let block = named_file::key_block(pem).ok_or(KeyError::None)?;
        if block.label == "ENCRYPTED PRIVATE KEY" {
            let passphrase = passphrase.ok_or(KeyError::Encrypted)?;
            let der = passphrase::decrypt(block.der(), passphrase)?;
            return Self::from_der(der.as_bytes());
        }
        Self::from_der(block.der())
    }

    fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let ecdsa = ECDSA_CURVES.iter().find_map(|(algorithm, hash)| {
            let pair = EcdsaKeyPair::from_private_key_der(algorithm, der).ok()?;
            Some(Pair::Ecdsa(pair, *hash))
        });
        let ed25519 = || Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).ok().map(Pair::Ed25519);
        let rsa = || {
            let pair = RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der)).ok()?;
            Some(Pair::Rsa(pair))
        };
        Self::from_pair(ecdsa.or_else(ed25519).or_else(rsa).ok_or(KeyError::Unsupported)?)
    }

    fn from_pair(pair: Pair) -> Result<Self, KeyError> {
        let spki: Result<PublicKeyX509Der<'_>, _> = match &pair {
            Pair::Ecdsa(pair, _) => pair.public_key().as_der(),
            Pair::Ed25519(pair) => pair.public_key().as_der(),
            Pair::Rsa(pair) => pair.public_key().as_der(),
        };
        let spki = spki.map_err(|_| KeyError::Failed)?.as_ref().to_vec();
        Ok(Self { pair, spki })
    }

    /// The `SubjectPublicKeyInfo` of its public half.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// Whether it is an RSA key, which may also encipher.
    pub fn is_rsa(&self) -> bool {
        matches!(self.pair, Pair::Rsa(_))
    }

    /// Its PKCS#8 form as PEM, encrypted if a passphrase is given; both are wiped when dropped.
    pub fn to_pem(&self, passphrase: Option<&Passphrase>) -> Result<Zeroizing<String>, KeyError> {
        let secret = |der: &[u8]| SecretDocument::try_from(der).map_err(|_| KeyError::Failed);
        let plain = match &self.pair {
            Pair::Ecdsa(pair, _) => {
                secret(pair.to_pkcs8v1().map_err(|_| KeyError::Failed)?.as_ref())
            }
            Pair::Ed25519(pair) => {
                secret(pair.to_pkcs8v1().map_err(|_| KeyError::Failed)?.as_ref())
            }
            Pair::Rsa(pair) => {
                let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> =
                    pair.as_der().map_err(|_| KeyError::Failed)?;
                secret(der.as_ref())
            }
        }?;
        let (document, label) = match passphrase {
            Some(passphrase) => (passphrase::encrypt(&plain, passphrase)?, "ENCRYPTED PRIVATE KEY"),
            None => (plain, "PRIVATE KEY"),
        };
        document.to_pem(label, pkcs8::LineEnding::LF).map_err(|_| KeyError::Failed)
    }

    /// Signs a message with the hash that goes with the key.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Ecdsa(pair, _) => {
                let signature = pair.sign(&random, message).map_err(|_| KeyError::Failed)?;
                Ok(signature.as_ref().to_vec())
            }
            Pair::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&lc::RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .map_err(|_| KeyError::Failed)?;
                Ok(signature)
            }
        }
    }

    /// The algorithm of its signatures: RFC 5758 §3.2, RFC 8410 §3, RFC 4055 §5.
    pub(super) fn signature_algorithm(&self) -> AlgorithmIdentifierOwned {
        let (oid, parameters) = match &self.pair {
            Pair::Ecdsa(_, Hash::Sha256) => ("1.2.840.10045.4.3.2", None),
            Pair::Ecdsa(_, Hash::Sha384) => ("1.2.840.10045.4.3.3", None),
            Pair::Ecdsa(_, Hash::Sha512) => ("1.2.840.10045.4.3.4", None),
            Pair::Ed25519(_) => ("1.3.101.112", None),
            Pair::Rsa(_) => ("1.2.840.113549.1.1.11", Some(Any::from(Null))),
        };
        AlgorithmIdentifierOwned { oid: ObjectIdentifier::new_unwrap(oid), parameters }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::x509::{Certificate, Go};

    const ALL: [KeyAlgorithm; 5] = [
        KeyAlgorithm::P256,
        KeyAlgorithm::P384,
        KeyAlgorithm::P521,
        KeyAlgorithm::Ed25519,
        KeyAlgorithm::Rsa2048,
    ];

    #[test]
    fn a_key_survives_its_file_with_and_without_a_passphrase() {
        let passphrase = Passphrase::new("correct horse");
        for algorithm in ALL {
            let key = SigningKey::generate(algorithm).unwrap();
            let plain = key.to_pem(None).unwrap();
            let again = SigningKey::from_pem(plain.as_bytes(), None).unwrap();
            assert_eq!(again.spki(), key.spki(), "{algorithm:?}");
            let locked = key.to_pem(Some(&passphrase)).unwrap();
            assert!(locked.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
            let again = SigningKey::from_pem(locked.as_bytes(), Some(&passphrase)).unwrap();
            assert_eq!(again.spki(), key.spki(), "{algorithm:?}");
            let refused = |passphrase| SigningKey::from_pem(locked.as_bytes(), passphrase).err();
            assert!(matches!(refused(None), Some(KeyError::Encrypted)));
            let wrong = Passphrase::new("wrong");
            assert!(matches!(refused(Some(&wrong)), Some(KeyError::Passphrase)));
        }
    }

    #[test]
    fn other_tools_keys_are_read() {
        for algorithm in
            [&rcgen::PKCS_ECDSA_P384_SHA384, &rcgen::PKCS_ED25519, &rcgen::PKCS_RSA_SHA256]
        {
            let pair = rcgen::KeyPair::generate_for(algorithm).unwrap();
            let key = SigningKey::from_pem(pair.serialize_pem().as_bytes(), None).unwrap();
            let certificate = rcgen::CertificateParams::default().self_signed(&pair).unwrap();
            let certificate = Certificate::parse(certificate.der(), Go::DEFAULT).unwrap();
            assert_eq!(certificate.spki, key.spki());
        }
    }
}
