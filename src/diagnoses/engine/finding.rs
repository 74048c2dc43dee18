//! One diagnosis that applies: where, with which evidence, and what to type.

use super::{Diagnosis, Fix, Severity, Side};
use crate::{
    facts::Subject,
    message::{Label, Value},
    observation::target::ConfiguredClient,
};

/// One diagnosis that applies to one subject.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The room that found it.
    pub diagnosis: &'static Diagnosis,
    /// How bad it is here.
    pub severity: Severity,
    /// Who has to change something here.
    pub side: Side,
    /// The file, endpoint or setting to blame.
    pub subject: Subject,
    /// Other subjects that it concerns: what `causes` compares besides the subject.
    pub also_about: Vec<Subject>,
    /// Facts of this case, most telling first.
    pub evidence: Vec<Evidence>,
    /// What to type, best first.
    pub fixes: Vec<Fix>,
    /// Whether it was found between members, beside a check of clients.
    pub is_between_members: bool,
    /// The configured client whose way to etcd it concerns; `None` where it is this check's own, or everybody's.
    pub client: Option<ConfiguredClient>,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// What the value is.
    pub label: Label,
    /// The value, said in a language by whoever shows it.
    pub value: Value,
}

impl Finding {
    /// A finding with the room's usual severity and side.
    pub fn new(diagnosis: &'static Diagnosis, subject: impl Into<Subject>) -> Self {
        Self {
            diagnosis,
            severity: diagnosis.severity,
            side: diagnosis.side,
            subject: subject.into(),
            also_about: Vec::new(),
            evidence: Vec::new(),
            fixes: Vec::new(),
            is_between_members: false,
            client: None,
        }
    }

    /// Adds a line of evidence; an empty value is left out.
    #[must_use]
    pub fn evidence(mut self, label: Label, value: impl Into<Value>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.evidence.push(Evidence { label, value });
        }
        self
    }

    /// Names a further subject that this finding concerns.
    #[must_use]
    pub fn also_about(mut self, subject: impl Into<Subject>) -> Self {
        self.also_about.push(subject.into());
        self
    }

    /// Adds a command that mends it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Adds the commands that there are.
    #[must_use]
    pub fn fixes(mut self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        self.fixes.extend(fixes);
        self
    }

    /// Sets another severity than the room's usual one.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets another side than the room's usual one.
    #[must_use]
    pub fn side(mut self, side: Side) -> Self {
        self.side = side;
        self
    }

    /// Says that it concerns one configured client alone.
    #[must_use]
    pub fn of_client(mut self, client: Option<ConfiguredClient>) -> Self {
        self.client = client;
        self
    }

    /// Whether it concerns a subject, as its own or in passing.
    pub fn is_about(&self, subject: &Subject) -> bool {
        self.subject == *subject || self.also_about.contains(subject)
    }

    /// Whether two findings share a subject.
    pub(super) fn shares_subject_with(&self, other: &Self) -> bool {
        other.is_about(&self.subject)
            || self.also_about.iter().any(|subject| other.is_about(subject))
    }
}

/// A finding in its place.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What was found.
    pub finding: Finding,
    /// Ids of the findings that explain it; empty for a cause.
    pub caused_by: Vec<&'static str>,
    /// Further subjects at which the same was found with the same evidence.
    pub places: Vec<Subject>,
}

/// The verdict of a check.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing that has to be done.
    Ok,
    /// Warnings only.
    Warning,
    /// Nothing wrong was seen, but a step that matters was not carried out.
    Incomplete,
    /// Something does not work.
    Error,
}

/// All findings, the root cause first.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The worst severity, `Info` counting as ok; not ok where a step that matters was not carried out.
    pub level: Level,
    /// Root cause first (if there is one), then other causes, then consequences, then what is only worth knowing.
    pub findings: Vec<Judged>,
}

impl Verdict {
    /// The one thing that is wrong: the first finding of severity warning or error that nothing else explains.
    pub fn root_cause(&self) -> Option<&Judged> {
        self.findings.first().filter(|first| first.finding.severity > Severity::Info)
    }
}
