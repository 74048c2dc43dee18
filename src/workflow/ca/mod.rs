//! What the commands of the certificate authority do: each takes what a caller wants as values, and returns what became of it.

mod init;
mod issue;
mod renew;
mod request;
mod revoke;
mod shared;
mod sign;
mod site;

pub use init::{InitOptions, init, restore};
pub use issue::{IssueOptions, Issued, Orders, issue, workload};
pub use renew::{RenewOptions, renew};
pub use request::{RequestOptions, Requested, request};
pub use revoke::{ListOptions, RevokeOptions, RevokedRecord, list_revoked, revoke};
pub use shared::{Delivered, SharedLedger};
pub use sign::{SignOptions, sign};
pub use site::{Ask, CaOptions, CaSite, PassphraseSource, hold};

pub(super) use issue::{make, sans};
pub(super) use renew::renew_held;
pub(super) use shared::{note_conflicts, read_all};

use super::Failure;
use crate::ca::{Holder, Profile, is_key_part};
use crate::message::{CaMessage, Message};

/// Who holds a certificate: the machine or service named, else whoever its name stands for.
pub(super) fn holder(
    profile: Profile,
    name: &str,
    node: Option<String>,
    service: Option<String>,
) -> Result<Holder, Failure> {
    let holder = match (node, service) {
        (Some(node), _) => Holder::NodeId(node),
        (None, Some(service)) => Holder::ServiceName(service),
        (None, None) => Holder::usual(profile, name.to_owned()),
    };
    let name = holder.name();
    if is_key_part(name) {
        return Ok(holder);
    }
    Err(Failure::misuse(Message::from(CaMessage::HolderName).about(format!("{name:?}"))))
}
