//! Private keys as Go's `tls.X509KeyPair` takes them: PKCS#1, PKCS#8 and SEC1 in that order, whatever the label
//! says (`parsePrivateKey` in `crypto/tls/tls.go`). A key is reduced to its public half, or kept for one handshake.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use pkcs8::der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef};
use pkcs8::der::{self, Decode, Encode, Reader, SecretDocument, SliceReader};
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use pkcs8::{ObjectIdentifier as Oid, PrivateKeyInfo};
use rsa::BigUint;
use rustls::pki_types::PrivateKeyDer;
use sec1::{EcParameters, EcPrivateKey};
use zeroize::Zeroizing;

use super::curve;
use super::curve::foreign_name;
use super::foreign_key;
use crate::observation::Der;
use crate::observation::key::{KeyDefect, KeySeen};
use crate::x509::Curve;

const EC_PUBLIC_KEY: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
const ED25519: Oid = Oid::new_unwrap("1.3.101.112");
/// Go refuses peers above 8192 bits; a modulus beyond twice that is not worth the arithmetic.
const LARGEST_RSA: usize = 16_384;

/// A private key that Go's TLS could use, kept for the handshake alone and wiped afterwards.
pub(crate) struct PrivateKey {
    algorithm: Algorithm,
    der: Zeroizing<Vec<u8>>,
    spki: Der,
}

/// The kinds of key that Go's `crypto/tls` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// RSA with the bits of its modulus.
    Rsa(usize),
    /// ECDSA on a NIST curve.
    Ecdsa(Curve),
    /// Ed25519.
    Ed25519,
}

impl PrivateKey {
    /// What kind of key it is.
    pub(crate) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key as rustls takes it: PKCS#1, SEC1 or PKCS#8 by its algorithm.
    pub(crate) fn der(&self) -> PrivateKeyDer<'_> {
        let der = self.der.as_slice();
        match self.algorithm {
            Algorithm::Rsa(_) => PrivateKeyDer::Pkcs1(der.into()),
            Algorithm::Ecdsa(_) => PrivateKeyDer::Sec1(der.into()),
            Algorithm::Ed25519 => PrivateKeyDer::Pkcs8(der.into()),
        }
    }

    /// Its public half, encoded as in certificates.
    pub(crate) fn spki(&self) -> &Der {
        &self.spki
    }
}

impl std::fmt::Display for Algorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA {bits}"),
            Self::Ecdsa(curve) => write!(f, "ECDSA {curve}"),
            Self::Ed25519 => f.write_str("Ed25519"),
        }
    }
}

/// Whether Go takes a block of this label for a private key.
pub(crate) fn is_key_label(label: &str) -> bool {
    label == "PRIVATE KEY" || label.ends_with(" PRIVATE KEY")
}

/// Describes a private key without its secret.
pub(crate) fn reduce(label: &str, headers: &[(String, String)], der: &[u8]) -> KeySeen {
    let refused = match parse(der) {
        Ok((container, key)) => {
            return KeySeen {
                container: container.to_owned(),
                algorithm: key.algorithm.to_string(),
                spki: Some(key.spki),
                encrypted: false,
                unusable: None,
            };
        }
        Err(refused) => refused,
    };
    foreign_key::describe(label, headers, der).unwrap_or_else(|| KeySeen {
        container: refused.container.to_owned(),
        algorithm: refused.algorithm,
        spki: refused.spki,
        encrypted: false,
        unusable: Some(refused.defect),
    })
}

/// Describes an EC key by the public half that is written in it, uncomputed; none if it is no such key.
pub(crate) fn stated(der: &[u8]) -> Option<KeySeen> {
    let info = PrivateKeyInfo::from_der(der).ok();
    let (container, inner) =
        info.as_ref().map_or(("SEC1", der), |info| ("PKCS#8", info.private_key));
    let key = EcPrivateKey::from_der(inner).ok()?;
    let outer = info.as_ref().and_then(|info| info.algorithm.parameters_oid().ok());
    let oid = outer.or_else(|| key.parameters.and_then(EcParameters::named_curve))?;
    let algorithm = Algorithm::Ecdsa(curve::named(oid)?).to_string();
    let spki = Some(ec_spki(&oid, key.public_key?)?);
    let container = container.to_owned();
    Some(KeySeen { container, algorithm, spki, encrypted: false, unusable: None })
}

/// The same for bytes that nothing says to be a key; none if they are none.
pub(crate) fn recognise(der: &[u8]) -> Option<KeySeen> {
    Some(reduce("", &[], der)).filter(|key| !key.container.is_empty())
}

/// The key in a block, if Go's TLS could use it.
pub(crate) fn load(der: &[u8]) -> Option<PrivateKey> {
    parse(der).ok().map(|(_, key)| key)
}

/// What could be told of a key that Go's TLS does not take.
struct Refused {
    container: &'static str,
    algorithm: String,
    spki: Option<Der>,
    defect: KeyDefect,
}

impl Refused {
    fn new(container: &'static str, algorithm: &str, defect: KeyDefect) -> Self {
        Self { container, algorithm: algorithm.to_string(), spki: None, defect }
    }
}

fn parse(der: &[u8]) -> Result<(&'static str, PrivateKey), Refused> {
    if let Ok(key) = pkcs1::RsaPrivateKey::from_der(der) {
        return Ok(("PKCS#1", rsa_key(&key, der, "PKCS#1")?));
    }
    // Unlike PKCS#1, Go lets bytes follow the outer SEQUENCE of the other two.
    let outer = SliceReader::new(der).and_then(|mut reader| reader.tlv_bytes()).unwrap_or(der);
    if let Ok(info) = PrivateKeyInfo::from_der(outer) {
        return Ok(("PKCS#8", pkcs8_key(&info)?));
    }
    if let Ok(key) = EcPrivateKey::from_der(outer) {
        let curve = key.parameters.and_then(EcParameters::named_curve);
        return Ok(("SEC1", ec_key(&key, curve, "SEC1")?));
    }
    Err(Refused::new("", "", KeyDefect::UnknownForm))
}

fn pkcs8_key(info: &PrivateKeyInfo<'_>) -> Result<PrivateKey, Refused> {
    const CONTAINER: &str = "PKCS#8";
    let refused = |algorithm: &str, defect| Refused::new(CONTAINER, algorithm, defect);
    match info.algorithm.oid {
        pkcs1::ALGORITHM_OID => {
            let key = pkcs1::RsaPrivateKey::from_der(info.private_key)
                .map_err(|_| refused("RSA", KeyDefect::NoRsaInPkcs8))?;
            rsa_key(&key, info.private_key, CONTAINER)
        }
        EC_PUBLIC_KEY => {
            let key = EcPrivateKey::from_der(info.private_key)
                .map_err(|_| refused("ECDSA", KeyDefect::NoEcInPkcs8))?;
            let inner = || key.parameters.and_then(EcParameters::named_curve);
            let curve = info.algorithm.parameters_oid().ok().or_else(inner);
            ec_key(&key, curve, CONTAINER)
        }
        ED25519 => ed25519_key(info).ok_or_else(|| refused("Ed25519", KeyDefect::MalformedEd25519)),
        other => {
            let name = foreign_name(other);
            Err(refused(&name.clone(), KeyDefect::NotForTls(name)))
        }
    }
}

fn rsa_key(
    key: &pkcs1::RsaPrivateKey<'_>,
    der: &[u8],
    container: &'static str,
) -> Result<PrivateKey, Refused> {
    let number = |value: der::asn1::UintRef<'_>| BigUint::from_bytes_be(value.as_bytes());
    let modulus = number(key.modulus);
    let bits = modulus.bits();
    let refused = |defect| Refused::new(container, &format!("RSA {bits}"), defect);
    if bits > LARGEST_RSA {
        return Err(refused(KeyDefect::TooLarge));
    }
    let primes = vec![number(key.prime1), number(key.prime2)];
    let (exponent, private) = (number(key.public_exponent), number(key.private_exponent));
    rsa::RsaPrivateKey::from_components(modulus, exponent, private, primes)
        .map_err(|_| refused(KeyDefect::Inconsistent))?;
    let public = key.public_key().to_der().map_err(|_| refused(KeyDefect::MalformedRsa))?;
    let algorithm =
        AlgorithmIdentifierRef { oid: pkcs1::ALGORITHM_OID, parameters: Some(AnyRef::NULL) };
    let spki = spki(algorithm, &public).ok_or_else(|| refused(KeyDefect::MalformedRsa))?;
    Ok(PrivateKey { algorithm: Algorithm::Rsa(bits), der: der.to_vec().into(), spki })
}

fn ec_key(
    key: &EcPrivateKey<'_>,
    named: Option<ObjectIdentifier>,
    container: &'static str,
) -> Result<PrivateKey, Refused> {
    let Some(oid) = named else {
        return Err(Refused::new(container, "ECDSA", KeyDefect::NoCurve));
    };
    let Some(curve) = curve::named(oid) else {
        let name = foreign_name(oid);
        let spki = key.public_key.and_then(|point| ec_spki(&oid, point));
        let defect = KeyDefect::UnknownCurve(name.clone());
        return Err(Refused { container, algorithm: name, spki, defect });
    };
    let refused =
        || Refused::new(container, &Algorithm::Ecdsa(curve).to_string(), KeyDefect::OutOfRange);
    let scalar = curve::scalar(curve, key.private_key).ok_or_else(refused)?;
    let point = curve::public_point(curve, &scalar).ok_or_else(refused)?;
    let plain = EcPrivateKey {
        private_key: &scalar,
        parameters: Some(EcParameters::NamedCurve(oid)),
        public_key: Some(&point),
    };
    let der = SecretDocument::encode_msg(&plain).map_err(|_| refused())?.to_bytes();
    let spki = ec_spki(&oid, &point).ok_or_else(refused)?;
    Ok(PrivateKey { algorithm: Algorithm::Ecdsa(curve), der, spki })
}

fn ed25519_key(info: &PrivateKeyInfo<'_>) -> Option<PrivateKey> {
    if info.algorithm.parameters.is_some() {
        return None;
    }
    let seed = OctetStringRef::from_der(info.private_key).ok()?.as_bytes();
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
    let spki = spki(info.algorithm, pair.public_key().as_ref())?;
    let plain = PrivateKeyInfo::new(info.algorithm, info.private_key);
    let der = SecretDocument::encode_msg(&plain).ok()?.to_bytes();
    Some(PrivateKey { algorithm: Algorithm::Ed25519, der, spki })
}

fn ec_spki(curve: &ObjectIdentifier, point: &[u8]) -> Option<Der> {
    spki(AlgorithmIdentifierRef { oid: EC_PUBLIC_KEY, parameters: Some(curve.into()) }, point)
}

fn spki(algorithm: AlgorithmIdentifierRef<'_>, key: &[u8]) -> Option<Der> {
    let subject_public_key = BitStringRef::from_bytes(key).ok()?;
    SubjectPublicKeyInfoRef { algorithm, subject_public_key }.to_der().ok().map(Der)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rcgen::{KeyPair as Generated, PublicKeyData};

    use super::super::pem;
    use super::*;

    fn fixture(name: &str) -> KeySeen {
        let path = format!("{}/fixtures/keys/{name}.pem", env!("CARGO_MANIFEST_DIR"));
        let mut blocks = pem::decode(&std::fs::read(path).unwrap()).blocks;
        let block = blocks.pop().unwrap();
        reduce(&block.label, &block.headers, &block.der)
    }

    fn public_of(name: &str) -> Der {
        let path = format!("{}/fixtures/keys/{name}.spki.pem", env!("CARGO_MANIFEST_DIR"));
        let der = pem::decode(&std::fs::read(path).unwrap()).blocks.pop().unwrap().der;
        Der(der.to_vec())
    }

    #[test]
    fn the_public_half_equals_the_one_in_certificates() {
        for (kind, name) in [
            (&rcgen::PKCS_ECDSA_P256_SHA256, "ECDSA P-256"),
            (&rcgen::PKCS_ECDSA_P384_SHA384, "ECDSA P-384"),
            (&rcgen::PKCS_ECDSA_P521_SHA512, "ECDSA P-521"),
            (&rcgen::PKCS_ED25519, "Ed25519"),
            (&rcgen::PKCS_RSA_SHA256, "RSA 2048"),
        ] {
            let pair = Generated::generate_for(kind).unwrap();
            let key = load(&pair.serialize_der()).unwrap();
            assert_eq!(key.spki().0, pair.subject_public_key_info());
            let seen = reduce("PRIVATE KEY", &[], &pair.serialize_der());
            let is_stated = stated(&pair.serialize_der()).as_ref() == Some(&seen);
            assert_eq!(is_stated, name.starts_with("ECDSA"), "{name}");
            assert_eq!((seen.container.as_str(), seen.algorithm.as_str()), ("PKCS#8", name));
            assert_eq!((seen.spki.as_ref(), seen.unusable), (Some(key.spki()), None));
            let again = reduce("EC PRIVATE KEY", &[], key.der().secret_der());
            assert_eq!(again.spki.as_ref(), Some(key.spki()), "{name}");
        }
    }

    #[test]
    fn a_sec1_key_needs_no_public_half_and_forgives_its_length() {
        let seen = fixture("p224-no-public");
        assert_eq!((seen.container.as_str(), seen.algorithm.as_str()), ("SEC1", "ECDSA P-224"));
        assert_eq!(seen.spki, Some(public_of("p224-no-public")));
        let parameters = Some(EcParameters::NamedCurve(curve::oid(Curve::P256)));
        let keys = [&[7][..], &[&[0; 40][..], &[7]].concat()].map(|private_key| {
            let key = EcPrivateKey { private_key, parameters, public_key: None };
            load(&key.to_der().unwrap()).unwrap()
        });
        assert_eq!(keys[0].spki(), keys[1].spki());
        for zero in [vec![0; 32], vec![0xff; 32], vec![1; 33]] {
            let key = EcPrivateKey { private_key: &zero, parameters, public_key: None };
            assert!(load(&key.to_der().unwrap()).is_none());
        }
        let nameless = EcPrivateKey { private_key: &[7], parameters: None, public_key: None };
        let seen = reduce("EC PRIVATE KEY", &[], &nameless.to_der().unwrap());
        assert_eq!(seen.unusable, Some(KeyDefect::NoCurve));
    }

    #[test]
    fn pkcs8_may_carry_attributes_but_not_lie_about_its_algorithm() {
        let seen = fixture("pkcs8-attributes");
        assert_eq!((seen.spki, seen.unusable), (Some(public_of("pkcs8-attributes")), None));
        let pair = Generated::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
        let der = pair.serialize_der();
        let rsa = PrivateKeyInfo::from_der(&der).unwrap();
        let p256 = curve::oid(Curve::P256);
        let parameters = Some((&p256).into());
        let algorithm = AlgorithmIdentifierRef { oid: EC_PUBLIC_KEY, parameters };
        let lie = PrivateKeyInfo::new(algorithm, rsa.private_key).to_der().unwrap();
        let seen = reduce("PRIVATE KEY", &[], &lie);
        assert_eq!(seen.unusable, Some(KeyDefect::NoEcInPkcs8));
    }

    #[test]
    fn an_rsa_key_of_other_numbers_is_refused() {
        let pair = Generated::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
        let key = load(&pair.serialize_der()).unwrap();
        let mut damaged = key.der().secret_der().to_vec();
        damaged[300] ^= 1;
        let seen = reduce("RSA PRIVATE KEY", &[], &damaged);
        assert_eq!((seen.container.as_str(), seen.algorithm.as_str()), ("PKCS#1", "RSA 2048"));
        assert!(seen.unusable.is_some() && seen.spki.is_none());
    }

    #[test]
    fn what_go_does_not_take_is_named() {
        for (name, container, algorithm, encrypted) in [
            ("encrypted-traditional", "encrypted PEM", "ECDSA", true),
            ("encrypted-pkcs8", "encrypted PKCS#8", "", true),
            ("secp256k1", "SEC1", "secp256k1", false),
            ("brainpool", "SEC1", "brainpoolP256r1", false),
            ("ed448", "PKCS#8", "Ed448", false),
            ("x25519", "PKCS#8", "X25519", false),
            ("dsa-pkcs8", "PKCS#8", "DSA", false),
            ("dsa-traditional", "DSA", "DSA", false),
            ("openssh", "OpenSSH", "ECDSA P-256", false),
            ("openssh-encrypted", "OpenSSH", "Ed25519", true),
        ] {
            let seen = fixture(name);
            assert!(seen.unusable.is_some(), "{name}");
            assert_eq!(
                (seen.container.as_str(), seen.algorithm.as_str(), seen.encrypted),
                (container, algorithm, encrypted),
                "{name}"
            );
        }
        assert!(fixture("secp256k1").spki.is_some());
        assert!(fixture("p256-explicit").unusable.is_some());
        let garbage = reduce("PRIVATE KEY", &[], b"nothing");
        assert!(garbage.unusable.is_some() && garbage.algorithm.is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_reduced(der: Vec<u8>, label in ".*PRIVATE KEY") {
            reduce(&label, &[], &der);
        }

        #[test]
        fn a_damaged_key_can_be_reduced(at in 0_usize..150, byte: u8) {
            let key = EcPrivateKey {
                private_key: &[7; 32],
                parameters: Some(EcParameters::NamedCurve(curve::oid(Curve::P256))),
                public_key: Some(&[4; 65]),
            };
            let mut der = key.to_der().unwrap();
            let length = der.len();
            der[at % length] = byte;
            reduce("EC PRIVATE KEY", &[], &der);
        }
    }
}
