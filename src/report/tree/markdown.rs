//! A tree as Markdown, to be pasted into an issue: what is wrong, the certificates, and who signed whom as Mermaid.

use std::io::{self, Write};

use super::{Drawing, Told, graph, json::level, table::summary, terms};
use crate::{
    diagnoses::engine::{Finding, Severity},
    facts::tree::Inventory,
    message::{Label, Lang, PageWord, Say, TreeWord, Word},
    report::{
        Style,
        markdown::{code, evidence, fence, fix, foot, heading, list, plain, table, title},
        wording::pair,
        wording::state,
    },
};

/// How many places of one diagnosis, and how many certificates, an issue bears.
const PLACES: usize = 20;
const CERTIFICATES: usize = 200;
/// More than this nobody reads in a picture.
const DRAWN: usize = 40;

/// Writes the report.
pub(super) fn write(out: &mut impl Write, told: &Told<'_>, style: &Style) -> io::Result<()> {
    let (inventory, lang) = (told.inventory, style.lang);
    let (word, _) = state(level(told.findings));
    writeln!(out, "## {}\n\n{}", word.in_lang(lang), plain(&summary(inventory, lang)))?;
    findings(out, told.findings, lang)?;
    certificates(out, inventory, lang)?;
    let others = super::others(inventory, lang).into_iter().map(|(what, path, told)| {
        let what = pair(what.in_lang(lang), &code(path), lang);
        if told.is_empty() { what } else { format!("{what} {}", code(&told)) }
    });
    list(out, TreeWord::OtherObjects.in_lang(lang), &others.collect::<Vec<_>>())?;
    let skipped = inventory.skipped.iter().take(PLACES);
    let skipped: Vec<_> = skipped
        .map(|one| pair(&code(&one.path), &code(&one.why.message().say(lang)), lang))
        .collect();
    list(out, TreeWord::Skipped.in_lang(lang), &skipped)?;
    foot(out, inventory.when, told.took_ms, lang)
}

fn findings(out: &mut impl Write, all: &[Finding], lang: Lang) -> io::Result<()> {
    let same = |one: &Finding, other: &Finding| {
        one.diagnosis == other.diagnosis && one.severity == other.severity
    };
    if !all.is_empty() {
        heading(out, PageWord::Findings.in_lang(lang))?;
    }
    for group in all.chunk_by(same) {
        let Some(first) = group.first() else { continue };
        title(out, "####", first, lang)?;
        writeln!(out, "{}", code(first.diagnosis.id))?;
        for finding in group.iter().take(PLACES) {
            writeln!(out, "\n**{}**\n", code(&finding.subject.to_string()))?;
            evidence(out, &finding.evidence, lang)?;
            if finding.severity > Severity::Info {
                fix(out, finding, lang)?;
            }
        }
        rest(out, group.len(), PLACES, lang)?;
    }
    Ok(())
}

fn certificates(out: &mut impl Write, inventory: &Inventory, lang: Lang) -> io::Result<()> {
    if inventory.certificates.is_empty() {
        return Ok(());
    }
    heading(out, PageWord::Certificates.in_lang(lang))?;
    let head = [
        TreeWord::Certificate.in_lang(lang),
        TreeWord::Role.in_lang(lang),
        Word::State.in_lang(lang),
        Label::NotAfter.in_lang(lang),
        TreeWord::File.in_lang(lang),
    ];
    let cells = |row: crate::facts::tree::Row| {
        let one = &inventory.certificates[row.index];
        let depth = if row.depth == 0 { String::new() } else { "└ ".repeat(row.depth.min(12)) };
        vec![
            format!("{depth}{}", code(&terms::name(one))),
            terms::role(one.role).in_lang(lang).to_owned(),
            terms::state(inventory.state(one)).0.in_lang(lang).to_owned(),
            one.not_after.date().to_string(),
            code(inventory.path(inventory.place_of(one))),
        ]
    };
    let rows: Vec<_> = inventory.rows().into_iter().take(CERTIFICATES).map(cells).collect();
    table(out, &head, &rows)?;
    rest(out, inventory.certificates.len(), CERTIFICATES, lang)?;
    if inventory.certificates.len() > DRAWN {
        return Ok(());
    }
    let mut drawn = Vec::new();
    graph::write(&mut drawn, Drawing::Mermaid, inventory, lang)?;
    fence(out, "mermaid", String::from_utf8_lossy(&drawn).trim_end())
}

/// Says that there are more than were shown.
fn rest(out: &mut impl Write, all: usize, shown: usize, lang: Lang) -> io::Result<()> {
    match all.checked_sub(shown) {
        Some(more) if more > 0 => writeln!(out, "\n{more} {}", TreeWord::AndMore.in_lang(lang)),
        _ => Ok(()),
    }
}
