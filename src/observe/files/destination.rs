//! The files of a backup: the place that a snapshot is to go to, and the snapshot that a restore would read.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::Path,
};

use aws_lc_rs::digest::{Context, SHA256};

use super::{
    bolt::{Broken, Database},
    crc32c::Crc32C,
    file_reader,
};
use crate::observation::{
    backup::{DataDirSeen, DatabaseSeen, DestinationSeen, SnapshotContent, SourceSeen},
    refusal::{FileRefusal, SystemError},
};

/// The hash that etcd appends to a snapshot (`etcdutl/snapshot/v3_snapshot.go`): the rest is a multiple of 512 bytes.
const HASH: usize = 32;

/// Looks at the place for a snapshot without writing to it.
pub(crate) fn look_at_destination(path: &Path) -> DestinationSeen {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let access = rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
    let refused = match folder.metadata() {
        Ok(found) if !found.is_dir() => {
            Some(SystemError::Errno(rustix::io::Errno::NOTDIR.raw_os_error()))
        }
        Ok(_) => {
            let denied = rustix::fs::access(folder, access).err();
            denied.map(|errno| SystemError::Errno(errno.raw_os_error()))
        }
        Err(error) => Some((&error).into()),
    };
    let free = rustix::fs::statvfs(folder).ok().map(|fs| fs.f_bavail.saturating_mul(fs.f_frsize));
    DestinationSeen {
        path: path.display().to_string(),
        folder: folder.display().to_string(),
        exists: path.symlink_metadata().is_ok(),
        refused,
        free_bytes: free,
    }
}

/// Reads a snapshot through: compares the hash at its end, then visits every page.
pub(crate) fn look_at_snapshot(path: &Path) -> SourceSeen {
    let (content, database) =
        read_snapshot(path).unwrap_or_else(|why| (SnapshotContent::Unreadable(why), None));
    SourceSeen { path: path.display().to_string(), content, database }
}

/// Whether a data directory is there and holds something.
pub(crate) fn look_at_data_dir(path: &Path) -> DataDirSeen {
    let occupied = std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    DataDirSeen { path: path.display().to_string(), occupied }
}

fn read_snapshot(path: &Path) -> Result<(SnapshotContent, Option<DatabaseSeen>), FileRefusal> {
    let opened = file_reader::open(path, u64::MAX);
    let opened = opened.map_err(|state| state.refusal().unwrap_or(FileRefusal::Missing));
    let (mut file, _) = opened?;
    let mut hashed = Hashed::default();
    let mut block = vec![0; 256 * 1024];
    loop {
        let count = file.read(&mut block).map_err(|error| FileRefusal::from(&error))?;
        if count == 0 {
            break;
        }
        hashed.update(&block[..count]);
    }
    let bytes = hashed.bytes;
    let has_hash = bytes % 512 == HASH as u64;
    let database = if has_hash { bytes - HASH as u64 } else { bytes };
    let seen = match read_database(&file, database) {
        Ok(seen) => seen,
        Err(Broken::Io(error)) if error.kind() != ErrorKind::UnexpectedEof => {
            return Err(FileRefusal::from(&error));
        }
        Err(Broken::NoDatabase) => return Ok((SnapshotContent::NoDatabase { bytes }, None)),
        Err(Broken::CutShort { needed }) => {
            return Ok((SnapshotContent::CutShort { bytes, needed }, None));
        }
        Err(_) if has_hash && !hashed.ends_with_hash() => {
            return Ok((SnapshotContent::Damaged { bytes }, None));
        }
        Err(_) => return Ok((SnapshotContent::Inconsistent { bytes }, None)),
    };
    let content = match has_hash {
        false => SnapshotContent::NoHash { bytes },
        true if hashed.ends_with_hash() => SnapshotContent::Whole { bytes },
        true => SnapshotContent::Damaged { bytes },
    };
    Ok((content, Some(seen)))
}

/// What `etcdutl snapshot status` makes of a database (`etcdutl/snapshot/v3_snapshot.go`, `Status`).
fn read_database(file: &File, bytes: u64) -> Result<DatabaseSeen, Broken> {
    let database = Database::open(file, bytes)?;
    let total_size = database.size();
    let (mut crc, mut revision, mut total_keys) = (Crc32C::default(), 0, 0);
    database.walk(
        |_| true,
        |bucket, entry| {
            let Some((key, value)) = entry else { return crc.update(bucket) };
            crc.update(key);
            crc.update(value);
            total_keys += 1;
            if let Some((main, _)) = key.split_first_chunk().filter(|_| bucket == b"key") {
                revision = i64::from_be_bytes(*main);
            }
        },
    )?;
    Ok(DatabaseSeen { hash: format!("{:x}", crc.sum()), revision, total_keys, total_size })
}

/// A snapshot as it goes by: all but its last 32 bytes are hashed, and these are to be the hash.
pub(crate) struct Hashed {
    context: Context,
    tail: Vec<u8>,
    /// Bytes so far, hash included.
    pub(crate) bytes: u64,
}

impl Default for Hashed {
    fn default() -> Self {
        Self { context: Context::new(&SHA256), tail: Vec::with_capacity(HASH), bytes: 0 }
    }
}

impl Hashed {
    pub(crate) fn update(&mut self, block: &[u8]) {
        self.bytes += block.len() as u64;
        if block.len() >= HASH {
            let (body, tail) = block.split_at(block.len() - HASH);
            self.context.update(&self.tail);
            self.context.update(body);
            self.tail.clear();
            self.tail.extend_from_slice(tail);
        } else {
            self.tail.extend_from_slice(block);
            let surplus = self.tail.len().saturating_sub(HASH);
            self.context.update(&self.tail[..surplus]);
            self.tail.drain(..surplus);
        }
    }

    /// Whether the last 32 bytes are the hash of what came before them.
    pub(crate) fn ends_with_hash(self) -> bool {
        self.context.finish().as_ref() == self.tail.as_slice()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot() -> Vec<u8> {
        let mut bytes = vec![7; 1024];
        let hash = aws_lc_rs::digest::digest(&SHA256, &bytes);
        bytes.extend_from_slice(hash.as_ref());
        bytes
    }

    #[test]
    fn a_snapshot_is_whole_however_it_comes_in_blocks() {
        let bytes = snapshot();
        for size in [1, 5, 31, 32, 33, 600, 2000] {
            let mut hashed = Hashed::default();
            bytes.chunks(size).for_each(|block| hashed.update(block));
            assert_eq!(hashed.bytes, 1056);
            assert!(hashed.ends_with_hash(), "in blocks of {size}");
        }
    }
}
