//! One endpoint of etcd from name lookup to its answers: peers, snapshots, the server's own log.

pub(crate) mod cluster;
pub(crate) mod endpoint;
pub(crate) mod given_files;
pub(crate) mod journal;
pub(crate) mod kubelet;
pub(crate) mod peer;
mod program;
pub(crate) mod requests;
pub(crate) mod second_look;
pub(crate) mod server_log;
pub(crate) mod snapshot;
