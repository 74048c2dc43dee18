//! Asks a program of this machine, and waits no longer than it is worth.

use std::{
    io::Read,
    process::{Command, Stdio},
    time::Duration,
};

/// No more than this is read.
const MOST: u64 = 8 << 20;

/// What a program prints within some time; nothing where it can't be started. What it printed before the time was up counts.
pub(super) async fn ask(program: &str, arguments: &[&str], patience: Duration) -> Vec<u8> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Vec::new() };
    let Some(output) = child.stdout.take() else { return Vec::new() };
    let reading = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        // What was read before an error is worth having.
        let _ = output.take(MOST).read_to_end(&mut bytes);
        bytes
    });
    let read = tokio::time::timeout(patience, reading).await;
    // It may have ended by itself; it is waited for in any case.
    let _ = child.kill();
    let _ = child.wait();
    read.ok().and_then(Result::ok).unwrap_or_default()
}
