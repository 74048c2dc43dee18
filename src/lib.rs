//! `etcd-tls`: who refused whom, at which check, because of which file, when etcd's TLS fails.
//!
//! Observe (`probe`), judge (`trust`, `facts`, `judge`, `diagnoses`), tell (`report`, `lang`): three steps that
//! stay apart. See each folder's `mod.rs` for what belongs there.

pub mod ca;
pub mod cli;
pub mod connect;
pub mod diagnoses;
mod discover;
pub mod facts;
pub mod inventory;
pub mod judge;
pub mod lang;
pub mod ledger;
pub mod logs;
pub mod observation;
mod probe;
pub mod report;
pub mod topics;
pub mod trust;
