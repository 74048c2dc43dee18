//! Reports as Markdown, to be pasted into an issue.

mod check;
mod syntax;

pub(super) use check::{evidence, fix, foot, title, write as write_check};
pub(super) use syntax::{code, fence, heading, list, plain, table};
