//! A listener on this machine that takes no connections: they wait in its accept queue, which `/proc/net/tcp` shows.
//!
//! etcd binds its client port at once and serves it only after it has joined a quorum (`server/embed/etcd.go`,
//! `serveClients` behind `ReadyNotify`); until then a client would wait for ever.

use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
    net::SocketAddr,
    rc::Rc,
    time::Duration,
};

use procfs::{
    net::{TcpNetEntry, TcpState},
    process::{FDTarget, Stat},
};
use tokio::time::{Instant, sleep};

use crate::observation::endpoint::ListenerSeen;

/// How long connections have to wait there before nobody is expected to take them.
const PATIENCE: Duration = Duration::from_millis(800);
const AGAIN: Duration = Duration::from_millis(200);
/// How long one look serves all endpoints: what is asked again after [`AGAIN`] is seen anew.
const FRESH: Duration = Duration::from_millis(100);

thread_local! {
    /// What was seen last. A thousand silent endpoints of this machine ask at the same moment.
    static LAST: RefCell<Option<Rc<Look>>> = const { RefCell::new(None) };
}

/// What one look showed.
struct Look {
    at: Instant,
    /// The listening sockets by their ports.
    sockets: HashMap<u16, Vec<TcpNetEntry>>,
    /// Read when somebody asks.
    holders: OnceCell<HashMap<u64, Stat>>,
}

/// Returns once connections have been waiting at a local address for a second; never where somebody takes them, or
/// where the address is not of this machine.
pub(crate) async fn stuck(address: Option<SocketAddr>) {
    sleep(PATIENCE).await;
    let waiting = || address.is_some_and(|address| Look::fresh().is_waited_at(address));
    if waiting() {
        sleep(AGAIN).await;
        if waiting() {
            return;
        }
    }
    std::future::pending::<()>().await;
}

/// What can be said of the listener at a local address.
pub(crate) fn look(address: SocketAddr) -> Option<ListenerSeen> {
    let look = Look::fresh();
    let entry = look.entry(address)?;
    let holder = look.holders.get_or_init(holders).get(&entry.inode);
    let stopped = holder.filter(|stat| matches!(stat.state, 'T' | 't'));
    Some(ListenerSeen {
        unaccepted: entry.rx_queue,
        process: holder.map(|stat| stat.comm.clone()),
        stopped: stopped.map(|stat| stat.pid),
    })
}

impl Look {
    fn fresh() -> Rc<Self> {
        let last = LAST.with_borrow(|last| last.clone().filter(|look| look.at.elapsed() < FRESH));
        last.unwrap_or_else(|| {
            let look = Rc::new(Self::now());
            LAST.set(Some(look.clone()));
            look
        })
    }

    fn now() -> Self {
        let all = procfs::net::tcp().into_iter().chain(procfs::net::tcp6()).flatten();
        let mut sockets: HashMap<u16, Vec<TcpNetEntry>> = HashMap::new();
        for entry in all.filter(|entry| entry.state == TcpState::Listen) {
            sockets.entry(entry.local_address.port()).or_default().push(entry);
        }
        Self { at: Instant::now(), sockets, holders: OnceCell::new() }
    }

    /// The listening socket at an address.
    fn entry(&self, address: SocketAddr) -> Option<&TcpNetEntry> {
        self.sockets.get(&address.port())?.iter().find(|entry| {
            let local = entry.local_address.ip();
            local.is_unspecified() || local.to_canonical() == address.ip().to_canonical()
        })
    }

    /// Whether connections wait there to be accepted: that is what `rx_queue` of a listening socket counts.
    fn is_waited_at(&self, address: SocketAddr) -> bool {
        self.entry(address).is_some_and(|entry| entry.rx_queue > 0)
    }
}

/// The processes that hold sockets, as far as this user may look, by the inodes of these.
fn holders() -> HashMap<u64, Stat> {
    let mut holders = HashMap::new();
    for process in procfs::process::all_processes().into_iter().flatten().flatten() {
        let (Ok(open), Ok(stat)) = (process.fd(), process.stat()) else { continue };
        for fd in open.flatten() {
            if let FDTarget::Socket(inode) = fd.target {
                holders.insert(inode, stat.clone());
            }
        }
    }
    holders
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
        // Another thread looks for itself.
        std::thread::spawn(move || assert_eq!(look(address).unwrap().unaccepted, 1))
            .join()
            .unwrap();
        drop(waiting);
    }
}
