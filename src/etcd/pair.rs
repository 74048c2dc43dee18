//! Which options belong together: a certificate, its key, the CA that has to have issued it, the URLs for which it is loaded.
//!
//! etcd `client/pkg/transport/listener.go` (`ServerConfig` and `ClientConfig`); kube-apiserver's reference; etcdctl's flags.

use super::Program;

/// The options of one certificate, without dashes.
#[derive(Debug, PartialEq, Eq)]
pub struct FilePair {
    /// Whose options they are.
    pub program: Program,
    /// The certificate's.
    pub certificate: &'static str,
    /// The key's.
    pub key: &'static str,
    /// Of the same process: the CA whose clients and members the certificate is for.
    pub ca: &'static str,
    /// The URLs at which it is presented or with which it is used.
    pub urls: &'static str,
}

impl FilePair {
    /// What etcd presents to clients.
    pub const SERVER: Self = Self {
        program: Program::Etcd,
        certificate: "cert-file",
        key: "key-file",
        ca: "trusted-ca-file",
        urls: "listen-client-urls",
    };
    /// What etcd's gateway and proxy dial their own member with; without it `SERVER`.
    pub const SERVER_CLIENT: Self =
        Self { certificate: "client-cert-file", key: "client-key-file", ..Self::SERVER };
    /// What a member presents to members that dial it.
    pub const PEER: Self = Self {
        program: Program::Etcd,
        certificate: "peer-cert-file",
        key: "peer-key-file",
        ca: "peer-trusted-ca-file",
        urls: "listen-peer-urls",
    };
    /// What a member dials others with; without it `PEER`.
    pub const PEER_CLIENT: Self =
        Self { certificate: "peer-client-cert-file", key: "peer-client-key-file", ..Self::PEER };
    /// What kube-apiserver dials etcd with.
    pub const APISERVER: Self = Self {
        program: Program::KubeApiserver,
        certificate: "etcd-certfile",
        key: "etcd-keyfile",
        ca: "etcd-cafile",
        urls: "etcd-servers",
    };
    /// What etcdctl dials etcd with.
    pub const ETCDCTL: Self = Self {
        program: Program::Etcdctl,
        certificate: "cert",
        key: "key",
        ca: "cacert",
        urls: "endpoints",
    };

    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::SERVER,
        Self::SERVER_CLIENT,
        Self::PEER,
        Self::PEER_CLIENT,
        Self::APISERVER,
        Self::ETCDCTL,
    ];

    /// Those of one program; other clients' have the names of etcdctl's.
    pub fn of(program: Program) -> impl Iterator<Item = Self> {
        let other = program.is_other_client().then_some(Self { program, ..Self::ETCDCTL });
        Self::ALL.into_iter().filter(move |pair| pair.program == program).chain(other)
    }

    /// Whether one of its two files is named by an option.
    pub fn has(&self, option: &str) -> bool {
        self.certificate == option || self.key == option
    }
}
