//! The server's own words: the lines of etcd's log that name the address and port which our connection came from.
//!
//! etcd logs `rejected connection … remote-addr` for whom it turns away (`server/embed/config_logging.go` and
//! `client/pkg/transport/listener_tls.go`). Only the end of a log is read: the lines are a moment old.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use crate::observation::EndpointSeen;

/// How much of a log's end is read.
const TAIL: u64 = 4 << 20;
const MOST_LINES: usize = 3;
const LONGEST: usize = 600;
/// How long the journal may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// Adds to each endpoint what the server's log says of our connections to it. Without a file given, the logs of this
/// machine are looked at for endpoints on it.
pub(super) async fn look(endpoints: &mut [EndpointSeen], given: Option<&Path>) {
    let refused = |seen: &&mut EndpointSeen| seen.main().is_some_and(|main| main.from.is_some());
    let mut journal: Option<String> = None;
    for seen in endpoints.iter_mut().filter(refused).filter(|seen| !answered(seen)) {
        let ours: Vec<String> =
            seen.connections.iter().filter_map(|c| c.from).map(|from| from.to_string()).collect();
        let mut texts: Vec<String> = match given {
            Some(path) => tail(path).into_iter().collect(),
            None if is_local(seen) => pod_logs().iter().filter_map(|path| tail(path)).collect(),
            None => Vec::new(),
        };
        if given.is_none() && is_local(seen) {
            if journal.is_none() {
                journal = Some(read_journal().await);
            }
            texts.extend(journal.clone());
        }
        seen.server_said = said(&texts, &ours);
    }
}

/// The lines that name one of our own addresses.
fn said(texts: &[String], ours: &[String]) -> Vec<String> {
    let names_us = |line: &&str| {
        ours.iter().any(|from| {
            line.match_indices(from.as_str())
                .any(|(at, _)| !line[at + from.len()..].starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let lines = texts.iter().flat_map(|text| text.lines()).filter(names_us);
    lines.take(MOST_LINES).map(|line| line.chars().take(LONGEST).collect()).collect()
}

/// Whether etcd gave an answer, so that nothing has to be explained.
fn answered(seen: &EndpointSeen) -> bool {
    seen.etcd.is_some()
}

fn is_local(seen: &EndpointSeen) -> bool {
    let to = seen.main().and_then(|main| main.to.parse::<SocketAddr>().ok());
    let from = seen.main().and_then(|main| main.from);
    to.is_some_and(|to| to.ip().is_loopback() || from.is_some_and(|from| from.ip() == to.ip()))
}

fn tail(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok().filter(std::fs::Metadata::is_file)?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL))).ok()?;
    let mut bytes = Vec::new();
    file.take(TAIL).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// `/var/log/pods/NAMESPACE_etcd-NODE_UID/etcd/N.log`, as the kubelet lays them out.
fn pod_logs() -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let pods = entries(Path::new("/var/log/pods")).into_iter();
    let of_etcd = pods.filter(|pod| {
        pod.file_name().is_some_and(|name| name.to_string_lossy().contains("_etcd-"))
    });
    of_etcd.flat_map(|pod| entries(&pod.join("etcd"))).collect()
}

/// The last minutes of etcd's units; nothing where there is no journal, or it does not answer in time.
async fn read_journal() -> String {
    let read = tokio::task::spawn_blocking(|| {
        let mut command = Command::new("journalctl");
        command.args(["--unit", "etcd*", "--since", "-2min", "--output", "cat", "--no-pager"]);
        let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output();
        output
            .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
            .unwrap_or_default()
    });
    match tokio::time::timeout(PATIENCE, read).await {
        Ok(Ok(text)) => text,
        Ok(Err(_)) | Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn only_our_own_connection_is_meant() {
        let log = "a 127.0.0.1:4001 x\nb 127.0.0.1:40011 y\nc 127.0.0.1:4001\" z\n".to_owned();
        assert_eq!(
            said(&[log], &["127.0.0.1:4001".to_owned()]),
            ["a 127.0.0.1:4001 x", "c 127.0.0.1:4001\" z"]
        );
    }
}
