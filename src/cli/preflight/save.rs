//! A snapshot on its way into a file: a part file beside the target, synced and renamed when its hash is right.
//!
//! The file is what `etcdctl snapshot save` writes, mode 0600 (etcd `client/v3/snapshot/v3_snapshot.go`).

use std::{
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use tempfile::NamedTempFile;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc,
};

use crate::{
    message::Say,
    observation::backup::{SavedSeen, StreamError},
    observe::{etcd::snapshot::Snapshot, files::destination::Hashed},
};

/// Written in one go: fewer system calls than etcd sends blocks.
const BUFFER: usize = 1 << 20;
/// Blocks of 32 KiB that may wait for the disk.
const QUEUE: usize = 128;
/// How often a terminal is told how far it has come.
const TOLD_EVERY: Duration = Duration::from_millis(100);

/// Why there is no snapshot under the final name. The part file is gone with every one of these.
#[derive(Debug, thiserror::Error)]
pub(super) enum SaveError {
    #[error("--save {}: {source}; nothing was written", path.display())]
    Part { path: PathBuf, source: io::Error },
    #[error("--save {}: {source}, after {bytes} of {total} bytes; the part file was removed", path.display())]
    Write { path: PathBuf, bytes: u64, total: u64, source: io::Error },
    #[error("--save {}: the snapshot broke off after {bytes} of {total} bytes ({}); the part file was removed",
        path.display(), error.message())]
    BrokeOff { path: PathBuf, bytes: u64, total: u64, error: StreamError },
    #[error("--save {}: {bytes} bytes came, and their SHA-256 is not the one at their end; the part file was removed", path.display())]
    Damaged { path: PathBuf, bytes: u64 },
    #[error("--save {}: interrupted after {bytes} of {total} bytes; the part file was removed", path.display())]
    Interrupted { path: PathBuf, bytes: u64, total: u64 },
}

/// Streams a snapshot into a file that does not exist yet. Reading and writing go on side by side: neither the disk nor the server
/// waits for the other.
pub(super) async fn save(mut snapshot: Snapshot, path: &Path) -> Result<SavedSeen, SaveError> {
    let start = Instant::now();
    let owned = || path.to_owned();
    let total = snapshot.total;
    let not_begun = |source| SaveError::Part { path: owned(), source };
    let part = part_file(path).map_err(not_begun)?;
    let mut progress = Progress::new(total);
    let mut interrupt = signal(SignalKind::interrupt()).map_err(not_begun)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(not_begun)?;
    let (blocks, received) = mpsc::channel(QUEUE);
    let writing = tokio::task::spawn_blocking(|| write(part, received));
    let mut bytes = 0;
    let ended = loop {
        let block = tokio::select! {
            block = snapshot.next() => block,
            _ = interrupt.recv() => break Err(SaveError::Interrupted { path: owned(), bytes, total }),
            _ = terminate.recv() => break Err(SaveError::Interrupted { path: owned(), bytes, total }),
        };
        let block = match block {
            Ok(Some(block)) => block,
            Ok(None) => break Ok(()),
            Err(error) => break Err(SaveError::BrokeOff { path: owned(), bytes, total, error }),
        };
        bytes += block.len() as u64;
        if blocks.send(block).await.is_err() {
            // The writer has given up; it says why.
            break Ok(());
        }
        progress.tell(bytes);
    };
    drop(blocks);
    // Waited for in any case: the part file is removed when the writer lets go of it.
    let written = writing.await.unwrap_or_else(|error| Err(io::Error::other(error)));
    ended?;
    let not_written = |source| SaveError::Write { path: owned(), bytes, total, source };
    let (part, hashed) = written.map_err(not_written)?;
    if !hashed.ends_with_hash() {
        return Err(SaveError::Damaged { path: owned(), bytes });
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

/// A bar on a terminal's standard error; nothing elsewhere.
struct Progress {
    total: u64,
    told: Option<Instant>,
}

impl Progress {
    fn new(total: u64) -> Self {
        Self { total, told: io::stderr().is_terminal().then(Instant::now) }
    }

    fn tell(&mut self, bytes: u64) {
        const CELLS: u64 = 30;
        let Some(told) = &mut self.told else { return };
        if told.elapsed() < TOLD_EVERY && bytes < self.total {
            return;
        }
        *told = Instant::now();
        let full = bytes.saturating_mul(CELLS).checked_div(self.total).unwrap_or(CELLS).min(CELLS);
        let cells: String = (0..CELLS).map(|cell| if cell < full { '#' } else { '.' }).collect();
        let megabytes = |bytes: u64| bytes / 1_000_000;
        let end = if bytes >= self.total { "\n" } else { "" };
        let line = format!("\r[{cells}] {}/{} MB{end}", megabytes(bytes), megabytes(self.total));
        // A terminal that went away is no reason to give up the snapshot.
        let _ = io::stderr().write_all(line.as_bytes());
    }
}
