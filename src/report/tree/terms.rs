//! The words for roles, states and reasons, and how they look.

use super::super::text::page::Role as Look;
use crate::{
    facts::tree::{Certified, Inventory, Role, Signer, State},
    message::{Lang, TreeWord},
};

/// The word for what a certificate is for.
pub(in crate::report) fn role(role: Role) -> TreeWord {
    match role {
        Role::RootCa => TreeWord::RootCa,
        Role::IntermediateCa => TreeWord::IntermediateCa,
        Role::Server => TreeWord::Server,
        Role::Peer => TreeWord::Peer,
        Role::Client => TreeWord::Client,
        Role::ServerAndClient => TreeWord::ServerAndClient,
        Role::Other => TreeWord::Other,
    }
}

/// The word for where a certificate stands in its life, and how it looks.
pub(in crate::report) fn state(state: State) -> (TreeWord, Look) {
    match state {
        State::Valid => (TreeWord::Valid, Look::Good),
        State::ExpiringSoon => (TreeWord::ExpiringSoon, Look::Warn),
        State::NotYetValid => (TreeWord::NotYetValid, Look::Bad),
        State::Expired => (TreeWord::Expired, Look::Bad),
    }
}

/// The colour of a state in pictures: fill and outline.
pub(super) fn colours(state: State) -> (&'static str, &'static str) {
    match state {
        State::Valid => ("#e6f4ea", "#1e7e34"),
        State::ExpiringSoon => ("#fff4e0", "#b26a00"),
        State::NotYetValid => ("#eceff1", "#546e7a"),
        State::Expired => ("#fdecea", "#b3261e"),
    }
}

/// What a certificate is called: its subject, else its serial's stand-in.
pub(in crate::report) fn name(certificate: &Certified) -> String {
    if certificate.subject.is_empty() {
        format!("SHA-256 {:.16}", certificate.sha256.to_string())
    } else {
        certificate.subject.to_string()
    }
}

/// Remarks on a certificate that are no findings.
pub(in crate::report) fn remarks(
    inventory: &Inventory,
    certificate: &Certified,
    is_stranger: bool,
    lang: Lang,
) -> Vec<&'static str> {
    let signer = certificate.relation.as_ref().map(|one| one.signer);
    [
        (inventory.is_archived(certificate), TreeWord::Archived),
        (is_stranger, TreeWord::OtherNode),
        (signer == Some(Signer::Unknown), TreeWord::SignerNotHere),
        (matches!(signer, Some(Signer::Namesake(_))), TreeWord::Namesake),
    ]
    .into_iter()
    .filter(|(applies, _)| *applies)
    .map(|(_, word)| word.in_lang(lang))
    .collect()
}
