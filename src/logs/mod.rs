//! Reads log lines of etcd, its clients and other TLS programs: what each says, what it proves, which diagnoses leave it.
//!
//! A line's form (`form`) is taken off, its words are looked up (`complaints`), and who speaks (`voice`) decides what they mean. Nothing
//! here opens a file or prints.

mod blocks;
mod complaint;
mod complaints;
mod decide;
mod form;
mod line;
mod places;
mod recognise;
mod story;
mod voice;

pub use blocks::{Blocks, LONGEST, Step};
pub use complaint::{Complaint, Kind};
pub use places::Places;
pub use recognise::{Recognised, Recogniser, Sense};
pub use story::{Stories, Story};
pub use voice::Voice;

/// Ids of lines that are harmless, which no diagnosis has.
pub const HARMLESS: &[&str] = &["tcp-probe"];
