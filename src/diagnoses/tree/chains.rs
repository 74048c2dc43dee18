//! What Go refuses although nothing has expired: chains within the tree, short RSA keys.

use super::subject;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Side},
    diagnoses::{
        chain::{
            ca_basic_constraints, ca_key_usage, ca_regenerated, chain_rejected,
            name_constraint_violated, path_length_exceeded, unknown_critical_extension, weak_key,
            weak_signature,
        },
        client::client_eku_missing,
        server::server_eku_missing,
    },
    facts::Reason,
    facts::tree::{Certified, Inventory, Refused, Signer, State},
    message::{Label, Value},
    x509::Usage,
};

pub(super) fn findings(inventory: &Inventory) -> Vec<Finding> {
    let in_use = || {
        let lives = |one: &&Certified| inventory.state(one) != State::Expired;
        let all = inventory.certificates.iter().filter(lives);
        all.filter(|one| !inventory.is_archived(one))
    };
    let chains = in_use().filter_map(|one| chain(inventory, one));
    chains.chain(in_use().filter_map(|one| weak(inventory, one))).collect()
}

fn chain(inventory: &Inventory, certificate: &Certified) -> Option<Finding> {
    let relation = certificate.relation.as_ref()?;
    let refused = relation.verdict.as_ref()?.as_ref().err()?;
    let blamed = refused.at.map_or(certificate, |index| &inventory.certificates[index]);
    let room = room(refused, relation.signer, blamed)?;
    let place = inventory.place_of(certificate);
    let finding = Finding::new(room, subject(inventory, place))
        .side(Side::LocalFile)
        .evidence(Label::Subject, certificate.subject.as_ref())
        .evidence(Label::Issuer, certificate.issuer.as_ref());
    let namesake = match relation.signer {
        Signer::Namesake(index) => Some(&inventory.certificates[index]),
        _ => refused.at.map(|index| &inventory.certificates[index]),
    };
    let beside = namesake.map(|ca| inventory.path(inventory.place_of(ca)));
    Some(
        finding
            .evidence(Label::Beside, beside)
            .evidence(Label::GoSays, Value::quoted(&refused.message)),
    )
}

/// The room of a reason; none where another finding says it.
fn room(refused: &Refused, signer: Signer, blamed: &Certified) -> Option<&'static Diagnosis> {
    Some(match refused.reason {
        // Said of the certificate or CA itself.
        Reason::Expired | Reason::NotYetValid => return None,
        Reason::UnknownAuthority | Reason::BadSignature => match signer {
            Signer::Namesake(_) => &ca_regenerated::DIAGNOSIS,
            _ => &chain_rejected::DIAGNOSIS,
        },
        Reason::NotACa if blamed.is_ca => &ca_key_usage::DIAGNOSIS,
        Reason::NotACa => &ca_basic_constraints::DIAGNOSIS,
        Reason::TooManyIntermediates => &path_length_exceeded::DIAGNOSIS,
        Reason::NameConstraints => &name_constraint_violated::DIAGNOSIS,
        Reason::InsecureAlgorithm => &weak_signature::DIAGNOSIS,
        Reason::WeakKey => &weak_key::DIAGNOSIS,
        Reason::UnhandledCriticalExtension => &unknown_critical_extension::DIAGNOSIS,
        Reason::IncompatibleUsage if refused.usage == Usage::ServerAuth => {
            &server_eku_missing::DIAGNOSIS
        }
        Reason::IncompatibleUsage => &client_eku_missing::DIAGNOSIS,
        _ => &chain_rejected::DIAGNOSIS,
    })
}

fn weak(inventory: &Inventory, certificate: &Certified) -> Option<Finding> {
    let bits = certificate.weak_rsa?;
    let place = inventory.place_of(certificate);
    let finding = Finding::new(&weak_key::DIAGNOSIS, subject(inventory, place))
        .side(Side::LocalFile)
        .evidence(Label::PublicKey, format!("RSA {bits}"))
        .evidence(Label::Subject, certificate.subject.as_ref());
    Some(finding)
}
