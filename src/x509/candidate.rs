//! One certificate by itself and as a candidate for the next link: Go's `isValid` (`crypto/x509/verify.go`).

use super::certificate::Certificate;
use super::constrained;
use super::pool::Link;
use super::rejection::{Place, Reason, Rejection};
use super::{Question, time_text};
use crate::message::{Value, VerdictMessage};
use time::OffsetDateTime;

/// What Go checks of the leaf before it looks for issuers.
pub(super) fn check_leaf(leaf: &Certificate, when: OffsetDateTime) -> Result<(), Rejection> {
    check_extensions(leaf, Place::Leaf)?;
    check_validity(leaf, Place::Leaf, when)
}

/// Whether a certificate that signed the last link of `chain` may stand above it.
pub(super) fn check_issuer(
    (place, issuer): Link<'_>,
    chain: &[Link<'_>],
    question: &Question<'_>,
) -> Result<(), Rejection> {
    check_extensions(issuer, place)?;
    check_validity(issuer, place, question.when)?;
    if !question.go.constrains_finished_chains() {
        check_name_constraints((place, issuer), chain, question)?;
    }
    if matches!(place, Place::Intermediate(_)) && !issuer.is_ca() {
        let message = "x509: certificate is not authorized to sign other certificates";
        let unmarked = || VerdictMessage::NoBasicConstraints.into();
        let presented = issuer.basic_constraints.map_or_else(unmarked, |_| Value::from("CA:FALSE"));
        return Err(Rejection::new(Reason::NotACa, place, message)
            .expecting(VerdictMessage::IsCa, presented));
    }
    let allowed = issuer.basic_constraints.and_then(|constraints| constraints.path_len);
    let between = chain.len().saturating_sub(1) as u64;
    match allowed {
        Some(allowed) if between > allowed => {
            let message = "x509: too many intermediates for path length constraint";
            let refused = Rejection::new(Reason::TooManyIntermediates, place, message);
            Err(refused
                .expecting(VerdictMessage::IntermediatesBelow { limit: allowed.into() }, between))
        }
        _ => Ok(()),
    }
}

fn check_extensions(certificate: &Certificate, place: Place) -> Result<(), Rejection> {
    if certificate.unhandled_critical.is_empty() {
        return Ok(());
    }
    let refused = Rejection::new(
        Reason::UnhandledCriticalExtension,
        place,
        "x509: unhandled critical extension",
    );
    Err(refused
        .expecting(VerdictMessage::KnownExtensions, Value::list(&certificate.unhandled_critical)))
}

fn check_validity(
    certificate: &Certificate,
    place: Place,
    when: OffsetDateTime,
) -> Result<(), Rejection> {
    let (reason, relation, limit) = if when < certificate.not_before {
        (Reason::NotYetValid, "before", certificate.not_before)
    } else if when > certificate.not_after {
        (Reason::Expired, "after", certificate.not_after)
    } else {
        return Ok(());
    };
    let (now, limit) = (time_text::display(when), time_text::display(limit));
    let message = format!(
        "x509: certificate has expired or is not yet valid: current time {now} is {relation} {limit}"
    );
    let bound = if reason == Reason::Expired { "notAfter" } else { "notBefore" };
    Err(Rejection::new(reason, place, message)
        .expecting(VerdictMessage::ValidAt { time: now.into() }, format!("{bound} {limit}")))
}

/// Before Go 1.20 the names of the leaf and of the issuer itself were held against it, those in between were not.
fn check_name_constraints(
    (place, issuer): Link<'_>,
    chain: &[Link<'_>],
    question: &Question<'_>,
) -> Result<(), Rejection> {
    let Some(constraints) = &issuer.name_constraints else { return Ok(()) };
    let below: Vec<&Certificate> = if question.go.constrains_intermediates() {
        chain.iter().map(|(_, certificate)| *certificate).collect()
    } else {
        vec![question.leaf, issuer]
    };
    constrained::check(constraints, &below, question.go).map_err(|(reason, message)| {
        let presented = below.iter().flat_map(|certificate| certificate.names_display());
        Rejection::new(reason, place, message)
            .expecting(constraints.to_string(), Value::list(presented))
    })
}
