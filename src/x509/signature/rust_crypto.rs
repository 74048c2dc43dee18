//! RSA of any size and P-224: what Go verifies and aws-lc-rs refuses to.

use super::Padding;
use crate::x509::algorithm::Hash;
use aws_lc_rs::digest;
use p224::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::sha2::{Sha256, Sha384, Sha512};
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};

/// Longer moduli would cost seconds; no certificate that a TLS peer can send has one.
const MAX_RSA_BYTES: usize = 4096;

/// The `DigestInfo` before a SHA-1 hash, RFC 8017 §9.2.
const SHA1_PREFIX: [u8; 15] = [0x30, 0x21, 0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0, 4, 20];

pub(super) fn verify_rsa(
    padding: Padding,
    hash: Hash,
    modulus: &[u8],
    exponent: u64,
    message: &[u8],
    signature: &[u8],
) -> bool {
    // A modulus of 1 or a signature that is not below the modulus is outside what the crate checks itself.
    if modulus.len() > MAX_RSA_BYTES
        || modulus <= [1].as_slice()
        || signature.len() != modulus.len()
        || signature >= modulus
    {
        return false;
    }
    let key = RsaPublicKey::new_unchecked(BigUint::from_bytes_be(modulus), BigUint::from(exponent));
    let digest = digest(hash, message);
    let digest = digest.as_ref();
    match (padding, hash) {
        (Padding::Pkcs1, Hash::Sha1) => {
            let padding = Pkcs1v15Sign { hash_len: Some(20), prefix: SHA1_PREFIX.into() };
            key.verify(padding, digest, signature)
        }
        (Padding::Pkcs1, Hash::Sha256) => {
            key.verify(Pkcs1v15Sign::new::<Sha256>(), digest, signature)
        }
        (Padding::Pkcs1, Hash::Sha384) => {
            key.verify(Pkcs1v15Sign::new::<Sha384>(), digest, signature)
        }
        (Padding::Pkcs1, Hash::Sha512) => {
            key.verify(Pkcs1v15Sign::new::<Sha512>(), digest, signature)
        }
        (Padding::Pss, Hash::Sha1) => return false,
        (Padding::Pss, Hash::Sha256) => {
            key.verify(Pss::new_with_salt::<Sha256>(32), digest, signature)
        }
        (Padding::Pss, Hash::Sha384) => {
            key.verify(Pss::new_with_salt::<Sha384>(48), digest, signature)
        }
        (Padding::Pss, Hash::Sha512) => {
            key.verify(Pss::new_with_salt::<Sha512>(64), digest, signature)
        }
    }
    .is_ok()
}

pub(super) fn is_on_p224(point: &[u8]) -> bool {
    p224::PublicKey::from_sec1_bytes(point).is_ok()
}

pub(super) fn verify_p224(hash: Hash, point: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = p224::ecdsa::VerifyingKey::from_sec1_bytes(point) else { return false };
    let Ok(signature) = p224::ecdsa::DerSignature::try_from(signature) else { return false };
    key.verify_prehash(digest(hash, message).as_ref(), &signature).is_ok()
}

pub(super) fn digest(hash: Hash, message: &[u8]) -> digest::Digest {
    let algorithm = match hash {
        Hash::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        Hash::Sha256 => &digest::SHA256,
        Hash::Sha384 => &digest::SHA384,
        Hash::Sha512 => &digest::SHA512,
    };
    digest::digest(algorithm, message)
}
