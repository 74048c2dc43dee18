//! What a room is made of.

use schemars::JsonSchema;
use serde::Serialize;

use super::Finding;
use crate::{facts::Facts, message::Text};

/// One entry of the catalogue: what it is called, what it says, and how it is told from its look-alikes.
pub struct Diagnosis {
    /// Kebab-case `subject-condition`; public for ever.
    pub id: &'static str,
    /// The usual severity; a finding may set its own.
    pub severity: Severity,
    /// Who usually has to change something; a finding may set its own.
    pub side: Side,
    /// Nothing fails because of it, now or later: it only makes the set-up less safe.
    pub hardening: bool,
    /// What follows from it when both concern the same subject.
    pub causes: &'static [&'static Self],
    /// What it says.
    pub text: Text,
    /// Finds it in the facts.
    pub detect: fn(&Facts<'_>) -> Vec<Finding>,
}

impl std::fmt::Debug for Diagnosis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Diagnosis {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Info,
    /// Works now, but not for everyone, not for ever, or not safely.
    Warning,
    /// Does not work.
    Error,
}

/// Who has to change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// A file on this machine.
    LocalFile,
    /// How this client was called.
    Client,
    /// The server's certificate or TLS set-up.
    Server,
    /// A peer's.
    Peer,
    /// The path between.
    Network,
    /// etcd's or kube-apiserver's configuration.
    Config,
    /// etcd behind the handshake.
    Etcd,
}
