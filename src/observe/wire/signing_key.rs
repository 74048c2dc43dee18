//! A private key as something that rustls can sign a handshake with.
//!
//! Go signs with RSA below 2048 bits and, in TLS 1.2, on P-224; rustls' provider does neither, so these are ours.

use std::sync::Arc;

use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::SubjectPublicKeyInfoDer;
use rustls::sign::{Signer, SigningKey};
use rustls::{SignatureAlgorithm, SignatureScheme};

use crate::observation::Der;
use crate::observe::files::key::Algorithm;
use crate::observe::files::key::PrivateKey;
use crate::x509::Curve;
use crate::x509::signature::{KeyError, P224Key, SmallRsaKey};

/// The signing key for a handshake: rustls' own if it takes the key, else ours; `None` if neither can sign with it.
pub(crate) fn signing_key(key: &PrivateKey) -> Option<Arc<dyn SigningKey>> {
    let der = key.der();
    match key.algorithm() {
        Algorithm::Rsa(bits) => any_supported_type(&der).ok().or_else(|| {
            let rsa = SmallRsaKey::from_pkcs1_der(der.secret_der()).ok()?;
            let fitting = RSA_SCHEMES.iter().filter(|(_, least)| bits >= *least);
            Some(Arc::new(GoSigningKey {
                sign: Arc::new(move |scheme, message| rsa.sign(scheme, message)),
                algorithm: SignatureAlgorithm::RSA,
                schemes: fitting.map(|(scheme, _)| *scheme).collect(),
                spki: key.spki().clone(),
            }))
        }),
        Algorithm::Ecdsa(Curve::P224) => {
            let p224 = P224Key::from_sec1_der(der.secret_der()).ok()?;
            Some(Arc::new(GoSigningKey {
                sign: Arc::new(move |_, message| p224.sign(message)),
                algorithm: SignatureAlgorithm::ECDSA,
                schemes: vec![P224_SCHEME],
                spki: key.spki().clone(),
            }))
        }
        Algorithm::Ecdsa(_) | Algorithm::Ed25519 => any_supported_type(&der).ok(),
    }
}

/// What Go calls the scheme in TLS 1.2, where the number names the hash and not the curve.
const P224_SCHEME: SignatureScheme = SignatureScheme::ECDSA_NISTP256_SHA256;

/// The schemes with the bits that a modulus needs for them, RFC 8017: PSS takes hash, salt of the same length and two
/// bytes below the top bit; PKCS#1 takes hash, its prefix of 19 bytes and 11 of padding.
const RSA_SCHEMES: [(SignatureScheme, usize); 6] = [
    (SignatureScheme::RSA_PSS_SHA256, 8 * 66 - 6),
    (SignatureScheme::RSA_PSS_SHA384, 8 * 98 - 6),
    (SignatureScheme::RSA_PSS_SHA512, 8 * 130 - 6),
    (SignatureScheme::RSA_PKCS1_SHA256, 8 * 62 - 7),
    (SignatureScheme::RSA_PKCS1_SHA384, 8 * 78 - 7),
    (SignatureScheme::RSA_PKCS1_SHA512, 8 * 94 - 7),
];

type Sign = dyn Fn(SignatureScheme, &[u8]) -> Result<Vec<u8>, KeyError> + Send + Sync;

/// A key that Go signs with and rustls' provider does not.
struct GoSigningKey {
    sign: Arc<Sign>,
    algorithm: SignatureAlgorithm,
    schemes: Vec<SignatureScheme>,
    spki: Der,
}

impl SigningKey for GoSigningKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        // Go sends no certificate on P-224 in TLS 1.3. There rustls strikes PKCS#1 from what the server offered.
        let is_pkcs1 = |scheme| RSA_SCHEMES[3..].iter().any(|(pkcs1, _)| pkcs1 == scheme);
        let is_tls13 = !offered.iter().any(is_pkcs1);
        if is_tls13 && self.algorithm == SignatureAlgorithm::ECDSA {
            return None;
        }
        // The server's order decides, as in Go's `selectSignatureScheme`.
        let scheme = *offered.iter().find(|scheme| self.schemes.contains(scheme))?;
        Some(Box::new(GoSigner { sign: Arc::clone(&self.sign), scheme }))
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(self.spki.0.as_slice().into())
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }
}

/// A key together with the scheme that both sides know.
struct GoSigner {
    sign: Arc<Sign>,
    scheme: SignatureScheme,
}

impl Signer for GoSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        (self.sign)(self.scheme, message).map_err(|error| rustls::Error::General(error.to_string()))
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}

impl std::fmt::Debug for GoSigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GoSigningKey")
    }
}

impl std::fmt::Debug for GoSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GoSigner({:?})", self.scheme)
    }
}

#[cfg(test)]
mod tests {
    use rsa::pkcs1::EncodeRsaPrivateKey;

    use super::*;
    use crate::observe::files::key;
    use crate::x509::signature::verify_tls;

    const TLS12: [SignatureScheme; 8] = [
        SignatureScheme::RSA_PSS_SHA512,
        SignatureScheme::RSA_PSS_SHA256,
        SignatureScheme::ECDSA_NISTP521_SHA512,
        SignatureScheme::ECDSA_NISTP384_SHA384,
        SignatureScheme::ECDSA_NISTP256_SHA256,
        SignatureScheme::ED25519,
        SignatureScheme::RSA_PKCS1_SHA512,
        SignatureScheme::RSA_PKCS1_SHA256,
    ];

    /// The scheme chosen, after its signature was verified with the key's public half.
    fn scheme(key: &PrivateKey, offered: &[SignatureScheme]) -> Option<SignatureScheme> {
        let signing = signing_key(key).unwrap();
        assert_eq!(signing.public_key().unwrap().as_ref(), key.spki().0);
        let signer = signing.choose_scheme(offered)?;
        let signature = signer.sign(b"handshake").unwrap();
        verify_tls(signer.scheme(), &key.spki().0, b"handshake", &signature).unwrap();
        Some(signer.scheme())
    }

    fn rsa_key(bits: usize) -> PrivateKey {
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, bits).unwrap();
        key::load(key.to_pkcs1_der().unwrap().as_bytes()).unwrap()
    }

    #[test]
    fn every_key_of_go_signs() {
        for kind in [
            &rcgen::PKCS_ECDSA_P256_SHA256,
            &rcgen::PKCS_ECDSA_P384_SHA384,
            &rcgen::PKCS_ECDSA_P521_SHA512,
            &rcgen::PKCS_ED25519,
            &rcgen::PKCS_RSA_SHA256,
        ] {
            let pair = rcgen::KeyPair::generate_for(kind).unwrap();
            assert!(scheme(&key::load(&pair.serialize_der()).unwrap(), &TLS12).is_some());
        }
    }

    #[test]
    fn a_short_rsa_key_signs_what_it_has_room_for() {
        let key = rsa_key(1024);
        assert_eq!(scheme(&key, &TLS12), Some(SignatureScheme::RSA_PSS_SHA256));
        assert_eq!(scheme(&key, &TLS12[6..]), Some(SignatureScheme::RSA_PKCS1_SHA512));
        assert_eq!(scheme(&key, &TLS12[..1]), None);
        assert_eq!(signing_key(&key).unwrap().algorithm(), SignatureAlgorithm::RSA);
        assert!(scheme(&rsa_key(1536), &TLS12[..1]).is_some());
    }

    #[test]
    fn p224_signs_in_tls_12_only() {
        let scalar = [&[0; 27][..], &[7]].concat();
        let oid = crate::observe::files::curve::oid(Curve::P224);
        let parameters = Some(sec1::EcParameters::NamedCurve(oid));
        let key = sec1::EcPrivateKey { private_key: &scalar, parameters, public_key: None };
        let key = key::load(&pkcs8::der::Encode::to_der(&key).unwrap()).unwrap();
        assert_eq!(scheme(&key, &TLS12), Some(P224_SCHEME));
        assert_eq!(scheme(&key, &TLS12[..6]), None);
        assert_eq!(signing_key(&key).unwrap().algorithm(), SignatureAlgorithm::ECDSA);
        assert!(!format!("{:?}", signing_key(&key).unwrap()).contains('7'));
    }
}
