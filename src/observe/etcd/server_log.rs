//! The server's own words: the lines of etcd's log that name the address and port which our connection came from.
//!
//! etcd logs `rejected connection … remote-addr` for whom it turns away (`server/embed/config_logging.go` and
//! `client/pkg/transport/listener_tls.go`). Only the end of a log is read: the lines are a moment old.

use std::{
    io::{Read, Seek, SeekFrom},
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::{Instant, sleep};

use super::journal;
use crate::observation::EndpointSeen;
use crate::observe::files::{absence, file_reader};

/// How much of a log's end is read.
const TAIL: u64 = 4 << 20;
const MOST_LINES: usize = 3;
const LONGEST: usize = 600;
/// Where the kubelet keeps the logs of pods.
pub(super) const POD_LOGS: &str = "/var/log/pods";
/// A line takes a moment from etcd to its file, longer through a container runtime or the journal.
const PATIENCE: Duration = Duration::from_millis(400);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Adds to each endpoint that turned us away what the server's log says of our connections to it. Without a file given, the logs
/// of this machine are looked at for endpoints on it.
pub(crate) async fn look(endpoints: &mut [EndpointSeen], given: Option<&Path>) {
    let unexplained = |seen: &&mut EndpointSeen| {
        let reached = seen.main().is_some_and(|main| main.from.is_some());
        reached && !answered(seen) && (given.is_some() || is_local(seen))
    };
    let mut wanted: Vec<_> = endpoints.iter_mut().filter(unexplained).collect();
    let files = given.map_or_else(|| pod_logs(Path::new(POD_LOGS)), |path| vec![path.to_owned()]);
    let deadline = Instant::now() + PATIENCE;
    while wanted.iter().any(|seen| seen.server_said.is_empty()) {
        let mut texts: Vec<_> = files.iter().filter_map(|path| tail(path)).collect();
        if given.is_none() {
            texts.push(journal::read().await);
        }
        for seen in wanted.iter_mut().filter(|seen| seen.server_said.is_empty()) {
            seen.server_said = said(texts.iter().map(String::as_str), &sources(seen));
        }
        if Instant::now() > deadline || texts.iter().all(String::is_empty) {
            break;
        }
        sleep(LOOK_EVERY).await;
    }
}

/// The addresses and ports that our connections to an endpoint came from.
fn sources(seen: &EndpointSeen) -> Vec<String> {
    seen.connections.iter().filter_map(|c| c.from).map(|from| from.to_string()).collect()
}

/// The lines that name one of our own addresses.
fn said<'t>(texts: impl IntoIterator<Item = &'t str>, ours: &[String]) -> Vec<String> {
    let names_us = |line: &&str| {
        ours.iter().any(|from| {
            line.match_indices(from.as_str())
                .any(|(at, _)| !line[at + from.len()..].starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let lines = texts.into_iter().flat_map(str::lines).filter(names_us).map(own_words);
    lines.take(MOST_LINES).map(|line| line.chars().take(LONGEST).collect()).collect()
}

/// A line without what a container runtime puts in front of it: time, stream and `F` or `P` (Kubernetes `cri-api`, log format).
pub(super) fn own_words(line: &str) -> &str {
    let mut parts = line.splitn(4, ' ');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(_), Some("stdout" | "stderr"), Some("F" | "P"), Some(words)) => words,
        _ => line,
    }
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

pub(super) fn tail(path: &Path) -> Option<String> {
    let (mut file, stat) = file_reader::open(path, u64::MAX).ok()?;
    let length = u64::try_from(stat.st_size).ok()?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL))).ok()?;
    let mut bytes = Vec::new();
    file.take(TAIL).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// `NAMESPACE_etcd-NODE_UID/etcd/N.log`, as the kubelet lays them out; the newest of each container.
pub(super) fn pod_logs(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        absence::entries(folder).map(|entry| entry.path()).collect()
    };
    let named = |path: &PathBuf, part: &str| {
        path.file_name().is_some_and(|name| name.to_string_lossy().contains(part))
    };
    let pods = entries(folder).into_iter().filter(|pod| named(pod, "_etcd-"));
    let containers =
        pods.flat_map(|pod| entries(&pod)).filter(|container| named(container, "etcd"));
    let number = |log: &PathBuf| log.file_stem()?.to_str()?.parse::<u64>().ok();
    let newest = containers.filter_map(|container| {
        entries(&container).into_iter().filter(|log| number(log).is_some()).max_by_key(number)
    });
    newest.collect()
}

#[cfg(test)]
mod tests {
    use super::pod_logs;
    use super::said;

    #[test]
    fn only_our_own_connection_is_meant() {
        let log = "a 127.0.0.1:4001 x\nb 127.0.0.1:40011 y\n\
                   2026-11-22T05:06:49.52Z stderr F c 127.0.0.1:4001\" z\n";
        let ours = ["127.0.0.1:4001".to_owned()];
        assert_eq!(said([log], &ours), ["a 127.0.0.1:4001 x", "c 127.0.0.1:4001\" z"]);
    }

    #[test]
    fn the_newest_log_of_each_etcd_pod_counts() {
        let folder = tempfile::tempdir().unwrap();
        let etcd = folder.path().join("kube-system_etcd-cp1_0a1b/etcd");
        let other = folder.path().join("kube-system_coredns-7d_0a1c/coredns");
        for (container, logs) in
            [(&etcd, ["9.log", "10.log", "9.log.20261121-0506.gz"]), (&other, ["0.log"; 3])]
        {
            std::fs::create_dir_all(container).unwrap();
            for log in logs {
                std::fs::write(container.join(log), "").unwrap();
            }
        }
        assert_eq!(pod_logs(folder.path()), [etcd.join("10.log")]);
        assert!(pod_logs(&folder.path().join("none")).is_empty());
    }
}
