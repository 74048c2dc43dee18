//! The files of a directory and of those below it, one by one: bounded in depth and in number, links to directories not followed.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::file_error::{FileError, FileFault};
use super::named_file;
use crate::observation::file::FileState;

/// No certificate comes near.
const LARGEST: u64 = 1 << 20;
/// Nobody keeps certificates deeper.
const DEEPEST: usize = 32;
/// More entries than any directory of certificates has, with all that is below it.
const MOST_ENTRIES: usize = 100_000;

/// What becomes of a file: its bytes, or why there are none.
pub(crate) type Read = Result<Zeroizing<Vec<u8>>, FileError>;

/// Calls `see` with each regular file below a directory, in order of their names; backups, hidden files and large ones are left out.
pub(crate) fn each_file(
    directory: &Path,
    see: &mut impl FnMut(&Path, Read),
) -> Result<(), FileError> {
    descend(directory, 0, &mut 0, see)
}

fn descend(
    directory: &Path,
    depth: usize,
    met: &mut usize,
    see: &mut impl FnMut(&Path, Read),
) -> Result<(), FileError> {
    let unreadable = |error: &std::io::Error| {
        let state = FileState::Failed { error: error.into() };
        FileError::new(directory.display(), FileFault::Unread(state))
    };
    let entries = std::fs::read_dir(directory).map_err(|error| unreadable(&error))?;
    let mut paths: Vec<PathBuf> = entries
        .take(MOST_ENTRIES - *met)
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()
        .map_err(|error| unreadable(&error))?;
    *met += paths.len();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(found) = path.symlink_metadata() else { continue };
        if found.is_dir() {
            if depth < DEEPEST {
                descend(&path, depth + 1, met, see)?;
            }
        } else if path.metadata().is_ok_and(|found| found.is_file() && found.len() <= LARGEST)
            && !name.contains(".bak-")
            && !name.starts_with('.')
        {
            see(&path, named_file::bytes(&path, LARGEST));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_of_links_and_a_deep_tree_come_to_an_end() {
        let top = tempfile::tempdir().unwrap();
        let mut deep = top.path().to_owned();
        for _ in 0..DEEPEST + 5 {
            deep.push("d");
            std::fs::create_dir(&deep).unwrap();
            std::fs::write(deep.join("a.crt"), "").unwrap();
        }
        for name in ["b.crt", "b.crt.bak-01", ".hidden"] {
            std::fs::write(top.path().join(name), "").unwrap();
        }
        std::os::unix::fs::symlink(top.path(), top.path().join("loop")).unwrap();
        let mut seen = Vec::new();
        each_file(top.path(), &mut |path, read| {
            assert!(read.unwrap().is_empty());
            seen.push(path.to_owned());
        })
        .unwrap();
        assert_eq!(seen.len(), DEEPEST + 1);
        assert_eq!(seen[0], top.path().join("b.crt"));
    }
}
