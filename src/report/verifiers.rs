//! By whose rules chains were judged, and where another verifier differs: told where it matters, never in a plain healthy report.
//!
//! etcd, etcdctl and kube-apiserver are Go programs; clients in Rust verify with rustls-webpki, by other rules.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    page::{Page, Role},
    sentence::pair,
};
use crate::{
    diagnoses::engine::Verdict,
    facts::{Endpoint, Facts},
    message::{Label, Lang, Word},
};

/// The Go release whose rules decided, and what chose it.
#[derive(Serialize)]
pub(super) struct GoView {
    release: String,
    chosen_by: Option<String>,
}

/// A verifier that judges a chain otherwise than Go does.
#[derive(Serialize)]
pub(super) struct SecondOpinion<'a> {
    verifier: &'static str,
    accept: bool,
    error: Option<&'a str>,
}

impl From<&Facts<'_>> for GoView {
    fn from(facts: &Facts<'_>) -> Self {
        Self { release: facts.go.to_string(), chosen_by: facts.go_chosen_by() }
    }
}

/// What rustls says of a server's chain, if Go says otherwise.
pub(super) fn second_opinion<'f>(
    endpoint: &'f Endpoint<'_>,
    facts: &Facts<'_>,
) -> Option<SecondOpinion<'f>> {
    let other = endpoint.presented.as_ref()?.other_verdict(facts)?;
    let error = other.as_ref().err().map(String::as_str);
    Some(SecondOpinion { verifier: "rustls-webpki", accept: error.is_none(), error })
}

/// Which Go decided where Go's words are evidence, and where rustls differs.
pub(super) fn lines(facts: &Facts<'_>, verdict: &Verdict, lang: Lang) -> Vec<String> {
    let mut lines = differences(facts, lang);
    let evidence = verdict.findings.iter().flat_map(|one| &one.finding.evidence);
    let quoted = evidence.into_iter().any(|one| one.label == Label::GoSays);
    if let Some(chosen) = facts.go_chosen_by().filter(|_| quoted || !lines.is_empty()) {
        let go = format!("Go {} ({chosen})", facts.go);
        lines.insert(0, pair(Word::JudgedBy.in_lang(lang), &go, lang));
    }
    lines
}

/// Writes them for a terminal.
pub(super) fn write(
    page: &mut Page<'_, impl Write>,
    facts: &Facts<'_>,
    verdict: &Verdict,
) -> io::Result<()> {
    let lang = page.style().lang;
    let lines = lines(facts, verdict, lang);
    if lines.is_empty() {
        return Ok(());
    }
    page.heading(Word::Verifiers.in_lang(lang))?;
    lines.iter().try_for_each(|line| page.hanging("  - ", Role::Plain, Role::Plain, line))
}

/// One line for each opinion, with the endpoints that it concerns.
fn differences(facts: &Facts<'_>, lang: Lang) -> Vec<String> {
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    for endpoint in &facts.endpoints {
        let Some(other) = second_opinion(endpoint, facts) else { continue };
        let line = match other.error {
            Some(error) => pair(Word::RustlsRefuses.in_lang(lang), error, lang),
            None => Word::RustlsAccepts.in_lang(lang).to_owned(),
        };
        match told.iter_mut().find(|(known, _)| *known == line) {
            Some((_, urls)) => urls.push(endpoint.url()),
            None => told.push((line, vec![endpoint.url()])),
        }
    }
    told.into_iter().map(|(line, urls)| format!("{line} ({})", urls.join(", "))).collect()
}
