//! The page of a tree of files: what is wrong in it, who signed whom and until when, and everything else that lies there.

use std::io::{self, Write};

use maud::html;

use super::{
    certificates,
    document::{Document, bullets, look, section},
    finding,
};
use crate::{
    diagnoses::engine::Finding,
    message::{Lang, PageWord, Say, TreeWord},
    report::{
        tree::{self, Told},
        wording::{self, pair},
    },
};

/// Writes the page.
pub(in crate::report) fn write(
    out: &mut impl Write,
    told: &Told<'_>,
    lang: Lang,
) -> io::Result<()> {
    let inventory = told.inventory;
    let (state, role) = wording::state(tree::level(told.findings));
    let (class, sign) = look(role);
    let summary = tree::summary(inventory, lang);
    let same = |one: &Finding, other: &Finding| {
        one.diagnosis == other.diagnosis && one.severity == other.severity
    };
    let others = tree::others(inventory, lang).into_iter().map(|(what, path, told)| {
        let what = pair(what.in_lang(lang), path, lang);
        if told.is_empty() { what } else { format!("{what} ({told})") }
    });
    let others: Vec<_> = others.collect();
    let skipped = inventory.skipped.iter();
    let skipped: Vec<_> =
        skipped.map(|one| pair(&one.path, &one.why.message().say(lang), lang)).collect();
    let headline =
        if told.findings.is_empty() { TreeWord::NoProblem.in_lang(lang) } else { &summary };
    let body = html! {
        (finding::verdict(class, sign, state.in_lang(lang), headline))
        @if told.findings.is_empty() { p { (summary) } }
        @else {
            (section(PageWord::Findings.in_lang(lang), &html! {
                @for group in told.findings.chunk_by(same) { (finding::group(group, lang)) }
            }))
        }
        (certificates::of(inventory, lang))
        (bullets(TreeWord::OtherObjects.in_lang(lang), &others))
        (bullets(TreeWord::Skipped.in_lang(lang), &skipped))
    };
    let title = format!("etcd-tls scan: {}", state.in_lang(lang));
    let (when, took_ms) = (inventory.when, told.took_ms);
    Document { lang, title, when, took_ms, body }.write(out)
}
