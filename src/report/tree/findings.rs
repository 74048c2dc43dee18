//! What is wrong in a tree, by diagnosis: the words once, then each place.

use std::io::{self, Write};

use crate::{
    diagnoses::engine::{Finding, Severity},
    message::{TreeWord, Word},
    report::{
        text::page::{Page, Role},
        wording::{self, pair},
    },
};

/// How many places of one diagnosis are shown.
const PLACES: usize = 20;

/// How many facts of one place.
const FACTS: usize = 3;

/// Writes the findings, which come sorted by diagnosis.
pub(super) fn write(page: &mut Page<'_, impl Write>, findings: &[Finding]) -> io::Result<()> {
    let lang = page.style().lang;
    if findings.is_empty() {
        page.blank()?;
        return page.line(&[(Role::Good, TreeWord::NoProblem.in_lang(lang))]);
    }
    let same = |one: &Finding, other: &Finding| {
        one.diagnosis == other.diagnosis && one.severity == other.severity
    };
    for group in findings.chunk_by(same) {
        let Some(first) = group.first() else { continue };
        let prose = first.diagnosis.text.in_lang(lang);
        let severity = wording::severity(first.severity).in_lang(lang);
        page.blank()?;
        page.line(&[
            (wording::role(first.severity), &pair(severity, prose.title, lang)),
            (Role::Dim, &format!(" [{}]", first.diagnosis.id)),
        ])?;
        for finding in group.iter().take(PLACES) {
            page.line(&[(Role::Plain, "  "), (Role::Bold, &finding.subject.to_string())])?;
            let evidence = finding.evidence.iter().take(FACTS);
            let facts: Vec<_> = evidence.map(|one| wording::fact(one, lang)).collect();
            if !facts.is_empty() {
                page.paragraph(4, Role::Dim, &facts.join("; "))?;
            }
            for fix in finding.fixes.iter().filter(|_| finding.severity > Severity::Info) {
                page.line(&[(Role::Plain, "    "), (Role::Plain, &fix.line())])?;
            }
        }
        if group.len() > PLACES {
            let rest = format!("  {} {}", group.len() - PLACES, TreeWord::AndMore.in_lang(lang));
            page.line(&[(Role::Dim, &rest)])?;
        }
        page.paragraph(2, Role::Plain, &pair(Word::Fix.in_lang(lang), prose.fix, lang))?;
    }
    Ok(())
}

/// One finding as one line.
pub(super) fn line(page: &mut Page<'_, impl Write>, finding: &Finding) -> io::Result<()> {
    let lang = page.style().lang;
    let severity = wording::severity(finding.severity).in_lang(lang);
    let lead = pair(severity, finding.diagnosis.id, lang);
    let rest = format!(": {}: {}", finding.subject, wording::message(finding, lang));
    page.line(&[(wording::role(finding.severity), &lead), (Role::Plain, &rest)])
}
