//! What one file or one server holds.

use time::OffsetDateTime;

use super::Object;
use crate::observation::{endpoint::TlsSeen, tree::TreeFile};

/// A file or a server that was looked at.
#[derive(Debug)]
pub struct Inspected {
    /// As it was named.
    pub name: String,
    /// When.
    pub when: OffsetDateTime,
    /// What is there.
    pub source: Source,
    /// What is in it.
    pub objects: Vec<Object>,
}

/// What stands behind a name.
#[derive(Debug)]
pub enum Source {
    /// A file.
    File(TreeFile),
    /// A server.
    Server(Box<TlsSeen>),
}
