//! The record of what was issued: embedded beside the CA, shared in etcd, and held against what is really there.

mod embedded;

pub use embedded::{Embedded, Held, Stored};
