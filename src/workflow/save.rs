//! A snapshot on its way into a file: a part file beside the target, synced and renamed when its hash is right.
//!
//! The file is what `etcdctl snapshot save` writes, mode 0600 (etcd `client/v3/snapshot/v3_snapshot.go`).

use std::{
    io::{self, BufWriter, Write},
    path::Path,
    time::Instant,
};

use tempfile::NamedTempFile;
use tokio::sync::mpsc;

use super::{Failure, Stop};
use crate::{
    message::{CliMessage, Message, Say, Value},
    observation::backup::SavedSeen,
    observe::{etcd::snapshot::Snapshot, files::destination::Hashed},
};

/// Written in one go: fewer system calls than etcd sends blocks.
const BUFFER: usize = 1 << 20;
/// Blocks of 32 KiB that may wait for the disk.
const QUEUE: usize = 128;

/// Streams a snapshot into a file that does not exist yet. Reading and writing go on side by side: neither the disk nor the server
/// waits for the other. Whatever fails, the part file is gone.
pub(super) async fn save(
    mut snapshot: Snapshot,
    path: &Path,
    mut stop: Stop<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<SavedSeen, Failure> {
    let start = Instant::now();
    let name = || Value::from(path.display());
    let all = snapshot.total;
    let total = || Value::from(all);
    let part = part_file(path).map_err(|error| {
        let why = Message::from(&error).into();
        Failure::failed(CliMessage::NothingSaved { path: name(), why })
    })?;
    let (blocks, received) = mpsc::channel(QUEUE);
    let writing = tokio::task::spawn_blocking(|| write(part, received));
    let mut bytes = 0;
    let ended = loop {
        let block = tokio::select! {
            block = snapshot.next() => block,
            () = &mut stop => {
                let bytes = bytes.into();
                break Err(CliMessage::SaveInterrupted { path: name(), bytes, total: total() });
            }
        };
        let block = match block {
            Ok(Some(block)) => block,
            Ok(None) => break Ok(()),
            Err(error) => {
                let error = error.message().into();
                let bytes = bytes.into();
                break Err(CliMessage::SnapshotBrokeOff {
                    path: name(),
                    bytes,
                    total: total(),
                    error,
                });
            }
        };
        bytes += block.len() as u64;
        if blocks.send(block).await.is_err() {
            // The writer has given up; it says why.
            break Ok(());
        }
        progress(bytes, all);
    };
    drop(blocks);
    // Waited for in any case: the part file is removed when the writer lets go of it.
    let written = writing.await.unwrap_or_else(|error| Err(io::Error::other(error)));
    ended.map_err(Failure::failed)?;
    let not_written = |error: io::Error| {
        let why = Message::from(&error).into();
        let bytes = bytes.into();
        Failure::failed(CliMessage::SaveFailed { path: name(), why, bytes, total: total() })
    };
    let (part, hashed) = written.map_err(not_written)?;
    if !hashed.ends_with_hash() {
        let bytes = bytes.into();
        return Err(Failure::failed(CliMessage::SnapshotDamaged { path: name(), bytes }));
    }
    keep(part, path).map_err(not_written)?;
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    Ok(SavedSeen { path: path.display().to_string(), bytes, ms })
}

/// Writes and hashes blocks until no more come.
fn write(
    part: NamedTempFile,
    mut received: mpsc::Receiver<Vec<u8>>,
) -> io::Result<(NamedTempFile, Hashed)> {
    let mut file = BufWriter::with_capacity(BUFFER, part);
    let mut hashed = Hashed::default();
    while let Some(block) = received.blocking_recv() {
        hashed.update(&block);
        file.write_all(&block)?;
    }
    let part = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok((part, hashed))
}

/// Gives a complete part file its name, durably.
fn keep(part: NamedTempFile, path: &Path) -> io::Result<()> {
    part.as_file().sync_all()?;
    part.persist_noclobber(path).map_err(|error| error.error)?;
    std::fs::File::open(folder_of(path)?)?.sync_all()
}

/// A file of our own in the target's folder, mode 0600; it vanishes unless it gets its name.
fn part_file(path: &Path) -> io::Result<NamedTempFile> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.");
    tempfile::Builder::new().prefix(&prefix).suffix(".part").tempfile_in(folder_of(path)?)
}

fn folder_of(path: &Path) -> io::Result<&Path> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => Ok(folder),
        Some(_) => Ok(Path::new(".")),
        None => Err(io::Error::from(io::ErrorKind::IsADirectory)),
    }
}
