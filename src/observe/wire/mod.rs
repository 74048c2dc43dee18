//! One dialler, one handshake, one verifier, one client, HTTP, DNS and what a server offers. It knows nothing of etcd's own
//! requests.

pub(crate) mod accept_queue;
pub(crate) mod alert;
pub(crate) mod anchors;
pub(crate) mod client;
pub(crate) mod credentials;
pub(crate) mod dial;
pub(crate) mod dns_message;
pub(crate) mod exchange;
pub(crate) mod handshake;
pub(crate) mod hello;
pub(crate) mod http1;
pub(crate) mod http2;
pub(crate) mod offer;
pub(crate) mod proxy;
pub(crate) mod resolver;
pub(crate) mod signing_key;
pub(crate) mod srv;
pub(crate) mod suites;
pub(crate) mod turns;
pub(crate) mod watched;
