//! The report as one JSON object a line: each endpoint as it becomes known, last a summary.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde::Serialize;

use super::{
    Style, escape,
    json::{FindingView, RootCause, milliseconds},
    share::Share,
};
use crate::{
    diagnoses::engine::{Level, Verdict},
    facts::Facts,
};

#[derive(Serialize)]
struct Line<'a> {
    url: &'a str,
    verdict: Level,
    root_cause: Option<RootCause<'a>>,
    findings: Vec<FindingView<'a>>,
    took_ms: f64,
}

#[derive(Serialize)]
struct Last {
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
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
    for endpoint in &facts.endpoints {
        let share = Share::of(verdict, endpoint);
        let findings = share.findings().iter().map(|one| FindingView::of(one, style.lang));
        let line = Line {
            url: endpoint.url(),
            verdict: share.level(),
            root_cause: share.root_cause().map(RootCause::from),
            findings: findings.collect(),
            took_ms: milliseconds(endpoint.seen.took_ms),
        };
        write_line(out, &line)?;
    }
    Ok(())
}

/// Writes the last line: how many endpoints have which root cause.
pub fn summary(out: &mut impl Write, facts: &Facts<'_>, verdict: &Verdict) -> io::Result<()> {
    let mut by_cause = BTreeMap::new();
    for (_, endpoint) in facts.visited() {
        if let Some(cause) = Share::of(verdict, endpoint).root_cause() {
            *by_cause.entry(cause.finding.diagnosis.id).or_insert(0) += 1;
        }
    }
    let summary = Summary {
        verdict: verdict.level,
        endpoints: facts.visited().count(),
        by_cause,
        took_ms: milliseconds(facts.observation.took_ms),
    };
    write_line(out, &Last { summary })
}

fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let document = serde_json::to_string(value)?;
    writeln!(out, "{}", escape::json(&document))?;
    // A reader at the other end of a pipe sees each line at once.
    out.flush()
}
