//! The report as one object a line: each endpoint as it becomes known, last a summary.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    finding::{FindingView, RootCauseView},
    line, milliseconds,
};
use crate::{
    diagnoses::engine::{Level, Verdict},
    facts::Facts,
    report::{
        Style,
        model::{EndpointReport, Report},
    },
};

/// A line of `check -o ndjson`.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(in crate::report) enum LineView<'a> {
    Endpoint(EndpointLine<'a>),
    Last { summary: Summary },
}

/// An endpoint that became known.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct EndpointLine<'a> {
    url: &'a str,
    verdict: Level,
    root_cause: Option<RootCauseView<'a>>,
    findings: Vec<FindingView<'a>>,
    took_ms: f64,
}

/// All of them.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Summary {
    verdict: Level,
    endpoints: usize,
    by_cause: BTreeMap<&'static str, usize>,
    took_ms: f64,
}

/// Writes a line for each endpoint of the facts: one, when it is called as each becomes known.
pub fn endpoint(
    out: &mut impl Write,
    facts: &Facts<'_>,
    verdict: &Verdict,
    style: &Style,
) -> io::Result<()> {
    let cluster = facts.observation.target.situation.cluster.as_deref();
    endpoints(out, &EndpointReport::all(facts, verdict), cluster, style)
}

/// Writes all lines.
pub(in crate::report) fn write(
    out: &mut impl Write,
    reports: &[Report<'_>],
    style: &Style,
) -> io::Result<()> {
    for report in reports {
        endpoints(out, &report.endpoints, report.cluster_name, style)?;
    }
    summary(out, reports)
}

fn endpoints(
    out: &mut impl Write,
    endpoints: &[EndpointReport<'_>],
    cluster: Option<&str>,
    style: &Style,
) -> io::Result<()> {
    for endpoint in endpoints {
        let findings = endpoint.findings.iter();
        let view = EndpointLine {
            url: endpoint.url,
            verdict: endpoint.level(),
            root_cause: endpoint.root_cause().map(|cause| RootCauseView::new(cause, cluster)),
            findings: findings
                .map(|judged| FindingView::judged(judged, cluster, style.lang))
                .collect(),
            took_ms: milliseconds(endpoint.took_ms),
        };
        write_line(out, &LineView::Endpoint(view))?;
    }
    Ok(())
}

/// Writes the last line: how many endpoints have which root cause.
pub fn summary(out: &mut impl Write, reports: &[Report<'_>]) -> io::Result<()> {
    let endpoints = || reports.iter().flat_map(|report| &report.endpoints);
    let mut by_cause = BTreeMap::new();
    for cause in endpoints().filter_map(EndpointReport::root_cause) {
        *by_cause.entry(cause.finding.diagnosis.id).or_insert(0) += 1;
    }
    let summary = Summary {
        verdict: Report::worst(reports),
        endpoints: endpoints().count(),
        by_cause,
        took_ms: milliseconds(Report::longest(reports)),
    };
    write_line(out, &LineView::Last { summary })
}

fn write_line(out: &mut impl Write, view: &LineView<'_>) -> io::Result<()> {
    line(out, view)?;
    // A reader at the other end of a pipe sees each line at once.
    out.flush()
}
