//! What was looked at for a backup or a restore: the snapshot stream, the place it goes to, the file it comes from.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Malformed, UrlDefect},
    etcd::GrpcError,
    refusal::{FileRefusal, SystemError},
};
use crate::message::{FileMessage, Message, NetworkMessage, Say, Value};

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
    pub opened: Result<u64, StreamError>,
}

/// Why a snapshot does not come, or not to its end.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StreamError {
    /// Nothing came in time.
    Timeout,
    /// The endpoint is no URL.
    Url(UrlDefect),
    /// No connection was established.
    NoConnection,
    /// TLS did not get past its handshake.
    Handshake,
    /// The server's certificate is not accepted, so nothing was asked for.
    NotAccepted,
    /// The stream ended before its first block.
    Ended,
    /// It fell silent between two blocks.
    Silent,
    /// etcd's answer.
    Grpc(GrpcError),
    /// HTTP/2 did not come about; the words of the library.
    Http2(String),
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
    /// Why nothing can be written into the folder.
    pub refused: Option<SystemError>,
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
    /// What the database holds, where it was read to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<DatabaseSeen>,
}

/// A whole database, as `etcdutl snapshot status` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct DatabaseSeen {
    /// The CRC-32C of its keys and values, in hex.
    pub hash: String,
    /// The last revision.
    pub revision: i64,
    /// Keys of all buckets.
    pub total_keys: u64,
    /// Bytes of its pages.
    pub total_size: u64,
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
    /// Its pages take more bytes than it has.
    CutShort { bytes: u64, needed: u64 },
    /// Its pages contradict each other.
    Inconsistent { bytes: u64 },
    /// It does not begin as a bbolt database does.
    NoDatabase { bytes: u64 },
    /// It can't be read.
    Unreadable(FileRefusal),
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
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SavedSeen {
    /// The file.
    pub path: String,
    /// Its bytes, hash included.
    pub bytes: u64,
    /// Milliseconds from the first block to the file's name.
    pub ms: f64,
}

impl Say for SnapshotContent {
    fn message(&self) -> Message {
        let message = match self {
            Self::Whole { bytes } => FileMessage::WholeSnapshot { bytes: (*bytes).into() },
            Self::Damaged { bytes } => FileMessage::DamagedSnapshot { bytes: (*bytes).into() },
            Self::NoHash { bytes } => FileMessage::DatabaseWithoutHash { bytes: (*bytes).into() },
            Self::CutShort { bytes, needed } => {
                FileMessage::DatabaseCutShort { bytes: (*bytes).into(), needed: (*needed).into() }
            }
            Self::Inconsistent { bytes } => {
                FileMessage::DatabaseInconsistent { bytes: (*bytes).into() }
            }
            Self::NoDatabase { bytes } => FileMessage::NoDatabase { bytes: (*bytes).into() },
            Self::Unreadable(refusal) => return refusal.message(),
        };
        message.into()
    }
}

impl StreamError {
    /// etcd's answer, if there was one.
    pub fn answer(&self) -> Option<&GrpcError> {
        match self {
            Self::Grpc(error) => Some(error),
            _ => None,
        }
    }
}

impl From<GrpcError> for StreamError {
    fn from(error: GrpcError) -> Self {
        Self::Grpc(error)
    }
}

impl From<Malformed> for StreamError {
    fn from(malformed: Malformed) -> Self {
        Self::Url(malformed.why)
    }
}

impl Say for StreamError {
    fn message(&self) -> Message {
        let message = match self {
            Self::Timeout => NetworkMessage::NoAnswerInTime,
            Self::Url(defect) => return defect.message(),
            Self::NoConnection => NetworkMessage::NoConnection,
            Self::Handshake => NetworkMessage::HandshakeFailed,
            Self::NotAccepted => NetworkMessage::CertificateNotAccepted,
            Self::Ended => NetworkMessage::StreamEnded,
            Self::Silent => NetworkMessage::StreamSilent,
            Self::Grpc(error) => return error.message(),
            Self::Http2(words) => return Message::Plain(Value::quoted(words)),
        };
        message.into()
    }
}
