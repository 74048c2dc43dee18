//! The page of a check: the cause and its remedy, where the handshake broke, then everything that was seen.

use std::io::{self, Write};

use maud::{Markup, html};

use super::{
    certificates,
    document::{Document, bullets, look, section},
    finding, ladder,
};
use crate::{
    message::{Label, Lang, PageWord, ReportMessage, TreeWord, Word},
    report::{
        model::{Backup, ClusterReport, EndpointReport, FileKind, Item, List, Report, Section},
        text::{endpoint_rows, page::Role},
        wording::{self, pair},
    },
};

/// Writes the page.
pub(in crate::report) fn write(
    out: &mut impl Write,
    reports: &[Report<'_>],
    lang: Lang,
) -> io::Result<()> {
    let Some(report) = reports.first() else { return Ok(()) };
    let state = wording::state(report.verdict).0.in_lang(lang);
    let id = report.root_cause.map_or(state, |root| root.finding.diagnosis.id);
    let url = report.endpoints.first().map(|endpoint| endpoint.url).unwrap_or_default();
    let title = format!("etcd-tls: {id} {url}");
    let body = html! {
        @for report in reports {
            @if let Some(name) = report.cluster_name.filter(|_| reports.len() > 1) {
                h1 { (ReportMessage::ClusterNamed { name: name.into() }.say(lang)) }
            }
            (of_cluster(report, lang))
        }
    };
    Document { lang, title, when: report.time, took_ms: Report::longest(reports), body }.write(out)
}

/// What there is to say of one cluster.
fn of_cluster(report: &Report<'_>, lang: Lang) -> Markup {
    // What was seen on disk stands before what was set and left out.
    let (findings, lists): (Vec<_>, Vec<_>) =
        report.sections().into_iter().partition(|section| !is_about_the_check(section));
    html! {
        @for section in &findings { (drawn(section, lang)) }
        (certificates::of(&report.inventory(), lang))
        (files(report, lang))
        @for section in &lists { (drawn(section, lang)) }
    }
}

fn is_about_the_check(section: &Section<'_, '_>) -> bool {
    matches!(section, Section::List(list) if list.title != Word::SanMatrix)
}

fn drawn(part: &Section<'_, '_>, lang: Lang) -> Markup {
    match part {
        Section::Cause(root) => finding::cause(root, lang),
        Section::State(level) => {
            let (state, role) = wording::state(*level);
            let (class, sign) = look(role);
            finding::verdict(class, sign, Word::State.in_lang(lang), state.in_lang(lang))
        }
        Section::Handshake(way) => {
            let title = pair(Word::Handshake.in_lang(lang), way.url, lang);
            section(&title, &ladder::of(&way.ladder, lang))
        }
        Section::Endpoints(all, cluster) => endpoints(all, cluster.as_ref(), lang),
        Section::Backup(of_backup) => backup(of_backup, lang),
        Section::Findings(title, all) => {
            let cards = html! { @for judged in all { (finding::card(judged, lang)) } };
            section(title.in_lang(lang), &cards)
        }
        Section::List(of_items) => list(of_items, lang),
    }
}

fn list(list: &List, lang: Lang) -> Markup {
    let line = |item: &Item| {
        let text = item.text.say(lang);
        match (item.sign(), item.about) {
            (Some(sign), _) => format!("{sign} {text}"),
            (None, Some(about)) => pair(about, &text, lang),
            (None, None) => text,
        }
    };
    bullets(list.title.in_lang(lang), &list.items.iter().map(line).collect::<Vec<_>>())
}

fn endpoints(
    endpoints: &[EndpointReport<'_>],
    cluster: Option<&ClusterReport<'_>>,
    lang: Lang,
) -> Markup {
    let (head, rows) = endpoint_rows(endpoints, lang);
    let Some((first, others)) = head.split_first() else { return html! {} };
    let body = html! {
        div.wide tabindex="0" {
            table {
                thead { tr { th { (first) } @for word in others { th { (word) } } } }
                tbody {
                    @for row in &rows {
                        @let (class, sign) = look(wording::state(row.level).1);
                        tr {
                            @for (column, cell) in row.cells.iter().enumerate() {
                                td {
                                    @if column == 1 { span.chip.(class) { (sign) " " (cell) } }
                                    @else { (cell) }
                                    @if let Some(whom) = row.as_whom.as_ref().filter(|_| column == 0) { br; (whom) }
                                    @if let Some(cause) = row.cause.filter(|_| column == 0) { br; code { (cause) } }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if let Some(cluster) = cluster {
            @let (class, sign) = look(if cluster.quorum.holds() { Role::Good } else { Role::Bad });
            p { span.chip.(class) { (sign) " " (cluster.message().say(lang)) } }
        }
    };
    section(PageWord::Endpoints.in_lang(lang), &body)
}

fn backup(backup: &Backup<'_>, lang: Lang) -> Markup {
    let (title, text, command) = backup.advice();
    let body = html! {
        p { (text.say(lang)) }
        @if let Some(command) = command { (finding::command(command, lang)) }
    };
    section(title.in_lang(lang), &body)
}

fn files(report: &Report<'_>, lang: Lang) -> Markup {
    if report.material.is_empty() {
        return html! {};
    }
    let head =
        [Label::GivenBy.in_lang(lang), TreeWord::File.in_lang(lang), PageWord::Kind.in_lang(lang)];
    let body = html! {
        div.wide tabindex="0" {
            table {
                thead { tr { @for word in head { th { (word) } } } }
                tbody {
                    @for named in &report.material {
                        tr { td { code { (named.flag) } } td { (named.file.path) } td { (kind(named.kind, lang)) } }
                    }
                }
            }
        }
    };
    section(PageWord::Files.in_lang(lang), &body)
}

/// What a file is, as far as there is a word for it.
fn kind(kind: FileKind, lang: Lang) -> &'static str {
    match kind {
        FileKind::Certificate => TreeWord::Certificate.in_lang(lang),
        FileKind::Key => TreeWord::PrivateKey.in_lang(lang),
        FileKind::Request => TreeWord::Request.in_lang(lang),
        FileKind::Crl => TreeWord::List.in_lang(lang),
        FileKind::Missing => Label::Missing.in_lang(lang),
        other => other.name(),
    }
}
