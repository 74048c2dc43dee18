//! May this certificate have signed that one, and did it? Go's `CheckSignatureFrom` and `checkSignature`.

use super::algorithm::{Hash, SignatureAlgorithm};
use super::certificate::{Certificate, KeyUsage};
use super::go::Go;
use super::public_key::PublicKey;
use super::rejection::{Place, Reason, Rejection};
use crate::message::{Value, VerdictMessage};

const UNIMPLEMENTED: &str = "x509: cannot verify signature: algorithm unimplemented";

impl Certificate {
    /// Go's `CheckSignatureFrom`: the issuer's CA flag and key usage, the algorithm, the key, then the arithmetic.
    pub fn check_signature_from(&self, issuer: &Self, go: Go) -> Result<(), Rejection> {
        issuer.may_sign_certificates()?;
        let algorithm = self.signature_algorithm;
        let key = &issuer.public_key;
        let refuse = |reason, message: String| {
            Rejection::new(reason, Place::Leaf, message)
                .expecting(algorithm.to_string(), key.to_string())
        };
        if matches!(key, PublicKey::Unknown { .. }) || algorithm == SignatureAlgorithm::Unknown {
            return Err(refuse(Reason::UnsupportedAlgorithm, UNIMPLEMENTED.into()));
        }
        if is_insecure(algorithm, go) {
            return Err(refuse(Reason::InsecureAlgorithm, insecure_message(algorithm, go)));
        }
        if matches!(key, PublicKey::Dsa) {
            return Err(refuse(Reason::UnsupportedAlgorithm, UNIMPLEMENTED.into()));
        }
        if !fits(algorithm, key) {
            let (wanted, got) = (algorithm.key_algorithm(), key.go_type());
            let message = format!(
                "x509: signature algorithm specifies an {wanted} public key, but have public key of type {got}"
            );
            return Err(refuse(Reason::AlgorithmMismatch, message));
        }
        if let PublicKey::Rsa { bits, modulus, exponent } = key {
            check_rsa_numbers(*bits, modulus, *exponent, go)
                .map_err(|(reason, message)| refuse(reason, message))?;
        }
        if self.signed_by(issuer) {
            return Ok(());
        }
        let message = match key {
            PublicKey::Ec { .. } => "x509: ECDSA verification failure",
            PublicKey::Ed25519 { .. } => "x509: Ed25519 verification failure",
            _ => "crypto/rsa: verification error",
        };
        let failed = Rejection::new(Reason::BadSignature, Place::Leaf, message);
        Err(failed.expecting(
            VerdictMessage::SignatureBy { subject: issuer.subject().into() },
            VerdictMessage::OtherKeyThan { key: key.to_string().into() },
        ))
    }

    /// The CA flag that RFC 5280 §4.2.1.9 demands of v3 issuers, and keyCertSign if any key usage is set.
    fn may_sign_certificates(&self) -> Result<(), Rejection> {
        let ca = match self.basic_constraints {
            Some(constraints) => constraints.ca,
            None => self.version != 3,
        };
        let usage = self.key_usage.unwrap_or_default();
        let signs = usage == KeyUsage::default() || usage.contains(KeyUsage::KEY_CERT_SIGN);
        if ca && signs {
            return Ok(());
        }
        let message =
            "x509: invalid signature: parent certificate cannot sign this kind of certificate";
        let refused = Rejection::new(Reason::NotACa, Place::Leaf, message);
        Err(match (self.basic_constraints, ca) {
            (_, true) => refused.expecting(
                VerdictMessage::KeyUsage { usage: "keyCertSign".into() },
                Value::list(self.key_usage_display()),
            ),
            (Some(_), false) => refused.expecting(VerdictMessage::IsCa, "CA:FALSE"),
            (None, false) => {
                refused.expecting(VerdictMessage::IsCa, VerdictMessage::NoBasicConstraints)
            }
        })
    }
}

fn is_insecure(algorithm: SignatureAlgorithm, go: Go) -> bool {
    algorithm == SignatureAlgorithm::Md5Rsa
        || algorithm.hash() == Some(Hash::Sha1) && go.refuses_sha1()
}

fn insecure_message(algorithm: SignatureAlgorithm, go: Go) -> String {
    // While GODEBUG could bring SHA-1 back, the text said so.
    let hint = if algorithm.hash() == Some(Hash::Sha1) && go.allows_sha1_override() {
        " (temporarily override with GODEBUG=x509sha1=1)"
    } else {
        ""
    };
    format!("x509: cannot verify signature: insecure algorithm {algorithm}{hint}")
}

fn fits(algorithm: SignatureAlgorithm, key: &PublicKey) -> bool {
    let wanted = algorithm.key_algorithm();
    match key {
        PublicKey::Rsa { .. } => wanted == "RSA",
        PublicKey::Ec { .. } => wanted == "ECDSA",
        PublicKey::Ed25519 { .. } => wanted == "Ed25519",
        PublicKey::Dsa | PublicKey::Unknown { .. } => false,
    }
}

/// What Go demands of an RSA key before it verifies with it (`checkKeySize`, `checkPublicKey`).
fn check_rsa_numbers(
    bits: usize,
    modulus: &[u8],
    exponent: u64,
    go: Go,
) -> Result<(), (Reason, String)> {
    let invalid = |why: &str| Err((Reason::InvalidKey, format!("crypto/rsa: public {why}")));
    if bits < 1024 && go.refuses_short_rsa() {
        let see = "see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size";
        return Err((Reason::WeakKey, format!("crypto/rsa: {bits}-bit keys are insecure ({see})")));
    }
    if !go.checks_rsa_numbers() {
        return Ok(());
    }
    match exponent {
        _ if modulus.last().is_none_or(|last| last % 2 == 0) => invalid("modulus is even"),
        0..2 => invalid("exponent too small or negative"),
        _ if exponent.is_multiple_of(2) => invalid("exponent is even"),
        0x8000_0000.. => invalid("exponent too large"),
        _ => Ok(()),
    }
}
