//! What has expired, expires soon or is not valid yet; revocation lists past their next update.

use super::{signer, subject};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Side},
    diagnoses::{
        chain::{ca_expired, ca_not_yet_valid},
        server::{cert_expired, cert_expiring_soon, cert_not_yet_valid, crl_expired},
    },
    facts::{
        Pair, show_span, show_time,
        tree::{Certified, Inventory, State},
    },
    message::{Label, Value},
};

pub(super) fn findings(inventory: &Inventory) -> Vec<Finding> {
    let replaced = inventory.replaced();
    let certificates = inventory.certificates.iter().zip(replaced).filter(|(_, gone)| !gone);
    let ends = certificates.filter_map(|(certificate, _)| {
        let room = room(inventory.state(certificate), certificate.is_ca)?;
        Some(end(inventory, certificate, room))
    });
    ends.chain(lists(inventory)).collect()
}

fn room(state: State, is_ca: bool) -> Option<&'static Diagnosis> {
    Some(match (state, is_ca) {
        (State::Valid, _) => return None,
        (State::ExpiringSoon, _) => &cert_expiring_soon::DIAGNOSIS,
        (State::NotYetValid, false) => &cert_not_yet_valid::DIAGNOSIS,
        (State::NotYetValid, true) => &ca_not_yet_valid::DIAGNOSIS,
        (State::Expired, false) => &cert_expired::DIAGNOSIS,
        (State::Expired, true) => &ca_expired::DIAGNOSIS,
    })
}

fn end(inventory: &Inventory, certificate: &Certified, room: &'static Diagnosis) -> Finding {
    let place = inventory.place_of(certificate);
    let finding = Finding::new(room, subject(inventory, place))
        .side(Side::LocalFile)
        .evidence(Label::Subject, certificate.subject.as_ref());
    let (begin, end) = (show_time(certificate.not_before), show_time(certificate.not_after));
    let finding = match inventory.state(certificate) {
        State::NotYetValid => finding.evidence(Label::NotBefore, begin),
        State::ExpiringSoon => {
            let left = show_span(certificate.not_after - inventory.when);
            finding.evidence(Label::NotAfter, end).evidence(Label::Remaining, left)
        }
        State::Valid | State::Expired => finding.evidence(Label::NotAfter, end),
    };
    let elsewhere: Vec<_> = certificate
        .places
        .iter()
        .filter(|other| other.file != place.file)
        .map(|other| inventory.path(other))
        .collect();
    finding
        .evidence(Label::LocalClock, show_time(inventory.when))
        .evidence(Label::Other, Value::list(elsewhere))
        .fixes(renewal(inventory, certificate))
}

/// What renews it, when its CA and that one's key lie in the tree too.
fn renewal(inventory: &Inventory, certificate: &Certified) -> Option<Fix> {
    let place = inventory.place_of(certificate);
    let ca = signer(inventory, certificate).filter(|_| place.field.is_none())?;
    let key = inventory.keys_of(&ca.public_key).find(|key| key.place.field.is_none())?;
    let (cert, ca_key) = (inventory.path(inventory.place_of(ca)), inventory.path(&key.place));
    let ca = Pair { cert, key: ca_key };
    Some(Fix::renew_file(inventory.path(place), None, &ca))
}

fn lists(inventory: &Inventory) -> impl Iterator<Item = Finding> {
    let in_use = inventory.lists.iter().filter(|list| !inventory.file(&list.place).is_archived);
    in_use.filter_map(|list| {
        let next = list.next_update.filter(|next| *next < inventory.when)?;
        let finding = Finding::new(&crl_expired::DIAGNOSIS, subject(inventory, &list.place))
            .side(Side::LocalFile)
            .evidence(Label::NextUpdate, show_time(next))
            .evidence(Label::LocalClock, show_time(inventory.when))
            .evidence(Label::Issuer, list.issuer.as_ref());
        Some(finding)
    })
}
