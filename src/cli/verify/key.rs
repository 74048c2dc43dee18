//! Does a private key belong to a certificate? Only the public half is compared, and nothing of the key is kept.

use crate::trust::signature::{P224Key, SmallRsaKey};
use crate::trust::{Certificate, PublicKey};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
};
use aws_lc_rs::signature::{EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;

/// How a private key relates to a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyMatch {
    Matches,
    Differs,
    Unreadable,
}

impl KeyMatch {
    /// Compares the first key of a PEM file.
    pub(super) fn of(file: &[u8], certificate: &Certificate) -> Self {
        let Ok(key) = PrivateKeyDer::from_pem_slice(file) else { return Self::Unreadable };
        let public = match &certificate.public_key {
            PublicKey::Rsa { modulus, .. } => rsa(&key).map(|public| public == *modulus),
            PublicKey::Ec { point, .. } => ec(&key).map(|public| public == *point),
            PublicKey::Ed25519 { key: public } => ed25519(&key).map(|found| found == *public),
            PublicKey::Dsa | PublicKey::Unknown { .. } => None,
        };
        let is_some_other_key =
            || rsa(&key).or_else(|| ec(&key)).or_else(|| ed25519(&key)).is_some();
        match public {
            Some(true) => Self::Matches,
            Some(false) => Self::Differs,
            None if is_some_other_key() => Self::Differs,
            None => Self::Unreadable,
        }
    }
}

fn rsa(key: &PrivateKeyDer<'_>) -> Option<Vec<u8>> {
    let key = match key {
        PrivateKeyDer::Pkcs1(der) => SmallRsaKey::from_pkcs1_der(der.secret_pkcs1_der()),
        PrivateKeyDer::Pkcs8(der) => SmallRsaKey::from_pkcs8_der(der.secret_pkcs8_der()),
        _ => return None,
    };
    key.ok().map(|key| key.modulus())
}

fn ec(key: &PrivateKeyDer<'_>) -> Option<Vec<u8>> {
    let curves = [
        &ECDSA_P256_SHA256_ASN1_SIGNING,
        &ECDSA_P384_SHA384_ASN1_SIGNING,
        &ECDSA_P521_SHA512_ASN1_SIGNING,
    ];
    let on_larger_curve = curves
        .iter()
        .find_map(|curve| EcdsaKeyPair::from_private_key_der(curve, key.secret_der()).ok());
    on_larger_curve.map(|key| key.public_key().as_ref().to_vec()).or_else(|| {
        let key = match key {
            PrivateKeyDer::Sec1(der) => P224Key::from_sec1_der(der.secret_sec1_der()),
            PrivateKeyDer::Pkcs8(der) => P224Key::from_pkcs8_der(der.secret_pkcs8_der()),
            _ => return None,
        };
        key.ok().map(|key| key.public_point())
    })
}

fn ed25519(key: &PrivateKeyDer<'_>) -> Option<Vec<u8>> {
    let key = Ed25519KeyPair::from_pkcs8_maybe_unchecked(key.secret_der()).ok()?;
    Some(key.public_key().as_ref().to_vec())
}
