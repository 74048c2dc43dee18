//! Certificates that the tool makes for itself, by rcgen: a root, and an intermediate below it.
//!
//! Everything else is written by `sign`: rcgen (0.14) keeps one value for each attribute type of a name, so that it can write neither two
//! organizations nor an issuer such as `DC=example, DC=corp, CN=ca`, which the CA of somebody else may have.

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod,
    KeyUsagePurpose, PublicKeyData, SerialNumber, SignatureAlgorithm,
};
use time::OffsetDateTime;

use super::key::{KeyAlgorithm, SigningKey};
use super::sign::{self, SignError};

/// A CA with its key and the parts of its name.
pub(super) struct OwnCa<'a> {
    pub(super) common_name: &'a str,
    pub(super) organization: Option<&'a str>,
    pub(super) key: &'a SigningKey,
    pub(super) algorithm: KeyAlgorithm,
}

/// What a CA's certificate says besides.
pub(super) struct CaTerms {
    pub(super) not_before: OffsetDateTime,
    pub(super) not_after: OffsetDateTime,
    pub(super) path_length: Option<u8>,
    pub(super) serial: [u8; 16],
}

/// The DER of a CA's certificate, signed by the one above it, or by itself.
pub(super) fn certificate(
    own: &OwnCa<'_>,
    above: Option<&OwnCa<'_>>,
    terms: &CaTerms,
) -> Result<Vec<u8>, SignError> {
    let length = terms.path_length;
    let length = length.map_or(BasicConstraints::Unconstrained, BasicConstraints::Constrained);
    let mut params = own.params()?;
    (params.not_before, params.not_after) = (terms.not_before, terms.not_after);
    params.serial_number = Some(SerialNumber::from_slice(&terms.serial));
    params.is_ca = IsCa::Ca(length);
    params.use_authority_key_identifier_extension = true;
    let key = RemoteKey::new(own)?;
    let made = match above {
        None => params.self_signed(&key)?,
        Some(above) => {
            params.signed_by(&key, &Issuer::new(above.params()?, RemoteKey::new(above)?))?
        }
    };
    Ok(made.der().to_vec())
}

impl OwnCa<'_> {
    fn params(&self) -> Result<CertificateParams, SignError> {
        let mut name = DistinguishedName::new();
        if let Some(organization) = self.organization {
            name.push(DnType::OrganizationName, organization);
        }
        name.push(DnType::CommonName, self.common_name);
        let mut params = CertificateParams::default();
        params.distinguished_name = name;
        params.key_usages = vec![
            KeyUsagePurpose::DigitalSignature,
            KeyUsagePurpose::KeyCertSign,
            KeyUsagePurpose::CrlSign,
        ];
        params.key_identifier_method = KeyIdMethod::PreSpecified(sign::key_id(self.key.spki())?);
        Ok(params)
    }
}

/// A key of ours, as rcgen signs with it: it never sees the private half.
struct RemoteKey<'a> {
    key: &'a SigningKey,
    public: Vec<u8>,
    algorithm: &'static SignatureAlgorithm,
}

impl<'a> RemoteKey<'a> {
    fn new(ca: &OwnCa<'a>) -> Result<Self, SignError> {
        let algorithm = match ca.algorithm {
            KeyAlgorithm::P256 => &rcgen::PKCS_ECDSA_P256_SHA256,
            KeyAlgorithm::P384 => &rcgen::PKCS_ECDSA_P384_SHA384,
            KeyAlgorithm::P521 => &rcgen::PKCS_ECDSA_P521_SHA512,
            KeyAlgorithm::Ed25519 => &rcgen::PKCS_ED25519,
            KeyAlgorithm::Rsa2048 | KeyAlgorithm::Rsa3072 | KeyAlgorithm::Rsa4096 => {
                &rcgen::PKCS_RSA_SHA256
            }
        };
        Ok(Self { key: ca.key, public: sign::public_bits(ca.key.spki())?, algorithm })
    }
}

impl PublicKeyData for RemoteKey<'_> {
    fn der_bytes(&self) -> &[u8] {
        &self.public
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.algorithm
    }
}

impl rcgen::SigningKey for RemoteKey<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        self.key.sign(message).map_err(|_| rcgen::Error::RemoteKeyError)
    }
}
