//! The files that the flags and etcd's own settings name, each read once, and the identity that they give.

use std::{path::Path, sync::Arc};

use rustls::{pki_types::CertificateDer, sign::CertifiedKey};

use super::{
    files::{self, Loaded},
    key, signing_key,
};
use crate::{
    observation::{ConfigFile, FileSeen, Target, file::Item},
    trust::{Certificate, Go},
};

/// Settings of etcd whose files a verdict needs.
const SERVER_FILES: [&str; 6] = [
    "trusted-ca-file",
    "cert-file",
    "client-crl-file",
    "peer-trusted-ca-file",
    "peer-cert-file",
    "peer-crl-file",
];

/// What was found, and what TLS can present of it.
pub(super) struct GivenFiles {
    pub(super) seen: Vec<FileSeen>,
    cert: Vec<CertificateDer<'static>>,
    key: Option<key::PrivateKey>,
    both: bool,
}

impl GivenFiles {
    pub(super) fn load(target: &Target, configs: &[ConfigFile]) -> Self {
        let flags =
            [("--cacert", &target.cacert), ("--cert", &target.cert), ("--key", &target.key)];
        let mut wanted: Vec<(String, Vec<String>)> = Vec::new();
        let mut want =
            |path: &str, role: &str| match wanted.iter_mut().find(|(known, _)| known == path) {
                Some((_, roles)) => roles.push(role.to_owned()),
                None => wanted.push((path.to_owned(), vec![role.to_owned()])),
            };
        for (flag, given) in flags {
            if let Some(given) = given {
                want(&given.value, flag);
            }
        }
        for setting in configs.iter().flat_map(|config| &config.settings) {
            if SERVER_FILES.contains(&setting.name.as_str()) && !setting.value.is_empty() {
                want(&setting.value, &setting.name);
            }
        }
        let both = target.cert.is_some() && target.key.is_some();
        let mut given = Self { seen: Vec::new(), cert: Vec::new(), key: None, both };
        for (path, roles) in wanted {
            let Loaded { seen, key } = files::load(Path::new(&path), &roles);
            if seen.has_role("--cert") {
                given.cert = presented(&seen);
            }
            if seen.has_role("--key") {
                given.key = key;
            }
            given.seen.push(seen);
        }
        given
    }

    /// Certificate and key as TLS presents them, or why they can't be presented.
    pub(super) fn identity(&mut self) -> (Option<Arc<CertifiedKey>>, Option<String>) {
        if !self.both {
            return (None, None);
        }
        let (cert, key) = (std::mem::take(&mut self.cert), self.key.take());
        let Some(key) = key.filter(|_| !cert.is_empty()) else {
            return (None, Some("certificate or key can't be read".to_owned()));
        };
        // A key that doesn't fit would only make the server say so in its own way.
        let leaf = cert.first().and_then(|der| Certificate::parse(der, Go::DEFAULT).ok());
        if leaf.is_some_and(|leaf| leaf.spki != key.spki().0) {
            return (None, Some("the key doesn't belong to the certificate".to_owned()));
        }
        match signing_key::signing_key(&key) {
            Ok(signing) => (Some(Arc::new(CertifiedKey::new(cert, signing))), None),
            Err(why) => (None, Some(why)),
        }
    }
}

/// The `CERTIFICATE` blocks of a PEM file, as Go's `tls.X509KeyPair` takes them.
fn presented(file: &FileSeen) -> Vec<CertificateDer<'static>> {
    let blocks = file.content().map(|content| content.blocks.as_slice()).unwrap_or_default();
    let certificates = blocks.iter().filter(|block| block.label == "CERTIFICATE");
    certificates
        .filter_map(|block| match &block.item {
            Item::Certificate(der) => Some(CertificateDer::from(der.0.clone())),
            _ => None,
        })
        .collect()
}
