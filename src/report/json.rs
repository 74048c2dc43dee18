//! The report as one JSON object, schema `etcd-tls/report/v1`.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use serde::Serialize;

use super::{
    backup::{self, BackupView},
    cluster::{self, ClusterView},
    configuration::{self, ConfigurationView},
    endpoint::{self, EndpointView},
    escape,
    material::{self, MaterialView},
    san_matrix::{self, CellView},
    sentence::{self, pair},
    verifiers::GoView,
};
use crate::{
    diagnoses::engine::{Finding, Judged, Level, Severity, Side, Verdict},
    facts::{Facts, Subject},
    message::{Lang, Say},
};

/// The schema's name.
pub(super) const SCHEMA: &str = "etcd-tls/report/v1";

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    verdict: Level,
    root_cause: Option<RootCause<'a>>,
    findings: Vec<FindingView<'a>>,
    endpoints: Vec<EndpointView<'a>>,
    material: Vec<MaterialView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    configuration: Option<ConfigurationView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<ClusterView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    backup: Option<BackupView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    san_matrix: Vec<CellView>,
    not_checked: Vec<String>,
    go: GoView,
    took_ms: f64,
}

/// The one thing that is wrong.
#[derive(Serialize)]
pub(super) struct RootCause<'a> {
    id: &'static str,
    subject: &'a Subject,
    side: Side,
}

/// A finding in words.
#[derive(Serialize)]
pub(super) struct FindingView<'a> {
    id: &'static str,
    severity: Severity,
    subject: &'a Subject,
    side: Side,
    message: String,
    evidence: Vec<String>,
    fix: Vec<Cow<'a, str>>,
    caused_by: &'a [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<&'a Subject>,
}

/// Writes the report as one indented object.
pub(super) fn write(
    out: &mut impl Write,
    facts: &Facts<'_>,
    verdict: &Verdict,
    lang: Lang,
) -> io::Result<()> {
    let report = Report {
        schema: SCHEMA,
        verdict: verdict.level,
        root_cause: verdict.root_cause().map(RootCause::from),
        findings: verdict.findings.iter().map(|one| FindingView::of(one, lang)).collect(),
        endpoints: facts.visited().map(|(facts, one)| endpoint::view(one, facts, lang)).collect(),
        material: material::views(facts),
        cluster: cluster::view(facts),
        backup: backup::view(facts),
        san_matrix: san_matrix::views(facts),
        configuration: configuration::view(facts),
        not_checked: not_checked(facts, Lang::En),
        go: facts.into(),
        took_ms: milliseconds(facts.observation.took_ms),
    };
    let document = serde_json::to_string_pretty(&report)?;
    writeln!(out, "{}", escape::json(&document))
}

/// What was not tried at each endpoint, and why.
pub(super) fn not_checked(facts: &Facts<'_>, lang: Lang) -> Vec<String> {
    let left = facts
        .visited()
        .flat_map(|(_, one)| one.seen.not_tried.iter().map(|what| (one.url(), what)));
    left.map(|(url, what)| pair(url, &what.message().say(lang), lang)).collect()
}

/// Microseconds are as fine as a report needs.
pub(super) fn milliseconds(ms: f64) -> f64 {
    (ms * 1000.0).round() / 1000.0
}

impl<'a> From<&'a Judged> for RootCause<'a> {
    fn from(one: &'a Judged) -> Self {
        let finding = &one.finding;
        Self { id: finding.diagnosis.id, subject: &finding.subject, side: finding.side }
    }
}

impl<'a> FindingView<'a> {
    pub(super) fn of(one: &'a Judged, lang: Lang) -> Self {
        let places = if one.places.is_empty() {
            Vec::new()
        } else {
            std::iter::once(&one.finding.subject).chain(&one.places).collect()
        };
        Self { caused_by: &one.caused_by, places, ..Self::alone(&one.finding, lang) }
    }

    /// A finding without a place among others.
    pub(super) fn alone(finding: &'a Finding, lang: Lang) -> Self {
        let prose = finding.diagnosis.text.in_lang(lang);
        let commands = finding.fixes.iter().map(|fix| fix.line().into());
        Self {
            id: finding.diagnosis.id,
            severity: finding.severity,
            subject: &finding.subject,
            side: finding.side,
            message: sentence::message(finding, lang),
            evidence: finding.evidence.iter().map(|one| sentence::fact(one, lang)).collect(),
            fix: std::iter::once(prose.fix.into()).chain(commands).collect(),
            caused_by: &[],
            places: Vec::new(),
        }
    }
}
