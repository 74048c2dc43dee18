//! Certificates and keys beside the given files: the right one is often next to the wrong one.

use std::path::{Path, PathBuf};

use crate::observation::file::FileSeen;

/// Looks around each of `dirs_of`; files of `own` are left out.
pub(crate) fn look(_dirs_of: &[&Path], _own: &[PathBuf]) -> Vec<FileSeen> {
    Vec::new()
}
