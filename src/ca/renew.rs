//! An old certificate and its key as they lie on disk, and the order that takes their place.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::authority::Authority;
use super::issue::{Order, OrderKey, Replaced};
use super::key::{KeyAlgorithm, SigningKey};
use super::profile::Profile;
use super::record::{Holder, Record, is_key_part};
use crate::durable;
use crate::message::{CaMessage, Message, Say, Value, english_display};
use crate::observe::files::{absence, file_error::FileError, named_file};
use crate::x509::{Certificate, Curve, PublicKey, San, Usage};

/// A certificate that is to be replaced.
pub struct Old {
    pub certificate: Certificate,
    pub cert: PathBuf,
    /// The file with its key, if one was found.
    pub key: Option<PathBuf>,
    modes: (u32, u32),
    owner: Option<(u32, u32)>,
}

/// Why a certificate can't be renewed.
#[derive(Debug)]
pub enum RenewError {
    /// A file can't be read, or holds no certificate.
    File(FileError),
    /// A CA is not renewed but replaced.
    IsCa(PathBuf),
    /// Another CA issued it.
    OtherIssuer { path: PathBuf, issuer: String },
    /// Its key was not found.
    NoKey(PathBuf),
    /// Certificate and key share a file.
    OneFile(PathBuf),
    /// Its usages fit no role.
    NoUsage(PathBuf),
    /// It is revoked.
    Revoked(PathBuf),
}

english_display!(RenewError);

impl Say for RenewError {
    fn message(&self) -> Message {
        let shown = |path: &PathBuf| Value::from(path.display());
        match self {
            Self::File(error) => error.message(),
            Self::NoKey(path) => Message::from(CaMessage::NoKeyFile).about(path.display()),
            Self::IsCa(path) => CaMessage::RenewCa { path: shown(path) }.into(),
            Self::OtherIssuer { path, issuer } => {
                CaMessage::OtherIssuer { path: shown(path), issuer: issuer.into() }.into()
            }
            Self::OneFile(path) => CaMessage::OneFile { path: shown(path) }.into(),
            Self::NoUsage(path) => CaMessage::NoUsage { path: shown(path) }.into(),
            Self::Revoked(path) => CaMessage::RenewRevoked { path: shown(path) }.into(),
        }
    }
}

/// How a certificate is to be replaced.
#[derive(Debug, Clone, Default)]
pub struct Renewal {
    /// How long the new one lives; as long as the old one by default.
    pub ttl: Option<Duration>,
    pub keep_key: bool,
    /// Another kind of key than before.
    pub algorithm: Option<KeyAlgorithm>,
    /// Names besides those that the old one has.
    pub sans: Vec<San>,
    /// Another role than before.
    pub profile: Option<Profile>,
    /// DER of another subject than before.
    pub subject: Option<Vec<u8>>,
}

impl From<FileError> for RenewError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl Old {
    /// Reads a certificate, and finds its key: the one named, else one beside it that fits.
    pub fn read(cert: &Path, key: Option<&Path>) -> Result<Self, RenewError> {
        let certificate = named_file::certificate(cert)?;
        if certificate.is_ca() {
            return Err(RenewError::IsCa(cert.to_owned()));
        }
        let key = match key {
            Some(key) => {
                named_file::bytes(key, named_file::LARGEST)?;
                Some(key.to_owned()).filter(|key| fits(key, &certificate))
            }
            None => key_beside(cert, &certificate),
        };
        Self::with(certificate, cert, key)
    }

    /// Reads a certificate whose key is of no use or gone: a new one goes to `key`.
    pub fn without_key(cert: &Path, key: &Path) -> Result<Self, RenewError> {
        let certificate = named_file::certificate(cert)?;
        if certificate.is_ca() {
            return Err(RenewError::IsCa(cert.to_owned()));
        }
        Self::with(certificate, cert, Some(key.to_owned()))
    }

    fn with(
        certificate: Certificate,
        cert: &Path,
        key: Option<PathBuf>,
    ) -> Result<Self, RenewError> {
        let old = named_file::ownership(cert)?;
        let key_mode = key.as_ref().and_then(|key| named_file::ownership(key).ok());
        let own = rustix::process::geteuid().as_raw();
        let owner = Some((old.uid, old.gid)).filter(|(uid, _)| *uid != own);
        // A group that could read the key still may, unless everybody could: that was no decision.
        let key_mode =
            key_mode.map(|old| old.mode).filter(|mode| mode.trailing_zeros() >= 3).unwrap_or(0);
        let key_mode = key_mode & 0o040 | durable::SECRET;
        let modes = (old.mode & 0o755, key_mode);
        Ok(Self { certificate, cert: cert.to_owned(), key, modes, owner })
    }

    /// The order for its successor; `record` is the old one's, if it has one.
    pub fn order(&self, record: Option<&Record>, renewal: &Renewal) -> Result<Order, RenewError> {
        let path = || self.cert.clone();
        let old = &self.certificate;
        let (key, key_file) = match &self.key {
            _ if renewal.keep_key => (OrderKey::Given(old.spki.clone()), PathBuf::new()),
            None => return Err(RenewError::NoKey(path())),
            Some(key) if *key == self.cert => return Err(RenewError::OneFile(path())),
            Some(key) => {
                let kind = renewal.algorithm.unwrap_or_else(|| kind_of(&old.public_key));
                (OrderKey::New(kind), durable::place(key))
            }
        };
        let before = || record.map(|record| record.profile).or_else(|| profile_of(old));
        let profile = renewal.profile.or_else(before);
        let profile = profile.ok_or_else(|| RenewError::NoUsage(path()))?;
        let life = match record {
            Some(record) => record.expires_at - record.issued_at,
            None => (old.not_after - old.not_before).whole_seconds(),
        };
        let life = Duration::from_secs(u64::try_from(life).unwrap_or(0));
        let holder = match record {
            Some(Record { node_id: Some(node), .. }) => Holder::NodeId(node.clone()),
            Some(Record { service_name: Some(service), .. }) => {
                Holder::ServiceName(service.clone())
            }
            _ => self.holder(profile),
        };
        let mut sans = old.sans.clone().unwrap_or_default();
        let added: Vec<San> =
            renewal.sans.iter().filter(|san| !sans.contains(san)).cloned().collect();
        sans.extend(added);
        let (cert_mode, key_mode) = self.modes;
        let (serial, owner) = (Some(old.serial_hex()), self.owner);
        Ok(Order {
            profile,
            subject: renewal.subject.clone().unwrap_or_else(|| old.raw_subject.clone()),
            sans,
            ttl: renewal.ttl.unwrap_or(life),
            key,
            holder,
            cert: durable::place(&self.cert),
            key_file,
            replaces: Some(Replaced { serial, cert_mode, key_mode, owner }),
        })
    }
}

impl Old {
    /// A record for it, where it was issued without one.
    pub fn record(&self, cluster_id: &str, authority: &Authority) -> Option<Record> {
        let profile = profile_of(&self.certificate)?;
        let (ca, holder) = (&authority.certificate, self.holder(profile));
        Some(Record::active(&self.certificate, ca, profile, holder, cluster_id))
    }

    fn holder(&self, profile: Profile) -> Holder {
        let name = self.certificate.common_name().filter(|name| is_key_part(name));
        Holder::usual(profile, name.unwrap_or_else(|| self.certificate.serial_hex()))
    }
}

/// A role by its usages; a server's and a peer's look alike.
fn profile_of(certificate: &Certificate) -> Option<Profile> {
    Profile::of_usages(certificate.allows(Usage::ServerAuth), certificate.allows(Usage::ClientAuth))
}

fn kind_of(key: &PublicKey) -> KeyAlgorithm {
    match key {
        PublicKey::Ec { curve: Curve::P384, .. } => KeyAlgorithm::P384,
        PublicKey::Ec { curve: Curve::P521, .. } => KeyAlgorithm::P521,
        PublicKey::Ed25519 { .. } => KeyAlgorithm::Ed25519,
        PublicKey::Rsa { bits, .. } if *bits > 3072 => KeyAlgorithm::Rsa4096,
        PublicKey::Rsa { bits, .. } if *bits > 2048 => KeyAlgorithm::Rsa3072,
        PublicKey::Rsa { .. } => KeyAlgorithm::Rsa2048,
        _ => KeyAlgorithm::P256,
    }
}

/// `server.crt` goes with `server.key`, `server.pem` with `server-key.pem`, `tls.crt` with `tls.key`; any other file of
/// the folder may hold the key as well, for it is known by its public half.
fn key_beside(cert: &Path, certificate: &Certificate) -> Option<PathBuf> {
    let stem = cert.file_stem()?.to_string_lossy().into_owned();
    let usual = [format!("{stem}.key"), format!("{stem}-key.pem"), "key.pem".to_owned()];
    let usual = usual.into_iter().map(|name| cert.with_file_name(name));
    let folder = cert.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = absence::entries(folder.unwrap_or(Path::new(".")));
    let beside =
        beside.map(|entry| entry.path()).filter(|path| !path.to_string_lossy().contains(".bak-"));
    usual.chain(beside).find(|path| fits(path, certificate))
}

fn fits(key: &Path, certificate: &Certificate) -> bool {
    let pem = named_file::bytes(key, named_file::LARGEST).ok();
    let key = pem.and_then(|pem| SigningKey::from_pem(&pem, None).ok());
    key.is_some_and(|key| key.spki() == certificate.spki)
}
