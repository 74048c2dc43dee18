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
}

impl Program {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Etcd => "etcd",
            Self::KubeApiserver => "kube-apiserver",
            Self::Etcdctl => "etcdctl",
        }
    }

    /// What the variables begin with that set its options; kube-apiserver reads none.
    pub fn variables(self) -> Option<&'static str> {
        match self {
            Self::Etcd => Some("ETCD_"),
            Self::KubeApiserver => None,
            Self::Etcdctl => Some("ETCDCTL_"),
        }
    }
}
