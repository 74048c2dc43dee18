//! Whether everything that has to be tried at an endpoint was tried: what was not carried out proves nothing.

use super::{Endpoint, Facts, StepName, StepStatus};

impl Endpoint<'_> {
    /// Whether every step that matters succeeded: the handshake where the URL demands TLS, the client's certificate where the
    /// server asks for one, and the request. Members with `peer-auto-tls` don't verify each other: there the handshake is all.
    pub fn is_proven(&self, facts: &Facts<'_>) -> bool {
        if self.is_auto_tls(facts) {
            return true;
        }
        let is_tls = self.seen.parsed.as_ref().is_ok_and(|parts| parts.tls);
        self.steps(facts).iter().all(|step| {
            let matters = match step.name {
                StepName::Connect | StepName::Grpc => true,
                StepName::Tls => is_tls,
                StepName::ClientAuth => self.request().is_some(),
                StepName::Resolve | StepName::Http2 => false,
            };
            !matters || step.status == StepStatus::Ok
        })
    }
}

impl Facts<'_> {
    /// Whether a step that matters was not carried out: at one of the endpoints asked for or, before a backup, the opening of
    /// its stream.
    pub fn is_incomplete(&self) -> bool {
        let no_stream =
            self.backup().is_some_and(|seen| seen.source.is_none() && seen.stream.is_none());
        no_stream || self.endpoints.iter().any(|endpoint| !endpoint.is_proven(self))
    }
}
