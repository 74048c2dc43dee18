//! The files that the flags and etcd's own settings name, each read once, and the identity that they give.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use rustls::{pki_types::CertificateDer, sign::CertifiedKey};

use crate::etcd::option::FILES;
use crate::observation::{ConfigFile, FileSeen, Target, endpoint::IdentityDefect};
use crate::observe::files::file_reader;
use crate::observe::files::file_reader::Loaded;
use crate::observe::files::key;
use crate::observe::files::neighbours;
use crate::observe::wire::credentials;

/// What was found, and what TLS can present of it.
pub(crate) struct GivenFiles {
    /// The files of the flags, then those that the configuration names.
    pub(crate) seen: Vec<FileSeen>,
    /// Other files of folders that were looked through.
    pub(crate) beside: Vec<FileSeen>,
    cert: Vec<CertificateDer<'static>>,
    key: Option<key::PrivateKey>,
    both: bool,
}

/// Looks at the files that configuration names, each once, then at the other certificates and keys of some folders; these have
/// no role.
pub(crate) fn look_at(configs: &[ConfigFile], folders: &[PathBuf]) -> Vec<FileSeen> {
    let mut wanted = Wanted::default();
    for setting in configs.iter().flat_map(|config| &config.settings) {
        if FILES.contains(&setting.name.as_str()) && Path::new(setting.path()).is_absolute() {
            wanted.add(setting.path(), &setting.name);
        }
    }
    let mut seen: Vec<_> = wanted
        .0
        .iter()
        .map(|(path, roles)| file_reader::load(Path::new(path), roles).seen)
        .collect();
    seen.extend(neighbours::in_folders(folders, &seen));
    seen
}

/// Paths, each with the options that name it.
#[derive(Default)]
struct Wanted(Vec<(String, Vec<String>)>);

impl Wanted {
    fn add(&mut self, path: &str, role: &str) {
        match self.0.iter_mut().find(|(known, _)| known == path) {
            Some((_, roles)) if roles.iter().any(|known| known == role) => {}
            Some((_, roles)) => roles.push(role.to_owned()),
            None => self.0.push((path.to_owned(), vec![role.to_owned()])),
        }
    }
}

impl GivenFiles {
    /// Reads the files of the flags; `looked_at` are those that were looked at before.
    pub(crate) fn load(target: &Target, looked_at: Vec<FileSeen>) -> Self {
        let flags =
            [("--cacert", &target.cacert), ("--cert", &target.cert), ("--key", &target.key)];
        let mut wanted = Wanted::default();
        for (flag, given) in flags {
            if let Some(given) = given {
                wanted.add(&given.value, flag);
            }
        }
        let both = target.cert.is_some() && target.key.is_some();
        let (mut configured, beside): (Vec<_>, Vec<_>) =
            looked_at.into_iter().partition(|file| !file.roles.is_empty());
        let mut given = Self { seen: Vec::new(), beside, cert: Vec::new(), key: None, both };
        for (path, mut roles) in wanted.0 {
            if let Some(at) = configured.iter().position(|file| file.path == path) {
                roles.extend(configured.remove(at).roles);
            }
            given.beside.retain(|file| file.path != path);
            let Loaded { seen, key } = file_reader::load(Path::new(&path), &roles);
            if seen.has_role("--cert") {
                given.cert = credentials::presentable(&seen);
            }
            if seen.has_role("--key") {
                given.key = key;
            }
            given.seen.push(seen);
        }
        given.seen.extend(configured);
        given
    }

    /// Certificate and key as TLS presents them, or why they can't be presented.
    pub(crate) fn identity(&mut self) -> (Option<Arc<CertifiedKey>>, Option<IdentityDefect>) {
        if !self.both {
            return (None, None);
        }
        let (cert, key) = (std::mem::take(&mut self.cert), self.key.take());
        let Some(key) = key.filter(|_| !cert.is_empty()) else {
            return (None, Some(IdentityDefect::Unreadable));
        };
        match credentials::certified(cert, &key) {
            Ok(identity) => (Some(identity), None),
            Err(defect) => (None, Some(defect)),
        }
    }
}
