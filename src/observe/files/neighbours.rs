//! Certificates and keys beside the given files: the right one is often next to the wrong one.
//!
//! Looked through are their folders, those below, the folders above and theirs: kubeadm, etcdadm, kubespray and plain packages keep theirs
//! so. Nothing is searched deeper than that.

use std::collections::HashSet;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::absence::entries;
use super::absence::has_extension;
use super::file_reader;
use crate::observation::file::{FileSeen, FileState, Item};

const MOST_FILES: usize = 200;
const LARGEST: u64 = 256 << 10;
const MOST_ENTRIES: usize = 1000;
/// Folders that are looked into before others.
const BELOW: [&str; 4] = ["etcd", "pki", "pki/etcd", "ssl"];
/// More folders than anybody keeps beside certificates.
const MOST_FOLDERS: usize = 64;

/// Looks around each of `dirs_of`, nearest first; files of `own`, by whatever name, are left out.
pub(crate) fn look(dirs_of: &[&Path], own: &[PathBuf]) -> Vec<FileSeen> {
    let mut known: HashSet<(u64, u64)> = own.iter().filter_map(|path| identity(path)).collect();
    read_likely(&directories(dirs_of), &mut known)
}

fn read_likely(directories: &[PathBuf], known: &mut HashSet<(u64, u64)>) -> Vec<FileSeen> {
    let paths = directories.iter().flat_map(|directory| {
        let mut paths: Vec<PathBuf> = entries(directory)
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
            let (state, _) = file_reader::look(&path, LARGEST, false);
            let seen = FileSeen { path: path.display().to_string(), roles: Vec::new(), state };
            (holds_certificate_or_key(&seen.state) || is_hidden_key(&path, &seen.state))
                .then_some(seen)
        })
        .collect()
}

/// Looks at the files of some folders that hold certificates or keys, as far as they are likely to, those of `known` left out.
pub(crate) fn in_folders(folders: &[PathBuf], known: &[FileSeen]) -> Vec<FileSeen> {
    let mut met: HashSet<(u64, u64)> =
        known.iter().filter_map(|file| identity(Path::new(&file.path))).collect();
    read_likely(folders, &mut met)
}

/// Each directory once: those of the files, then below, then their parents, then below those.
fn directories(dirs_of: &[&Path]) -> Vec<PathBuf> {
    let below = |from: &[PathBuf]| -> Vec<PathBuf> {
        let usual = |directory: &PathBuf| BELOW.map(|name| directory.join(name));
        let all = from.iter().flat_map(|directory| {
            let mut folders: Vec<_> = entries(directory)
                .take(MOST_ENTRIES)
                .map(|entry| entry.path())
                .filter(|path| path.is_dir())
                .collect();
            folders.sort();
            folders.truncate(MOST_FOLDERS);
            folders
        });
        from.iter().flat_map(usual).chain(all).collect()
    };
    let same: Vec<PathBuf> = dirs_of.iter().filter_map(|path| nearest_directory(path)).collect();
    let above: Vec<PathBuf> = same
        .iter()
        .filter_map(|directory| std::fs::canonicalize(directory).ok()?.parent().map(Path::to_owned))
        .filter(|folder| !is_anybodys(folder))
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

/// Whether anybody may put files into a folder, as into `/tmp`: a CA that lies there proves nothing of who made it.
fn is_anybodys(folder: &Path) -> bool {
    folder.metadata().is_ok_and(|found| found.mode() & 0o002 != 0)
}

/// A file that is called a key and that this user may not read: that it can't be looked at is worth knowing.
fn is_hidden_key(path: &Path, state: &FileState) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    matches!(state, FileState::Denied { .. })
        && (name.ends_with(".key") || name.ends_with("key.pem"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn certificate() -> String {
        let key = rcgen::KeyPair::generate().unwrap();
        rcgen::CertificateParams::default().self_signed(&key).unwrap().pem()
    }

    fn write(root: &Path, name: &str, text: &str) -> PathBuf {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn nearer_files_come_first_and_own_ones_never() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().canonicalize().unwrap();
        let pem = certificate();
        let own = write(&root, "kubernetes/pki/ca.crt", &pem);
        for name in ["pki/b.crt", "pki/a.pem", "pki/etcd/ca.crt", "front-proxy-ca", "ssl/x.cert"] {
            write(&root, &format!("kubernetes/{name}"), &pem);
        }
        write(&root, "kubernetes/pki/deep/er/ca.crt", &pem);
        write(&root, "kubernetes/pki/notes.pem", "no certificate");
        write(&root, "kubernetes/pki/readme.txt", &pem);
        symlink(&own, root.join("kubernetes/pki/same.crt")).unwrap();
        symlink("..", root.join("kubernetes/pki/ssl")).unwrap();
        let seen = look(&[&own], std::slice::from_ref(&own));
        let names: Vec<_> = seen
            .iter()
            .map(|file| Path::new(&file.path).file_name().unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names, ["a.pem", "b.crt", "ca.crt", "front-proxy-ca", "x.cert"]);
        assert!(seen.iter().all(|file| file.roles.is_empty()));
    }

    #[test]
    fn a_missing_file_still_has_neighbours() {
        let directory = tempfile::tempdir().unwrap();
        let path = write(directory.path(), "etc/pki/ca.crt", &certificate());
        let wrong = directory.path().join("etc/pkii/ca.crt");
        let seen = look(&[&wrong, &wrong], std::slice::from_ref(&wrong));
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].path, path.display().to_string());
    }

    #[test]
    fn the_number_of_files_is_bounded() {
        let directory = tempfile::tempdir().unwrap();
        let pem = certificate();
        for number in 0..MOST_FILES + 50 {
            write(directory.path(), &format!("{number}.crt"), &pem);
        }
        let large = write(directory.path(), "0-large.crt", &pem.repeat(1000));
        let seen = look(&[&large.with_file_name("none")], &[]);
        assert_eq!(seen.len(), MOST_FILES - 1);
    }
}
