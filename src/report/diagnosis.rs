//! A diagnosis as a reader looks it up: what it means, how it is mended, what it leaves in logs.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    Style, escape,
    text::page::{Page, Role},
    wording::{self, lead},
};
use crate::{
    diagnoses::engine::{Diagnosis, Severity, Side},
    logs,
    message::{Lang, Word},
};

#[derive(Serialize)]
struct DiagnosisView {
    id: &'static str,
    severity: Severity,
    side: Side,
    hardening: bool,
    title: &'static str,
    why: &'static str,
    fix: &'static str,
    causes: Vec<&'static str>,
    logs: Vec<&'static str>,
}

/// Writes all that is known of one diagnosis.
pub fn write(out: &mut impl Write, diagnosis: &Diagnosis, style: &Style) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let lang = style.lang;
    let prose = diagnosis.text.in_lang(lang);
    let severity = wording::severity(diagnosis.severity).in_lang(lang);
    page.line(&[(Role::Bold, diagnosis.id)])?;
    page.hanging(
        &lead(severity, lang),
        wording::role(diagnosis.severity),
        Role::Plain,
        prose.title,
    )?;
    if diagnosis.hardening {
        page.paragraph(0, Role::Dim, Word::Hardening.in_lang(lang))?;
    }
    page.heading(Word::Why.in_lang(lang))?;
    page.paragraph(2, Role::Plain, prose.why)?;
    page.heading(&wording::fix(diagnosis.side, lang))?;
    page.paragraph(2, Role::Plain, prose.fix)?;
    let causes = causes(diagnosis);
    if !causes.is_empty() {
        page.heading(Word::Causes.in_lang(lang))?;
        page.paragraph(2, Role::Plain, &causes.join(", "))?;
    }
    let wordings = logs::wordings(diagnosis.id);
    if !wordings.is_empty() {
        page.heading(Word::Logs.in_lang(lang))?;
    }
    for text in wordings {
        page.paragraph(2, Role::Plain, text)?;
    }
    Ok(())
}

/// Writes one line a diagnosis under a heading.
pub fn list(
    out: &mut impl Write,
    title: Word,
    diagnoses: &[&Diagnosis],
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(out, style);
    page.line(&[(Role::Bold, title.in_lang(style.lang))])?;
    for diagnosis in diagnoses {
        let lead = format!("  {:<28} ", diagnosis.id);
        let title = diagnosis.text.in_lang(style.lang).title;
        page.hanging(&lead, Role::Plain, Role::Plain, title)?;
    }
    Ok(())
}

/// Writes one diagnosis as an object.
pub fn json(out: &mut impl Write, diagnosis: &Diagnosis, lang: Lang) -> io::Result<()> {
    write_json(out, &view(diagnosis, lang))
}

/// Several as objects.
pub(super) fn values(diagnoses: &[&Diagnosis], lang: Lang) -> io::Result<Vec<serde_json::Value>> {
    let views = diagnoses.iter().map(|diagnosis| serde_json::to_value(view(diagnosis, lang)));
    Ok(views.collect::<Result<_, _>>()?)
}

fn view(diagnosis: &Diagnosis, lang: Lang) -> DiagnosisView {
    let prose = diagnosis.text.in_lang(lang);
    DiagnosisView {
        id: diagnosis.id,
        severity: diagnosis.severity,
        side: diagnosis.side,
        hardening: diagnosis.hardening,
        title: prose.title,
        why: prose.why,
        fix: prose.fix,
        causes: causes(diagnosis),
        logs: logs::wordings(diagnosis.id),
    }
}

fn causes(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis.causes.iter().map(|cause| cause.id).collect()
}

fn write_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let document = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", escape::json(&document))
}
