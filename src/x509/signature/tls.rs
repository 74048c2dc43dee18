//! Signatures of the TLS handshake: `CertificateVerify`, and `ServerKeyExchange` in TLS 1.2.
//!
//! As Go's `verifyHandshakeSignature` (`crypto/tls/auth.go`) accepts them; RFC 8446 §4.2.3 names the schemes.

use super::verify;
use crate::x509::algorithm::{Hash, SignatureAlgorithm};
use crate::x509::der::{self, Reader};
use crate::x509::go::Go;
use crate::x509::public_key::{Point, PublicKey};
use rustls::SignatureScheme;

/// Whether the key in `spki_der` made `signature` over `message`; the error says why not.
pub fn verify_tls(
    scheme: SignatureScheme,
    spki_der: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), String> {
    let info = Reader::new(spki_der).read(der::SEQUENCE).ok_or("x509: malformed spki")?;
    let key =
        PublicKey::read(info, Go::DEFAULT, Point::ToCheck).map_err(|refused| refused.message)?;
    let algorithm =
        algorithm(scheme).ok_or_else(|| format!("tls: unsupported signature scheme {scheme:?}"))?;
    if matches!(key, PublicKey::Rsa { bits, .. } if bits < 1024) {
        return Err("crypto/rsa: keys below 1024 bits are insecure".into());
    }
    if verify(algorithm, &key, message, signature) {
        return Ok(());
    }
    Err(format!("tls: invalid signature by the certificate's {key} key with {scheme:?}"))
}

fn algorithm(scheme: SignatureScheme) -> Option<SignatureAlgorithm> {
    Some(match scheme {
        SignatureScheme::RSA_PKCS1_SHA1 => SignatureAlgorithm::Rsa(Hash::Sha1),
        SignatureScheme::RSA_PKCS1_SHA256 => SignatureAlgorithm::Rsa(Hash::Sha256),
        SignatureScheme::RSA_PKCS1_SHA384 => SignatureAlgorithm::Rsa(Hash::Sha384),
        SignatureScheme::RSA_PKCS1_SHA512 => SignatureAlgorithm::Rsa(Hash::Sha512),
        SignatureScheme::RSA_PSS_SHA256 => SignatureAlgorithm::RsaPss(Hash::Sha256),
        SignatureScheme::RSA_PSS_SHA384 => SignatureAlgorithm::RsaPss(Hash::Sha384),
        SignatureScheme::RSA_PSS_SHA512 => SignatureAlgorithm::RsaPss(Hash::Sha512),
        SignatureScheme::ECDSA_SHA1_Legacy => SignatureAlgorithm::Ecdsa(Hash::Sha1),
        SignatureScheme::ECDSA_NISTP256_SHA256 => SignatureAlgorithm::Ecdsa(Hash::Sha256),
        SignatureScheme::ECDSA_NISTP384_SHA384 => SignatureAlgorithm::Ecdsa(Hash::Sha384),
        SignatureScheme::ECDSA_NISTP521_SHA512 => SignatureAlgorithm::Ecdsa(Hash::Sha512),
        SignatureScheme::ED25519 => SignatureAlgorithm::Ed25519,
        _ => return None,
    })
}
