//! What is known of etcd and of the programs that are its clients: options, which of them belong together, releases, ports, whom it
//! admits. Nothing that was seen, and no verdict.

pub mod admission;
pub mod kubeadm;
mod listener;
pub mod option;
mod pair;
mod program;
pub mod proxy;
mod release;

pub use listener::ListenerOptions;
pub use pair::FilePair;
pub use program::Program;
pub use release::Release;

/// The port for clients that etcd's own defaults and every installer use.
pub const CLIENT_PORT: u16 = 2379;
/// The port for members.
pub const PEER_PORT: u16 = 2380;
/// Where etcdctl looks for etcd if nobody names an endpoint.
pub const DEFAULT_ENDPOINT: &str = "127.0.0.1:2379";
