//! One line an endpoint, in the manner of etcdctl's `-w simple`; then the root cause.

use std::io::{self, Write};

use super::page::{Page, Role};
use crate::{
    message::Word,
    report::{
        Style,
        model::Report,
        wording::{self, milliseconds, pair},
    },
};

/// `URL, state, cause, time`; an endpoint without a cause has `-` there.
pub(in crate::report) fn write(
    out: &mut impl Write,
    report: &Report<'_>,
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(out, style);
    for endpoint in &report.endpoints {
        let (state, role) = wording::state(endpoint.level());
        let cause = endpoint.root_cause().map_or("-", |cause| cause.finding.diagnosis.id);
        page.line(&[
            (Role::Plain, endpoint.url),
            (Role::Plain, ", "),
            (role, state.in_lang(style.lang)),
            (Role::Plain, &format!(", {cause}, {}", milliseconds(endpoint.took_ms))),
        ])?;
    }
    if let Some(root) = report.root_cause {
        let finding = &root.finding;
        let name = pair(Word::RootCause.in_lang(style.lang), finding.diagnosis.id, style.lang);
        let rest = format!(": {}: {}", finding.subject, wording::message(finding, style.lang));
        page.line(&[(wording::role(finding.severity), &name), (Role::Plain, &rest)])?;
    }
    Ok(())
}
