//! A pair in a folder of its own that is reached by a symbolic link: the new pair goes into a new folder, and the link is
//! moved to it by one rename, so that whoever opens both files through the link never sees half of each on disk.
//! Kubernetes' projected volumes do the same (`pkg/volume/util/atomic_writer.go`).

use std::ffi::OsString;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, symlink};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{self, Move, WriteError, failed};

/// The move of a link from one folder to another. The old folder stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// The link.
    pub link: PathBuf,
    /// What it is to say.
    pub target: PathBuf,
    /// The new folder.
    pub folder: PathBuf,
    /// The old one.
    pub old: PathBuf,
}

/// A file's own place: links to the file itself are followed, those on the way to its folder are not.
pub fn place(path: &Path) -> PathBuf {
    const LONGEST: usize = 8;
    let mut place = path.to_owned();
    for _ in 0..LONGEST {
        let Ok(target) = fs::read_link(&place) else { break };
        place = place.parent().unwrap_or(Path::new("")).join(target);
    }
    place
}

impl Swap {
    /// The swap for a pair, if one link leads to both files and its folder holds nothing but files.
    pub fn for_pair(cert: &Path, key: &Path, serial: &str) -> Option<Self> {
        let link = std::path::absolute(cert.parent()?).ok()?;
        let said = fs::read_link(&link).ok()?;
        let beside = key.parent().and_then(|folder| std::path::absolute(folder).ok());
        let mut entries = fs::read_dir(&link).ok()?;
        let flat = entries.all(|entry| {
            let kind = entry.and_then(|entry| entry.file_type());
            kind.is_ok_and(|kind| kind.is_file() || kind.is_symlink())
        });
        if beside.as_deref() != Some(&link) || !flat {
            return None;
        }
        let mut name = link.file_name()?.to_owned();
        name.push(format!(".{serial}"));
        let (above, target) =
            (link.parent()?, said.file_name().map(|_| said.with_file_name(name))?);
        Some(Self { folder: above.join(&target), old: above.join(said), target, link })
    }

    /// The name that the new link has until it takes the old one's place.
    fn waiting(&self) -> Move {
        let mut name = OsString::from(".");
        name.push(self.link.file_name().unwrap_or_default());
        name.push(".new");
        Move { from: self.link.with_file_name(name), to: self.link.clone() }
    }

    /// Makes the new folder with everything of the old one but the pair.
    pub fn prepare(&self, pair: [&Path; 2]) -> Result<(), WriteError> {
        let old = fs::metadata(&self.old).map_err(failed(&self.old))?;
        let made = DirBuilder::new().mode(old.mode() & 0o777).create(&self.folder);
        made.and_then(|()| {
            std::os::unix::fs::chown(&self.folder, Some(old.uid()), Some(old.gid()))
        })
        .map_err(failed(&self.folder))?;
        for entry in fs::read_dir(&self.old).map_err(failed(&self.old))? {
            let entry = entry.map_err(failed(&self.old))?;
            let copy = Move { from: entry.path(), to: self.folder.join(entry.file_name()) };
            if pair.iter().any(|path| path.file_name() == Some(&entry.file_name())) {
                continue;
            }
            match fs::read_link(&copy.from) {
                Ok(target) => symlink(target, &copy.to).map_err(failed(&copy.to))?,
                Err(_) => files::keep_copy(&copy)?,
            }
        }
        Ok(())
    }

    /// Moves the link, unless that was done before.
    pub fn complete(&self) -> Result<(), WriteError> {
        if self.is_done() {
            return Ok(());
        }
        let inside = self.folder.join("file");
        files::sync_folders([inside.as_path(), self.folder.as_path()])?;
        let waiting = self.waiting();
        files::remove(&waiting.from)?;
        symlink(&self.target, &waiting.from).map_err(failed(&waiting.from))?;
        files::move_over(&waiting)?;
        files::sync_folders([self.link.as_path()])
    }

    /// Takes the new folder back, which nobody has seen yet.
    pub fn undo(&self) -> Result<(), WriteError> {
        files::remove(&self.waiting().from)?;
        if self.is_done() || !self.folder.exists() {
            return Ok(());
        }
        fs::remove_dir_all(&self.folder).map_err(failed(&self.folder))
    }

    fn is_done(&self) -> bool {
        fs::read_link(&self.link).is_ok_and(|said| said == self.target)
    }
}
