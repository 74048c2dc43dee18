//! The record of what was issued: embedded beside the CA, shared in etcd, and held against what is really there.

mod audit;
mod embedded;
mod etcd;
mod record;
mod schema;
mod sync;

pub use audit::{AtEndpoint, Detail, Difference, Found, InFile, audit};
pub use embedded::{Embedded, Held, Stored, Waiting};
pub use etcd::Shelf;
pub use record::{Foreign, PHOTONCLOUD, PREFIX, Shared, key_of};
pub use sync::{Delivery, SyncError, deliver};
