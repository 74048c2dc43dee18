//! Which node a certificate is for, and which lie among another node's files: one node's certificates copied to all
//! work until a name or an address is compared (kubernetes/kubernetes#118216, field notes 35).

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::{Certified, Inventory, Role};
use crate::x509::{Certificate, San};

/// What Kubernetes puts in front of a node's name in its client certificate.
const NODE_USER: &str = "system:node:";

/// The node that a certificate names: a kubelet's user, or a server whose CN is one of its DNS names.
pub(super) fn named(certificate: &Certificate, role: Role) -> Option<Box<str>> {
    let cn = certificate.common_name()?;
    if let Some(node) = cn.strip_prefix(NODE_USER) {
        return Some(node.into());
    }
    let serves = matches!(role, Role::Server | Role::Peer | Role::ServerAndClient);
    let lists = || certificate.sans.iter().flatten().any(|san| *san == San::Dns(cn.clone()));
    (serves && cn != "localhost" && lists()).then(|| cn.into())
}

impl Inventory {
    /// Certificates in use that name another node than the rest of their files, by index.
    pub fn strangers(&self) -> BTreeSet<usize> {
        let named = || {
            let live =
                self.certificates.iter().enumerate().filter(|(_, one)| !self.is_archived(one));
            live.filter_map(|(index, one)| Some((index, one, one.node.as_deref()?)))
        };
        let homes: BTreeSet<&str> =
            named().filter(|(_, one, _)| is_node_user(one)).map(|(_, _, node)| node).collect();
        if let Some(home) = homes.first().filter(|_| homes.len() == 1) {
            let elsewhere = named().filter(|(_, one, node)| node != home && self.is_member(one));
            return elsewhere.map(|(index, ..)| index).collect();
        }
        let mut folders: HashMap<&Path, Vec<(usize, &str)>> = HashMap::new();
        for (index, one, node) in named().filter(|(_, one, _)| self.is_member(one)) {
            folders.entry(self.file(self.place_of(one)).folder()).or_default().push((index, node));
        }
        let differ = |together: &&Vec<(usize, &str)>| {
            together.iter().any(|(_, node)| *node != together[0].1)
        };
        folders.values().filter(differ).flatten().map(|(index, _)| *index).collect()
    }

    /// Whether a certificate lies where kubeadm puts a member's own: one file of each name on a node.
    fn is_member(&self, certificate: &Certified) -> bool {
        ["server.crt", "peer.crt"].contains(&self.file(self.place_of(certificate)).name())
    }
}

fn is_node_user(certificate: &Certified) -> bool {
    certificate.subject.contains(NODE_USER)
}
