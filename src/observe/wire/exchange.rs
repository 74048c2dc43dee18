//! What comes after connect or handshake, before anything is written: etcd sends HTTP/2 SETTINGS unasked once it has
//! accepted a client, or an alert, or it hangs up. Who writes first can lose the alert to a reset.

use std::time::Duration;

use tokio::{
    io::AsyncReadExt,
    time::{Instant, timeout_at},
};

use super::watched::End;
use super::watched::Stream;
use super::watched::Watched;
use crate::observation::endpoint::After;

/// How long at least a server may take to say something unasked.
pub(crate) const PATIENCE: Duration = Duration::from_millis(200);

/// The head of an HTTP/2 frame (RFC 9113 §4.1).
const FRAME_HEAD: usize = 9;

/// Reads for 200 ms, or for three times the handshake's duration where that is more, before anything is written.
///
/// What was read is put back for the next reader. `None`: nothing came, the stream is open.
pub(crate) async fn listen<S: Stream>(
    stream: &mut Watched<S>,
    handshake_ms: f64,
    deadline: Instant,
) -> Option<After> {
    let patience = PATIENCE.max(Duration::from_secs_f64(handshake_ms * 3.0 / 1000.0));
    // Half of the time that is left is kept for what follows.
    let left = deadline.saturating_duration_since(Instant::now()) / 2;
    let until = Instant::now() + patience.min(left);
    let mut bytes = Vec::with_capacity(256);
    while bytes.len() < FRAME_HEAD {
        let mut chunk = [0; 256];
        match timeout_at(until, stream.read(&mut chunk)).await {
            Ok(Ok(0) | Err(_)) => return Some(hung_up(stream.notebook().end(), true)),
            Ok(Ok(count)) => bytes.extend_from_slice(&chunk[..count]),
            Err(_) => break,
        }
    }
    if bytes.is_empty() {
        return None;
    }
    let settings = is_settings(&bytes);
    stream.put_back(bytes);
    Some(if settings { After::Settings { unasked: true } } else { After::NotHttp2 })
}

/// What the end of a stream shows.
pub(crate) fn hung_up(end: Option<End>, unasked: bool) -> After {
    match end {
        Some(End::Alert(name)) => After::Alert { name, unasked },
        Some(End::Reset) => After::Reset { unasked },
        Some(End::Closed | End::Failed(_)) | None => After::Closed { unasked },
    }
}

/// Whether bytes begin with a SETTINGS frame on stream 0 (RFC 9113 §6.5).
pub(crate) fn is_settings(bytes: &[u8]) -> bool {
    matches!(bytes, [0, _, _, 4, _, 0, 0, 0, 0, ..])
}
