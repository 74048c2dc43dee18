//! Files that are never half there: written under a first name in their directory, synced, then moved to their place.
//!
//! Keys are readable by their owner alone from the first byte on.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, Mode, OFlags, RenameFlags};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};

use crate::message::{FileMessage, Message, Say, english_display};

/// The mode of a certificate.
pub const PUBLIC: u32 = 0o644;
/// The mode of a key.
pub const SECRET: u32 = 0o600;
/// From so many files on, the file system is synced once instead of each file.
const MANY: usize = 16;

/// A file that is written under one name and then moved to another in the same file system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Its first name.
    pub from: PathBuf,
    /// Its place.
    pub to: PathBuf,
}

/// A file could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// The system refuses.
    Io {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The place is taken, and nothing is overwritten.
    Exists(PathBuf),
}

english_display!(WriteError);

impl Say for WriteError {
    fn message(&self) -> Message {
        match self {
            Self::Io { path, source } => Message::from(source).about(path.display()),
            Self::Exists(path) => FileMessage::AlreadyThere { path: path.display().into() }.into(),
        }
    }
}

/// One file to be written.
pub struct NewFile<'a> {
    /// Its place.
    pub path: &'a Path,
    /// Its bytes.
    pub content: &'a [u8],
    /// Its permissions.
    pub mode: u32,
    /// Its owner and group, if not the caller's.
    pub owner: Option<(u32, u32)>,
}

/// What goes wrong at a path.
pub fn failed(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    |source| WriteError::Io { path: path.to_owned(), source }
}

/// Makes a directory and what is missing above it, durably.
pub fn make_folder(path: &Path, mode: u32) -> Result<(), WriteError> {
    if path.is_dir() {
        return Ok(());
    }
    let missing: Vec<_> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    DirBuilder::new().recursive(true).mode(mode).create(path).map_err(failed(path))?;
    sync_folders(missing)
}

/// Makes a folder for secrets.
pub fn make_private_folder(path: &Path) -> Result<(), WriteError> {
    make_folder(path, 0o700)
}

/// Whether a folder takes files of so many bytes, found out before anything is recorded.
pub fn check_room(folder: &Path, bytes: usize) -> Result<(), WriteError> {
    let check = || {
        let wanted = Access::WRITE_OK | Access::EXEC_OK;
        rustix::fs::accessat(rustix::fs::CWD, folder, wanted, AtFlags::EACCESS)?;
        let room = rustix::fs::statvfs(folder)?;
        let full = room.f_bavail.saturating_mul(room.f_frsize) < bytes as u64;
        // A file system that counts neither, as sysfs does, shows it at the first file.
        let no_names = room.f_files > 0 && room.f_favail == 0;
        if room.f_blocks > 0 && (full || no_names) { Err(Errno::NOSPC) } else { Ok(()) }
    };
    check().map_err(|errno| failed(folder)(errno.into()))
}

/// Writes files that must not be there yet, and makes them durable.
pub fn write_all(files: &[NewFile<'_>]) -> Result<(), WriteError> {
    let one_by_one = files.len() < MANY;
    for file in files {
        let written = || {
            let mut open =
                OpenOptions::new().write(true).create_new(true).mode(SECRET).open(file.path)?;
            open.write_all(file.content)?;
            if let Some((uid, gid)) = file.owner {
                std::os::unix::fs::fchown(&open, Some(uid), Some(gid))?;
            }
            rustix::fs::fchmod(&open, Mode::from_raw_mode(file.mode))?;
            if one_by_one { open.sync_all() } else { Ok(()) }
        };
        written().map_err(failed(file.path))?;
    }
    let last = files.last().filter(|_| !one_by_one);
    if let Some(file) = last {
        let sync = || rustix::fs::syncfs(File::open(file.path)?).map_err(io::Error::from);
        sync().map_err(failed(file.path))?;
    }
    Ok(())
}

/// Moves a file to a place that must be free.
pub fn move_new(file: &Move) -> Result<(), WriteError> {
    let at = rustix::fs::CWD;
    match rustix::fs::renameat_with(at, &file.from, at, &file.to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(Errno::EXIST) => Err(WriteError::Exists(file.to.clone())),
        // Not every file system knows the flag; whoever writes here holds the ledger, so that looking first is enough.
        Err(Errno::INVAL | Errno::NOSYS) if !file.to.exists() => move_over(file),
        Err(errno) => Err(failed(&file.to)(errno.into())),
    }
}

/// Moves a file to its place, over what is there.
pub fn move_over(file: &Move) -> Result<(), WriteError> {
    fs::rename(&file.from, &file.to).map_err(failed(&file.to))
}

/// Removes a file that may be gone already.
pub fn remove(path: &Path) -> Result<(), WriteError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(path)(error)),
        _ => Ok(()),
    }
}

/// Gives a file a second name under which its content stays; a copy where the file system has no links.
pub fn keep_copy(file: &Move) -> Result<(), WriteError> {
    match fs::hard_link(&file.from, &file.to) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(_) => {
            let content =
                fs::read(&file.from).map(zeroize::Zeroizing::new).map_err(failed(&file.from))?;
            let old = fs::metadata(&file.from).map_err(failed(&file.from))?;
            let new = NewFile {
                path: &file.to,
                content: &content,
                mode: old.mode() & 0o777,
                owner: Some((old.uid(), old.gid())),
            };
            write_all(&[new])
        }
    }
}

/// Takes from others what an old key's mode let them do; its owner and group keep theirs.
pub fn keep_from_others(path: &Path) -> Result<(), WriteError> {
    let tighten = || {
        let mode = fs::metadata(path)?.mode() & 0o770;
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    };
    tighten().map_err(failed(path))
}

/// Makes the names in these folders durable.
pub fn sync_folders<'a>(files: impl IntoIterator<Item = &'a Path>) -> Result<(), WriteError> {
    let mut done: Vec<&Path> = Vec::new();
    for folder in files.into_iter().filter_map(Path::parent) {
        if !done.contains(&folder) {
            sync_folder(folder)?;
            done.push(folder);
        }
    }
    Ok(())
}

fn sync_folder(folder: &Path) -> Result<(), WriteError> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let sync = || {
        let open = rustix::fs::open(folder, flags, Mode::empty())?;
        match rustix::fs::fsync(open.as_fd()) {
            // Not every file system keeps folders apart from what is in them.
            Err(Errno::INVAL) => Ok(()),
            synced => synced,
        }
    };
    sync().map_err(|errno| failed(folder)(errno.into()))
}

/// Writes one public file over what may be there, atomically and durably.
pub fn write_file(path: &Path, content: &[u8]) -> Result<(), WriteError> {
    let path = std::path::absolute(path).map_err(failed(path))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = Move { from: path.with_file_name(format!(".{name}.new")), to: path };
    // What a crash left under this name is overwritten by the next attempt.
    let _ = fs::remove_file(&file.from);
    let written = write_all(&[NewFile { path: &file.from, content, mode: PUBLIC, owner: None }])
        .and_then(|()| move_over(&file));
    if written.is_err() {
        let _ = fs::remove_file(&file.from);
    }
    written.and_then(|()| sync_folders([file.to.as_path()]))
}

/// Writes a key and a request into places that must be free: the key first, for it is the one that can't be made again.
pub fn write_request(
    key: Option<(&Path, &[u8])>,
    request: (&Path, &[u8]),
) -> Result<(), WriteError> {
    let key = key.map(|(path, content)| (path, content, SECRET));
    let request = (request.0, request.1, PUBLIC);
    let places = key.iter().chain([&request]).map(|(path, ..)| *path);
    if let Some(taken) = places.into_iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(WriteError::Exists(taken.to_owned()));
    }
    if let Some(folder) = request.0.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder, 0o755)?;
    }
    for (path, content, mode) in key.into_iter().chain([request]) {
        let to = std::path::absolute(path).map_err(failed(path))?;
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        let file =
            Move { from: to.with_file_name(format!(".{name}.{}.new", std::process::id())), to };
        let written = write_all(&[NewFile { path: &file.from, content, mode, owner: None }])
            .and_then(|()| move_new(&file));
        if written.is_err() {
            let _ = fs::remove_file(&file.from);
        }
        written.and_then(|()| sync_folders([file.to.as_path()]))?;
    }
    Ok(())
}
