//! The same chain through rustls-webpki, for clients that are not written in Go.
//!
//! It is stricter in some things and laxer in others, above all about anchors, which it takes as a name and a key only.

use super::Question;
use super::usage::Usage;
use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::{EndEntityCert, KeyUsage};

/// What rustls would say to the question; the error is webpki's own word for it.
pub fn second_opinion(question: &Question<'_>) -> Result<(), String> {
    let leaf = CertificateDer::from(question.leaf.der.as_slice());
    let leaf = EndEntityCert::try_from(&leaf).map_err(|error| word(&error))?;
    let anchors: Vec<CertificateDer<'_>> =
        question.anchors.iter().map(|anchor| CertificateDer::from(anchor.der.as_slice())).collect();
    // rustls takes the anchors it can read and leaves out the others.
    let anchors: Vec<TrustAnchor<'_>> =
        anchors.iter().filter_map(|anchor| webpki::anchor_from_trusted_cert(anchor).ok()).collect();
    let intermediates: Vec<CertificateDer<'_>> = question
        .intermediates
        .iter()
        .map(|helper| CertificateDer::from(helper.der.as_slice()))
        .collect();
    let seconds = u64::try_from(question.when.unix_timestamp()).unwrap_or_default();
    let usage = if question.usages.contains(&Usage::ClientAuth) {
        KeyUsage::client_auth()
    } else {
        KeyUsage::server_auth()
    };
    leaf.verify_for_usage(
        webpki::ALL_VERIFICATION_ALGS,
        &anchors,
        &intermediates,
        UnixTime::since_unix_epoch(Duration::from_secs(seconds)),
        usage,
        None,
        None,
    )
    .map_err(|error| word(&error))?;
    let Some(host) = question.host.filter(|host| !host.is_empty()) else { return Ok(()) };
    let name = ServerName::try_from(host).map_err(|error| error.to_string())?;
    leaf.verify_is_valid_for_subject_name(&name).map_err(|error| word(&error))
}

/// The error's name, which is what Rust programs print first, without the structures behind it.
fn word(error: &webpki::Error) -> String {
    let text = error.to_string();
    text.split('(').next().unwrap_or_default().to_owned()
}
