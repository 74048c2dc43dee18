//! A stream that keeps notes of what comes in: the first bytes, how many, and how it ended.
//!
//! The notes outlive the stream, so that what a library reads, or drops on an error, is not lost with it: the cause of
//! a refusal is in the stream, never in the error of the layer above.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::alert;
use crate::observation::refusal::SystemError;

/// How many of the first bytes are kept.
const KEPT: usize = 64;

/// Any byte stream to an endpoint.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// How reading ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    Closed,
    Reset,
    Alert(String),
    Failed(SystemError),
}

/// What was noted.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    first: Vec<u8>,
    total: u64,
    end: Option<End>,
}

/// The notes of one stream, shared with whoever asks later.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notebook(Arc<Mutex<Notes>>);

/// A stream under observation; bytes can be put back for the next reader.
pub(crate) struct Watched<S> {
    inner: S,
    notebook: Notebook,
    put_back: Vec<u8>,
    /// How writing failed.
    broken: Option<End>,
}

impl Notebook {
    fn lock(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first bytes that came in, at most 64.
    pub(crate) fn first(&self) -> Vec<u8> {
        self.lock().first.clone()
    }

    /// How many bytes came in.
    pub(crate) fn total(&self) -> u64 {
        self.lock().total
    }

    /// How reading ended, if it did.
    pub(crate) fn end(&self) -> Option<End> {
        self.lock().end.clone()
    }

    fn read(&self, bytes: &[u8]) {
        let mut notes = self.lock();
        let room = KEPT - notes.first.len();
        notes.first.extend_from_slice(&bytes[..bytes.len().min(room)]);
        notes.total += bytes.len() as u64;
    }

    fn ended(&self, end: End) {
        self.lock().end.get_or_insert(end);
    }
}

impl<S> Watched<S> {
    pub(crate) fn new(inner: S) -> Self {
        Self { inner, notebook: Notebook::default(), put_back: Vec::new(), broken: None }
    }

    pub(crate) fn notebook(&self) -> Notebook {
        self.notebook.clone()
    }

    /// Gives bytes that were read to the next reader again; they are not noted twice.
    pub(crate) fn put_back(&mut self, bytes: Vec<u8>) {
        self.put_back = bytes;
    }
}

impl End {
    /// What a read error says about the other side.
    pub(crate) fn of(error: &io::Error) -> Self {
        if let Some(rustls::Error::AlertReceived(description)) =
            error.get_ref().and_then(|e| e.downcast_ref())
        {
            return Self::Alert(alert::name(*description));
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Closed,
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionAborted => Self::Reset,
            _ => Self::Failed(error.into()),
        }
    }
}

impl<S> Watched<S> {
    /// A failed write is kept for the reader to meet: what the other side said before it hung up, an alert above all,
    /// still lies in the receive queue, and whoever gives up on the write never reads it.
    fn postpone<T>(&mut self, written: Poll<io::Result<T>>, instead: T) -> Poll<io::Result<T>> {
        match written {
            Poll::Ready(Err(error)) => {
                self.broken.get_or_insert(End::of(&error));
                Poll::Ready(Ok(instead))
            }
            other => other,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.put_back.is_empty() {
            let count = self.put_back.len().min(buf.remaining());
            buf.put_slice(&self.put_back[..count]);
            self.put_back.drain(..count);
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(cx, buf);
        match &polled {
            Poll::Ready(Ok(())) if buf.filled().len() == before => {
                let end = self.broken.clone().unwrap_or(End::Closed);
                self.notebook.ended(end);
            }
            Poll::Ready(Ok(())) => self.notebook.read(&buf.filled()[before..]),
            Poll::Ready(Err(error)) => self.notebook.ended(End::of(error)),
            Poll::Pending => {}
        }
        polled
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.postpone(written, bytes.len())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.inner).poll_flush(cx);
        self.postpone(flushed, ())
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
