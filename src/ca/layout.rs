//! The ways of installing etcd that have file names of their own for a node's certificates. Pure.
//!
//! kubeadm: `cmd/kubeadm/app/phases/certs/certlist.go`; kubespray: `roles/etcd/templates/make-ssl-etcd.sh.j2`; k3s:
//! `pkg/daemons/control/deps/deps.go`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::profile::Profile;
use crate::x509::San;

/// A known way of installing etcd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Kubeadm,
    Kubespray,
    K3s,
}

impl Layout {
    /// The names of the files for a certificate and its key, in the layout's folder.
    pub fn files(self, profile: Profile, name: &str) -> (String, String) {
        let stem = match (self, profile) {
            (Self::Kubeadm, Profile::Server) => "server",
            (Self::Kubeadm, Profile::Peer) => "peer",
            (Self::Kubeadm, Profile::Client) => match name {
                "kube-etcd-healthcheck-client" => "healthcheck-client",
                "kube-apiserver-etcd-client" => "apiserver-etcd-client",
                other => other,
            },
            (Self::K3s, Profile::Server) => "server-client",
            (Self::K3s, Profile::Peer) => "peer-server-client",
            (Self::K3s, Profile::Client) => "client",
            (Self::Kubespray, Profile::Server | Profile::Peer) => {
                return (format!("member-{name}.pem"), format!("member-{name}-key.pem"));
            }
            (Self::Kubespray, Profile::Client) => {
                return (format!("admin-{name}.pem"), format!("admin-{name}-key.pem"));
            }
        };
        (format!("{stem}.crt"), format!("{stem}.key"))
    }

    /// The names that the layout gives every certificate that is dialled, besides those of the node.
    pub fn local_names(self) -> Vec<San> {
        vec![
            San::Dns("localhost".to_owned()),
            San::Ip(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            San::Ip(IpAddr::V6(Ipv6Addr::LOCALHOST)),
        ]
    }
}
