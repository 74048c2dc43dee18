//! What etcd answered over gRPC: status, alarms, members, and what authentication makes of us.

use serde::{Deserialize, Serialize};

use crate::message::{Message, Say, Value};

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

/// The code and the words of the server: a quotation.
impl Say for GrpcError {
    fn message(&self) -> Message {
        let words = format!("{} {}", self.code, self.message);
        Message::Plain(Value::quoted(words.trim_end()))
    }
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

impl MemberSeen {
    /// The members in the JSON of a peer port's `GET /members` (etcd `server/etcdserver/api/etcdhttp/peer.go`), each
    /// read by itself, since of a large cluster's only a part is kept.
    pub fn list(body: &str) -> Vec<Self> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Listed {
            id: u64,
            name: String,
            #[serde(rename = "peerURLs")]
            peer_urls: Vec<String>,
            #[serde(rename = "clientURLs")]
            client_urls: Vec<String>,
            #[serde(rename = "isLearner")]
            is_learner: bool,
        }
        let listed = |rest: &str| -> Option<Listed> {
            serde_json::from_str(&format!("{{{}}}", rest.split_once('}')?.0)).ok()
        };
        let seen = |one: Listed| Self {
            id: format!("{:x}", one.id),
            name: one.name,
            peer_urls: one.peer_urls,
            client_urls: one.client_urls,
            is_learner: one.is_learner,
        };
        body.split('{').skip(1).filter_map(listed).map(seen).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::MemberSeen;

    #[test]
    fn members_are_read_from_a_body_that_was_cut_off() {
        let body = r#"[{"id":255,"peerURLs":["https://10.0.0.1:2380"],"name":"a","clientURLs":["https://10.0.0.1:2379"]},{"id":2,"peerU"#;
        let members = MemberSeen::list(body);
        assert_eq!(members.len(), 1);
        assert_eq!((members[0].id.as_str(), members[0].name.as_str()), ("ff", "a"));
        assert_eq!(members[0].client_urls, ["https://10.0.0.1:2379"]);
    }
}
