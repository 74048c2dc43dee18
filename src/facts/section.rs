//! The two transport security sections: the settings by which etcd's client listener and its peer listener judge who dials them.
//!
//! etcd `server/embed/config.go`: the same section twice, the peers' flags with `peer-` in front.

use super::Facts;
use crate::x509::etcd::AllowedNames;

/// The flags of one listener, without dashes.
#[derive(Debug, PartialEq, Eq)]
pub struct Section {
    /// What it presents.
    pub certificate: &'static str,
    /// The key of that certificate.
    pub key: &'static str,
    /// The CAs of those who may dial.
    pub trusted_ca: &'static str,
    /// The revocation list.
    pub crl: &'static str,
    /// Names of which the dialler's certificate has to list one.
    pub hostnames: &'static str,
    /// Common names of which the dialler's certificate has to have one.
    pub common_names: &'static str,
    /// Where it listens.
    pub listens: &'static str,
    /// Where it says that it can be reached.
    pub advertises: &'static str,
}

const CLIENT: Section = Section {
    certificate: "cert-file",
    key: "key-file",
    trusted_ca: "trusted-ca-file",
    crl: "client-crl-file",
    hostnames: "client-cert-allowed-hostname",
    common_names: "client-cert-allowed-cn",
    listens: "listen-client-urls",
    advertises: "advertise-client-urls",
};

const PEER: Section = Section {
    certificate: "peer-cert-file",
    key: "peer-key-file",
    trusted_ca: "peer-trusted-ca-file",
    crl: "peer-crl-file",
    hostnames: "peer-cert-allowed-hostname",
    common_names: "peer-cert-allowed-cn",
    listens: "listen-peer-urls",
    advertises: "initial-advertise-peer-urls",
};

impl Facts<'_> {
    /// Whether peer URLs were checked, with a peer's pair.
    pub fn among_peers(&self) -> bool {
        self.observation.target.peer
    }

    /// The section of the listener that was dialled.
    pub fn section(&self) -> &'static Section {
        if self.among_peers() { &PEER } else { &CLIENT }
    }

    /// The names of which a dialler has to have one, by the settings at hand. Peers hold both sides of a connection to
    /// them.
    pub fn allowed_names(&self) -> AllowedNames {
        let list = |name: &str| self.settings.list(name).into_iter().map(str::to_owned).collect();
        let listener = self.section();
        AllowedNames {
            common_names: list(listener.common_names),
            hostnames: list(listener.hostnames),
        }
    }
}
