//! A CA on disk: its certificate, what is above it, and its key. Made once, and checked whenever it is to sign.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use x509_cert::der::pem::LineEnding;
use zeroize::Zeroizing;

use super::book::{Book, Entry};
use super::issue::{self, Content, IssueError};
use super::key::{KeyAlgorithm, KeyError, SigningKey};
use super::names;
use super::passphrase::Passphrase;
use super::profile::Profile;
use super::sign::{self, Kind, Signer, Template};
use super::write;
use crate::x509::{Certificate, Go, KeyUsage};

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
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    #[error("{}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: no PEM block of type CERTIFICATE", .0.display())]
    NoCertificate(PathBuf),
    #[error("{}", path.display())]
    Malformed { path: PathBuf, source: crate::x509::ParseError },
    #[error("{}: {subject} is no CA: {why}", path.display())]
    NotACa { path: PathBuf, subject: String, why: &'static str },
    #[error("{}: {subject} expired at {at}", path.display())]
    Expired { path: PathBuf, subject: String, at: String },
    #[error("{}: {subject} is valid only from {at}; this machine's clock says {now}", path.display())]
    NotYetValid { path: PathBuf, subject: String, at: String, now: String },
    #[error("{}", path.display())]
    Key { path: PathBuf, source: KeyError },
    #[error("{} is not the key of {}", key.display(), cert.display())]
    OtherKey { cert: PathBuf, key: PathBuf },
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
        let read = |path: &Path| {
            fs::read(path).map_err(|source| AuthorityError::Read { path: path.to_owned(), source })
        };
        let pem = read(&paths.cert)?;
        let mut blocks = CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok);
        let first =
            blocks.next().ok_or_else(|| AuthorityError::NoCertificate(paths.cert.clone()))?;
        let certificate = Certificate::parse(&first, Go::DEFAULT)
            .map_err(|source| AuthorityError::Malformed { path: paths.cert.clone(), source })?;
        check(&certificate, &paths.cert, now)?;
        let key_error = |source| AuthorityError::Key { path: paths.key.clone(), source };
        let key_pem = Zeroizing::new(read(&paths.key)?);
        let key = SigningKey::from_pem(&key_pem, passphrase).map_err(key_error)?;
        if key.spki() != certificate.spki {
            let (cert, key) = (paths.cert.clone(), paths.key.clone());
            return Err(AuthorityError::OtherKey { cert, key });
        }
        let chain = std::iter::once(certificate.clone())
            .chain(blocks.filter_map(|der| Certificate::parse(&der, Go::DEFAULT).ok()))
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

    /// A certificate of ten minutes and its key, as PEM, to try whether a server trusts this CA. Neither is ever written
    /// to a file, and so there is no record of them.
    pub fn trial(
        &self,
        profile: Profile,
        subject: &[u8],
        now: OffsetDateTime,
    ) -> Result<(String, Zeroizing<String>), IssueError> {
        let key = SigningKey::generate(KeyAlgorithm::P256)?;
        let failed = |source| IssueError::Sign { name: "trial".to_owned(), source };
        let template = Template {
            subject: subject.to_vec(),
            spki: key.spki().to_vec(),
            sans: Vec::new(),
            kind: Kind::Leaf(profile),
            not_before: now - issue::BACKDATED,
            not_after: now + time::Duration::minutes(10),
            serial: sign::new_serial()?,
        };
        let der = sign::sign(&template, self.signer()).map_err(failed)?;
        Ok((self.pem_with_chain(&der), key.to_pem(None)?))
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
        Some("its basic constraints do not say CA:TRUE")
    } else if !usage.contains(KeyUsage::KEY_CERT_SIGN) {
        Some("its key usage lacks keyCertSign")
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

/// A CA to be made.
pub struct NewAuthority<'a> {
    pub common_name: &'a str,
    pub organizations: &'a [String],
    pub ttl: Duration,
    pub algorithm: KeyAlgorithm,
    /// How many CAs may stand below the one that issues.
    pub path_length: Option<u8>,
    pub passphrase: Option<&'a Passphrase>,
    /// The name of an intermediate that issues in the root's place, and where the root goes.
    pub intermediate: Option<(&'a str, &'a Paths)>,
}

impl NewAuthority<'_> {
    /// Makes it and writes it to `paths`; nothing that is there is overwritten.
    pub fn create(
        &self,
        paths: &Paths,
        now: OffsetDateTime,
        book: &mut impl Book,
    ) -> Result<Certificate, IssueError> {
        let root_paths = self.intermediate.map_or(paths, |(_, root)| root);
        for path in [&root_paths.cert, &root_paths.key, &paths.cert, &paths.key] {
            if path.symlink_metadata().is_ok() {
                return Err(IssueError::Exists(path.clone()));
            }
        }
        let root_key = SigningKey::generate(self.algorithm)?;
        let above = self.path_length.filter(|_| self.intermediate.is_some());
        let length = above.map_or(self.path_length, |below| below.checked_add(1));
        let root = self.certificate(self.common_name, &root_key, None, length, now)?;
        let mut made = vec![self.entry(&[&root], &root_key, root_paths)?];
        let mut issuing = root.clone();
        if let Some((name, _)) = self.intermediate {
            let key = SigningKey::generate(self.algorithm)?;
            let below =
                self.certificate(name, &key, Some((&root, &root_key)), self.path_length, now)?;
            made.push(self.entry(&[&below, &root], &key, paths)?);
            issuing = below;
        }
        let (entries, files): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        issue::put(&entries, &files, book)?;
        Ok(issuing)
    }

    fn certificate(
        &self,
        name: &str,
        key: &SigningKey,
        above: Option<(&Certificate, &SigningKey)>,
        path_length: Option<u8>,
        now: OffsetDateTime,
    ) -> Result<Certificate, IssueError> {
        let failed = |source| IssueError::Sign { name: name.to_owned(), source };
        let subject = names::subject(name, self.organizations)
            .map_err(|source| IssueError::Name { source })?;
        let asked = issue::after(now, self.ttl);
        let template = Template {
            spki: key.spki().to_vec(),
            sans: Vec::new(),
            kind: Kind::Ca { path_length },
            not_before: now - issue::BACKDATED,
            not_after: above.map_or(asked, |(root, _)| asked.min(root.not_after)),
            serial: sign::new_serial()?,
            subject: subject.clone(),
        };
        let own_id = sign::key_id(key.spki()).map_err(failed)?;
        let signer = match above {
            Some((root, key)) => {
                Signer { name: &root.raw_subject, key_id: root.subject_key_id.as_deref(), key }
            }
            None => Signer { name: &subject, key_id: Some(&own_id), key },
        };
        let der = sign::sign(&template, signer).map_err(failed)?;
        Certificate::parse(&der, Go::DEFAULT)
            .map_err(|source| IssueError::Parse { name: name.to_owned(), source })
    }

    fn entry(
        &self,
        chain: &[&Certificate],
        key: &SigningKey,
        paths: &Paths,
    ) -> Result<(Entry, Content), IssueError> {
        let own = chain.first().map(|own| own.der.as_slice()).unwrap_or_default();
        let content = Content {
            cert_pem: chain.iter().map(|link| pem(&link.der)).collect(),
            key_pem: Some(key.to_pem(self.passphrase)?),
            cert_mode: write::PUBLIC,
            key_mode: write::SECRET,
            owner: None,
        };
        Ok((issue::own_entry(own, key.spki(), &paths.cert, &paths.key)?, content))
    }
}

/// A certificate as PEM.
pub(super) fn pem(der: &[u8]) -> String {
    x509_cert::der::pem::encode_string("CERTIFICATE", LineEnding::LF, der).unwrap_or_default()
}
