//! A listener on this machine that takes no connections: they wait in its accept queue, which `/proc/net/tcp` shows.
//!
//! etcd binds its client port at once and serves it only after it has joined a quorum (`server/embed/etcd.go`,
//! `serveClients` behind `ReadyNotify`); until then a client would wait for ever.

use std::{net::SocketAddr, time::Duration};

use procfs::{
    net::{TcpNetEntry, TcpState},
    process::{FDTarget, Stat},
};

use crate::observation::endpoint::ListenerSeen;

/// How long connections have to wait there before nobody is expected to take them.
const PATIENCE: Duration = Duration::from_millis(800);
const AGAIN: Duration = Duration::from_millis(200);

/// Returns once connections have been waiting at a local address for a second; never where somebody takes them, or
/// where the address is not of this machine.
pub(super) async fn stuck(address: Option<SocketAddr>) {
    tokio::time::sleep(PATIENCE).await;
    let waiting = || address.and_then(entry).is_some_and(|entry| entry.rx_queue > 0);
    if waiting() {
        tokio::time::sleep(AGAIN).await;
        if waiting() {
            return;
        }
    }
    std::future::pending::<()>().await;
}

/// What can be said of the listener at a local address.
pub(super) fn look(address: SocketAddr) -> Option<ListenerSeen> {
    let entry = entry(address)?;
    let holder = holder_of(entry.inode);
    let stopped = holder.as_ref().filter(|stat| matches!(stat.state, 'T' | 't'));
    let stopped = stopped.map(|stat| stat.pid);
    Some(ListenerSeen {
        unaccepted: entry.rx_queue,
        process: holder.map(|stat| stat.comm),
        stopped,
    })
}

/// The listening socket at an address; for such a socket, `rx_queue` counts the connections that nobody accepted.
fn entry(address: SocketAddr) -> Option<TcpNetEntry> {
    let all = procfs::net::tcp().ok()?.into_iter().chain(procfs::net::tcp6().unwrap_or_default());
    let here = |entry: &TcpNetEntry| {
        let local = entry.local_address;
        let covers =
            local.ip().is_unspecified() || local.ip().to_canonical() == address.ip().to_canonical();
        entry.state == TcpState::Listen && local.port() == address.port() && covers
    };
    all.into_iter().find(here)
}

/// The process that holds a socket, as far as this user may look.
fn holder_of(inode: u64) -> Option<Stat> {
    procfs::process::all_processes().ok()?.flatten().find_map(|process| {
        let mut open = process.fd().ok()?.flatten();
        let holds = open.any(|fd| matches!(fd.target, FDTarget::Socket(held) if held == inode));
        holds.then(|| process.stat().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn waiting_connections_are_counted_and_their_process_named() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let waiting = [TcpStream::connect(address).unwrap(), TcpStream::connect(address).unwrap()];
        let seen = look(address).unwrap();
        assert_eq!(seen.unaccepted, 2);
        assert!(seen.process.is_some(), "our own sockets can be looked at");
        listener.accept().unwrap();
        assert_eq!(look(address).unwrap().unaccepted, 1);
        drop(waiting);
    }
}
