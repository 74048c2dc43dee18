//! The data directory that a configuration of etcd names, as far as it tells whether etcd has run there.

use serde::{Deserialize, Serialize};

use super::refusal::SystemError;

/// A data directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataDirectory {
    /// Its path on this machine.
    pub path: String,
    /// What it holds.
    pub state: DataDirState,
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
