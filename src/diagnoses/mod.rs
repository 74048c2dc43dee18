//! The catalogue: one file per diagnosis, one folder per group. A room reads facts and nothing else.
//!
//! To add a diagnosis: write `GROUP/ID.rs`, name it twice in that folder's `mod.rs`, put `fires.json` and
//! `quiet.json` into `fixtures/cases/ID/`, run `cargo run --example docs`.

mod backup;
mod chain;
mod client;
mod config;
pub mod engine;
mod etcd;
mod files;
mod fix;
mod network;
mod peer;
mod server;
mod tls;
mod tree;

pub use tree::{of_tree, worst};

use crate::{diagnoses::engine::Diagnosis, message::Word};

/// A folder of the catalogue.
#[derive(Debug)]
pub struct Group {
    /// The folder's name.
    pub name: &'static str,
    /// What a reader calls it.
    pub title: Word,
    /// Its diagnoses, in the order of judging.
    pub rooms: &'static [&'static Diagnosis],
}

/// All groups, in the order of judging.
pub static GROUPS: [Group; 10] = [
    Group { name: "files", title: Word::GroupFiles, rooms: files::ROOMS },
    Group { name: "config", title: Word::GroupConfig, rooms: config::ROOMS },
    Group { name: "network", title: Word::GroupNetwork, rooms: network::ROOMS },
    Group { name: "tls", title: Word::GroupTls, rooms: tls::ROOMS },
    Group { name: "chain", title: Word::GroupChain, rooms: chain::ROOMS },
    Group { name: "server", title: Word::GroupServer, rooms: server::ROOMS },
    Group { name: "client", title: Word::GroupClient, rooms: client::ROOMS },
    Group { name: "peer", title: Word::GroupPeer, rooms: peer::ROOMS },
    Group { name: "etcd", title: Word::GroupEtcd, rooms: etcd::ROOMS },
    Group { name: "backup", title: Word::GroupBackup, rooms: backup::ROOMS },
];

/// All diagnoses in the order of judging: of several independent errors the first in this list is the root cause.
pub fn all() -> Vec<&'static Diagnosis> {
    GROUPS.iter().flat_map(|group| group.rooms).copied().collect()
}

/// Ids that were public once and must not come back with another meaning.
pub const RETIRED: &[&str] = &[];
