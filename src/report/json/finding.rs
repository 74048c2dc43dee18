//! Findings as programs read them: evidence under stable keys, fixes as text and commands.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use crate::{
    diagnoses::{
        self,
        engine::{Evidence, Finding, Fix, Judged, Need, Severity, Side},
    },
    facts::Subject,
    message::{Label, Lang, Value},
    report::wording,
};

/// The one thing that is wrong.
#[derive(Serialize, JsonSchema)]
pub(super) struct RootCauseView<'a> {
    id: Id,
    #[schemars(with = "String")]
    subject: &'a Subject,
    side: Side,
    /// The name of the cluster that it concerns, if there are several.
    cluster: Option<&'a str>,
}

/// A finding.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct FindingView<'a> {
    id: Id,
    severity: Severity,
    #[schemars(with = "String")]
    subject: &'a Subject,
    side: Side,
    /// The name of the cluster that it concerns, if there are several.
    cluster: Option<&'a str>,
    /// One sentence with the facts of this case.
    message: String,
    evidence: Vec<EvidenceView<'a>>,
    fix: Vec<FixView>,
    caused_by: Vec<Id>,
    /// All subjects at which the same was found, if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    places: Vec<&'a Subject>,
}

#[derive(Serialize, JsonSchema)]
struct EvidenceView<'a> {
    #[schemars(schema_with = "labels")]
    label: String,
    value: &'a Value,
}

/// A step of a fix.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct FixView {
    text: String,
    commands: Vec<CommandView>,
}

/// A line for a shell.
#[derive(Serialize, JsonSchema)]
struct CommandView {
    run: String,
    needs: Vec<Need>,
}

/// The id of a diagnosis.
#[derive(Serialize)]
pub(in crate::report) struct Id(pub(in crate::report) &'static str);

impl JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let ids: Vec<_> = diagnoses::all().iter().map(|room| room.id).collect();
        json_schema!({"enum": ids})
    }
}

fn labels(_: &mut SchemaGenerator) -> Schema {
    let keys: Vec<_> = Label::ALL.iter().map(|label| label.key()).collect();
    json_schema!({"enum": keys})
}

impl<'a> RootCauseView<'a> {
    /// The cause, with the name of its cluster if there are several.
    pub(super) fn new(judged: &'a Judged, cluster: Option<&'a str>) -> Self {
        let finding = &judged.finding;
        Self {
            id: Id(finding.diagnosis.id),
            subject: &finding.subject,
            side: finding.side,
            cluster,
        }
    }
}

impl<'a> FindingView<'a> {
    /// A finding with its place among others, and the name of its cluster if there are several.
    pub(super) fn judged(judged: &'a Judged, cluster: Option<&'a str>, lang: Lang) -> Self {
        let places = if judged.places.is_empty() {
            Vec::new()
        } else {
            std::iter::once(&judged.finding.subject).chain(&judged.places).collect()
        };
        let caused_by = judged.caused_by.iter().copied().map(Id).collect();
        Self { cluster, caused_by, places, ..Self::alone(&judged.finding, lang) }
    }

    /// A finding by itself.
    pub(in crate::report) fn alone(finding: &'a Finding, lang: Lang) -> Self {
        let text = finding.diagnosis.text.in_lang(lang).fix;
        Self {
            id: Id(finding.diagnosis.id),
            severity: finding.severity,
            subject: &finding.subject,
            side: finding.side,
            cluster: None,
            message: wording::message(finding, lang),
            evidence: finding.evidence.iter().map(EvidenceView::from).collect(),
            fix: vec![FixView::new(text, &finding.fixes)],
            caused_by: Vec::new(),
            places: Vec::new(),
        }
    }
}

impl FixView {
    /// A step in words, and the commands that carry it out, best first.
    pub(in crate::report) fn new(text: &str, commands: &[Fix]) -> Self {
        let commands = commands.iter().map(CommandView::from);
        Self { text: text.to_owned(), commands: commands.collect() }
    }
}

impl From<&Fix> for CommandView {
    fn from(fix: &Fix) -> Self {
        Self { run: fix.line(), needs: fix.needs.clone() }
    }
}

impl<'a> From<&'a Evidence> for EvidenceView<'a> {
    fn from(evidence: &'a Evidence) -> Self {
        Self { label: evidence.label.key(), value: &evidence.value }
    }
}
