//! The arithmetic of signatures, without any taste: does this key's signature over these bytes check out?
//!
//! aws-lc-rs does it; what it refuses to compute but Go accepts (short RSA keys, P-224) is left to `rust_crypto`, the
//! only file that touches those crates.

pub(super) mod point;
mod rust_crypto;
mod signing;
mod tls;

pub use signing::{KeyError, P224Key, SmallRsaKey};
pub use tls::verify_tls;

use super::algorithm::{Hash, SignatureAlgorithm};
use super::curve::Curve;
use super::public_key::PublicKey;
use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::{self as lc, RsaParameters, UnparsedPublicKey};
use point::ec_algorithm;

/// Whether `signature` over `message` is by `key`; false as well where the algorithm does not go with the key.
pub(super) fn verify(
    algorithm: SignatureAlgorithm,
    key: &PublicKey,
    message: &[u8],
    signature: &[u8],
) -> bool {
    match (algorithm, key) {
        (SignatureAlgorithm::Rsa(hash), PublicKey::Rsa { .. }) => {
            rsa(Padding::Pkcs1, hash, key, message, signature)
        }
        (SignatureAlgorithm::RsaPss(hash), PublicKey::Rsa { .. }) => {
            rsa(Padding::Pss, hash, key, message, signature)
        }
        (SignatureAlgorithm::Ecdsa(hash), PublicKey::Ec { curve, point }) => {
            ecdsa(*curve, hash, point, message, signature)
        }
        (SignatureAlgorithm::Ed25519, PublicKey::Ed25519 { key }) => {
            UnparsedPublicKey::new(&lc::ED25519, key).verify(message, signature).is_ok()
        }
        _ => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Padding {
    Pkcs1,
    Pss,
}

fn rsa(padding: Padding, hash: Hash, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
    let PublicKey::Rsa { bits, modulus, exponent } = key else { return false };
    let ordinary = exponent % 2 == 1
        && (3..1 << 33).contains(exponent)
        && modulus.last().is_some_and(|last| last % 2 == 1);
    match rsa_parameters(padding, hash) {
        Some((parameters, least)) if ordinary && (least..=8192).contains(bits) => {
            let exponent = exponent.to_be_bytes();
            let e = &exponent[exponent.iter().position(|&byte| byte != 0).unwrap_or(7)..];
            PublicKeyComponents { n: modulus.as_slice(), e }
                .verify(parameters, message, signature)
                .is_ok()
        }
        _ => rust_crypto::verify_rsa(padding, hash, modulus, *exponent, message, signature),
    }
}

/// The parameters for aws-lc-rs and the shortest modulus it takes with them.
fn rsa_parameters(padding: Padding, hash: Hash) -> Option<(&'static RsaParameters, usize)> {
    Some(match (padding, hash) {
        (Padding::Pkcs1, Hash::Sha1) => (&lc::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, 1024),
        (Padding::Pkcs1, Hash::Sha256) => {
            (&lc::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, 1024)
        }
        (Padding::Pkcs1, Hash::Sha384) => (&lc::RSA_PKCS1_2048_8192_SHA384, 2048),
        (Padding::Pkcs1, Hash::Sha512) => {
            (&lc::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY, 1024)
        }
        (Padding::Pss, Hash::Sha256) => (&lc::RSA_PSS_2048_8192_SHA256, 2048),
        (Padding::Pss, Hash::Sha384) => (&lc::RSA_PSS_2048_8192_SHA384, 2048),
        (Padding::Pss, Hash::Sha512) => (&lc::RSA_PSS_2048_8192_SHA512, 2048),
        (Padding::Pss, Hash::Sha1) => return None,
    })
}

fn ecdsa(curve: Curve, hash: Hash, point: &[u8], message: &[u8], signature: &[u8]) -> bool {
    match ec_algorithm(curve, hash) {
        Some(algorithm) => {
            UnparsedPublicKey::new(algorithm, point).verify(message, signature).is_ok()
        }
        None => rust_crypto::verify_p224(hash, point, message, signature),
    }
}
