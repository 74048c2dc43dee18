//! Walks a tree of files without ever hanging in it or leaving it, and looks at one file at a time.
//!
//! Folders are entered once, by device and number; links to folders are not followed, links to files are, unless the
//! file is in the tree by itself. What is passed over is said.

use std::collections::HashSet;
use std::fs::{FileType, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::Stat;
use zeroize::Zeroizing;

use super::file_error::{FileError, FileFault};
use super::file_reader;
use super::form;
use super::keystore;
use super::kubeconfig;
use super::named_file;
use crate::observation::file::{Content, FileSeen, FileState, Form};
use crate::observation::tree::{Skipped, TreeFile, Why};

/// No certificate, key or kubeconfig comes near.
const LARGEST: u64 = 4 << 20;

/// As many links in a row as the kernel follows.
const MOST_LINKS: usize = 40;

/// A file of a tree that is still to be looked at.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Where it was found.
    pub(crate) path: Box<Path>,
    /// Where a link leads.
    target: Option<Box<Path>>,
    /// How many bytes of the path name the folder that was asked for.
    pub(crate) above: usize,
}

/// The files of a tree, those of a folder before those below it, and what was passed over.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// The files.
    pub(crate) files: Vec<Entry>,
    /// What was passed over.
    pub(crate) skipped: Vec<Skipped>,
}

/// Finds the files below folders; a file may be named too. An error is about one that was named.
pub(crate) fn walk(folders: &[PathBuf], root: Option<&Path>) -> Result<Tree, FileError> {
    let mut tops = Vec::new();
    for folder in folders {
        let at = root.map_or_else(|| folder.clone(), |root| below(root, folder));
        named_file::ownership(&at)?;
        let found = std::fs::canonicalize(&at).and_then(|real| Ok((real, std::fs::metadata(&at)?)));
        match found {
            Ok((real, metadata)) => {
                // What lies in a tree may be passed over; what was named may not.
                if !metadata.is_dir() {
                    named_file::check(&at, LARGEST)?;
                }
                tops.push(Top { path: at, real, metadata });
            }
            Err(error) => {
                let state = FileState::Failed { error: (&error).into() };
                return Err(FileError::new(at.display(), FileFault::Unread(state)));
            }
        }
    }
    let real_root = root.and_then(|root| std::fs::canonicalize(root).ok());
    let mut walk = Walk {
        reals: tops.iter().map(|top| top.real.clone()).collect(),
        root: root.zip(real_root),
        entered: HashSet::new(),
        above: 0,
        tree: Tree::default(),
    };
    for top in tops {
        walk.above = top.path.as_os_str().len();
        if top.metadata.is_dir() {
            walk.descend(top.path);
        } else {
            walk.take(top.path, top.metadata.file_type());
        }
    }
    Ok(walk.tree)
}

/// Looks at one file of a tree. The public halves of keys are computed, or taken as they are written in them.
pub(crate) fn look_at(entry: &Entry, computes: bool) -> TreeFile {
    let path = entry.target.as_ref().unwrap_or(&entry.path);
    let recognise = |bytes: &[u8]| {
        if computes { form::recognise(bytes, false) } else { form::recognise_as_written(bytes) }
    };
    // The walk saw what kind of file it is.
    let read = file_reader::read_regular(path, LARGEST);
    look(read, entry.path.display().to_string(), recognise, None)
}

/// Looks at one file by itself; a passphrase opens PKCS#12.
pub(crate) fn look_into(path: &Path, passphrase: Option<&str>) -> TreeFile {
    let recognise = |bytes: &[u8]| form::recognise(bytes, false);
    look(file_reader::read(path, LARGEST), path.display().to_string(), recognise, passphrase)
}

fn look(
    read: Result<(Stat, Zeroizing<Vec<u8>>), FileState>,
    shown: String,
    recognise: impl Fn(&[u8]) -> form::Held,
    passphrase: Option<&str>,
) -> TreeFile {
    let seen = |state| FileSeen { path: shown, roles: Vec::new(), state };
    let (stat, bytes) = match read {
        Ok(read) => read,
        Err(state) => return TreeFile { seen: seen(state), kubeconfig: None, keystore: None },
    };
    let form::Held { form, blocks, defects, .. } = recognise(&bytes);
    let kubeconfig = (form == Form::Text).then(|| kubeconfig::read(&bytes)).flatten();
    let keystore = (form == Form::Pkcs12).then(|| keystore::describe(&bytes, passphrase));
    let content = Content {
        size: bytes.len() as u64,
        mode: stat.st_mode & 0o7777,
        uid: stat.st_uid,
        gid: stat.st_gid,
        form,
        blocks,
        defects,
    };
    TreeFile { seen: seen(FileState::Read(content)), kubeconfig, keystore }
}

/// `/etc/pki` under `/mnt/node` is `/mnt/node/etc/pki`.
fn below(root: &Path, path: &Path) -> PathBuf {
    root.join(path.strip_prefix("/").unwrap_or(path))
}

/// A folder or file that was named.
struct Top {
    path: PathBuf,
    real: PathBuf,
    metadata: Metadata,
}

struct Walk<'r> {
    /// The named folders without links in them.
    reals: Vec<PathBuf>,
    /// `--root` as given, and without links.
    root: Option<(&'r Path, PathBuf)>,
    entered: HashSet<(u64, u64)>,
    above: usize,
    tree: Tree,
}

/// A folder's device and its entries in the order of their names.
struct Folder {
    device: u64,
    entries: Vec<(PathBuf, FileType)>,
}

impl Walk<'_> {
    /// Goes through a folder and all below, by an explicit list of what is left: depth costs no stack.
    fn descend(&mut self, top: PathBuf) {
        let mut left = vec![(top, None)];
        while let Some((folder, above)) = left.pop() {
            match self.enter(&folder, above) {
                Ok(Folder { device, entries }) => {
                    let first = left.len();
                    for (path, kind) in entries {
                        if kind.is_dir() {
                            left.push((path, Some(device)));
                        } else {
                            self.take(path, kind);
                        }
                    }
                    left[first..].reverse();
                }
                Err(Some(why)) => self.skip(&folder, why),
                Err(None) => {}
            }
        }
    }

    /// What is in a folder; an error without a reason when it was entered before.
    fn enter(&mut self, path: &Path, above: Option<u64>) -> Result<Folder, Option<Why>> {
        let refused = |error: io::Error| Some(Why::Refused((&error).into()));
        let metadata = std::fs::metadata(path).map_err(refused)?;
        if above != Some(metadata.dev()) && is_pseudo(path) {
            return Err(Some(Why::PseudoFileSystem));
        }
        if !self.entered.insert((metadata.dev(), metadata.ino())) {
            return Err(None);
        }
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(path).map_err(refused)? {
            let entry = entry.map_err(refused)?;
            entries.push((entry.path(), entry.file_type().map_err(refused)?));
        }
        entries.sort_by(|one, other| one.0.as_os_str().cmp(other.0.as_os_str()));
        Ok(Folder { device: metadata.dev(), entries })
    }

    fn take(&mut self, path: PathBuf, kind: FileType) {
        if kind.is_symlink() {
            self.follow(&path);
        } else if kind.is_file() {
            let path = path.into_boxed_path();
            self.tree.files.push(Entry { path, target: None, above: self.above });
        } else {
            self.skip(&path, Why::NotRegular(kind.into()));
        }
    }

    /// Takes the file that a link leads to, unless the walk meets it anyway.
    fn follow(&mut self, link: &Path) {
        let Some(target) = self.target(link) else { return self.skip(link, Why::BrokenLink) };
        let Ok(metadata) = std::fs::metadata(&target) else {
            return self.skip(link, Why::BrokenLink);
        };
        let Ok(real) = std::fs::canonicalize(&target) else {
            return self.skip(link, Why::BrokenLink);
        };
        if self.reals.iter().any(|top| real.starts_with(top)) {
            return;
        }
        if self.root.as_ref().is_some_and(|(_, root)| !real.starts_with(root)) {
            self.skip(link, Why::LeadsOut);
        } else if metadata.is_dir() {
            self.skip(link, Why::FolderLink);
        } else if metadata.is_file() {
            let (path, target) = (link.into(), Some(target.into_boxed_path()));
            self.tree.files.push(Entry { path, target, above: self.above });
        } else {
            self.skip(link, Why::NotRegular(metadata.file_type().into()));
        }
    }

    /// Where a link leads; under `--root`, absolute ones count from there.
    fn target(&self, link: &Path) -> Option<PathBuf> {
        let Some((root, _)) = self.root else { return Some(link.to_owned()) };
        let mut at = link.to_owned();
        for _ in 0..MOST_LINKS {
            let Ok(next) = std::fs::read_link(&at) else { return Some(at) };
            at = if next.is_absolute() { below(root, &next) } else { at.parent()?.join(next) };
        }
        None
    }

    fn skip(&mut self, path: &Path, why: Why) {
        self.tree.skipped.push(Skipped { path: path.display().to_string(), why });
    }
}

/// Whether a file system's files are made up by the kernel: some of them have no end, and none is a certificate.
fn is_pseudo(path: &Path) -> bool {
    /// `linux/magic.h`: proc, sysfs, cgroup, cgroup2, debugfs, tracefs, securityfs, devpts, BPF.
    const MAGIC: [i128; 9] = [
        0x9fa0,
        0x6265_6572,
        0x27_e0eb,
        0x6367_7270,
        0x6462_6720,
        0x7472_6163,
        0x7363_6673,
        0x1cd1,
        0xcafe_4a11,
    ];
    rustix::fs::statfs(path).is_ok_and(|found| MAGIC.contains(&i128::from(found.f_type)))
}
