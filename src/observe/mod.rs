//! Looks at the outside world and fills an observation; never judges.
//!
//! Every wait has a deadline. Requests and credentials are written only to servers that the strict verdict accepts.

pub(crate) mod config;
pub(crate) mod etcd;
pub(crate) mod files;
pub(crate) mod target;
pub(crate) mod wire;
