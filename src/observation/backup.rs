//! What was looked at for a backup or a restore: the snapshot stream, the place it goes to, the file it comes from.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::etcd::GrpcError;

/// What `preflight` saw besides the endpoints.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BackupSeen {
    /// How often backups are taken (`--every`).
    pub every: Option<Duration>,
    /// The snapshot that was opened, if any.
    pub stream: Option<StreamSeen>,
    /// Where the snapshot is to go (`--save`).
    pub destination: Option<DestinationSeen>,
    /// The snapshot to restore (`--restore`).
    pub source: Option<SourceSeen>,
    /// The data directory that a restore would fill, by the member's configuration.
    pub data_dir: Option<DataDirSeen>,
    /// The snapshot that was taken.
    pub saved: Option<SavedSeen>,
}

/// An opened `Maintenance.Snapshot`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StreamSeen {
    /// The endpoint that it was asked of.
    pub endpoint: String,
    /// Bytes of the whole snapshot as its first block announces them, or why none came.
    pub opened: Result<u64, GrpcError>,
}

/// A place for a snapshot.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DestinationSeen {
    /// The file as given.
    pub path: String,
    /// Its folder.
    pub folder: String,
    /// Whether something stands there already.
    pub exists: bool,
    /// Why nothing can be written into the folder, in the system's words.
    pub refused: Option<String>,
    /// Bytes that this user may still write there.
    pub free_bytes: Option<u64>,
}

/// A snapshot file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SourceSeen {
    /// The file as given.
    pub path: String,
    /// What was found.
    pub content: SnapshotContent,
}

/// What a snapshot file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SnapshotContent {
    /// The SHA-256 at its end is that of the rest.
    Whole { bytes: u64 },
    /// It is another one: damaged, or not to its end.
    Damaged { bytes: u64 },
    /// No hash is at its end, as in a copy of the database file.
    NoHash { bytes: u64 },
    /// It does not begin as a bbolt database does.
    NoDatabase { bytes: u64 },
    /// It can't be read, in the system's words.
    Unreadable(String),
}

/// A data directory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DataDirSeen {
    /// Its path.
    pub path: String,
    /// Whether it is there and holds something.
    pub occupied: bool,
}

/// A snapshot that was taken.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedSeen {
    /// The file.
    pub path: String,
    /// Its bytes, hash included.
    pub bytes: u64,
    /// Milliseconds from the first block to the file's name.
    pub ms: f64,
}
