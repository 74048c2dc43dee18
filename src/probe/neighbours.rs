//! Certificates and keys beside the given files: the right one is often next to the wrong one.
//!
//! The folders are those of kubeadm, etcdadm, kubespray and plain packages; nothing is searched deeper than that.

use std::collections::HashSet;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::absence::{entries, has_extension};
use super::files;
use crate::observation::file::{FileSeen, FileState, Item};

const MOST_FILES: usize = 200;
const LARGEST: u64 = 256 << 10;
const BELOW: [&str; 4] = ["etcd", "pki", "pki/etcd", "ssl"];

/// Looks around each of `dirs_of`, nearest first; files of `own`, by whatever name, are left out.
pub(crate) fn look(dirs_of: &[&Path], own: &[PathBuf]) -> Vec<FileSeen> {
    let mut known: HashSet<(u64, u64)> = own.iter().filter_map(|path| identity(path)).collect();
    let paths = directories(dirs_of).into_iter().flat_map(|directory| {
        let mut paths: Vec<PathBuf> = entries(&directory)
            .filter(|entry| is_likely(&entry.file_name().to_string_lossy()))
            .map(|entry| directory.join(entry.file_name()))
            .collect();
        paths.sort();
        paths
    });
    paths
        .filter(|path| identity(path).is_some_and(|file| known.insert(file)))
        .take(MOST_FILES)
        .filter_map(|path| {
            let (state, _) = files::look(&path, LARGEST);
            let seen = FileSeen { path: path.display().to_string(), roles: Vec::new(), state };
            holds_certificate_or_key(&seen.state).then_some(seen)
        })
        .collect()
}

/// Each directory once: those of the files, then below, then their parents, then below those.
fn directories(dirs_of: &[&Path]) -> Vec<PathBuf> {
    let below = |from: &[PathBuf]| -> Vec<PathBuf> {
        from.iter().flat_map(|directory| BELOW.map(|name| directory.join(name))).collect()
    };
    let same: Vec<PathBuf> = dirs_of.iter().filter_map(|path| nearest_directory(path)).collect();
    let above: Vec<PathBuf> = same
        .iter()
        .filter_map(|directory| std::fs::canonicalize(directory).ok()?.parent().map(Path::to_owned))
        .collect();
    let rings = [same.clone(), below(&same), above.clone(), below(&above)];
    let mut known = HashSet::new();
    let mut directories = rings.concat();
    directories.retain(|directory| identity(directory).is_some_and(|id| known.insert(id)));
    directories
}

/// The directory that a path is, is in, or would be in.
fn nearest_directory(path: &Path) -> Option<PathBuf> {
    let here = Path::new(".");
    let mut above = path.ancestors().map(|p| if p.as_os_str().is_empty() { here } else { p });
    above.find(|path| path.is_dir()).map(Path::to_owned)
}

/// What tells whether two paths lead to one file.
fn identity(path: &Path) -> Option<(u64, u64)> {
    std::fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

fn is_likely(name: &str) -> bool {
    has_extension(Path::new(name), &["crt", "pem", "cer", "key", "cert"])
        || name.to_ascii_lowercase().contains("ca")
}

fn holds_certificate_or_key(state: &FileState) -> bool {
    let FileState::Read(content) = state else { return false };
    content.blocks.iter().any(|block| matches!(block.item, Item::Certificate(_) | Item::Key(_)))
}
