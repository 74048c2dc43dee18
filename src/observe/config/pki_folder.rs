//! The certificates and keys of the known folders, each file read once. Which key belongs to which certificate is decided by the
//! public key, in `facts`; a file's name says nothing here.

use std::path::{Path, PathBuf};

use super::{Disk, places::FOLDERS};
use crate::observe::files::absence;

/// A folder that exists, and whose layout it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PkiFolder {
    pub(super) layout: &'static str,
    pub(super) path: PathBuf,
}

/// The known folders that are there, in the order of the list.
pub(super) fn existing(disk: &Disk) -> Vec<PkiFolder> {
    FOLDERS
        .iter()
        .flat_map(|folder| {
            let paths = matching(folder.path, disk).into_iter();
            paths.map(|path| PkiFolder { layout: folder.layout, path })
        })
        .collect()
}

/// The folders that a path with `*` for some of its names leads to, in order of their names.
fn matching(pattern: &str, disk: &Disk) -> Vec<PathBuf> {
    let mut reached = vec![String::new()];
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        reached = match part.split_once('*') {
            None => reached.into_iter().map(|path| format!("{path}/{part}")).collect(),
            Some((before, after)) => {
                let below = |path: &String| named_like(&disk.path(path), before, after);
                reached
                    .iter()
                    .flat_map(|path| {
                        below(path).into_iter().map(move |name| format!("{path}/{name}"))
                    })
                    .collect()
            }
        };
    }
    let found = reached.into_iter().map(|path| PathBuf::from(disk.path(&path)));
    found.filter(|path| path.is_dir()).collect()
}

fn named_like(folder: &str, before: &str, after: &str) -> Vec<String> {
    let mut names: Vec<String> = absence::entries(Path::new(folder))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            name.len() >= before.len() + after.len()
                && name.starts_with(before)
                && name.ends_with(after)
        })
        .collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_name() {
        let root = tempfile::tempdir().unwrap();
        for path in [
            "mnt/master-vol-b/pki/t1/clients",
            "mnt/master-vol-a/pki/t2/clients",
            "mnt/other/pki/t/clients",
        ] {
            std::fs::create_dir_all(root.path().join(path)).unwrap();
        }
        std::fs::write(root.path().join("mnt/master-vol-a/pki/file"), "").unwrap();
        let found = existing(&Disk::new(Some(root.path().to_owned())));
        let paths: Vec<_> =
            found.iter().map(|found| found.path.strip_prefix(root.path()).unwrap()).collect();
        let expected = ["mnt/master-vol-a/pki/t2/clients", "mnt/master-vol-b/pki/t1/clients"];
        assert_eq!(paths, expected.map(Path::new));
        assert!(found.iter().all(|found| found.layout == "kops"));
    }
}
