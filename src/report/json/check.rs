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

#[derive(Serialize, JsonSchema)]
struct ClusterView<'r> {
    id: &'r str,
    voters: usize,
    serving: usize,
    needed: usize,
    quorum: bool,
}

/// Writes the report as one indented object.
pub(in crate::report) fn write(
    out: &mut impl Write,
    report: &Report<'_>,
    lang: Lang,
) -> io::Result<()> {
    let not_checked = report.not_checked.iter().map(|left| {
        let what = left.what.clone().about(left.url);
        NotCheckedView::new(&what, left.why.as_ref(), lang)
    });
    let view = ReportView {
        schema: SCHEMA,
        time: to_seconds(report.time),
        tool: TOOL,
        verdict: report.verdict,
        root_cause: report.root_cause.map(RootCauseView::from),
        findings: report.findings.iter().map(|one| FindingView::judged(one, lang)).collect(),
        endpoints: report.endpoints.iter().map(|one| EndpointView::new(one, lang)).collect(),
        material: report.material.iter().map(MaterialView::from).collect(),
        configuration: (!report.settings.is_empty()).then_some(&report.settings),
        cluster: report.cluster.map(ClusterView::from),
        backup: report.backup.as_ref(),
        san_matrix: report.san_matrix.iter().map(|cell| CellView::new(cell, lang)).collect(),
        not_checked: not_checked.collect(),
        go: &report.go,
        took_ms: milliseconds(report.took_ms),
    };
    document(out, &view)
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
