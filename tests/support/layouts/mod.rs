//! The file trees that installers of etcd leave on a machine: certificates, keys, and the files that hold etcd's flags.
//!
//! Written from what these projects document and do (paths, names, key usages, modes), not from what the tool looks for. Every
//! tree holds one member whose flags start a real etcd; addresses and ports are the caller's.

#![allow(dead_code, reason = "each user of the trees needs its own part")]
#![allow(clippy::unwrap_used, reason = "a fixture that can't be made is no fixture")]

mod containers;
mod distributions;
mod hosts;
mod kubernetes;
mod pki;
mod settings;

use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

pub(crate) use pki::{Authority, Leaf};
pub(crate) use settings::Settings;

type Build = fn(&mut Tree);

/// Every layout by its name, and what builds it.
pub(crate) const LAYOUTS: &[(&str, Build)] = &[
    ("kubeadm", kubernetes::kubeadm),
    ("kubeadm-external", kubernetes::kubeadm_external),
    ("kind", kubernetes::kind),
    ("minikube", kubernetes::minikube),
    ("openshift", kubernetes::openshift),
    ("kops", kubernetes::kops),
    ("kubespray", hosts::kubespray),
    ("kubeasz", hosts::kubeasz),
    ("etcdadm", hosts::etcdadm),
    ("the-hard-way", hosts::the_hard_way),
    ("debian", hosts::debian),
    ("k3s", distributions::k3s),
    ("rke2", distributions::rke2),
    ("k0s", distributions::k0s),
    ("microk8s", distributions::microk8s),
    ("talos", distributions::talos),
    ("bitnami", containers::bitnami),
    ("etcd-druid", containers::etcd_druid),
    ("cert-manager", containers::cert_manager),
];

/// Where the member listens.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The node's address; loopback in tests.
    pub address: String,
    pub client: u16,
    pub peer: u16,
    pub metrics: u16,
    /// k3s and RKE2 serve HTTP on a port of its own.
    pub http: u16,
}

/// A tree under a folder that stands for `/`.
pub(crate) struct Tree {
    root: PathBuf,
    pub place: Place,
    /// What etcd is started with; paths as on the machine. In the order in which the layout writes them.
    pub etcd: Settings,
    /// The files of the tree that hold these settings; none where the process alone knows them.
    pub flags_in: Vec<String>,
    /// What a client of this member uses, paths as on the machine: CA, certificate, key.
    pub client: Option<[String; 3]>,
    /// Every file, as on the machine, in the order written.
    pub files: Vec<String>,
    /// Where etcd's own files lie, when it runs on another machine than the tree's.
    elsewhere: Option<PathBuf>,
}

/// Builds one layout under `root`; `None` when there is none of that name.
pub(crate) fn build(name: &str, root: &Path, place: Place) -> Option<Tree> {
    let (_, build) = LAYOUTS.iter().find(|(known, _)| *known == name)?;
    let mut tree = Tree {
        root: root.to_owned(),
        place,
        etcd: Settings::default(),
        flags_in: Vec::new(),
        client: None,
        files: Vec::new(),
        elsewhere: None,
    };
    build(&mut tree);
    Some(tree)
}

impl Tree {
    /// A path of the machine as it is here.
    pub(crate) fn here(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    /// The arguments that start etcd from these very settings, its paths moved under the root.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let root = self.elsewhere.as_ref().unwrap_or(&self.root);
        self.etcd.moved(root).flags()
    }

    /// Writes a file with this mode; folders are made as needed.
    fn write(&mut self, path: &str, mode: u32, content: &str) {
        let here = self.here(path);
        put(&here, mode, content).unwrap_or_else(|error| panic!("{path}: {error}"));
        self.files.push(path.to_owned());
    }

    /// A file that holds etcd's settings.
    fn write_flags(&mut self, path: &str, mode: u32, content: &str) {
        self.write(path, mode, content);
        self.flags_in.push(path.to_owned());
    }

    /// `https://ADDRESS:PORT`.
    fn url(&self, port: u16) -> String {
        let address = &self.place.address;
        if address.contains(':') {
            format!("https://[{address}]:{port}")
        } else {
            format!("https://{address}:{port}")
        }
    }

    /// The client URL on the node's address, and on loopback where that is another.
    fn listen_client_urls(&self) -> String {
        let (own, port) = (self.url(self.place.client), self.place.client);
        let loopback = format!("https://127.0.0.1:{port}");
        if own == loopback { own } else { format!("{loopback},{own}") }
    }

    fn metrics_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.place.metrics)
    }

    /// The certificate and key of a client, and the CA that it trusts.
    fn client_is(&mut self, cacert: &str, cert: &str, key: &str) {
        self.client = Some([cacert, cert, key].map(str::to_owned));
    }
}

/// Writes one file with this mode.
fn put(here: &Path, mode: u32, content: &str) -> io::Result<()> {
    if let Some(folder) = here.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(here, content)?;
    fs::set_permissions(here, fs::Permissions::from_mode(mode))
}
