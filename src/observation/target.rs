//! What the user asked for, and where each part of it came from.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    etcd::Program,
    message::{ConfigMessage, Message, Say},
};

/// The inputs of one `check`, after flags, environment and configuration were put together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Target {
    /// Endpoints as written, in order.
    pub endpoints: Vec<Given>,
    /// The configured client as which they are dialled; `None` for this check's own way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ConfiguredClient>,
    /// `--peer`: the endpoints are peer URLs, dialled as another member would.
    #[serde(default)]
    pub peer: bool,
    /// `--cluster`: the members that the given endpoints list are checked too.
    #[serde(default)]
    pub cluster: bool,
    /// The name that servers have to prove instead of the one that is dialled: the domain of `--discovery-srv`, where clear text
    /// was ruled out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
    /// `--cacert`.
    pub cacert: Option<Given>,
    /// `--cert`.
    pub cert: Option<Given>,
    /// `--key`.
    pub key: Option<Given>,
    /// `--config`, in order.
    #[serde(default)]
    pub configs: Vec<String>,
    /// `--root`: the folder that stands for another machine's `/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// The ways of installing etcd whose folders were found, when nothing was given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layouts: Vec<String>,
    /// `--server-log`: where the server's own words about our connections are looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_log: Option<String>,
    /// The etcd user's name; its password is never kept.
    #[serde(default)]
    pub user: Option<String>,
    /// `--insecure-skip-tls-verify`.
    #[serde(default)]
    pub insecure_skip_tls_verify: bool,
    /// The bound on each endpoint, from name lookup to verdict.
    pub timeout: Duration,
    /// When an expiry becomes a warning, if not by the default rule.
    #[serde(default)]
    pub expires_within: Option<Duration>,
    /// `--go`: the Go release whose rules decide, such as `1.24`.
    #[serde(default)]
    pub go: Option<String>,
    /// `--expect-spiffe`: the SPIFFE ID, or the trust domain, that a server has to prove.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect_spiffe: Option<String>,
    /// What else discovery found, and where it looked.
    #[serde(default, skip_serializing_if = "Situation::is_plain")]
    pub situation: Situation,
}

/// What discovery found besides the files and endpoints of a target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// The name of the cluster, if this machine has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// Client URLs that only a container or a process of another user advertises. They lead to other machines, and nobody asked for
    /// these, so they are not dialled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Given>,
    /// Where etcd was looked for, if no endpoint was given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searched: Vec<String>,
}

impl Situation {
    /// Whether there is nothing to tell.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

impl Target {
    /// Whether an endpoint without a scheme is dialled with TLS: as etcdctl, when any of the three files is given
    /// (or verification is switched off explicitly). etcd `client/v3/internal/endpoint`.
    pub fn implies_tls(&self) -> bool {
        self.cacert.is_some()
            || self.cert.is_some()
            || self.key.is_some()
            || self.insecure_skip_tls_verify
    }
}

/// A program that is configured to dial etcd from this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfiguredClient {
    /// The program.
    pub program: Program,
    /// The file that configures it.
    pub config: String,
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The value as written.
    pub value: String,
    /// Its source.
    pub origin: Origin,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A command line flag, such as `--cacert`.
    Flag(String),
    /// An environment variable, such as `ETCDCTL_CACERT`.
    Environment(String),
    /// A setting of a configuration file.
    Config { file: String, line: usize, name: String },
    /// Found in a folder where such files usually lie.
    Found { folder: String },
    /// Named by the SRV records of a domain.
    Srv { domain: String },
    /// Listed by the member that answered at this endpoint.
    Members(String),
    /// Nothing was given: etcdctl's default.
    Default,
}

impl Say for Origin {
    fn message(&self) -> Message {
        let message = match self {
            Self::Flag(name) | Self::Environment(name) => return Message::Plain(name.into()),
            Self::Config { file, line: 0, name } => {
                ConfigMessage::NameOfFile { name: name.into(), file: file.into() }
            }
            Self::Config { file, line, name } => ConfigMessage::NameInLine {
                name: name.into(),
                file: file.into(),
                line: (*line).into(),
            },
            Self::Found { folder } => ConfigMessage::FoundIn { folder: folder.into() },
            Self::Srv { domain } => ConfigMessage::SrvRecordsOf { domain: domain.into() },
            Self::Members(endpoint) => ConfigMessage::MemberListOf { endpoint: endpoint.into() },
            Self::Default => ConfigMessage::Default,
        };
        message.into()
    }
}
