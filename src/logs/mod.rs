//! Reads log lines of etcd, its clients and other TLS programs: what each says, what it proves, which diagnoses leave it.
//!
//! A line's form (`form`) is taken off, its words are looked up (`complaints`), and who speaks (`voice`) decides what they mean. Nothing
//! here opens a file or prints.

mod blocks;
mod complaint;
mod complaints;
mod context;
mod decide;
mod form;
mod input;
mod line;
mod places;
mod recognise;
mod recognised;
mod repeats;
mod sieve;
mod story;
mod voice;

pub use blocks::{Blocks, LONGEST, Step};
pub use complaint::{Complaint, Kind};
pub use context::Context;
pub use input::Input;
pub use places::Places;
pub use recognise::Recogniser;
pub use recognised::{Meaning, Recognised, Sense};
pub use repeats::Repeats;
pub use story::{Stories, Story};
pub use voice::Voice;

/// Ids of lines that are harmless, which no diagnosis has.
pub const HARMLESS: &[&str] = &["dial-cancelled", "server-stopping", "tcp-probe"];

/// The ids of all candidates that a line can have.
pub fn candidates() -> impl Iterator<Item = &'static str> {
    let all = complaints::ALL.iter().flat_map(|group| group.iter());
    all.flat_map(|complaint| complaint.causes).flat_map(|(_, ids)| ids.iter().copied())
}
