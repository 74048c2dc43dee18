//! Points of elliptic curves: which algorithm computes with them, and whether one lies on its curve.

use super::rust_crypto;
use crate::x509::algorithm::Hash;
use crate::x509::curve::Curve;
use aws_lc_rs::signature::{self as lc, EcdsaVerificationAlgorithm, ParsedPublicKey};

/// Whether an uncompressed point lies on its curve.
pub(in crate::x509) fn is_on_curve(curve: Curve, point: &[u8]) -> bool {
    match ec_algorithm(curve, Hash::Sha256) {
        Some(algorithm) => ParsedPublicKey::new(algorithm, point).is_ok(),
        None => rust_crypto::is_on_p224(point),
    }
}

/// None for P-224, and for SHA-1 on P-384, which aws-lc-rs lacks and nobody issues.
pub(super) fn ec_algorithm(
    curve: Curve,
    hash: Hash,
) -> Option<&'static EcdsaVerificationAlgorithm> {
    Some(match (curve, hash) {
        (Curve::P256, Hash::Sha1) => &lc::ECDSA_P256_SHA1_ASN1,
        (Curve::P256, Hash::Sha256) => &lc::ECDSA_P256_SHA256_ASN1,
        (Curve::P256, Hash::Sha384) => &lc::ECDSA_P256_SHA384_ASN1,
        (Curve::P256, Hash::Sha512) => &lc::ECDSA_P256_SHA512_ASN1,
        (Curve::P384, Hash::Sha256) => &lc::ECDSA_P384_SHA256_ASN1,
        (Curve::P384, Hash::Sha384) => &lc::ECDSA_P384_SHA384_ASN1,
        (Curve::P384, Hash::Sha512) => &lc::ECDSA_P384_SHA512_ASN1,
        (Curve::P521, Hash::Sha1) => &lc::ECDSA_P521_SHA1_ASN1,
        (Curve::P521, Hash::Sha256) => &lc::ECDSA_P521_SHA256_ASN1,
        (Curve::P521, Hash::Sha384) => &lc::ECDSA_P521_SHA384_ASN1,
        (Curve::P521, Hash::Sha512) => &lc::ECDSA_P521_SHA512_ASN1,
        (Curve::P384, Hash::Sha1) | (Curve::P224, _) => return None,
    })
}
