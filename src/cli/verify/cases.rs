//! `verify --cases`: conformance cases in the limbo schema, one verdict a line, for scoring against recorded verdicts.

use super::{Done, Failure, is_certificate, read};
use crate::observe::files::pem;
use crate::x509::{Certificate, Go, Question, Usage, verify};
use serde::{Deserialize, Serialize};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

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

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a str,
    accept: bool,
    reason: &'a str,
    error: &'a str,
}

/// Answers every case of a file on standard output.
pub(super) fn run(path: &Path, go: Go) -> Done<()> {
    let refused = |source| Failure::Cases { path: path.to_owned(), source };
    let document: Document = serde_json::from_slice(&read(path)?).map_err(refused)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for case in &document.testcases {
        let (reason, error) = match answer(case, go) {
            Ok(()) => ("ok", String::new()),
            Err((reason, error)) => (reason, error),
        };
        let answer = Answer { id: &case.id, accept: reason == "ok", reason, error: &error };
        serde_json::to_writer(&mut out, &answer).map_err(refused)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
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
