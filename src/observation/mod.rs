//! What was seen: plain serde data, enough to judge again later. No I/O and no judgement belongs here.
//!
//! No field can hold a private key, a password or a token: loading reduces a key to its public half, and a
//! user to its name. A saved case is one [`Observation`] as JSON.

pub mod access;
pub mod backup;
mod case;
mod case_v1;
pub mod config;
pub mod data_dir;
pub mod endpoint;
pub mod endpoint_url;
pub mod etcd;
pub mod file;
pub mod handshake;
pub mod key;
pub mod keystore;
pub mod kubelet;
pub mod lookup;
pub mod offer;
pub mod proxy;
pub mod refusal;
mod runner;
pub mod target;
pub mod tree;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use crate::etcd::Program;
pub use case::CaseError;
pub use config::{ConfigFile, ConfigKind, Means, Mount, MountLines, Probe, Setting};
pub use endpoint::EndpointSeen;
pub use file::FileSeen;
pub use runner::Runner;
pub use target::Target;

/// The schema name that a saved case carries.
pub const SCHEMA: &str = "etcd-tls/case/v2";

/// Everything that one `check` saw. The same observation always gives the same verdict.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Observation {
    /// [`SCHEMA`].
    pub schema: String,
    /// Who recorded it, such as `etcd-tls 0.1.0` or `hand: why`.
    pub recorded_by: String,
    /// The local clock when the check began; all validity is judged against it.
    #[serde(with = "time::serde::rfc3339")]
    pub when: OffsetDateTime,
    /// Who looked.
    pub viewer: Viewer,
    /// What was asked for.
    pub target: Target,
    /// The files named by the target, then those that its configuration names, in that order.
    pub files: Vec<FileSeen>,
    /// Files beside the given ones that hold certificates or keys; looked at only when something failed.
    #[serde(default)]
    pub neighbours: Vec<FileSeen>,
    /// The etcd processes of this machine that listen at an endpoint, where no configuration was given or found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub running: Vec<ConfigFile>,
    /// The files given by `--config`, read as their owner would read them.
    #[serde(default)]
    pub configs: Vec<ConfigFile>,
    /// What these name and the users who run with them can't reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<access::ClosedPath>,
    /// The data directories that these name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data_dirs: Vec<data_dir::DataDirectory>,
    /// The variables about proxies in the environment of this command, without the logins in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub environment: Vec<Setting>,
    /// Proxies that clients would go through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proxies: Vec<proxy::ProxySeen>,
    /// The system's trust anchors; present only when no `--cacert` was given and a server presented a chain.
    #[serde(default)]
    pub system_anchors: Option<SystemAnchors>,
    /// One entry for each endpoint, in the order given.
    pub endpoints: Vec<EndpointSeen>,
    /// Client URLs that members advertise and that no endpoint has: as far as a handshake without a certificate.
    #[serde(default)]
    pub advertised: Vec<EndpointSeen>,
    /// Names in the peer URLs of configured members, with their addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<endpoint::NameSeen>,
    /// What the resolver says of members as diallers, where it decides whether a peer port admits them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diallers: Vec<endpoint::DiallerSeen>,
    /// The same etcd as others on this machine dial it: the other members with its peer pair, and each configured client with
    /// its own URLs and files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<Self>,
    /// What the kubelet of this machine has of etcd, where nobody listens for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kubelet: Option<kubelet::KubeletSeen>,
    /// Further clusters that were found on this machine, each as a whole; only in a saved case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Self>,
    /// What was looked at for a backup or a restore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<backup::BackupSeen>,
    /// Milliseconds from start to the end of probing.
    #[serde(default)]
    pub took_ms: f64,
}

/// The user and machine that made the observation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Viewer {
    /// Effective user id.
    pub uid: u32,
    /// Effective and supplementary group ids.
    pub gids: Vec<u32>,
    /// Local IP addresses, when a diagnosis may need them.
    #[serde(default)]
    pub addresses: Vec<std::net::IpAddr>,
}

/// The operating system's certificate pool, reduced to what could matter to the presented chains.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SystemAnchors {
    /// How many certificates the pool holds.
    pub count: usize,
    /// Those whose subject is the issuer of a presented certificate, as DER.
    pub relevant: Vec<Der>,
}

/// DER bytes, base64 in a saved case.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Der(pub Vec<u8>);

impl std::fmt::Debug for Der {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Der({} bytes)", self.0.len())
    }
}

impl Serialize for Der {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Der {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        data_encoding::BASE64.decode(text.as_bytes()).map(Self).map_err(serde::de::Error::custom)
    }
}
