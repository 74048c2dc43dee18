//! What keeps the user who runs a program from a file that its configuration names, by the permission bits.

use serde::{Deserialize, Serialize};

/// A component of a path that a user may not pass, read, or write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedPath {
    /// The path on this machine.
    pub path: String,
    /// The user, by the name that the configuration has, else by number.
    pub user: String,
    /// The component that is closed to this user.
    pub component: String,
    /// Whether it is a directory.
    pub is_directory: bool,
    /// Its owner.
    pub uid: u32,
    /// Its group.
    pub gid: u32,
    /// Its permission bits.
    pub mode: u32,
}
