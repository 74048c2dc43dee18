//! The report of a check as Markdown.

use std::io::{self, Write};

use super::syntax::{code, fence, heading, list, plain, table};
use crate::{
    diagnoses::engine::{Evidence, Finding, Judged},
    message::{Label, Lang, PageWord, Word},
    report::{
        Style,
        model::{EndpointReport, Item, Report, Section, TOOL},
        text::{Extent, draw_ladder, endpoint_rows, page::Page},
        wording::{self, milliseconds, pair},
    },
};

/// Writes the report.
pub(in crate::report) fn write(
    out: &mut impl Write,
    report: &Report<'_>,
    style: &Style,
) -> io::Result<()> {
    let lang = style.lang;
    for section in report.sections() {
        match section {
            Section::Cause(root) => {
                title(out, "##", &root.finding, lang)?;
                finding(out, root, lang)?;
            }
            Section::State(level) => {
                writeln!(out, "## {}", wording::state(level).0.in_lang(lang))?;
            }
            Section::Handshake(way) if way.is_broken() => handshake(out, way, style)?,
            Section::Handshake(_) => {}
            Section::Endpoints(all, cluster) => {
                endpoints(out, all, lang)?;
                if let Some(cluster) = cluster {
                    writeln!(out, "\n{}", plain(&cluster.message().say(lang)))?;
                }
            }
            Section::Backup(backup) => {
                let (title, text, command) = backup.advice();
                heading(out, title.in_lang(lang))?;
                writeln!(out, "{}", code(&text.say(lang)))?;
                command.iter().try_for_each(|command| fence(out, "sh", command))?;
            }
            Section::Findings(word, findings) => {
                heading(out, word.in_lang(lang))?;
                for judged in findings {
                    title(out, "####", &judged.finding, lang)?;
                    finding(out, judged, lang)?;
                }
            }
            Section::List(of_items) => {
                let items: Vec<_> = of_items.items.iter().map(|one| item(one, lang)).collect();
                list(out, of_items.title.in_lang(lang), &items)?;
            }
        }
    }
    foot(out, report.time, report.took_ms, lang)
}

fn item(item: &Item, lang: Lang) -> String {
    let text = code(&item.text.say(lang));
    match (item.sign(), item.about) {
        (Some(sign), _) => format!("{sign} {text}"),
        (None, Some(about)) => pair(about, &text, lang),
        (None, None) => text,
    }
}

fn endpoints(out: &mut impl Write, endpoints: &[EndpointReport<'_>], lang: Lang) -> io::Result<()> {
    let (head, rows) = endpoint_rows(endpoints, lang);
    let cells = rows.into_iter().map(|row| {
        let cause = row.cause.map(|cause| format!(" {}", code(cause))).unwrap_or_default();
        let mut cells: Vec<_> = row.cells.iter().map(|cell| plain(cell)).collect();
        let whom = row.as_whom.map(|whom| format!(" {}", plain(&whom))).unwrap_or_default();
        cells[0] = format!("{}{whom}{cause}", code(&row.cells[0]));
        cells
    });
    let cells: Vec<_> = cells.collect();
    writeln!(out)?;
    table(out, &head, &cells)
}

/// A heading with the severity in words and the title.
pub(in crate::report) fn title(
    out: &mut impl Write,
    marks: &str,
    finding: &Finding,
    lang: Lang,
) -> io::Result<()> {
    let severity = wording::severity(finding.severity).in_lang(lang);
    let title = finding.diagnosis.text.in_lang(lang).title;
    writeln!(out, "{marks} {}\n", plain(&pair(severity, title, lang)))
}

fn finding(out: &mut impl Write, one: &Judged, lang: Lang) -> io::Result<()> {
    let finding = &one.finding;
    let prose = finding.diagnosis.text.in_lang(lang);
    let subject = code(&finding.subject.to_string());
    writeln!(out, "{} {subject}", code(finding.diagnosis.id))?;
    for also in &one.places {
        writeln!(out, "- {}", pair(Label::Other.in_lang(lang), &code(&also.to_string()), lang))?;
    }
    if !one.caused_by.is_empty() {
        let causes = code(&one.caused_by.join(", "));
        writeln!(out, "- {}", pair(Word::CausedBy.in_lang(lang), &causes, lang))?;
    }
    writeln!(out, "\n**{}** {}\n", Word::Why.in_lang(lang), plain(prose.why))?;
    evidence(out, &finding.evidence, lang)?;
    fix(out, finding, lang)
}

/// Facts as a table.
pub(in crate::report) fn evidence(
    out: &mut impl Write,
    all: &[Evidence],
    lang: Lang,
) -> io::Result<()> {
    let row = |one: &Evidence| vec![plain(one.label.in_lang(lang)), code(&one.value.say(lang))];
    let rows: Vec<_> = all.iter().map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    table(out, &[Word::Evidence.in_lang(lang), ""], &rows)
}

/// What to do, and the commands each in a block of its own.
pub(in crate::report) fn fix(
    out: &mut impl Write,
    finding: &Finding,
    lang: Lang,
) -> io::Result<()> {
    let prose = finding.diagnosis.text.in_lang(lang);
    writeln!(out, "\n**{}** {}", wording::fix(finding.side, lang), plain(prose.fix))?;
    finding.fixes.iter().try_for_each(|fix| fence(out, "sh", &fix.line()))
}

fn handshake(out: &mut impl Write, way: &EndpointReport<'_>, style: &Style) -> io::Result<()> {
    let mut drawn = Vec::new();
    let style = Style { colour: false, width: 80, ..*style };
    draw_ladder(&mut Page::new(&mut drawn, &style), way, Extent::Whole)?;
    fence(out, "text", String::from_utf8_lossy(&drawn).trim_end())
}

/// When and by what it was made.
pub(in crate::report) fn foot(
    out: &mut impl Write,
    when: time::OffsetDateTime,
    took_ms: f64,
    lang: Lang,
) -> io::Result<()> {
    let when = when.replace_nanosecond(0).unwrap_or(when);
    let when = when.format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
    let observed = pair(PageWord::Observed.in_lang(lang), &when, lang);
    let took = pair(PageWord::Took.in_lang(lang), &milliseconds(took_ms), lang);
    writeln!(out, "\n<sub>etcd-tls {TOOL} · {observed} · {took}</sub>")
}
