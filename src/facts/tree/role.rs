//! What a certificate is for: by its CA flag, its usages, and the names of its files where usages leave it open.

use crate::x509::{Certificate, Usage};

/// What a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A CA that issued itself.
    RootCa,
    /// A CA below another one.
    IntermediateCa,
    /// A server towards clients.
    Server,
    /// A member towards members.
    Peer,
    /// A client.
    Client,
    /// A server and a client, and no name says more.
    ServerAndClient,
    /// Neither server nor client.
    Other,
}

impl Role {
    /// The role of a certificate that lies in a file of this name.
    pub fn of(certificate: &Certificate, file_name: &str) -> Self {
        if certificate.is_ca() {
            let root = certificate.is_self_issued();
            return if root { Self::RootCa } else { Self::IntermediateCa };
        }
        let allows = |usage| certificate.allows(usage);
        match (allows(Usage::ServerAuth), allows(Usage::ClientAuth)) {
            (true, true) => Self::by_name(file_name),
            (true, false) => Self::Server,
            (false, true) => Self::Client,
            (false, false) => Self::Other,
        }
    }

    /// kubeadm's `server.crt` and `peer.crt`, k3s' `server-client.crt` and `peer-server-client.crt`, etcd-manager's
    /// `peers/me.crt`, kubespray's `member-NODE.pem` and `admin-NODE.pem`, `OpenShift`'s `etcd-serving-NODE.crt`.
    fn by_name(file_name: &str) -> Self {
        let name = file_name.to_ascii_lowercase();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let says = |word: &str| stem.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
        if says("peer") || stem == "me" {
            Self::Peer
        } else if says("server") || says("serving") {
            Self::Server
        } else if says("client") || says("admin") || says("node") {
            Self::Client
        } else {
            Self::ServerAndClient
        }
    }

    /// Whether it is a CA.
    pub fn is_ca(self) -> bool {
        matches!(self, Self::RootCa | Self::IntermediateCa)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide_where_usages_do_not() {
        for (name, role) in [
            ("server.crt", Role::Server),
            ("peer-server-client.crt", Role::Peer),
            ("server-client.crt", Role::Server),
            ("me.crt", Role::Peer),
            ("member-node1.pem", Role::ServerAndClient),
            ("admin-node1.pem", Role::Client),
            ("etcd-serving-n1.crt", Role::Server),
            ("tls.crt", Role::ServerAndClient),
        ] {
            assert_eq!(Role::by_name(name), role, "{name}");
        }
    }
}
