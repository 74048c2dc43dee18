//! A diagnosis as a reader looks it up: what it means, how it is mended, what it leaves in logs.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Document, Style,
    json::{self, FixView, Id},
    text::page::{Page, Role},
    wording::{self, lead},
};
use crate::{
    diagnoses::engine::{Diagnosis, Severity, Side},
    logs,
    message::{Lang, Word},
};

/// The schema's name.
const SCHEMA: &str = "etcd-tls/diagnosis/v1";

/// What `explain SLUG -o json` prints.
#[derive(Serialize, JsonSchema)]
struct DiagnosisDocument {
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    #[serde(flatten)]
    diagnosis: DiagnosisView,
}

/// A diagnosis.
#[derive(Serialize, JsonSchema)]
pub(super) struct DiagnosisView {
    id: Id,
    severity: Severity,
    side: Side,
    hardening: bool,
    title: &'static str,
    why: &'static str,
    fix: [FixView; 1],
    causes: Vec<Id>,
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

/// The schema of what `explain SLUG` prints.
pub(super) fn documents() -> [Document; 1] {
    [Document::of_type::<DiagnosisDocument>(
        "explain-diagnosis",
        "What etcd-tls explain SLUG -o json prints",
    )]
}

/// Writes one diagnosis as a document.
pub fn json(out: &mut impl Write, diagnosis: &Diagnosis, lang: Lang) -> io::Result<()> {
    let document = DiagnosisDocument { schema: SCHEMA, diagnosis: view(diagnosis, lang) };
    json::document(out, &document)
}

/// A diagnosis as an object.
pub(super) fn view(diagnosis: &Diagnosis, lang: Lang) -> DiagnosisView {
    let prose = diagnosis.text.in_lang(lang);
    DiagnosisView {
        id: Id(diagnosis.id),
        severity: diagnosis.severity,
        side: diagnosis.side,
        hardening: diagnosis.hardening,
        title: prose.title,
        why: prose.why,
        fix: [FixView::new(prose.fix, &[])],
        causes: causes(diagnosis).into_iter().map(Id).collect(),
        logs: logs::wordings(diagnosis.id),
    }
}

fn causes(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis.causes.iter().map(|cause| cause.id).collect()
}
