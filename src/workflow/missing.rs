//! Which certificates the configuration of a node names and its disk lacks, and making them. Of a half, what is left keeps a second name.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ca::{CaSite, Issued, SharedLedger, holder, make, sans};
use super::{Failure, Remarks};
use crate::ca::{
    self, KeyAlgorithm, KeyError, MissingPair, Old, Order, OrderKey, Profile, Renewal, Replaced,
    SigningKey,
};
use crate::durable;
use crate::etcd::FilePair;
use crate::message::Say as _;
use crate::observation::{ConfigFile, file::FileState};
use crate::observe::config::{self, Disk};
use crate::observe::files::{
    file_error::{FileError, FileFault},
    named_file,
};
use crate::x509::San;

/// Where to look, and what names to add.
#[derive(Debug, Clone, Default)]
pub struct MissingOptions {
    /// Configuration files, or directories of them; this machine's if there is none.
    pub configs: Vec<String>,
    /// The directory that stands for `/`.
    pub root: Option<PathBuf>,
    /// Names to add to server and peer certificates, as a user writes them.
    pub sans: Vec<String>,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct MissingPairs {
    /// The pairs that are missing.
    pub pairs: Vec<MissingPair>,
    /// How many configurations were looked at.
    pub configurations: usize,
}

/// The pairs of files that etcd and kube-apiserver load, and what each is for.
const PAIRS: [(FilePair, Profile); 5] = [
    (FilePair::SERVER, Profile::Server),
    (FilePair::PEER, Profile::Peer),
    (FilePair::SERVER_CLIENT, Profile::Client),
    (FilePair::PEER_CLIENT, Profile::Client),
    (FilePair::APISERVER, Profile::Client),
];

/// Finds the pairs of which a file is missing, or holds nothing of use.
pub fn missing(options: &MissingOptions) -> Result<MissingPairs, Failure> {
    let added = sans(&options.sans)?;
    let disk = Disk::new(options.root.clone());
    for path in options.configs.iter().map(Path::new).filter(|path| !path.is_dir()) {
        // Nothing is missing from a file that can't be read; that must not pass for an answer.
        named_file::bytes(path, named_file::LARGEST)?;
    }
    let found = if options.configs.is_empty() {
        config::machine(&disk)
    } else {
        config::named(&options.configs, &disk)
    };
    let mut known = HashSet::new();
    let mut pairs = Vec::new();
    for config in &found.configs {
        let named = PAIRS.iter().filter(|(pair, _)| pair.program == config.program);
        for (pair, profile) in named {
            let (cert, key) = (config.get(pair.certificate), config.get(pair.key));
            let (Some(cert), Some(key)) = (cert, key) else { continue };
            let (cert, key) = (PathBuf::from(cert.path()), PathBuf::from(key.path()));
            if cert.is_relative() || key.is_relative() {
                continue;
            }
            let lacks =
                is_lost(named_file::certificate(&cert).map(drop)) || is_lost(unlocked_key(&key));
            if lacks && known.insert(cert.clone()) {
                pairs.push(MissingPair {
                    profile: *profile,
                    name: name_of(config, *profile, &cert),
                    sans: names_of(config, *profile, &added),
                    cert,
                    key,
                    named_by: config.path.clone(),
                });
            }
        }
    }
    let configurations = found.configs.iter().filter(|config| !config.settings.is_empty()).count();
    Ok(MissingPairs { pairs, configurations })
}

/// Makes what is missing.
pub async fn make_missing(
    pairs: Vec<MissingPair>,
    ttl: Duration,
    algorithm: KeyAlgorithm,
    site: &CaSite,
    shared: &SharedLedger,
    remarks: Remarks<'_>,
) -> Result<Issued, Failure> {
    let order = |pair: MissingPair| {
        if let Ok(old) = Old::without_key(&pair.cert, &pair.key) {
            let (sans, profile) = (pair.sans, Some(pair.profile));
            let renewal = Renewal { ttl: Some(ttl), sans, profile, ..Renewal::default() };
            return old.order(None, &renewal).map_err(|error| Failure::refused(error.message()));
        }
        let replaces = pair.cert.exists() || pair.key.exists();
        Ok(Order {
            profile: pair.profile,
            subject: ca::subject(&pair.name, &[])?,
            sans: pair.sans,
            ttl,
            key: OrderKey::New(algorithm),
            holder: holder(pair.profile, &pair.name, None, None)?,
            cert: pair.cert,
            key_file: pair.key,
            replaces: replaces.then_some(Replaced {
                serial: None,
                cert_mode: durable::PUBLIC,
                key_mode: durable::SECRET,
                owner: None,
            }),
        })
    };
    let orders = pairs.into_iter().map(order).collect::<Result<Vec<_>, Failure>>()?;
    make(orders, site, shared, remarks).await
}

/// Whether a file is missing, or was read and holds nothing of use. What can't be read is not known to be lost.
fn is_lost(read: Result<(), FileError>) -> bool {
    let Err(error) = read else { return false };
    matches!(
        *error.fault,
        FileFault::Unread(FileState::Missing { .. })
            | FileFault::NoCertificate(_)
            | FileFault::NoKey
            | FileFault::Unusable(_)
    )
}

/// Fails without a key in it, and with one that needs a passphrase: etcd has none to give.
fn unlocked_key(path: &Path) -> Result<(), FileError> {
    let pem = named_file::bytes(path, named_file::LARGEST)?;
    let fault = match SigningKey::from_pem(&pem, None) {
        Err(error @ KeyError::Encrypted) => FileFault::Unusable(error.message()),
        _ if named_file::key_block(&pem).is_none() => FileFault::NoKey,
        _ => return Ok(()),
    };
    Err(FileError::new(path.display(), fault))
}

/// A member's own name; what the file is called for a client.
fn name_of(config: &ConfigFile, profile: Profile, cert: &Path) -> String {
    let own = config.get("name").map(|name| name.value.clone()).filter(|_| profile.is_dialled());
    let stem = || cert.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    own.filter(|name| !name.is_empty()).unwrap_or_else(stem)
}

/// Every host by which others connect to it, and this machine by its own names.
fn names_of(config: &ConfigFile, profile: Profile, added: &[San]) -> Vec<San> {
    let settings: &[&str] = match profile {
        Profile::Client => return Vec::new(),
        Profile::Server => &["advertise-client-urls", "listen-client-urls"],
        Profile::Peer => &["initial-advertise-peer-urls", "listen-peer-urls"],
    };
    let urls = settings.iter().filter_map(|name| config.get(name));
    let urls = urls.flat_map(|setting| setting.value.split(','));
    let hosts = urls.filter_map(|url| url.trim().parse::<http::Uri>().ok());
    let hosts = hosts.filter_map(|url| ca::san(url.host()?).ok());
    let anywhere = |san: &San| matches!(san, San::Ip(address) if address.is_unspecified());
    let name = config.get("name").and_then(|name| ca::san(&name.value).ok());
    let local = ca::Layout::Kubeadm.local_names();
    let all = name.into_iter().chain(hosts.filter(|san| !anywhere(san)));
    let mut names: Vec<San> = Vec::new();
    for san in all.chain(local).chain(added.to_vec()) {
        if !names.contains(&san) {
            names.push(san);
        }
    }
    names
}
