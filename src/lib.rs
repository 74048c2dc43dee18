//! `etcd-tls`: who refused whom, at which check, because of which file, when etcd's TLS fails.
//!
//! Observe (`observe`), judge (`x509`, `facts`, `diagnoses`), tell (`report`, `message`): three steps that
//! stay apart. See each folder's `mod.rs` for what belongs there.

pub mod ca;
pub mod cli;
pub mod diagnoses;
pub mod durable;
pub mod etcd;
pub mod facts;
pub mod learn;
pub mod ledger;
pub mod logs;
pub mod message;
pub mod observation;
mod observe;
pub mod report;
pub mod shell;
pub mod workflow;
pub mod x509;
