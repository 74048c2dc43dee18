//! What the tests act with: a PKI made on the spot, real etcd processes, loopback servers for what etcd cannot act out, and a runner
//! for the binary. Everything stays on loopback and in temporary folders, and ends with the value that started it.

#![allow(dead_code, reason = "each test file uses its own part of this module")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

pub(crate) mod ca;
pub(crate) mod cluster;
pub(crate) mod etcd;
pub(crate) mod member;
pub(crate) mod members;
pub(crate) mod mending;
pub(crate) mod pki;
pub(crate) mod server;
pub(crate) mod tool;
