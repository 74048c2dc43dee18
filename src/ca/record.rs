//! The record of one certificate issued: what other tools already read, and what is needed to judge it later.

use serde::{Deserialize, Serialize};

use super::profile::Profile;
use crate::x509::Certificate;

/// The schema's name.
pub const SCHEMA: &str = "etcd-tls/binding/v1";

/// One record. The first six fields keep the names and meanings that PhotonCloud's cert-authority gave them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: String,
    /// The cluster that the certificate is for.
    pub cluster_id: String,
    /// The machine that holds it, or none.
    pub node_id: Option<String>,
    /// The service that holds it, or none.
    pub service_name: Option<String>,
    /// Lower-case hex of even length, without leading `00` byte.
    pub cert_serial: String,
    /// Seconds since 1970.
    pub issued_at: i64,
    /// Seconds since 1970.
    pub expires_at: i64,
    /// What it is for.
    pub profile: Profile,
    /// As Go prints it.
    pub subject: String,
    /// `DNS:…`, `IP:…`, `URI:…`.
    pub sans: Vec<String>,
    /// SHA-256 of the certificate.
    pub cert_sha256: String,
    /// SHA-256 of its `SubjectPublicKeyInfo`.
    pub spki_sha256: String,
    /// The CA's subject.
    pub issuer: String,
    /// SHA-256 of the CA's certificate.
    pub ca_sha256: String,
    /// Whether it still counts.
    pub status: Status,
    /// Seconds since 1970.
    pub revoked_at: Option<i64>,
    /// RFC 5280's name of the reason.
    pub reason: Option<String>,
    /// The serial that it took the place of.
    pub supersedes: Option<String>,
}

/// Whether a certificate still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// In use.
    Active,
    /// Renewed: another took its place.
    Superseded,
    /// On the revocation list.
    Revoked,
}

/// Who holds a certificate: the part of a ledger key before the serial.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A machine.
    NodeId(String),
    /// A service.
    ServiceName(String),
}

/// Whether a name can be a part of a ledger's key, in which slashes separate the parts.
pub fn is_key_part(name: &str) -> bool {
    !name.is_empty() && !name.contains('/') && !name.contains(char::is_control)
}

impl Holder {
    /// Who usually holds a certificate of this profile: machines are dialled, services dial.
    pub fn usual(profile: Profile, name: String) -> Self {
        if profile.is_dialled() { Self::NodeId(name) } else { Self::ServiceName(name) }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::NodeId(name) | Self::ServiceName(name) => name,
        }
    }
}

impl Record {
    /// The record of a certificate that is in use.
    pub fn active(
        leaf: &Certificate,
        authority: &Certificate,
        profile: Profile,
        holder: Holder,
        cluster_id: &str,
    ) -> Self {
        let (node_id, service_name) = match holder {
            Holder::NodeId(name) => (Some(name), None),
            Holder::ServiceName(name) => (None, Some(name)),
        };
        Self {
            schema: SCHEMA.to_owned(),
            cluster_id: cluster_id.to_owned(),
            node_id,
            service_name,
            cert_serial: leaf.serial_hex(),
            issued_at: leaf.not_before.unix_timestamp(),
            expires_at: leaf.not_after.unix_timestamp(),
            profile,
            subject: leaf.subject(),
            sans: leaf.names_display(),
            cert_sha256: leaf.sha256(),
            spki_sha256: leaf.spki_sha256(),
            issuer: leaf.issuer(),
            ca_sha256: authority.sha256(),
            status: Status::Active,
            revoked_at: None,
            reason: None,
            supersedes: None,
        }
    }

    /// The node, else the service.
    pub fn holder(&self) -> &str {
        self.node_id.as_deref().or(self.service_name.as_deref()).unwrap_or_default()
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Active => "active",
            Self::Superseded => "superseded",
            Self::Revoked => "revoked",
        })
    }
}
