//! Whom a client trusts and who it is: read once from the files that its flags name, for one connection or for many.

use std::{path::Path, sync::Arc};

use rustls::{pki_types::CertificateDer, sign::CertifiedKey};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::anchors::Anchors;
use super::signing_key::signing_key;
use crate::{
    etcd::admission::read_ca_file,
    message::{Message, Say, Value},
    observation::{FileSeen, endpoint::IdentityDefect, file::Item},
    observe::files::{
        file_error::{FileError, FileFault},
        file_reader::{self, KEY_ROLE, Loaded},
        form,
        key::PrivateKey,
    },
    x509::{Certificate, Go},
};

/// A user's name and password, never kept in an observation.
#[derive(Clone)]
pub struct Login {
    /// The user of etcd.
    pub user: String,
    /// The password, wiped from memory when it is no longer needed.
    pub password: Zeroizing<String>,
}

/// What credentials are made of, as flags and environment give it.
#[derive(Clone, Default)]
pub struct CredentialSources {
    /// CA certificates that verify the server; without them the system's do.
    pub cacert: Option<String>,
    /// The client certificate to present; it needs `key`.
    pub cert: Option<String>,
    /// The private key of `cert`.
    pub key: Option<String>,
    /// The user to log in as.
    pub login: Option<Login>,
    /// Whether requests go to servers that the strict verdict refuses too.
    pub skip_verify: bool,
    /// The name that servers have to prove, if it is not the one that is dialled.
    pub server_name: Option<String>,
    /// The Go release whose rules decide.
    pub go: Option<Go>,
}

impl CredentialSources {
    /// Whether an endpoint without a scheme means TLS: as with etcdctl, if a file for TLS is given.
    pub fn implies_tls(&self) -> bool {
        self.cacert.is_some() || self.cert.is_some() || self.key.is_some()
    }
}

/// Whom a client trusts, and who it is.
pub struct Credentials {
    pub(crate) anchors: Anchors,
    /// Our certificate with its key, if both can be used.
    pub(crate) identity: Option<Arc<CertifiedKey>>,
    pub(crate) login: Option<Login>,
    /// `--insecure-skip-tls-verify`: requests go to servers that the strict verdict refuses too.
    pub(crate) skip_verify: bool,
    /// The name that servers have to prove, if it is not the one that is dialled.
    pub(crate) server_name: Option<String>,
    /// Whether an endpoint without a scheme means TLS.
    pub(crate) implies_tls: bool,
}

impl Credentials {
    /// Reads the files; an error names the one that is of no use.
    pub fn load(sources: &CredentialSources) -> Result<Self, FileError> {
        let go = sources.go.unwrap_or(Go::DEFAULT);
        let cacert = sources.cacert.as_deref().map(|path| ca_file(path, go)).transpose()?;
        let identity = match (&sources.cert, &sources.key) {
            (Some(cert), Some(key)) => Some(pair(cert, key)?),
            (Some(alone), None) | (None, Some(alone)) => {
                return Err(FileError::new(alone, FileFault::HalfAPair));
            }
            (None, None) => None,
        };
        Ok(Self {
            anchors: Anchors::new(cacert.as_ref(), OffsetDateTime::now_utc(), go),
            identity,
            login: sources.login.clone(),
            skip_verify: sources.skip_verify,
            server_name: sources.server_name.clone(),
            implies_tls: sources.implies_tls(),
        })
    }

    /// The same with another client certificate, from memory; `name` is what errors call it.
    pub fn presenting(mut self, name: &str, cert: &[u8], key: &[u8]) -> Result<Self, FileError> {
        let unusable = |fault| FileError::new(name, fault);
        let chain = form::recognise(cert, false).blocks;
        let chain = chain.iter().filter_map(|block| match &block.item {
            Item::Certificate(der) => Some(CertificateDer::from(der.0.clone())),
            _ => None,
        });
        let key = form::recognise(key, true).key.ok_or_else(|| unusable(FileFault::NoKey))?;
        let identity = certified(chain.collect(), &key);
        self.identity = Some(identity.map_err(|why| unusable(cant_present(&why)))?);
        Ok(self)
    }

    /// The name that a server has to prove.
    pub(crate) fn expected<'c>(&'c self, host: &'c str) -> &'c str {
        self.server_name.as_deref().unwrap_or(host)
    }
}

/// A CA file as etcd reads it: one bad block spoils it as a whole.
fn ca_file(path: &str, go: Go) -> Result<FileSeen, FileError> {
    let seen = read(path, "--cacert")?.seen;
    let anchors = read_ca_file(seen.blocks_as_certificates(), go).map_err(|(_, error)| {
        FileError::new(path, FileFault::Unusable(Message::Plain(Value::quoted(error))))
    })?;
    if anchors.is_empty() {
        return Err(FileError::new(path, FileFault::NoCertificate(None)));
    }
    Ok(seen)
}

fn pair(cert: &str, key: &str) -> Result<Arc<CertifiedKey>, FileError> {
    let chain = presentable(&read(cert, "--cert")?.seen);
    if chain.is_empty() {
        return Err(FileError::new(cert, FileFault::NoCertificate(None)));
    }
    let Loaded { seen, key: loaded } = read(key, KEY_ROLE)?;
    let loaded = loaded.ok_or_else(|| {
        let why = seen.key().and_then(|key| key.unusable.as_ref());
        FileError::new(key, why.map_or(FileFault::NoKey, |why| FileFault::Unusable(why.message())))
    })?;
    certified(chain, &loaded).map_err(|why| FileError::new(key, cant_present(&why)))
}

fn read(path: &str, role: &str) -> Result<Loaded, FileError> {
    let loaded = file_reader::load(Path::new(path), &[role.to_owned()]);
    match loaded.seen.content() {
        Some(_) => Ok(loaded),
        None => Err(FileError::new(path, FileFault::Unread(loaded.seen.state))),
    }
}

fn cant_present(why: &IdentityDefect) -> FileFault {
    FileFault::Unusable(why.message())
}

/// The `CERTIFICATE` blocks of a PEM file, as Go's `tls.X509KeyPair` takes them.
pub(crate) fn presentable(file: &FileSeen) -> Vec<CertificateDer<'static>> {
    let blocks = file.content().map(|content| content.blocks.as_slice()).unwrap_or_default();
    let certificates = blocks.iter().filter(|block| block.label == "CERTIFICATE");
    certificates
        .filter_map(|block| match &block.item {
            Item::Certificate(der) => Some(CertificateDer::from(der.0.clone())),
            _ => None,
        })
        .collect()
}

/// Certificate and key as TLS presents them, or why they can't be presented.
pub(crate) fn certified(
    chain: Vec<CertificateDer<'static>>,
    key: &PrivateKey,
) -> Result<Arc<CertifiedKey>, IdentityDefect> {
    // A key that doesn't fit would only make the server say so in its own way.
    let leaf = chain.first().and_then(|der| Certificate::parse(der, Go::DEFAULT).ok());
    if leaf.is_some_and(|leaf| leaf.spki != key.spki().0) {
        return Err(IdentityDefect::Mismatch);
    }
    let signing = signing_key(key).ok_or(IdentityDefect::CantSign)?;
    Ok(Arc::new(CertifiedKey::new(chain, signing)))
}
