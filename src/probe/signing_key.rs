//! A private key as something that rustls can sign a handshake with.
//!
//! Go signs with RSA below 2048 bits and, in TLS 1.2, on P-224; rustls' provider does neither, so these are ours.

use std::sync::Arc;

use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::SubjectPublicKeyInfoDer;
use rustls::sign::{Signer, SigningKey};
use rustls::{SignatureAlgorithm, SignatureScheme};

use super::key::{Algorithm, PrivateKey};
use crate::observation::Der;
use crate::trust::Curve;
use crate::trust::signature::{KeyError, P224Key, SmallRsaKey};

/// The signer for a key: rustls' own where it has one; an error says why a handshake with this key is not tried.
pub(crate) fn signing_key(key: &PrivateKey) -> Result<Arc<dyn SigningKey>, String> {
    let der = key.der();
    let ours = match key.algorithm() {
        Algorithm::Rsa(bits) => any_supported_type(&der).or_else(|_| {
            let schemes = RSA_SCHEMES.iter().filter(|(_, least)| bits >= *least);
            let rsa = SmallRsaKey::from_pkcs1_der(der.secret_der())?;
            Ok(Lent::new(Kind::Rsa(rsa), schemes.map(|(scheme, _)| *scheme).collect(), key))
        }),
        Algorithm::Ecdsa(Curve::P224) => P224Key::from_sec1_der(der.secret_der())
            .map(|p224| Lent::new(Kind::P224(p224), vec![P224_SCHEME], key)),
        Algorithm::Ecdsa(_) | Algorithm::Ed25519 => {
            return any_supported_type(&der).map_err(|error| format!("not tried: {error}"));
        }
    };
    ours.map_err(|error: KeyError| format!("not tried: {error}"))
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

/// A key that rustls borrows from us.
struct Lent {
    kind: Arc<Kind>,
    schemes: Vec<SignatureScheme>,
    spki: Der,
}

enum Kind {
    Rsa(SmallRsaKey),
    P224(P224Key),
}

impl Lent {
    fn new(kind: Kind, schemes: Vec<SignatureScheme>, key: &PrivateKey) -> Arc<dyn SigningKey> {
        Arc::new(Self { kind: Arc::new(kind), schemes, spki: key.spki().clone() })
    }
}

impl SigningKey for Lent {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        // Go sends no certificate on P-224 in TLS 1.3. There rustls strikes PKCS#1 from what the server offered.
        let is_pkcs1 = |scheme| RSA_SCHEMES[3..].iter().any(|(pkcs1, _)| pkcs1 == scheme);
        let is_tls13 = !offered.iter().any(is_pkcs1);
        if is_tls13 && matches!(*self.kind, Kind::P224(_)) {
            return None;
        }
        // The server's order decides, as in Go's `selectSignatureScheme`.
        let scheme = *offered.iter().find(|scheme| self.schemes.contains(scheme))?;
        Some(Box::new(Chosen { kind: Arc::clone(&self.kind), scheme }))
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(self.spki.0.as_slice().into())
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        match *self.kind {
            Kind::Rsa(_) => SignatureAlgorithm::RSA,
            Kind::P224(_) => SignatureAlgorithm::ECDSA,
        }
    }
}

/// A key together with the scheme that both sides know.
struct Chosen {
    kind: Arc<Kind>,
    scheme: SignatureScheme,
}

impl Signer for Chosen {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        let signed = match &*self.kind {
            Kind::Rsa(key) => key.sign(self.scheme, message),
            Kind::P224(key) => key.sign(message),
        };
        signed.map_err(|error| rustls::Error::General(error.to_string()))
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}

impl std::fmt::Debug for Lent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lent")
    }
}

impl std::fmt::Debug for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chosen({:?})", self.scheme)
    }
}

#[cfg(test)]
mod tests {
    use rsa::pkcs1::EncodeRsaPrivateKey;

    use super::super::key;
    use super::*;
    use crate::trust::signature::verify_tls;

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
        let oid = super::super::curve::oid(Curve::P224);
        let parameters = Some(sec1::EcParameters::NamedCurve(oid));
        let key = sec1::EcPrivateKey { private_key: &scalar, parameters, public_key: None };
        let key = key::load(&pkcs8::der::Encode::to_der(&key).unwrap()).unwrap();
        assert_eq!(scheme(&key, &TLS12), Some(P224_SCHEME));
        assert_eq!(scheme(&key, &TLS12[..6]), None);
        assert_eq!(signing_key(&key).unwrap().algorithm(), SignatureAlgorithm::ECDSA);
        assert!(!format!("{:?}", signing_key(&key).unwrap()).contains('7'));
    }
}
