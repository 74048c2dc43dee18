//! Where a record stands in etcd, and what else may stand there: records of PhotonCloud's cert-authority, read and
//! listed with ours.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ca::{Record, SCHEMA};

/// Where our records stand, unless told otherwise.
pub const PREFIX: &str = "etcd-tls/clusters";
/// Where PhotonCloud's cert-authority writes.
pub const PHOTONCLOUD: &str = "photoncloud/clusters";

/// `{prefix}/{cluster_id}/mtls/certs/{node or service}/{serial}`.
pub fn key_of(prefix: &str, record: &Record) -> String {
    let (cluster, holder, serial) = (&record.cluster_id, record.holder(), &record.cert_serial);
    format!("{}/{cluster}/mtls/certs/{holder}/{serial}", prefix.trim_end_matches('/'))
}

/// One entry of the shared ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shared {
    /// One of ours.
    Ours(Record),
    /// One that another tool wrote.
    Foreign(Foreign),
}

/// What other tools' records have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Foreign {
    #[serde(default)]
    pub cluster_id: Option<String>,
    #[serde(default)]
    pub node_id: Option<String>,
    #[serde(default)]
    pub service_name: Option<String>,
    pub cert_serial: String,
    /// Seconds since 1970.
    pub issued_at: i64,
    /// Seconds since 1970.
    pub expires_at: i64,
}

impl Shared {
    /// Reads the entry under a key; none if it is no record.
    pub fn read(key: &str, value: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(value).ok()?;
        if value.get("schema").and_then(Value::as_str) == Some(SCHEMA) {
            return serde_json::from_value(value).ok().map(Self::Ours);
        }
        let mut foreign: Foreign = serde_json::from_value(value).ok()?;
        if foreign.cluster_id.is_none() {
            let (before, _) = key.split_once("/mtls/certs/")?;
            foreign.cluster_id = before.rsplit('/').next().map(str::to_owned);
        }
        Some(Self::Foreign(foreign))
    }

    /// Its serial.
    pub fn serial(&self) -> &str {
        match self {
            Self::Ours(record) => &record.cert_serial,
            Self::Foreign(foreign) => &foreign.cert_serial,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_tools_records_are_read() {
        let value = br#"{"node_id":"n1","service_name":null,"cert_serial":"AB","issued_at":1,"expires_at":2,"x":0}"#;
        let key = "photoncloud/clusters/c1/mtls/certs/n1/AB";
        let Some(Shared::Foreign(read)) = Shared::read(key, value) else { panic!() };
        assert_eq!((read.cluster_id.as_deref(), read.node_id.as_deref()), (Some("c1"), Some("n1")));
        assert_eq!(Shared::read(key, b"{}"), None);
        assert_eq!(Shared::read(key, b"hello"), None);
    }
}
