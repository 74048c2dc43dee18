//! The curves of EC and Edwards keys: which Go's TLS takes, and the public half of a scalar on each of those.

use aws_lc_rs::agreement;
use p224::elliptic_curve::sec1::ToEncodedPoint;
use pkcs8::der::asn1::ObjectIdentifier;
use zeroize::Zeroizing;

use crate::x509::Curve;

/// The curve of that name, if Go's `crypto/x509` knows it (`namedCurveFromOID`).
pub(crate) fn named(oid: ObjectIdentifier) -> Option<Curve> {
    [Curve::P224, Curve::P256, Curve::P384, Curve::P521].into_iter().find(|c| self::oid(*c) == oid)
}

/// The object identifier of a curve, RFC 5480 section 2.1.1.1.
pub(crate) const fn oid(curve: Curve) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(match curve {
        Curve::P224 => "1.3.132.0.33",
        Curve::P256 => "1.2.840.10045.3.1.7",
        Curve::P384 => "1.3.132.0.34",
        Curve::P521 => "1.3.132.0.35",
    })
}

/// The scalar at its curve's length: Go forgives zeros that are missing or too many in front.
pub(crate) fn scalar(curve: Curve, written: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let length = match curve {
        Curve::P224 => 28,
        Curve::P256 => 32,
        Curve::P384 => 48,
        Curve::P521 => 66,
    };
    let digits = &written[written.iter().take_while(|&&byte| byte == 0).count()..];
    let mut scalar = Zeroizing::new(vec![0; length]);
    scalar[length.checked_sub(digits.len())?..].copy_from_slice(digits);
    Some(scalar)
}

/// The uncompressed point that belongs to a scalar; none for zero and for what is not below the order.
pub(crate) fn public_point(curve: Curve, scalar: &[u8]) -> Option<Vec<u8>> {
    let algorithm = match curve {
        Curve::P224 => {
            let public = p224::SecretKey::from_slice(scalar).ok()?.public_key();
            return Some(public.to_encoded_point(false).as_bytes().to_vec());
        }
        Curve::P256 => &agreement::ECDH_P256,
        Curve::P384 => &agreement::ECDH_P384,
        Curve::P521 => &agreement::ECDH_P521,
    };
    let key = agreement::PrivateKey::from_private_key(algorithm, scalar).ok()?;
    Some(key.compute_public_key().ok()?.as_ref().to_vec())
}

/// The usual name of a key's algorithm or curve that Go's TLS does not take; the dotted number if it has none here.
pub(crate) fn foreign_name(oid: ObjectIdentifier) -> String {
    const NAMES: [(&str, &str); 23] = [
        ("1.3.132.0.10", "secp256k1"),
        ("1.3.132.0.31", "secp192k1"),
        ("1.3.132.0.32", "secp224k1"),
        ("1.2.840.10045.3.1.1", "P-192"),
        ("1.3.36.3.3.2.8.1.1.3", "brainpoolP192r1"),
        ("1.3.36.3.3.2.8.1.1.5", "brainpoolP224r1"),
        ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"),
        ("1.3.36.3.3.2.8.1.1.8", "brainpoolP256t1"),
        ("1.3.36.3.3.2.8.1.1.9", "brainpoolP320r1"),
        ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"),
        ("1.3.36.3.3.2.8.1.1.12", "brainpoolP384t1"),
        ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"),
        ("1.3.36.3.3.2.8.1.1.14", "brainpoolP512t1"),
        ("1.2.156.10197.1.301", "SM2"),
        ("1.3.101.110", "X25519"),
        ("1.3.101.111", "X448"),
        ("1.3.101.113", "Ed448"),
        ("1.2.840.10040.4.1", "DSA"),
        ("1.2.840.113549.1.1.10", "RSASSA-PSS"),
        ("1.2.840.113549.1.3.1", "DH"),
        ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
        ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
        ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
    ];
    let dotted = oid.to_string();
    let name = NAMES.iter().find(|(number, _)| *number == dotted);
    name.map_or(dotted, |(_, name)| (*name).to_owned())
}
