//! The certificate files that configured processes name, paired, and the endpoints where these processes are dialled.

use std::net::{IpAddr, SocketAddr};

use super::{Endpoint, Facts, Listener, Settings, Subject};
use crate::{
    etcd::{FilePair, option::files_of},
    observation::{
        ConfigFile, FileSeen, Mount, Program, Setting,
        access::ClosedPath,
        file::{FileState, KeySeen},
    },
    x509::Certificate,
};

/// An option of a process that names a file.
#[derive(Debug, Clone, Copy)]
pub struct Named<'f, 'a> {
    /// The process.
    pub process: &'f Settings<'a>,
    /// The file that sets the option.
    pub config: &'a ConfigFile,
    /// The option and its value.
    pub setting: &'a Setting,
    /// What was found at the path.
    pub file: &'a FileSeen,
}

/// A certificate of a process, and the key that it is used with.
#[derive(Debug)]
pub struct ConfiguredPair<'f, 'a> {
    /// The certificate's option.
    pub cert: Named<'f, 'a>,
    /// The key's option.
    pub key: Option<Named<'f, 'a>>,
    /// The certificates in the file that parse, in order.
    pub chain: Vec<Certificate>,
}

/// The files of a process that are closed to the user who runs it.
#[derive(Debug)]
pub struct Closed<'f, 'a> {
    /// The process.
    pub process: &'f Settings<'a>,
    /// The options that name them, and where the way ends.
    pub files: Vec<(&'a ConfigFile, &'a Setting, &'a ClosedPath)>,
}

impl<'a> Facts<'a> {
    /// The processes with files that are closed to the users who run them.
    pub fn closed_files<'f>(&'f self) -> Vec<Closed<'f, 'a>> {
        let of_process = |process: &'f Settings<'a>| {
            let user = process.configs().find_map(|config| config.runner.name())?;
            let options = files_of(process.program).chain(["data-dir"]);
            let closed = options.filter_map(|option| {
                let (config, setting) = process.get(option)?;
                let mut all = self.observation.closed.iter();
                let path = all.find(|one| one.path == setting.path() && one.user == user)?;
                Some((config, setting, path))
            });
            let files: Vec<_> = closed.collect();
            (!files.is_empty()).then_some(Closed { process, files })
        };
        self.processes().filter_map(of_process).collect()
    }

    /// Every option in force that names a file.
    pub fn named_files<'f>(&'f self) -> impl Iterator<Item = Named<'f, 'a>> {
        self.processes().flat_map(|process| {
            files_of(process.program).filter_map(|option| process.named(option))
        })
    }

    /// Every certificate that a configured process presents.
    pub fn configured_pairs<'f>(&'f self) -> impl Iterator<Item = ConfiguredPair<'f, 'a>> {
        self.processes().flat_map(move |process| {
            FilePair::of(process.program).filter_map(move |pair| {
                let cert = process.named(pair.certificate)?;
                let certificates = cert.file.certificates();
                let chain = certificates
                    .filter_map(|der| Certificate::parse(&der.0, self.go).ok())
                    .collect();
                Some(ConfiguredPair { cert, key: process.named(pair.key), chain })
            })
        })
    }

    /// The configured pairs whose certificate no other fact speaks of: this client doesn't present it, and no endpoint did.
    pub fn unseen_pairs<'f>(&'f self) -> impl Iterator<Item = ConfiguredPair<'f, 'a>> {
        let presented: Vec<&[u8]> =
            self.presented().filter_map(|(_, seen)| Some(seen.leaf()?.der.as_slice())).collect();
        let own = self.client.leaf().map(|leaf| leaf.der.as_slice());
        let mut known: Vec<&str> = Vec::new();
        self.configured_pairs().filter(move |pair| {
            let Some(leaf) = pair.leaf() else { return false };
            let der = leaf.der.as_slice();
            let is_new = !known.contains(&pair.cert.file.path.as_str());
            known.push(&pair.cert.file.path);
            is_new
                && own != Some(der)
                && !presented.contains(&der)
                && !self.is_elsewhere(pair.cert.process)
        })
    }

    /// The endpoints of this check at which a process is dialled, or which it dials itself.
    pub fn endpoints_of<'f>(
        &'f self,
        process: &'f Settings<'a>,
    ) -> impl Iterator<Item = &'f Endpoint<'a>> {
        self.endpoints.iter().filter(move |endpoint| process.leads_to(endpoint))
    }

    /// The same, dialled by whomever: by this check, or as a configured client. What a server holds against a client is known to
    /// the view alone that an endpoint belongs to.
    pub fn endpoints_seen_of<'f>(
        &'f self,
        process: &'f Settings<'a>,
    ) -> impl Iterator<Item = &'f Endpoint<'a>> {
        let of_clients = self.client_views().flat_map(|view| &view.endpoints);
        self.endpoints.iter().chain(of_clients).filter(move |one| process.leads_to(one))
    }

    /// Whether etcd answers at one of the endpoints of a process: whatever its configuration says, it runs.
    pub fn is_served(&self, process: &Settings<'a>) -> bool {
        self.endpoints_seen_of(process).any(Endpoint::is_etcd)
    }

    /// Whether an endpoint leads to this very machine, whose files are at hand.
    pub fn is_here(&self, endpoint: &Endpoint<'_>) -> bool {
        let address = endpoint.dialled().parse::<SocketAddr>().map(|dialled| dialled.ip());
        let viewer = &self.observation.viewer;
        let local = |ip: IpAddr| ip.is_loopback() || viewer.addresses.contains(&ip.to_canonical());
        self.observation.target.root.is_none() && address.is_ok_and(local)
    }

    /// A path of this machine as the process that a file configures has to name it: without the folder of `--root`, and by the mounts
    /// of its container. `None` where the process can't see it.
    pub fn path_for(&self, config: &ConfigFile, path: &str) -> Option<String> {
        let on_node = match &self.observation.target.root {
            Some(root) => format!("/{}", path_below(root, path)?),
            None => path.to_owned(),
        };
        let Some(mounts) = &config.mounts else { return Some(on_node) };
        let seen = mounts.iter().filter_map(|mount| {
            let host = mount.host.as_deref()?;
            Some((path_below(host, &on_node)?, host.len(), &mount.inside))
        });
        let (rest, _, inside) = seen.max_by_key(|(_, length, _)| *length)?;
        Some(format!("{}/{rest}", inside.trim_end_matches('/')))
    }

    /// The folder of the node in which files at hand lie as a volume's mount would have to show these, if it is one.
    pub fn folder_of(&self, missing: &[Named<'_, 'a>]) -> Option<String> {
        let below = |named: &Named<'_, 'a>| {
            let mount = named.mount()?;
            Some(path_below(&mount.inside, &named.setting.value)?.to_owned())
        };
        let on_node = |path: &'a str| match &self.observation.target.root {
            Some(root) => path.strip_prefix(root.trim_end_matches('/')),
            None => Some(path),
        };
        let at_hand: Vec<&str> = self
            .files()
            .filter(|file| file.content().is_some())
            .filter_map(|file| on_node(&file.path))
            .collect();
        let rests: Vec<String> = missing.iter().filter_map(below).collect();
        let first = rests.first()?;
        let mut folders =
            at_hand.iter().filter_map(|path| path.strip_suffix(first.as_str())?.strip_suffix('/'));
        let holds =
            |folder: &str, rest: &String| at_hand.contains(&format!("{folder}/{rest}").as_str());
        folders.find(|folder| rests.iter().all(|rest| holds(folder, rest))).map(str::to_owned)
    }

    /// Whether a configuration speaks of another machine than this one: etcd reads its certificate again at every
    /// handshake, and here none of its files is, while handshakes work.
    pub fn is_elsewhere(&self, process: &Settings<'a>) -> bool {
        let named = files_of(process.program).filter_map(|option| process.named(option));
        let states: Vec<_> = named.map(|named| &named.file.state).collect();
        let shakes = |endpoint: &Endpoint<'_>| endpoint.presented.is_some();
        process.program == Program::Etcd
            && !states.is_empty()
            && states.iter().all(|state| matches!(state, FileState::Missing { .. }))
            && self.endpoints_of(process).any(shakes)
    }

    /// The etcds of this node that say where they serve clients.
    pub fn configured_etcds<'f>(&'f self) -> impl Iterator<Item = &'f Settings<'a>> {
        let etcds = self.processes().filter(|one| one.program == Program::Etcd);
        etcds.filter(|etcd| etcd.names("listen-client-urls"))
    }

    /// Whether a client's URL names this node, and none of its etcds serves clients there. What may be another machine proves
    /// nothing, nor does a node without any etcd.
    pub fn is_stray(&self, url: &Listener<'_>) -> bool {
        let etcds: Vec<_> = self.configured_etcds().collect();
        let own = |etcd: &&Settings<'_>| {
            let options = ["listen-client-urls", "listen-peer-urls"];
            options.iter().any(|option| {
                etcd.urls(option).iter().any(|own| !own.is_everywhere() && own.is_at_host(url))
            })
        };
        let is_loopback = url.host.eq_ignore_ascii_case("localhost")
            || url.host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback());
        let is_ours = is_loopback || etcds.iter().any(own);
        let serves = |etcd: &&Settings<'_>| {
            let urls = etcd.urls("listen-client-urls");
            urls.iter().any(|own| own.port == url.port && own.is_at_host(url))
        };
        !etcds.is_empty() && is_ours && url.port.is_some() && !etcds.iter().any(serves)
    }
}

impl<'a> Settings<'a> {
    /// An option in force that names a file, with the file.
    pub fn named<'f>(&'f self, option: &str) -> Option<Named<'f, 'a>> {
        let (config, setting) = self.get(option)?;
        Some(Named { process: self, config, setting, file: self.file(option)? })
    }

    /// Whether it is dialled at an endpoint, or dials it itself.
    fn leads_to(&self, endpoint: &Endpoint<'_>) -> bool {
        match self.client_pair() {
            None => self.is_behind(endpoint.seen),
            Some(_) => self.dials(endpoint),
        }
    }

    /// Whether a client is configured to dial an endpoint, by whichever scheme.
    pub(super) fn dials(&self, endpoint: &Endpoint<'_>) -> bool {
        let authority = endpoint.authority();
        self.dialled_settings().into_iter().any(|(_, _, url)| {
            url == authority || Listener::parse(url).is_some_and(|url| url.authority() == authority)
        })
    }
}

impl<'a> Named<'_, 'a> {
    /// The setting as the subject of a finding.
    pub fn subject(&self) -> Subject {
        Subject::Setting { file: self.config.path.clone(), name: self.setting.written().to_owned() }
    }

    /// Whether nothing is there, as far as this machine can tell: what lies in no folder of it can't be looked at.
    pub fn is_missing(&self) -> bool {
        let hidden = self.mount().is_some_and(|mount| mount.host.is_none());
        matches!(self.file.state, FileState::Missing { .. }) && !hidden
    }

    /// Whether no volume of the container leads to the path.
    pub fn is_unmounted(&self) -> bool {
        let contained = self.config.mounts.is_some() && self.setting.value.starts_with('/');
        contained && self.mount().is_none()
    }

    /// Whether its volume leads to another folder of the host than was meant: one of another name, where most of the files are missing
    /// that the process looks for behind it, and there are several.
    pub fn is_astray(&self) -> bool {
        let Some(mount) = self.mount() else { return false };
        let renamed = mount.host.as_ref().is_some_and(|host| *host != mount.inside);
        let options = files_of(self.process.program);
        let others = options.filter_map(|option| self.process.named(option));
        let behind: Vec<_> = others.filter(|other| other.mount() == Some(mount)).collect();
        let missing = behind.iter().filter(|other| other.is_missing()).count();
        renamed && missing > 1 && 2 * missing > behind.len()
    }

    /// The volume through which the container sees the path; the innermost counts.
    pub fn mount(&self) -> Option<&'a Mount> {
        let covers = |mount: &&Mount| {
            let rest = self.setting.value.strip_prefix(mount.inside.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mounts = self.config.mounts.iter().flatten();
        mounts.filter(covers).max_by_key(|mount| mount.inside.len())
    }
}

impl ConfiguredPair<'_, '_> {
    /// The end-entity certificate.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.chain.first()
    }

    /// The key, when it is one that belongs to another certificate.
    pub fn stranger(&self) -> Option<&KeySeen> {
        let (leaf, key) = (self.leaf()?, self.key?.file.key()?);
        key.spki.as_ref().is_some_and(|spki| spki.0 != leaf.spki).then_some(key)
    }
}

/// The rest of a path below a folder.
fn path_below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/')
}
