//! `verify --cases`: conformance cases in the limbo schema, one verdict a line, for scoring against recorded verdicts.

use std::path::Path;

use serde::Deserialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::Failure;
use crate::{
    facts::CaseVerdict,
    message::Message,
    observe::files::{
        named_file::{self, LARGEST_TEXT},
        pem::{self, RawBlock},
    },
    x509::{Certificate, Go, Question, Usage, verify},
};

#[derive(Deserialize)]
struct Document {
    testcases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    validation_kind: Option<String>,
    #[serde(default)]
    trusted_certs: Vec<String>,
    #[serde(default)]
    untrusted_intermediates: Vec<String>,
    peer_certificate: String,
    validation_time: Option<String>,
    #[serde(default)]
    extended_key_usage: Vec<String>,
    expected_peer_name: Option<PeerName>,
}

#[derive(Deserialize)]
struct PeerName {
    value: String,
}

/// Judges every case of a file.
///
/// # Errors
/// The file can't be read, or holds no cases.
pub fn verify_cases(path: &Path, go: Go) -> Result<impl Iterator<Item = CaseVerdict>, Failure> {
    let document: Document = serde_json::from_slice(&named_file::bytes(path, LARGEST_TEXT)?)
        .map_err(|error| Failure::failed(Message::from(&error).about(path.display())))?;
    Ok(document.testcases.into_iter().map(move |case| {
        let (reason, error) = match answer(&case, go) {
            Ok(()) => ("ok", String::new()),
            Err((reason, error)) => (reason, error),
        };
        CaseVerdict { id: case.id, accept: reason == "ok", reason, error }
    }))
}

/// The reason's word and Go's text.
fn answer(case: &Case, go: Go) -> Result<(), (&'static str, String)> {
    let when = match &case.validation_time {
        Some(text) => OffsetDateTime::parse(text, &Rfc3339)
            .map_err(|error| ("unsupported", error.to_string()))?,
        None => OffsetDateTime::now_utc(),
    };
    let is_client = case.validation_kind.as_deref() == Some("CLIENT");
    let host =
        case.expected_peer_name.as_ref().filter(|_| !is_client).map(|name| name.value.as_str());
    let asked: Option<Vec<Usage>> =
        case.extended_key_usage.iter().map(|name| usage(name)).collect();
    let mut usages = asked.ok_or_else(|| ("unsupported", "extended_key_usage".to_owned()))?;
    if usages.is_empty() {
        usages.push(if is_client { Usage::ClientAuth } else { Usage::ServerAuth });
    }
    let leaf = pem::decode(case.peer_certificate.as_bytes()).blocks.into_iter().next();
    let leaf = leaf.filter(is_certificate).ok_or_else(|| {
        ("parse-error", "peer_certificate: no PEM block of type CERTIFICATE".to_owned())
    })?;
    let leaf = Certificate::parse(&leaf.der, go).map_err(|error| ("parse-error", error.message))?;
    let (intermediates, anchors) =
        (pool(&case.untrusted_intermediates, go), pool(&case.trusted_certs, go));
    let question = Question {
        leaf: &leaf,
        intermediates: &intermediates,
        anchors: &anchors,
        when,
        host,
        usages: &usages,
        go,
    };
    verify(&question).outcome.map_err(|rejection| (rejection.reason.word(), rejection.message))
}

/// Whatever parses, as `AppendCertsFromPEM` would take it.
fn pool(pems: &[String], go: Go) -> Vec<Certificate> {
    let blocks = pems.iter().flat_map(|pem| pem::decode(pem.as_bytes()).blocks);
    let certificates = blocks.filter(|block| is_certificate(block) && block.headers.is_empty());
    certificates.filter_map(|block| Certificate::parse(&block.der, go).ok()).collect()
}

fn usage(name: &str) -> Option<Usage> {
    Some(match name {
        "anyExtendedKeyUsage" => Usage::Any,
        "serverAuth" => Usage::ServerAuth,
        "clientAuth" => Usage::ClientAuth,
        "codeSigning" => Usage::CodeSigning,
        "emailProtection" => Usage::EmailProtection,
        "timeStamping" => Usage::TimeStamping,
        "OCSPSigning" => Usage::OcspSigning,
        _ => return None,
    })
}

fn is_certificate(block: &RawBlock) -> bool {
    block.label == "CERTIFICATE"
}
