//! The evidence of everything about dates: the certificate's, and both clocks.

use super::Finding;
use crate::{
    facts::{Endpoint, Facts},
    lang::Label,
    trust::Certificate,
};

impl Finding {
    /// Shows a certificate's validity beside the local clock, and the server's where it is known.
    #[must_use]
    pub fn shows_validity(
        self,
        certificate: &Certificate,
        facts: &Facts<'_>,
        endpoint: Option<&Endpoint<'_>>,
    ) -> Self {
        self.shows(Label::NotBefore, facts.show(certificate.not_before))
            .shows(Label::NotAfter, facts.show(certificate.not_after))
            .shows_clocks(facts, endpoint)
    }

    /// Shows the local clock, and the server's where it is known.
    #[must_use]
    pub fn shows_clocks(self, facts: &Facts<'_>, endpoint: Option<&Endpoint<'_>>) -> Self {
        let server = endpoint.and_then(|endpoint| facts.server_clock(endpoint));
        let server = server.map(|time| facts.show(time)).unwrap_or_default();
        self.shows(Label::LocalClock, facts.show(facts.now())).shows(Label::ServerClock, server)
    }
}
