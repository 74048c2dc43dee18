//! The two transport security sections: the settings by which etcd's client listener and its peer listener judge who dials them.
//!
//! etcd `server/embed/config.go`: the same section twice, the peers' flags with `peer-` in front.

/// The options of one listener, without dashes.
#[derive(Debug, PartialEq, Eq)]
pub struct ListenerOptions {
    /// What it presents.
    pub certificate: &'static str,
    /// The key of that certificate.
    pub key: &'static str,
    /// The CAs of those who may dial.
    pub trusted_ca: &'static str,
    /// Whether whoever dials has to show a certificate.
    pub demands: &'static str,
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

impl ListenerOptions {
    /// The one for clients, and the one for members.
    pub const ALL: [Self; 2] = [Self::CLIENT, Self::PEER];

    /// The one for clients: `client-transport-security`.
    pub const CLIENT: Self = Self {
        certificate: "cert-file",
        key: "key-file",
        trusted_ca: "trusted-ca-file",
        demands: "client-cert-auth",
        crl: "client-crl-file",
        hostnames: "client-cert-allowed-hostname",
        common_names: "client-cert-allowed-cn",
        listens: "listen-client-urls",
        advertises: "advertise-client-urls",
    };

    /// The one for members: `peer-transport-security`.
    pub const PEER: Self = Self {
        certificate: "peer-cert-file",
        key: "peer-key-file",
        trusted_ca: "peer-trusted-ca-file",
        demands: "peer-client-cert-auth",
        crl: "peer-crl-file",
        hostnames: "peer-cert-allowed-hostname",
        common_names: "peer-cert-allowed-cn",
        listens: "listen-peer-urls",
        advertises: "initial-advertise-peer-urls",
    };
}
