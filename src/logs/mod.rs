//! Reads log lines of etcd, its clients and other TLS programs: what each says, what it proves, which diagnoses leave it.
//!
//! A line's form (`form`) is taken off, its words are looked up (`complaints`), and who speaks (`voice`) decides what they mean. Nothing
//! here opens a file or prints.

mod aside;
mod blocks;
mod complaint;
mod complaints;
mod decide;
mod form;
mod input;
mod line;
mod places;
mod recognise;
mod recognised;
mod search;
mod story;
mod together;
mod unseen;
mod voice;

pub use blocks::{Blocks, LONGEST, Step};
pub use complaint::{Complaint, Kind};
pub use input::Input;
pub use places::Places;
pub use recognise::Recogniser;
pub use recognised::{Meaning, Recognised};
pub use story::{Stories, Story};
pub use together::Together;
pub use unseen::{ALL as UNSEEN, WITHHELD};
pub use voice::Voice;

/// Ids of lines that are harmless, which no diagnosis has.
pub const HARMLESS: &[&str] = &["dial-cancelled", "server-stopping", "tcp-probe"];

/// The ids of all candidates that a line can have.
pub fn candidates() -> impl Iterator<Item = &'static str> {
    let all = complaints::ALL.iter().flat_map(|group| group.iter());
    all.flat_map(|complaint| complaint.causes).flat_map(|(_, ids)| ids.iter().copied())
}

/// The texts that a diagnosis most likely leaves in logs and error messages, the best known of each complaint; `…` stands for anything.
pub fn wordings(id: &str) -> Vec<&'static str> {
    let ranked: Vec<(usize, &Complaint)> = complaints::ALL
        .iter()
        .flat_map(|group| group.iter())
        .filter(|complaint| complaint.kind != Kind::Echo)
        .filter_map(|complaint| Some((complaint.likelihood(id)?, *complaint)))
        .collect();
    let likeliest = ranked.iter().map(|(rank, _)| *rank).min();
    let complaints = ranked.iter().filter(|(rank, _)| Some(*rank) == likeliest);
    let mut wordings = Vec::new();
    for said in complaints.flat_map(|(_, complaint)| complaint.said.iter().take(WELL_KNOWN)) {
        if !wordings.contains(said) {
            wordings.push(*said);
        }
    }
    wordings
}

/// How many wordings of a complaint a page about a diagnosis shows: the table has those of Go and etcd first.
const WELL_KNOWN: usize = 3;
