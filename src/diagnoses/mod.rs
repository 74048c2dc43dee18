//! The catalogue: one file per diagnosis, one folder per group. A room reads facts and nothing else.
//!
//! To add a diagnosis: write `GROUP/ID.rs`, name it twice in that folder's `mod.rs`, put `fires.json` and
//! `quiet.json` into `fixtures/cases/ID/`, run `cargo run --example docs`.

mod chain;
mod client;
mod files;
mod network;
mod server;
mod tls;

use crate::judge::Diagnosis;

/// All diagnoses in the order of judging: of several independent errors the first in this list is the root cause.
pub fn all() -> Vec<&'static Diagnosis> {
    [files::ROOMS, network::ROOMS, tls::ROOMS, chain::ROOMS, server::ROOMS, client::ROOMS].concat()
}

/// Ids that were public once and must not come back with another meaning.
pub const RETIRED: &[&str] = &[];
