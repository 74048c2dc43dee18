//! By whose rules chains were judged, and where another verifier differs: said where it matters, never in a plain healthy report.
//!
//! etcd, etcdctl and kube-apiserver are Go programs; clients in Rust verify with rustls-webpki, by other rules.

use schemars::JsonSchema;
use serde::Serialize;

use super::EndpointReport;
use crate::{
    diagnoses::engine::Verdict,
    facts::{Endpoint, Facts},
    message::{Label, Message, ReportMessage, Value, Word},
};

/// The Go release whose rules decided, and what chose it.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct GoRules {
    release: String,
    chosen_by: Option<String>,
}

/// A verifier that judges a chain otherwise than Go does.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(in crate::report) struct SecondOpinion<'r> {
    verifier: &'static str,
    accept: bool,
    error: Option<&'r str>,
}

impl GoRules {
    pub(super) fn new(facts: &Facts<'_>) -> Self {
        Self { release: facts.go.to_string(), chosen_by: facts.go_chosen_by() }
    }
}

impl<'r> SecondOpinion<'r> {
    /// What rustls says of a server's chain, if Go says otherwise.
    pub(super) fn new(endpoint: &'r Endpoint<'_>, facts: &Facts<'_>) -> Option<Self> {
        let other = endpoint.presented.as_ref()?.other_verdict(facts)?;
        let error = other.as_ref().err().map(String::as_str);
        Some(Self { verifier: "rustls-webpki", accept: error.is_none(), error })
    }

    fn message(self) -> Message {
        match self.error {
            Some(error) => Message::labelled(Word::RustlsRefuses, Value::quoted(error)),
            None => Word::RustlsAccepts.into(),
        }
    }
}

/// Which Go decided where Go's words are evidence, and where rustls differs.
pub(super) fn remarks(
    endpoints: &[EndpointReport<'_>],
    facts: &Facts<'_>,
    verdict: &Verdict,
) -> Vec<Message> {
    let mut remarks = differences(&endpoints[..facts.endpoints.len()]);
    let evidence = verdict.findings.iter().flat_map(|judged| &judged.finding.evidence);
    let quoted = evidence.into_iter().any(|evidence| evidence.label == Label::GoSays);
    if let Some(chosen) = facts.go_chosen_by().filter(|_| quoted || !remarks.is_empty()) {
        let go = format!("Go {} ({chosen})", facts.go);
        remarks.insert(0, Message::labelled(Word::JudgedBy, go));
    }
    remarks
}

/// One line for each opinion, with the endpoints that it concerns.
fn differences(endpoints: &[EndpointReport<'_>]) -> Vec<Message> {
    let mut opinions: Vec<(Message, Vec<&str>)> = Vec::new();
    for endpoint in endpoints {
        let opinion = endpoint.tls.as_ref().and_then(|tls| tls.second_opinion);
        let Some(message) = opinion.map(SecondOpinion::message) else { continue };
        match opinions.iter_mut().find(|(known, _)| *known == message) {
            Some((_, urls)) => urls.push(endpoint.url),
            None => opinions.push((message, vec![endpoint.url])),
        }
    }
    let line = |(value, urls): (Message, Vec<&str>)| {
        ReportMessage::From { value: value.into(), origin: Value::list(urls) }.into()
    };
    opinions.into_iter().map(line).collect()
}
