//! One file per command: flags and wiring, nothing else.

pub mod verify;
