//! Certificates in files and directories that a caller names, for the commands of the CA and of its ledger.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{Failure, Remarks, note};
use crate::{
    message::{Message, Say as _},
    observe::files::named_file::{self, LARGEST_TEXT},
};

/// No certificate comes near.
const LARGEST: u64 = 1 << 20;

/// Calls `see` with each regular file below a directory, in order of their names; backups, hidden files and large ones are left out.
pub(super) fn each_file(
    directory: &Path,
    remarks: Remarks<'_>,
    see: &mut impl FnMut(&Path, &[u8]),
) -> Result<(), Failure> {
    let unreadable =
        |error: std::io::Error| Failure::failed(Message::from(&error).about(directory.display()));
    let entries = std::fs::read_dir(directory).map_err(unreadable)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()
        .map_err(unreadable)?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(found) = path.symlink_metadata() else { continue };
        if found.is_dir() {
            each_file(&path, remarks, see)?;
        } else if path.metadata().is_ok_and(|found| found.is_file() && found.len() <= LARGEST)
            && !name.contains(".bak-")
            && !name.starts_with('.')
        {
            match named_file::bytes(&path, LARGEST) {
                Ok(bytes) => see(&path, &bytes),
                Err(error) => note(remarks, error.message()),
            }
        }
    }
    Ok(())
}

/// The bytes of a file, or of standard input for `-`.
pub(super) fn read_input(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    if path != Path::new("-") {
        return Ok(named_file::bytes(path, LARGEST_TEXT)?);
    }
    let mut bytes = Zeroizing::new(Vec::new());
    std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
        .map_err(|error| Failure::failed(Message::from(&error).about(path.display())))?;
    Ok(bytes)
}
