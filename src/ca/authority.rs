//! A CA on disk: its certificate, what is above it, and its key; checked whenever it is to sign.

use std::path::{Path, PathBuf};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use x509_cert::der::pem::LineEnding;

use super::key::SigningKey;
use super::key_error::KeyError;
use super::passphrase::Passphrase;
use super::sign::Signer;
use crate::message::{CaMessage, Message, Say, english_display};
use crate::observe::files::{file_error::FileError, named_file};
use crate::x509::{Certificate, KeyUsage};

/// Where a CA's certificate and key lie.
#[derive(Debug, Clone)]
pub struct Paths {
    pub cert: PathBuf,
    pub key: PathBuf,
}

/// A CA that can sign now.
pub struct Authority {
    pub certificate: Certificate,
    /// The CAs between it and its root, itself first; empty for a root.
    chain: Vec<Vec<u8>>,
    key: SigningKey,
}

/// Why a CA can't sign.
#[derive(Debug)]
pub enum AuthorityError {
    /// A file can't be read, or holds no certificate.
    File(FileError),
    /// Its certificate may not sign others.
    NotACa { path: PathBuf, subject: String, why: CaMessage },
    /// It has expired.
    Expired { path: PathBuf, subject: String, at: String },
    /// It is not valid yet.
    NotYetValid { path: PathBuf, subject: String, at: String, now: String },
    /// Its key can't be used.
    Key { path: PathBuf, source: KeyError },
    /// The key belongs to another certificate.
    OtherKey { cert: PathBuf, key: PathBuf },
}

english_display!(AuthorityError);

impl Say for AuthorityError {
    fn message(&self) -> Message {
        let (path, message) = match self {
            Self::File(error) => return error.message(),
            Self::NotACa { path, subject, why } => {
                let why = why.clone().into();
                (path, CaMessage::NotACa { subject: subject.into(), why }.into())
            }
            Self::Expired { path, subject, at } => {
                (path, CaMessage::Expired { subject: subject.into(), at: at.into() }.into())
            }
            Self::NotYetValid { path, subject, at, now } => {
                let (subject, at, now) = (subject.into(), at.into(), now.into());
                (path, CaMessage::NotYetValid { subject, at, now }.into())
            }
            Self::Key { path, source } => (path, source.message()),
            Self::OtherKey { cert, key } => {
                let (cert, key) = (cert.display().into(), key.display().into());
                return CaMessage::OtherKey { key, cert }.into();
            }
        };
        message.about(path.display())
    }
}

impl From<FileError> for AuthorityError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl AuthorityError {
    /// Whether a passphrase is all that is missing.
    pub fn wants_passphrase(&self) -> bool {
        matches!(self, Self::Key { source: KeyError::Encrypted, .. })
    }
}

impl Authority {
    /// Reads a CA, and makes sure that what it signs now will be accepted.
    pub fn load(
        paths: &Paths,
        passphrase: Option<&Passphrase>,
        now: OffsetDateTime,
    ) -> Result<Self, AuthorityError> {
        let (certificate, above) = named_file::certificate_chain(&paths.cert)?;
        check(&certificate, &paths.cert, now)?;
        let key_error = |source| AuthorityError::Key { path: paths.key.clone(), source };
        let key_pem = named_file::bytes(&paths.key, named_file::LARGEST)?;
        let key = SigningKey::from_pem(&key_pem, passphrase).map_err(key_error)?;
        if key.spki() != certificate.spki {
            let (cert, key) = (paths.cert.clone(), paths.key.clone());
            return Err(AuthorityError::OtherKey { cert, key });
        }
        let chain = std::iter::once(certificate.clone())
            .chain(above)
            .take_while(|link| !link.is_self_issued())
            .map(|link| link.der)
            .collect();
        Ok(Self { certificate, chain, key })
    }

    /// What signing needs of it.
    pub fn signer(&self) -> Signer<'_> {
        Signer {
            name: &self.certificate.raw_subject,
            key_id: self.certificate.subject_key_id.as_deref(),
            key: &self.key,
        }
    }

    /// Whether it issued that certificate.
    pub fn issued(&self, certificate: &Certificate) -> bool {
        certificate.raw_issuer == self.certificate.raw_subject
            && certificate.signed_by(&self.certificate)
    }

    /// A certificate followed by the intermediates that lead to the root, as servers and clients present it.
    pub(super) fn pem_with_chain(&self, leaf: &[u8]) -> String {
        std::iter::once(leaf).chain(self.chain.iter().map(Vec::as_slice)).map(pem).collect()
    }
}

fn check(ca: &Certificate, path: &Path, now: OffsetDateTime) -> Result<(), AuthorityError> {
    let (path, subject) = (path.to_owned(), ca.subject());
    let usage = ca.key_usage.unwrap_or(KeyUsage::KEY_CERT_SIGN);
    let why = if !ca.is_ca() {
        Some(CaMessage::NoCaConstraint)
    } else if !usage.contains(KeyUsage::KEY_CERT_SIGN) {
        Some(CaMessage::NoCertSign)
    } else {
        None
    };
    let shown = |when: OffsetDateTime| when.format(&Rfc3339).unwrap_or_default();
    match why {
        Some(why) => Err(AuthorityError::NotACa { path, subject, why }),
        None if now > ca.not_after => {
            Err(AuthorityError::Expired { path, subject, at: shown(ca.not_after) })
        }
        None if now < ca.not_before => {
            let (at, now) = (shown(ca.not_before), shown(now));
            Err(AuthorityError::NotYetValid { path, subject, at, now })
        }
        None => Ok(()),
    }
}

/// A certificate as PEM.
pub fn pem(der: &[u8]) -> String {
    x509_cert::der::pem::encode_string("CERTIFICATE", LineEnding::LF, der).unwrap_or_default()
}
