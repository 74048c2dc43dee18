//! What of a verdict concerns one endpoint.

use crate::{
    diagnoses::engine::{Judged, Level, Severity, Verdict},
    facts::{Endpoint, Subject},
};

/// The findings that concern one endpoint, in the verdict's order.
pub(super) struct Share<'v> {
    findings: Vec<&'v Judged>,
}

impl<'v> Share<'v> {
    /// Findings at the endpoint itself, and those that name no endpoint: an unusable file stands in every way.
    pub(super) fn of(verdict: &'v Verdict, endpoint: &Endpoint<'_>) -> Self {
        let subject = endpoint.subject();
        let findings = verdict
            .findings
            .iter()
            .filter(|one| one.finding.concerns(&subject) || !names_an_endpoint(one))
            .collect();
        Self { findings }
    }

    /// The findings.
    pub(super) fn findings(&self) -> &[&'v Judged] {
        &self.findings
    }

    /// The worst severity.
    pub(super) fn level(&self) -> Level {
        match self.findings.iter().map(|one| one.finding.severity).max() {
            Some(Severity::Error) => Level::Error,
            Some(Severity::Warning) => Level::Warning,
            Some(Severity::Info) | None => Level::Ok,
        }
    }

    /// The first of them that calls for something to be done.
    pub(super) fn root_cause(&self) -> Option<&'v Judged> {
        self.findings.iter().copied().find(|one| one.finding.severity > Severity::Info)
    }
}

fn names_an_endpoint(one: &Judged) -> bool {
    let is_endpoint = |subject: &Subject| matches!(subject, Subject::Endpoint(_));
    is_endpoint(&one.finding.subject) || one.finding.touches.iter().any(is_endpoint)
}
