//! What a file is for; the words stand in `LANGUAGE/roles.md`, by the name of the role.

use super::super::markdown::{Entries, Translated, files};
use crate::message::{Lang, snake_case};

static ROLES: Translated<Entries> = Translated::new(files!(".", "roles"));

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The one CA of etcd.
    EtcdCa,
    /// The CA of etcd's client port, where peers have another.
    ClientCa,
    /// The CA of etcd's peers, where clients have another.
    PeerCa,
    /// What etcd shows to clients.
    Server,
    /// What members show to one another.
    Peer,
    /// One pair for both.
    ServerAndPeer,
    /// A client for health checks and for people.
    HealthClient,
    /// A client for people: etcdctl.
    Admin,
    /// kube-apiserver's client pair.
    ApiserverClient,
    /// A client pair of the programs on one node.
    NodeClient,
    /// For the metrics port.
    Metrics,
    /// Kubernetes' own CA.
    ClusterCa,
    /// Kubernetes' own, nothing of etcd's.
    Kubernetes,
    /// Where etcd's options stand.
    Settings,
    /// Where kube-apiserver's options stand.
    ApiserverSettings,
}

impl Role {
    /// What a reader calls it.
    pub fn title(self, lang: Lang) -> &'static str {
        ROLES.in_lang(lang).paragraph(&self.name(), 0)
    }

    /// What it is for and who reads it.
    pub fn purpose(self, lang: Lang) -> &'static str {
        ROLES.in_lang(lang).paragraph(&self.name(), 1)
    }

    /// Its name in the files: `etcd-ca`.
    fn name(self) -> String {
        snake_case(&format!("{self:?}")).replace('_', "-")
    }

    /// The options that name it: of etcd and its clients.
    pub fn options(self) -> &'static [&'static str] {
        match self {
            Self::EtcdCa => {
                &["--trusted-ca-file", "--peer-trusted-ca-file", "--cacert", "--etcd-cafile"]
            }
            Self::ClientCa => &["--trusted-ca-file", "--cacert", "--etcd-cafile"],
            Self::PeerCa => &["--peer-trusted-ca-file"],
            Self::Server => &["--cert-file", "--key-file"],
            Self::Peer => &["--peer-cert-file", "--peer-key-file"],
            Self::ServerAndPeer => {
                &["--cert-file", "--key-file", "--peer-cert-file", "--peer-key-file"]
            }
            Self::HealthClient | Self::Admin => &["--cert", "--key"],
            Self::ApiserverClient => &["--etcd-certfile", "--etcd-keyfile"],
            Self::NodeClient => &["--etcd-certfile", "--etcd-keyfile", "--cert", "--key"],
            Self::Metrics
            | Self::ClusterCa
            | Self::Kubernetes
            | Self::Settings
            | Self::ApiserverSettings => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::folders, ROLES};
    use crate::message::Lang;

    #[test]
    fn every_language_describes_the_roles_of_the_table_and_no_others() {
        let files = folders().iter().flat_map(|folder| folder.files);
        let names: BTreeSet<_> = files.map(|(_, role)| role.name()).collect();
        for lang in Lang::ALL {
            let entries = ROLES.in_lang(lang);
            assert_eq!(
                entries.names().iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(),
                names
            );
            for name in &names {
                assert!(
                    (0..2).all(|at| !entries.paragraph(name, at).is_empty()),
                    "{name} {lang:?}"
                );
                assert!(entries.paragraph(name, 2).is_empty(), "{name} {lang:?}");
            }
        }
    }
}
