//! Certificates in files and directories that a caller names, for the commands of the CA and of its ledger.

use std::path::Path;

use zeroize::Zeroizing;

use super::{Failure, Remarks, note};
use crate::{
    message::{Message, Say as _},
    observe::files::{
        folder,
        named_file::{self, LARGEST_TEXT},
    },
};

/// Calls `see` with each file below a directory; one that can't be read is remarked.
pub(super) fn each_file(
    directory: &Path,
    remarks: Remarks<'_>,
    see: &mut impl FnMut(&Path, &[u8]),
) -> Result<(), Failure> {
    Ok(folder::each_file(directory, &mut |path, read| match read {
        Ok(bytes) => see(path, &bytes),
        Err(error) => note(remarks, error.message()),
    })?)
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
