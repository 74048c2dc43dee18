//! The report of a check as one document.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use time::OffsetDateTime;

use super::{
    NotCheckedView, document,
    endpoint::EndpointView,
    finding::{FindingView, RootCauseView},
    material::MaterialView,
    milliseconds,
    san_matrix::CellView,
    to_seconds,
};
use crate::{
    diagnoses::engine::Level,
    message::Lang,
    report::model::{Backup, ClusterReport, GoRules, Report, SettingsReport, TOOL},
};

/// The schema's name.
const SCHEMA: &str = "etcd-tls/report/v2";

/// What `check -o json` and `preflight -o json` print.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct ReportView<'r> {
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String")]
    time: OffsetDateTime,
    /// The version of etcd-tls.
    tool: &'static str,
    verdict: Level,
    root_cause: Option<RootCauseView<'r>>,
    findings: Vec<FindingView<'r>>,
    endpoints: Vec<EndpointView<'r>>,
    material: Vec<MaterialView<'r>>,
    /// What was configured or found without being asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    configuration: Option<&'r SettingsReport<'r>>,
    /// Each cluster, the one that is worst off first, if this machine has several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clusters: Vec<OneCluster<'r>>,
    /// Only when every voter of the cluster was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<ClusterView<'r>>,
    /// Only of `preflight`.
    #[serde(skip_serializing_if = "Option::is_none")]
    backup: Option<&'r Backup<'r>>,
    /// One entry for each ordered pair of members, if two or more are known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    san_matrix: Vec<CellView<'r>>,
    not_checked: Vec<NotCheckedView>,
    go: &'r GoRules,
    took_ms: f64,
}

/// One of several clusters.
#[derive(Serialize, JsonSchema)]
struct OneCluster<'r> {
    name: Option<&'r str>,
    verdict: Level,
    root_cause: Option<RootCauseView<'r>>,
    /// What was configured or found of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    configuration: Option<&'r SettingsReport<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct ClusterView<'r> {
    id: &'r str,
    voters: usize,
    serving: usize,
    needed: usize,
    quorum: bool,
}

/// Writes the reports, the worst first, as one indented object.
pub(in crate::report) fn write(
    out: &mut impl Write,
    reports: &[Report<'_>],
    lang: Lang,
) -> io::Result<()> {
    let Some((worst, others)) = reports.split_first() else { return Ok(()) };
    let is_single = others.is_empty();
    let not_checked = reports.iter().flat_map(|report| &report.not_checked).map(|left| {
        let what = left.what.clone().about(left.url);
        NotCheckedView::new(&what, left.why.as_ref(), lang)
    });
    let findings = reports.iter().flat_map(|report| {
        let findings = report.findings.iter();
        findings.map(|one| FindingView::judged(one, report.cluster_name, lang))
    });
    let endpoints = reports.iter().flat_map(|report| {
        let endpoints = report.endpoints.iter();
        endpoints.map(|one| EndpointView::new(one, report.cluster_name, lang))
    });
    let material = reports.iter().flat_map(|report| &report.material).map(MaterialView::from);
    let san_matrix = reports.iter().flat_map(|report| &report.san_matrix);
    let clusters = reports.iter().filter(|_| !is_single).map(OneCluster::from);
    let view = ReportView {
        schema: SCHEMA,
        time: to_seconds(worst.time),
        tool: TOOL,
        verdict: Report::worst(reports),
        root_cause: root_cause(worst),
        findings: findings.collect(),
        endpoints: endpoints.collect(),
        material: material.collect(),
        configuration: configuration(worst).filter(|_| is_single),
        clusters: clusters.collect(),
        cluster: worst.cluster.filter(|_| is_single).map(ClusterView::from),
        backup: worst.backup.as_ref(),
        san_matrix: san_matrix.map(|cell| CellView::new(cell, lang)).collect(),
        not_checked: not_checked.collect(),
        go: &worst.go,
        took_ms: milliseconds(Report::longest(reports)),
    };
    document(out, &view)
}

fn root_cause<'r>(report: &'r Report<'_>) -> Option<RootCauseView<'r>> {
    report.root_cause.map(|root| RootCauseView::new(root, report.cluster_name))
}

fn configuration<'r>(report: &'r Report<'_>) -> Option<&'r SettingsReport<'r>> {
    (!report.settings.is_empty()).then_some(&report.settings)
}

impl<'r> From<&'r Report<'_>> for OneCluster<'r> {
    fn from(report: &'r Report<'_>) -> Self {
        Self {
            name: report.cluster_name,
            verdict: report.verdict,
            root_cause: root_cause(report),
            configuration: configuration(report),
        }
    }
}

impl<'r> From<ClusterReport<'r>> for ClusterView<'r> {
    fn from(cluster: ClusterReport<'r>) -> Self {
        let ClusterReport { id, quorum } = cluster;
        Self {
            id,
            voters: quorum.voters,
            serving: quorum.serving,
            needed: quorum.needed,
            quorum: quorum.holds(),
        }
    }
}
