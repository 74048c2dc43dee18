//! The programs whose configuration says something about etcd.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A program whose configuration says something about etcd.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Program {
    /// The server.
    #[default]
    Etcd,
    /// `kube-apiserver`, etcd's client.
    KubeApiserver,
    /// `etcdctl`, by its `ETCDCTL_*` variables.
    Etcdctl,
    /// Patroni, which keeps the leader of `PostgreSQL` in etcd.
    Patroni,
    /// `CoreDNS` with its plugin `etcd`.
    Coredns,
    /// Calico with etcd as its datastore.
    Calico,
    /// Apache APISIX.
    Apisix,
    /// k3s with an external datastore.
    K3s,
    /// Vault with etcd as its storage.
    Vault,
}

impl Program {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Etcd => "etcd",
            Self::KubeApiserver => "kube-apiserver",
            Self::Etcdctl => "etcdctl",
            Self::Patroni => "Patroni",
            Self::Coredns => "CoreDNS",
            Self::Calico => "Calico",
            Self::Apisix => "APISIX",
            Self::K3s => "k3s",
            Self::Vault => "Vault",
        }
    }

    /// What the variables begin with that set its options by etcd's rule; `None` if there are none.
    pub fn variables(self) -> Option<&'static str> {
        match self {
            Self::Etcd => Some("ETCD_"),
            Self::Etcdctl => Some("ETCDCTL_"),
            _ => None,
        }
    }

    /// Whether it is a client whose options are kept by the names of etcdctl's, beside its own.
    pub fn is_other_client(self) -> bool {
        !matches!(self, Self::Etcd | Self::KubeApiserver | Self::Etcdctl)
    }
}
