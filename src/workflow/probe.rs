//! `probe`: what servers offer, asked of all at once.

use std::time::Duration;

use crate::{
    observation::offer::OfferSeen,
    observe::{target::make_room, wire::offer},
};

/// How many connections are open to one server at once.
const CONNECTIONS: usize = 24;

/// Asks each server which TLS versions, cipher suites, groups and protocols it takes, and whether it wants client certificates.
/// `timeout` bounds each server, all its connections together.
pub async fn probe(urls: &[String], timeout: Duration) -> Vec<OfferSeen> {
    make_room(urls.len() * CONNECTIONS);
    offer::ask_all(urls, timeout).await
}
