//! What etcd answered over gRPC: status, alarms, members, and what authentication makes of us.

use serde::{Deserialize, Serialize};

/// What etcd answered over gRPC on the main connection.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EtcdSeen {
    /// `Maintenance.Status`.
    pub status: Option<Result<StatusSeen, GrpcError>>,
    /// `Maintenance.Alarm`, such as `NOSPACE`.
    pub alarms: Option<Result<Vec<String>, GrpcError>>,
    /// A linearizable read of the key `health`, as `etcdctl endpoint health` does it.
    pub read: Option<Result<(), GrpcError>>,
    /// `Cluster.MemberList`.
    pub members: Option<Result<Vec<MemberSeen>, GrpcError>>,
    /// Authentication with the given user and password.
    pub login: Option<Result<(), GrpcError>>,
    /// `Auth.UserGet` of our own user, asked where a read was refused.
    #[serde(default)]
    pub own_user: Option<AuthSeen>,
}

/// What etcd says about the user that we should be.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuthSeen {
    /// The user's name: that of `--user`, else the CN of our certificate.
    pub name: String,
    /// Its roles, or why they were not told.
    pub roles: Result<Vec<String>, GrpcError>,
}

/// An answer to `Maintenance.Status`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StatusSeen {
    /// The server's release.
    pub version: String,
    /// Member id, hex.
    pub member_id: String,
    /// Cluster id, hex.
    pub cluster_id: String,
    /// The leader's member id, hex; `0` when there is none.
    pub leader: String,
    /// Bytes of the database file.
    pub db_size_bytes: i64,
    /// Bytes of it that hold data.
    #[serde(default)]
    pub db_size_in_use_bytes: i64,
    /// Whether it is a learner.
    pub is_learner: bool,
    /// Raft term.
    pub raft_term: u64,
    /// Raft index.
    pub raft_index: u64,
    /// Raft index that was applied.
    #[serde(default)]
    pub raft_applied_index: u64,
    /// Revision of the key space.
    #[serde(default)]
    pub revision: i64,
    /// etcd's own list of troubles, such as `etcdserver: no leader`.
    pub errors: Vec<String>,
}

/// A gRPC error.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GrpcError {
    /// The status code's name, such as `Unavailable`; `Timeout` when our deadline passed.
    pub code: String,
    /// Its message.
    pub message: String,
    /// The HTTP status when the answer was no gRPC.
    #[serde(default)]
    pub http_status: Option<u16>,
    /// The content type when the answer was no gRPC.
    #[serde(default)]
    pub content_type: Option<String>,
}

/// A member of the cluster.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MemberSeen {
    /// Member id, hex.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Advertised peer URLs.
    pub peer_urls: Vec<String>,
    /// Advertised client URLs.
    pub client_urls: Vec<String>,
    /// Whether it is a learner.
    pub is_learner: bool,
}
