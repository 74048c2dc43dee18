//! The evidence of everything about dates: the certificate's, and both clocks.

use super::Finding;
use crate::{
    facts::{Endpoint, Facts},
    message::Label,
    x509::Certificate,
};

impl Finding {
    /// Shows a certificate's validity beside the local clock, and the server's where it is known; the end that
    /// matters comes first.
    #[must_use]
    pub fn shows_validity(
        self,
        certificate: &Certificate,
        facts: &Facts<'_>,
        endpoint: Option<&Endpoint<'_>>,
    ) -> Self {
        let begin = (Label::NotBefore, facts.show(certificate.not_before));
        let end = (Label::NotAfter, facts.show(certificate.not_after));
        let is_early = certificate.not_before > facts.now();
        let (first, second) = if is_early { (begin, end) } else { (end, begin) };
        self.evidence(first.0, first.1).evidence(second.0, second.1).shows_clocks(facts, endpoint)
    }

    /// Shows the local clock, and the server's: that of the endpoint, else of the first that told its time.
    #[must_use]
    pub fn shows_clocks(self, facts: &Facts<'_>, endpoint: Option<&Endpoint<'_>>) -> Self {
        let told = || facts.endpoints.iter().find_map(|endpoint| facts.server_clock(endpoint));
        let server = endpoint.and_then(|endpoint| facts.server_clock(endpoint)).or_else(told);
        let server = server.map(|time| facts.show(time)).unwrap_or_default();
        self.evidence(Label::LocalClock, facts.show(facts.now()))
            .evidence(Label::ServerClock, server)
    }
}
