//! The certificates of a check as an inventory: those of its files, and those that its endpoints presented, which lie at a URL.

use super::{Inventory, Sighted};
use crate::observation::{
    Der, EndpointSeen, FileSeen, Observation,
    endpoint::TlsSeen,
    file::{Block, Content, FileState, Form, Item},
    tree::TreeFile,
};

impl Inventory {
    /// Everything that a check saw, related.
    pub fn of_check(observation: &Observation) -> Self {
        let presented = observation.endpoints.iter().filter_map(presented);
        let files: Vec<FileSeen> = observation.files.iter().cloned().chain(presented).collect();
        let mut inventory = Self::new(observation.when, observation.target.expires_within);
        // Nothing here counts as an old copy: it is what the check was about.
        inventory.gather(&files, 1, |seen| Sighted {
            above: seen.path.len(),
            file: TreeFile { seen: seen.clone(), kubeconfig: None, keystore: None },
        });
        inventory.relate(1, true, |_, _, _, _| (), |()| ());
        inventory
    }
}

/// A server's chain as if it were a file.
fn presented(endpoint: &EndpointSeen) -> Option<FileSeen> {
    let TlsSeen { chain, .. } = endpoint.main()?.tls.as_ref()?;
    let block = |der: &Der| Block {
        label: "CERTIFICATE".to_owned(),
        line: 0,
        item: Item::Certificate(der.clone()),
    };
    let content = Content {
        size: 0,
        mode: 0,
        uid: 0,
        gid: 0,
        form: Form::Pem,
        blocks: chain.iter().map(block).collect(),
        defects: Vec::new(),
    };
    let path = endpoint.url.clone();
    Some(FileSeen { path, roles: Vec::new(), state: FileState::Read(content) })
}
