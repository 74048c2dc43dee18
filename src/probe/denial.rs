//! A path that this user may not read: which directory or file on the way refuses.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::walk::walk;
use crate::observation::file::FileState;

/// The state of a path whose use was denied with `error`.
pub(super) fn denied(path: &Path, error: String) -> FileState {
    // A name that cannot be looked up is denied by the directory it is in; a path that can, by the file itself.
    let component = walk(path).unwrap_or_else(|stop| stop.reached);
    let found = std::fs::symlink_metadata(&component).ok();
    FileState::Denied {
        component: component.display().to_string(),
        uid: found.as_ref().map(MetadataExt::uid),
        gid: found.as_ref().map(MetadataExt::gid),
        mode: found.as_ref().map(|found| found.mode() & 0o7777),
        error,
    }
}
