//! What a person reads of a check. What matters most stands last, where a terminal shows it: the cause, why, and how to fix it; above it
//! what proves it, where the handshake broke, and all else.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{
    endpoints, ladder,
    page::{Page, Role},
    wrap::wrap_command,
};
use crate::{
    diagnoses::engine::{Finding, Judged, Level, Severity},
    message::{Label, Lang, Word},
    report::{
        Style,
        model::{Backup, ClusterReport, List, Mark, Report, Section},
        wording::{self, pair},
    },
};

/// The widest column of labels.
const LABELS: usize = 24;
/// How many further places of one cause are named.
const PLACES: usize = 3;

/// Writes the report for a terminal.
pub(in crate::report) fn write(
    out: &mut impl Write,
    report: &Report<'_>,
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let page = &mut page;
    let mut sections = report.sections();
    sections.sort_by_key(place);
    for section in sections {
        match section {
            Section::Cause(root) => cause(page, root)?,
            Section::State(level) => state(page, level, report.took_ms)?,
            Section::Handshake(way) if way.is_broken() => {
                ladder::draw(page, way, ladder::Extent::Break)?;
                page.blank()?;
            }
            Section::Handshake(_) => {}
            Section::Endpoints(endpoints, of_cluster) => {
                endpoints::write(page, endpoints)?;
                of_cluster.iter().try_for_each(|of_cluster| cluster(page, of_cluster))?;
                page.blank()?;
            }
            Section::Backup(of_backup) => backup(page, of_backup)?,
            Section::Findings(title, others) => findings(page, title, &others)?,
            Section::List(of_items) => list(page, &of_items)?,
        }
    }
    Ok(())
}

/// Where a section stands on a screen: the further down, the surer it is seen.
fn place(section: &Section<'_, '_>) -> usize {
    match section {
        Section::List(_) => 0,
        Section::Findings(..) => 1,
        Section::Endpoints(..) => 2,
        Section::Handshake(_) => 3,
        Section::Backup(_) => 4,
        Section::Cause(_) | Section::State(_) => 5,
    }
}

/// How something is that no cause stands for, and how long it took to see that.
pub(super) fn state(page: &mut Page<'_, impl Write>, level: Level, took_ms: f64) -> io::Result<()> {
    let (word, role) = wording::state(level);
    let time = format!(" ({})", wording::milliseconds(took_ms));
    page.line(&[(role, word.in_lang(page.style().lang)), (Role::Dim, &time)])
}

/// The cause as a person meets it first: what it is, and where.
pub(super) fn headline(page: &mut Page<'_, impl Write>, root: &Judged) -> io::Result<()> {
    let lang = page.style().lang;
    let finding = &root.finding;
    let prose = finding.diagnosis.text.in_lang(lang);
    let severity = wording::severity(finding.severity).in_lang(lang);
    let lead = wording::lead(severity, lang);
    page.hanging(&lead, wording::role(finding.severity), Role::Bold, prose.title)?;
    let place = format!("[{}] {}", finding.diagnosis.id, finding.subject);
    page.paragraph(lead.width(), Role::Plain, &place)?;
    let (shown, more) = root.places.split_at(root.places.len().min(PLACES));
    for also in shown {
        let also = pair(Label::Other.in_lang(lang), &also.to_string(), lang);
        page.paragraph(lead.width(), Role::Plain, &also)?;
    }
    if !more.is_empty() {
        page.paragraph(lead.width(), Role::Dim, &format!("+ {}", more.len()))?;
    }
    Ok(())
}

fn cause(page: &mut Page<'_, impl Write>, root: &Judged) -> io::Result<()> {
    let lang = page.style().lang;
    let finding = &root.finding;
    let prose = finding.diagnosis.text.in_lang(lang);
    evidence(page, finding, lang)?;
    headline(page, root)?;
    page.line(&[(Role::Bold, Word::Why.in_lang(lang))])?;
    page.paragraph(2, Role::Plain, prose.why)?;
    page.line(&[(Role::Bold, &wording::fix(finding.side, lang))])?;
    page.paragraph(2, Role::Plain, prose.fix)?;
    if !finding.fixes.is_empty() {
        page.blank()?;
    }
    finding.fixes.iter().try_for_each(|fix| command(page, &fix.line()))
}

fn evidence(page: &mut Page<'_, impl Write>, finding: &Finding, lang: Lang) -> io::Result<()> {
    if finding.evidence.is_empty() {
        return Ok(());
    }
    page.line(&[(Role::Bold, Word::Evidence.in_lang(lang))])?;
    let rows = finding.evidence.iter();
    let rows = rows.map(|shown| (shown.label.in_lang(lang), shown.value.say(lang)));
    page.fields(&rows.collect::<Vec<_>>(), LABELS)?;
    page.blank()
}

/// A command stands alone, so that it can be marked and pasted.
fn command(page: &mut Page<'_, impl Write>, command: &str) -> io::Result<()> {
    let lines = wrap_command(command, page.style().width - 4);
    lines.iter().try_for_each(|line| page.line(&[(Role::Plain, "    "), (Role::Bold, line)]))
}

fn cluster(page: &mut Page<'_, impl Write>, cluster: &ClusterReport<'_>) -> io::Result<()> {
    let role = if cluster.quorum.holds() { Role::Good } else { Role::Bad };
    page.line(&[(role, &cluster.message().say(page.style().lang))])
}

fn backup(page: &mut Page<'_, impl Write>, backup: &Backup<'_>) -> io::Result<()> {
    let lang = page.style().lang;
    let (title, text, line) = backup.advice();
    page.line(&[(Role::Bold, title.in_lang(lang))])?;
    page.paragraph(2, Role::Plain, &text.say(lang))?;
    if let Some(line) = line {
        page.blank()?;
        command(page, line)?;
    }
    page.blank()
}

fn findings(page: &mut Page<'_, impl Write>, title: Word, findings: &[&Judged]) -> io::Result<()> {
    let lang = page.style().lang;
    page.line(&[(Role::Bold, title.in_lang(lang))])?;
    for judged in findings {
        let finding = &judged.finding;
        let severity = wording::severity(finding.severity).in_lang(lang);
        let lead = format!("  {}", wording::lead(severity, lang));
        let role = wording::role(finding.severity);
        page.hanging(&lead, role, Role::Plain, &wording::message(finding, lang))?;
        let mut place = format!("[{}] {}", finding.diagnosis.id, finding.subject);
        if !judged.caused_by.is_empty() {
            let causes = judged.caused_by.join(", ");
            place = format!("{place} ({})", pair(Word::CausedBy.in_lang(lang), &causes, lang));
        }
        page.paragraph(lead.width(), Role::Dim, &place)?;
        // What follows from another is fixed with it.
        if judged.caused_by.is_empty() && finding.severity != Severity::Info {
            let lead = format!(
                "{}{}",
                " ".repeat(lead.width()),
                wording::lead(Word::Fix.in_lang(lang), lang)
            );
            page.hanging(&lead, Role::Dim, Role::Plain, finding.diagnosis.text.in_lang(lang).fix)?;
            finding.fixes.iter().try_for_each(|fix| command(page, &fix.line()))?;
        }
    }
    page.blank()
}

fn list(page: &mut Page<'_, impl Write>, list: &List) -> io::Result<()> {
    let lang = page.style().lang;
    page.line(&[(Role::Bold, list.title.in_lang(lang))])?;
    for item in &list.items {
        let (lead, role) = match (item.mark, item.about) {
            (Some(mark), _) => {
                let role = match mark {
                    Mark::Good => Role::Good,
                    Mark::Bad => Role::Bad,
                    Mark::Unknown => Role::Warn,
                };
                (format!("  {} ", item.sign().unwrap_or_default()), role)
            }
            (None, Some(about)) => (format!("  {about}: "), Role::Dim),
            (None, None) => ("  - ".to_owned(), Role::Plain),
        };
        page.hanging(&lead, role, Role::Plain, &item.text.say(lang))?;
    }
    page.blank()
}
