//! What a person reads: the cause first, then why, what proves it, how to mend it, where the handshake broke.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{
    Style, backup, cluster, configuration, endpoints, json, ladder,
    page::{Page, Role},
    rung, san_matrix,
    sentence::{self, pair},
    terms, verifiers,
    wrap::wrap_command,
};
use crate::{
    diagnoses::engine::{Finding, Judged, Level, Severity, Verdict},
    facts::{Endpoint, Facts},
    message::{Label, Lang, Word},
};

/// The widest column of labels; longer ones push their value to the right.
const LABELS: usize = 24;

/// Writes the report for a terminal.
pub(super) fn write(
    out: &mut impl Write,
    facts: &Facts<'_>,
    verdict: &Verdict,
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let lang = style.lang;
    match verdict.root_cause() {
        Some(root) => {
            cause(&mut page, root)?;
            if let Some((facts, endpoint)) = blamed(root, facts) {
                broken_way(&mut page, endpoint, facts)?;
            }
        }
        None => state(&mut page, verdict.level, facts.observation.took_ms)?,
    }
    if !facts.endpoints.is_empty() {
        page.blank()?;
        endpoints::write(&mut page, facts, verdict)?;
    }
    cluster::write(&mut page, facts)?;
    backup::write(&mut page, facts)?;
    san_matrix::write(&mut page, facts)?;
    let others = &verdict.findings[verdict.root_cause().iter().len()..];
    let (remarks, found): (Vec<_>, Vec<_>) =
        others.iter().partition(|one| one.finding.severity == Severity::Info);
    list(&mut page, Word::AlsoFound, &found)?;
    list(&mut page, Word::Remarks, &remarks)?;
    configuration::write(&mut page, facts)?;
    verifiers::write(&mut page, facts, verdict)?;
    let not_checked = json::not_checked(facts, lang);
    if !not_checked.is_empty() {
        page.heading(Word::NotChecked.in_lang(lang))?;
        for what in not_checked {
            page.hanging("  - ", Role::Plain, Role::Plain, &what)?;
        }
    }
    Ok(())
}

/// The way to an endpoint, where it broke; nothing where all of it was taken.
fn broken_way(
    page: &mut Page<'_, impl Write>,
    endpoint: &Endpoint<'_>,
    facts: &Facts<'_>,
) -> io::Result<()> {
    let lang = page.style().lang;
    let rungs = ladder::of(endpoint, facts, lang);
    if !rungs.iter().any(|rung| matches!(rung.state, ladder::State::Broken(_))) {
        return Ok(());
    }
    page.blank()?;
    rung::draw(page, &pair(Word::Handshake.in_lang(lang), endpoint.url(), lang), &rungs)
}

/// A time as people read it.
pub(super) fn milliseconds(ms: f64) -> String {
    if ms < 1000.0 { format!("{ms:.1} ms") } else { format!("{:.2} s", ms / 1000.0) }
}

/// How something is that no cause stands for, and how long it took to see that.
pub(super) fn state(page: &mut Page<'_, impl Write>, level: Level, took_ms: f64) -> io::Result<()> {
    let (word, role) = terms::state(level);
    let time = format!(" ({})", milliseconds(took_ms));
    page.line(&[(role, word.in_lang(page.style().lang)), (Role::Dim, &time)])
}

/// The endpoint whose way a finding explains: its subject, else one that it touches, else the first.
pub(super) fn blamed<'f, 'a>(
    root: &Judged,
    facts: &'f Facts<'a>,
) -> Option<(&'f Facts<'a>, &'f Endpoint<'a>)> {
    // What keeps members apart shows on the way to one of them.
    let side = facts.peers.as_deref().filter(|_| root.finding.is_between_members);
    let endpoints = || side.unwrap_or(facts).visited();
    endpoints()
        .find(|(_, one)| one.subject() == root.finding.subject)
        .or_else(|| endpoints().find(|(_, one)| root.finding.concerns(&one.subject())))
        .or_else(|| endpoints().next())
}

/// The cause as a person meets it first: what it is, and where.
pub(super) fn headline(page: &mut Page<'_, impl Write>, root: &Judged) -> io::Result<()> {
    let lang = page.style().lang;
    let finding = &root.finding;
    let prose = finding.diagnosis.text.in_lang(lang);
    let severity = terms::severity(finding.severity).in_lang(lang);
    let lead = sentence::lead(severity, lang);
    page.hanging(&lead, terms::role(finding.severity), Role::Bold, prose.title)?;
    let place = format!("[{}] {}", finding.diagnosis.id, finding.subject);
    page.paragraph(lead.width(), Role::Plain, &place)?;
    for also in &root.places {
        let also = pair(Label::Other.in_lang(lang), &also.to_string(), lang);
        page.paragraph(lead.width(), Role::Plain, &also)?;
    }
    Ok(())
}

fn cause(page: &mut Page<'_, impl Write>, root: &Judged) -> io::Result<()> {
    let lang = page.style().lang;
    let finding = &root.finding;
    let prose = finding.diagnosis.text.in_lang(lang);
    headline(page, root)?;
    page.heading(Word::Why.in_lang(lang))?;
    page.paragraph(2, Role::Plain, prose.why)?;
    evidence(page, finding, lang)?;
    page.heading(&terms::fix(finding.side, lang))?;
    page.paragraph(2, Role::Plain, prose.fix)?;
    commands(page, finding)
}

fn evidence(page: &mut Page<'_, impl Write>, finding: &Finding, lang: Lang) -> io::Result<()> {
    if finding.evidence.is_empty() {
        return Ok(());
    }
    page.heading(Word::Evidence.in_lang(lang))?;
    let labels = finding.evidence.iter().map(|one| one.label.in_lang(lang).width());
    let column = labels.max().unwrap_or_default().min(LABELS);
    for one in &finding.evidence {
        let label = one.label.in_lang(lang);
        let pad = " ".repeat(column.saturating_sub(label.width()));
        page.hanging(&format!("  {label}{pad}  "), Role::Dim, Role::Plain, &one.value.say(lang))?;
    }
    Ok(())
}

/// Commands stand alone, so that they can be marked and pasted.
fn commands(page: &mut Page<'_, impl Write>, finding: &Finding) -> io::Result<()> {
    if !finding.fixes.is_empty() {
        page.blank()?;
    }
    let room = page.style().width - 4;
    for fix in &finding.fixes {
        for line in wrap_command(&fix.line(), room) {
            page.line(&[(Role::Plain, "    "), (Role::Bold, &line)])?;
        }
    }
    Ok(())
}

fn list(page: &mut Page<'_, impl Write>, title: Word, findings: &[&Judged]) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let lang = page.style().lang;
    page.heading(title.in_lang(lang))?;
    for one in findings {
        let finding = &one.finding;
        let severity = terms::severity(finding.severity).in_lang(lang);
        let lead = format!("  {}", sentence::lead(severity, lang));
        let role = terms::role(finding.severity);
        page.hanging(&lead, role, Role::Plain, &sentence::message(finding, lang))?;
        let mut place = format!("[{}] {}", finding.diagnosis.id, finding.subject);
        if !one.caused_by.is_empty() {
            let causes = one.caused_by.join(", ");
            place = format!("{place} ({})", pair(Word::CausedBy.in_lang(lang), &causes, lang));
        }
        page.paragraph(lead.width(), Role::Dim, &place)?;
    }
    Ok(())
}
