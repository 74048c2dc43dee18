//! Reports as one HTML file to send on: it fetches nothing, so that it reads the same offline; in light and dark, on a phone and on
//! paper. Words and facts are those of the table; only their arrangement lives here.

mod certificates;
mod check;
mod document;
mod finding;
mod ladder;
mod tree;

pub(super) use check::write;
pub(super) use tree::write as write_tree;
