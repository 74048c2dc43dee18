//! What the argument parser says of a command line, line by line (clap `error/format.rs`).

use super::Row;

pub(super) const SENTENCES: &[Row] = &[];
