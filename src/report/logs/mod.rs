//! Tells log lines: as objects as they come, or folded into paragraphs.

mod json;
mod sentence;
mod table;

pub(super) use json::documents;
pub use json::{line, story};
pub use table::{nothing, paragraph, summary};
