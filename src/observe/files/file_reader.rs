//! Reads one file that a user named, without ever hanging on it, and says what stands in its place otherwise.
//!
//! What Go's loaders make of the content is for `facts` to judge; this only observes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rustix::fs::{FileType, Mode, OFlags, Stat};
use rustix::io::Errno;
use zeroize::Zeroizing;

use super::absence;
use super::denial;
use super::form;
use super::key::PrivateKey;
use crate::observation::file::{Content, FileSeen, FileState};
use crate::observation::refusal::{FileRefusal, SpecialFile, SystemError};

/// The role of the file whose key signs the handshake.
pub(crate) const KEY_ROLE: &str = "--key";

/// No certificate or key file comes near.
const LARGEST: u64 = 4 << 20;

/// A file as it was seen, and the private key in it when its role is to hold one.
pub(crate) struct Loaded {
    /// What to keep.
    pub(crate) seen: FileSeen,
    /// The key for the handshake, of the file given as [`KEY_ROLE`] only.
    pub(crate) key: Option<PrivateKey>,
}

/// Owner and permission bits of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ownership {
    pub(crate) mode: u32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

/// Looks at `path`; `roles` are the options that name it.
pub(crate) fn load(path: &Path, roles: &[String]) -> Loaded {
    let (state, key) = look(path, LARGEST, roles.iter().any(|role| role == KEY_ROLE));
    Loaded {
        seen: FileSeen { path: path.display().to_string(), roles: roles.to_vec(), state },
        key,
    }
}

/// Looks at `path` and reads it if it is a regular file of at most `limit` bytes.
pub(crate) fn look(path: &Path, limit: u64, wants_key: bool) -> (FileState, Option<PrivateKey>) {
    match read(path, limit) {
        Ok((stat, bytes)) => {
            let held = form::recognise(&bytes, wants_key);
            let content = Content {
                size: bytes.len() as u64,
                mode: stat.st_mode & 0o7777,
                uid: stat.st_uid,
                gid: stat.st_gid,
                form: held.form,
                blocks: held.blocks,
                defects: held.defects,
            };
            (FileState::Read(content), held.key)
        }
        Err(state) => (state, None),
    }
}

/// The bytes of a regular file, or why there are none.
pub(crate) fn read_bytes(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileRefusal> {
    let read = read(path, limit).map(|(_, bytes)| bytes);
    read.map_err(|state| state.refusal().unwrap_or(FileRefusal::Missing))
}

/// The bytes of a regular file, or what stands in the way.
pub(crate) fn read(path: &Path, limit: u64) -> Result<(Stat, Zeroizing<Vec<u8>>), FileState> {
    look_before(path, limit)?;
    read_regular(path, limit)
}

/// A regular file of at most `limit` bytes, for whoever reads it piece by piece.
pub(crate) fn open(path: &Path, limit: u64) -> Result<(File, Stat), FileState> {
    look_before(path, limit)?;
    open_regular(path, limit)
}

/// Opening a FIFO or a device may already have an effect, so look before.
fn look_before(path: &Path, limit: u64) -> Result<(), FileState> {
    check(path, &rustix::fs::stat(path).map_err(|errno| state_of(path, errno))?, limit)
}

/// The same for what was just seen to be a regular file; where it no longer is one, nothing is read and nothing hangs.
pub(crate) fn read_regular(
    path: &Path,
    limit: u64,
) -> Result<(Stat, Zeroizing<Vec<u8>>), FileState> {
    let (file, stat) = open_regular(path, limit)?;
    // Reserved at once, since a buffer that grows leaves copies behind.
    let room = usize::try_from(size(&stat)).unwrap_or(0) + 1;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| FileState::Failed { error: (&error).into() })?;
    let size = bytes.len() as u64;
    if size > limit {
        return Err(FileState::TooLarge { size, limit });
    }
    Ok((stat, bytes))
}

fn open_regular(path: &Path, limit: u64) -> Result<(File, Stat), FileState> {
    let refused = |errno| state_of(path, errno);
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = rustix::fs::open(path, flags, Mode::empty()).map_err(refused)?;
    let stat = rustix::fs::fstat(&file).map_err(refused)?;
    check(path, &stat, limit)?;
    Ok((file.into(), stat))
}

/// Who owns a file, and with which permission bits.
pub(crate) fn ownership(path: &Path) -> Result<Ownership, FileState> {
    let stat = rustix::fs::stat(path).map_err(|errno| state_of(path, errno))?;
    Ok(Ownership { mode: stat.st_mode & 0o7777, uid: stat.st_uid, gid: stat.st_gid })
}

fn check(path: &Path, stat: &Stat, limit: u64) -> Result<(), FileState> {
    let kind = match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile if size(stat) > limit => {
            return Err(FileState::TooLarge { size: size(stat), limit });
        }
        FileType::RegularFile => return Ok(()),
        FileType::Directory => {
            return Err(FileState::Directory { candidates: absence::candidates(path) });
        }
        FileType::Fifo => SpecialFile::Fifo,
        FileType::Socket => SpecialFile::Socket,
        FileType::CharacterDevice => SpecialFile::CharacterDevice,
        FileType::BlockDevice => SpecialFile::BlockDevice,
        FileType::Symlink | FileType::Unknown => SpecialFile::Unknown,
    };
    Err(FileState::NotRegular { kind })
}

fn size(stat: &Stat) -> u64 {
    u64::try_from(stat.st_size).unwrap_or(0)
}

fn state_of(path: &Path, errno: Errno) -> FileState {
    match errno {
        Errno::NOENT | Errno::NOTDIR => absence::missing(path),
        Errno::ACCESS | Errno::PERM => {
            denial::denied(path, SystemError::Errno(errno.raw_os_error()))
        }
        _ => FileState::Failed { error: SystemError::Errno(errno.raw_os_error()) },
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::observation::file::Form;

    fn state(path: &Path) -> FileState {
        load(path, &[]).seen.state
    }

    #[test]
    fn only_the_key_role_keeps_the_key() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("client.key");
        std::fs::write(&path, rcgen::KeyPair::generate().unwrap().serialize_pem()).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let loaded = load(&path, &["--cert".to_owned()]);
        assert!(loaded.key.is_none() && loaded.seen.has_role("--cert"));
        assert!(loaded.seen.key().is_some_and(|key| key.spki.is_some()));
        let content = loaded.seen.content().unwrap();
        assert_eq!((content.mode, content.form), (0o640, Form::Pem));
        assert_eq!(content.size, std::fs::metadata(&path).unwrap().len());
        assert!(load(&path, &["--cert".to_owned(), KEY_ROLE.to_owned()]).key.is_some());
    }

    #[test]
    fn what_would_hang_is_never_opened() {
        let directory = tempfile::tempdir().unwrap();
        let fifo = directory.path().join("fifo");
        let fifo_type = FileType::Fifo;
        rustix::fs::mknodat(rustix::fs::CWD, &fifo, fifo_type, Mode::RUSR, 0).unwrap();
        let socket = directory.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for (path, expected) in [
            (fifo.as_path(), SpecialFile::Fifo),
            (&socket, SpecialFile::Socket),
            (Path::new("/dev/zero"), SpecialFile::CharacterDevice),
        ] {
            let state = state(path);
            assert!(
                matches!(&state, FileState::NotRegular { kind } if *kind == expected),
                "{state:?}"
            );
        }
    }

    #[test]
    fn a_huge_file_is_never_read() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(100 << 20).unwrap();
        let state = state(file.path());
        let size = 100 << 20;
        assert!(matches!(state, FileState::TooLarge { size: s, limit: LARGEST } if s == size));
    }

    #[test]
    fn a_file_without_a_size_is_read_up_to_the_limit() {
        let FileState::Read(content) = state(Path::new("/proc/self/status")) else { panic!() };
        assert_eq!(content.form, Form::Text);
        let Err(state) = read(Path::new("/proc/self/status"), 10) else { panic!() };
        assert!(matches!(state, FileState::TooLarge { size: 11, limit: 10 }));
    }

    #[test]
    fn a_directory_offers_its_files() {
        let directory = tempfile::tempdir().unwrap();
        for name in ["ca.crt", "client.KEY", "notes.txt"] {
            std::fs::write(directory.path().join(name), "").unwrap();
        }
        std::fs::create_dir(directory.path().join("old.pem")).unwrap();
        let FileState::Directory { candidates } = state(directory.path()) else { panic!() };
        let names: Vec<_> = candidates.iter().map(|path| Path::new(path).file_name()).collect();
        assert_eq!(names, [Some("ca.crt".as_ref()), Some("client.KEY".as_ref())]);
    }

    #[test]
    fn a_circle_of_links_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let link = directory.path().join("ca.crt");
        std::os::unix::fs::symlink("ca.crt", &link).unwrap();
        let FileState::Failed { error } = state(&link) else { panic!() };
        assert_eq!(error, SystemError::Errno(Errno::LOOP.raw_os_error()));
    }
}
