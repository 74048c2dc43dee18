//! The record of what was issued: local beside the CA, shared in etcd, and compared with what is really there.

mod audit;
mod etcd;
mod local;
mod record;
mod schema;
mod sync;

pub use crate::observe::wire::client::{ClientError, ClientFault};
pub use crate::observe::wire::credentials::{CredentialSources, Credentials, Login};
pub use audit::{AtEndpoint, AuditInput, Detail, Difference, InFile, audit};
pub use etcd::EtcdLedger;
pub use local::{LedgerGuard, LocalLedger, Stored, Waiting};
pub use record::{Foreign, PHOTONCLOUD, PREFIX, Shared, key_of};
pub use sync::{Delivery, SyncError, deliver};
