//! One line an endpoint, in the manner of etcdctl's `-w simple`; then the root cause.

use std::io::{self, Write};

use super::{
    Style,
    page::{Page, Role},
    sentence::{self, pair},
    share::Share,
    table::milliseconds,
    terms,
};
use crate::{diagnoses::engine::Verdict, facts::Facts, message::Word};

/// `URL, state, cause, time`; an endpoint without a cause has `-` there.
pub(super) fn write(
    out: &mut impl Write,
    facts: &Facts<'_>,
    verdict: &Verdict,
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(out, style);
    for (_, endpoint) in facts.visited() {
        let share = Share::of(verdict, endpoint);
        let (state, role) = terms::state(share.level());
        let cause = share.root_cause().map_or("-", |one| one.finding.diagnosis.id);
        page.line(&[
            (Role::Plain, endpoint.url()),
            (Role::Plain, ", "),
            (role, state.in_lang(style.lang)),
            (Role::Plain, &format!(", {cause}, {}", milliseconds(endpoint.seen.took_ms))),
        ])?;
    }
    if let Some(root) = verdict.root_cause() {
        let finding = &root.finding;
        let name = pair(Word::RootCause.in_lang(style.lang), finding.diagnosis.id, style.lang);
        let rest = format!(": {}: {}", finding.subject, sentence::message(finding, style.lang));
        page.line(&[(terms::role(finding.severity), &name), (Role::Plain, &rest)])?;
    }
    Ok(())
}
