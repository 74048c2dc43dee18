//! The page of a check: the cause and its remedy, where the handshake broke, then everything that was seen.

use std::io::{self, Write};

use maud::{Markup, html};

use super::{
    certificates,
    document::{Document, bullets, look, section},
    finding, ladder,
};
use crate::{
    diagnoses::engine::{Severity, Verdict},
    facts::Facts,
    facts::tree::Inventory,
    message::{Label, Lang, PageWord, TreeWord, Word},
    report::{
        backup, cluster, configuration, endpoints, json, material, san_matrix, sentence::pair,
        table::blamed, terms, verifiers,
    },
};

/// Writes the page.
pub(in crate::report) fn write(
    out: &mut impl Write,
    facts: &Facts<'_>,
    verdict: &Verdict,
    lang: Lang,
) -> io::Result<()> {
    let (state, role) = terms::state(verdict.level);
    let state = state.in_lang(lang);
    let (class, sign) = look(role);
    let urls: Vec<_> = facts.endpoints.iter().map(|endpoint| endpoint.url()).collect();
    let root = verdict.root_cause();
    let (remarks, found): (Vec<_>, Vec<_>) = verdict.findings[root.iter().len()..]
        .iter()
        .partition(|one| one.finding.severity == Severity::Info);
    let cards = |word: Word, all: &[&crate::diagnoses::engine::Judged]| {
        html! {
            @if !all.is_empty() {
                (section(word.in_lang(lang), &html! { @for one in all { (finding::card(one, lang)) } }))
            }
        }
    };
    let body = html! {
        @match root {
            Some(root) => (finding::cause(root, lang)),
            None => (finding::verdict(class, sign, Word::State.in_lang(lang), state)),
        }
        (handshake(facts, verdict, lang))
        (listed(facts, verdict, lang))
        (backup_of(facts, lang))
        (matrix(facts, lang))
        (cards(Word::AlsoFound, &found))
        (cards(Word::Remarks, &remarks))
        (certificates::of(&Inventory::of_check(facts.observation), lang))
        (files(facts, lang))
        (settings(facts, lang))
        (bullets(Word::Verifiers.in_lang(lang), &verifiers::lines(facts, verdict, lang)))
        (bullets(Word::NotChecked.in_lang(lang), &json::not_checked(facts, lang)))
    };
    let id = root.map_or(state, |root| root.finding.diagnosis.id);
    let title = format!("etcd-tls: {id} {}", urls.first().copied().unwrap_or_default());
    let observation = facts.observation;
    let (when, took_ms) = (observation.when, observation.took_ms);
    Document { lang, title, when, took_ms, body }.write(out)
}

/// The way to the endpoint that the cause explains, else to the first.
fn handshake(facts: &Facts<'_>, verdict: &Verdict, lang: Lang) -> Markup {
    let way = match verdict.root_cause() {
        Some(root) => blamed(root, facts),
        None => facts.visited().next(),
    };
    html! {
        @if let Some((facts, endpoint)) = way {
            @let title = pair(Word::Handshake.in_lang(lang), endpoint.url(), lang);
            (section(&title, &ladder::of(endpoint, facts, lang)))
        }
    }
}

fn listed(facts: &Facts<'_>, verdict: &Verdict, lang: Lang) -> Markup {
    let (head, rows) = endpoints::rows(facts, verdict, lang);
    let Some((first, others)) = head.split_first() else { return html! {} };
    let body = html! {
        div.wide tabindex="0" {
            table {
                thead { tr { th { (first) } @for word in others { th { (word) } } } }
                tbody {
                    @for row in &rows {
                        @let (class, sign) = look(terms::state(row.level).1);
                        tr {
                            @for (column, cell) in row.cells.iter().enumerate() {
                                td {
                                    @if column == 1 { span.chip.(class) { (sign) " " (cell) } }
                                    @else { (cell) }
                                    @if let Some(cause) = row.cause.filter(|_| column == 0) { br; code { (cause) } }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if let Some((role, line)) = cluster::line(facts, lang) {
            @let (class, sign) = look(role);
            p { span.chip.(class) { (sign) " " (line) } }
        }
    };
    section(PageWord::Endpoints.in_lang(lang), &body)
}

fn backup_of(facts: &Facts<'_>, lang: Lang) -> Markup {
    let Some(told) = backup::told(facts, lang) else { return html! {} };
    let body = html! {
        p { (told.text) }
        @if let Some(command) = &told.command { (finding::command(command, lang)) }
    };
    section(told.heading.in_lang(lang), &body)
}

fn matrix(facts: &Facts<'_>, lang: Lang) -> Markup {
    let line =
        |(accepted, line): (Option<bool>, String)| format!("{} {line}", san_matrix::mark(accepted));
    let lines: Vec<_> = san_matrix::lines(facts, lang).into_iter().map(line).collect();
    bullets(Word::SanMatrix.in_lang(lang), &lines)
}

fn files(facts: &Facts<'_>, lang: Lang) -> Markup {
    let views = material::views(facts);
    if views.is_empty() {
        return html! {};
    }
    let head =
        [Label::GivenBy.in_lang(lang), TreeWord::File.in_lang(lang), PageWord::Kind.in_lang(lang)];
    let body = html! {
        div.wide tabindex="0" {
            table {
                thead { tr { @for word in head { th { (word) } } } }
                tbody {
                    @for view in &views {
                        tr { td { code { (view.flag) } } td { (view.path) } td { (kind(view.kind, lang)) } }
                    }
                }
            }
        }
    };
    section(PageWord::Files.in_lang(lang), &body)
}

/// What a file is, as far as there is a word for it.
fn kind(kind: &'static str, lang: Lang) -> &'static str {
    match kind {
        "certificate" => TreeWord::Certificate.in_lang(lang),
        "key" => TreeWord::PrivateKey.in_lang(lang),
        "request" => TreeWord::Request.in_lang(lang),
        "crl" => TreeWord::List.in_lang(lang),
        "missing" => Label::Missing.in_lang(lang),
        other => other,
    }
}

fn settings(facts: &Facts<'_>, lang: Lang) -> Markup {
    let line = |(about, line): (&str, String)| {
        if about.is_empty() { line } else { pair(about, &line, lang) }
    };
    let lines: Vec<_> = configuration::lines(facts, lang).into_iter().map(line).collect();
    bullets(Word::FoundAndUsed.in_lang(lang), &lines)
}
