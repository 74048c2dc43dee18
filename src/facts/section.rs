//! The listener that was dialled, and whom it admits by the settings at hand.

use super::Facts;
use crate::etcd::{ListenerOptions, admission::AllowedNames};

impl Facts<'_> {
    /// Whether peer URLs were checked, with a peer's pair.
    pub fn among_peers(&self) -> bool {
        self.observation.target.peer
    }

    /// The options of the listener that was dialled.
    pub fn section(&self) -> &'static ListenerOptions {
        if self.among_peers() { &ListenerOptions::PEER } else { &ListenerOptions::CLIENT }
    }

    /// The names of which a dialler has to have one, by the settings at hand. Peers hold both sides of a connection to
    /// them.
    pub fn allowed_names(&self) -> AllowedNames {
        let list = |name: &str| self.settings.list(name).into_iter().map(str::to_owned).collect();
        let listener = self.section();
        AllowedNames {
            common_names: list(listener.common_names),
            hostnames: list(listener.hostnames),
        }
    }
}
