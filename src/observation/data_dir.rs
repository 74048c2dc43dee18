//! The data directory that a configuration of etcd names, as far as it tells whether etcd has run there.

use serde::{Deserialize, Serialize};

use super::{endpoint::MemberSeen, refusal::SystemError};

/// A data directory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DataDirectory {
    /// Its path on this machine.
    pub path: String,
    /// What it holds.
    pub state: DataDirState,
    /// The members of the cluster by its database.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberSeen>,
}

/// What a data directory holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataDirState {
    /// It isn't there.
    Absent,
    /// No write-ahead log: no member has started there.
    Fresh,
    /// A member's.
    Member,
    /// It can't be read.
    Unreadable(SystemError),
}
