//! A stream that others still write to, such as a pipe: it is read on a thread of its own, so that a pause can be told from the end.

use std::{
    io::{self, Read},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

/// What comes closer together than this belongs together.
const QUIET: Duration = Duration::from_millis(200);
/// Nobody waits longer than this for what has come already.
const LONGEST: Duration = Duration::from_secs(1);
const CHUNK: usize = 64 * 1024;
/// How many chunks are read ahead.
const AHEAD: usize = 2;

/// A reader that says `WouldBlock` once when nothing more came for a while; the next read waits.
pub(crate) struct Arriving {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    given: usize,
    /// When the first byte came that no pause has followed yet.
    since: Option<Instant>,
}

impl Arriving {
    /// Begins to read.
    pub(crate) fn new(mut input: impl Read + Send + 'static) -> Self {
        let (sender, chunks) = mpsc::sync_channel(AHEAD);
        thread::spawn(move || {
            loop {
                let mut chunk = vec![0; CHUNK];
                let read = match input.read(&mut chunk) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    other => other,
                };
                let is_last = !matches!(read, Ok(1..));
                let sent = sender.send(read.map(|size| {
                    chunk.truncate(size);
                    chunk
                }));
                if is_last || sent.is_err() {
                    return;
                }
            }
        });
        Self { chunks, chunk: Vec::new(), given: 0, since: None }
    }

    fn wait(&mut self) -> io::Result<Vec<u8>> {
        let Some(since) = self.since else {
            return self.chunks.recv().unwrap_or_else(|_| Ok(Vec::new()));
        };
        match self.chunks.recv_timeout(QUIET.min(LONGEST.saturating_sub(since.elapsed()))) {
            Ok(chunk) => chunk,
            Err(RecvTimeoutError::Disconnected) => Ok(Vec::new()),
            Err(RecvTimeoutError::Timeout) => {
                self.since = None;
                Err(io::ErrorKind::WouldBlock.into())
            }
        }
    }
}

impl Read for Arriving {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.chunk.len() {
            self.chunk = self.wait()?;
            self.given = 0;
            self.since.get_or_insert_with(Instant::now);
        }
        let size = buffer.len().min(self.chunk.len() - self.given);
        buffer[..size].copy_from_slice(&self.chunk[self.given..self.given + size]);
        self.given += size;
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read, Write, pipe};

    use super::Arriving;

    #[test]
    fn a_pause_is_told_from_the_end() {
        let (reader, mut writer) = pipe().unwrap();
        let mut arriving = Arriving::new(reader);
        writer.write_all(b"one").unwrap();
        let mut buffer = [0; 8];
        assert_eq!(arriving.read(&mut buffer).unwrap(), 3);
        assert_eq!(arriving.read(&mut buffer).unwrap_err().kind(), ErrorKind::WouldBlock);
        writer.write_all(b"two").unwrap();
        assert_eq!(arriving.read(&mut buffer).unwrap(), 3);
        drop(writer);
        assert_eq!(arriving.read(&mut buffer).unwrap(), 0);
    }
}
