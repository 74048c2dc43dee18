//! Findings on a page: what, where, why, what proves it, and commands with a button that copies them.

use maud::{Markup, html};

use super::document::look;
use crate::{
    diagnoses::engine::{Evidence, Finding, Judged, Severity},
    facts::Subject,
    message::{Label, Lang, PageWord, Word},
    report::wording::{self, lead, pair},
};

/// The cause at the head of a page.
pub(super) fn cause(root: &Judged, lang: Lang) -> Markup {
    let finding = &root.finding;
    let prose = finding.diagnosis.text.in_lang(lang);
    html! {
        (headline(finding.severity, prose.title, lang))
        (place(finding, &root.places, &[], lang))
        section.cause {
            h2 { (Word::Why.in_lang(lang)) }
            p { (prose.why) }
            @if !finding.evidence.is_empty() {
                h2 { (Word::Evidence.in_lang(lang)) }
                (evidence(&finding.evidence, lang))
            }
            h2 { (wording::fix(finding.side, lang)) }
            p { (prose.fix) }
            (commands(finding, lang))
        }
    }
}

/// A severity and a title, at the head of a page.
fn headline(severity: Severity, title: &str, lang: Lang) -> Markup {
    let (class, sign) = look(wording::role(severity));
    verdict(class, sign, wording::severity(severity).in_lang(lang), title)
}

/// The verdict in a sign, a word and a colour.
pub(super) fn verdict(class: &str, sign: &str, word: &str, title: &str) -> Markup {
    html! {
        header.verdict.(class) {
            span.sign aria-hidden="true" { (sign) }
            div { p.word { (word) } h1 { (title) } }
        }
    }
}

/// One of the other findings.
pub(super) fn card(one: &Judged, lang: Lang) -> Markup {
    let finding = &one.finding;
    let prose = finding.diagnosis.text.in_lang(lang);
    html! {
        article {
            (title(finding.severity, prose.title, lang))
            (place(finding, &one.places, &one.caused_by, lang))
            p { (prose.why) }
            (evidence(&finding.evidence, lang))
            (fix(finding, lang))
        }
    }
}

/// The findings of one diagnosis: its words once, then each place.
pub(super) fn group(findings: &[Finding], lang: Lang) -> Markup {
    let Some(first) = findings.first() else { return html! {} };
    let prose = first.diagnosis.text.in_lang(lang);
    html! {
        article {
            (title(first.severity, prose.title, lang))
            p.place { code { (first.diagnosis.id) } }
            p { (prose.why) }
            (fix_words(first, lang))
            ul.places {
                @for finding in findings {
                    li {
                        strong { (finding.subject) }
                        (evidence(&finding.evidence, lang))
                        @if finding.severity > Severity::Info { (commands(finding, lang)) }
                    }
                }
            }
        }
    }
}

fn title(severity: Severity, title: &str, lang: Lang) -> Markup {
    let (class, sign) = look(wording::role(severity));
    let severity = wording::severity(severity).in_lang(lang);
    html! { h3 { span.chip.(class) { (sign) " " (severity) } " " (title) } }
}

/// The id and the subject, further places, and what explains it.
fn place(finding: &Finding, places: &[Subject], caused_by: &[&str], lang: Lang) -> Markup {
    html! {
        p.place {
            code { (finding.diagnosis.id) } " " span { (finding.subject) }
            @for also in places { br; (pair(Label::Other.in_lang(lang), &also.to_string(), lang)) }
            @if !caused_by.is_empty() {
                br; (pair(Word::CausedBy.in_lang(lang), &caused_by.join(", "), lang))
            }
        }
    }
}

fn evidence(all: &[Evidence], lang: Lang) -> Markup {
    html! {
        @if !all.is_empty() {
            dl { @for one in all { div { dt { (one.label.in_lang(lang)) } dd { (one.value.say(lang)) } } } }
        }
    }
}

fn fix(finding: &Finding, lang: Lang) -> Markup {
    html! {
        @if finding.severity > Severity::Info || !finding.fixes.is_empty() {
            (fix_words(finding, lang))
            (commands(finding, lang))
        }
    }
}

fn fix_words(finding: &Finding, lang: Lang) -> Markup {
    let prose = finding.diagnosis.text.in_lang(lang);
    html! { p { strong { (lead(&wording::fix(finding.side, lang), lang)) } (prose.fix) } }
}

fn commands(finding: &Finding, lang: Lang) -> Markup {
    html! { @for fix in &finding.fixes { (command(&fix.line(), lang)) } }
}

/// A command that can be marked, or copied by its button where there is script; it breaks between words, not at their hyphens.
pub(super) fn command(line: &str, lang: Lang) -> Markup {
    html! {
        div.command {
            pre { code { @for (number, word) in line.split(' ').enumerate() { @if number > 0 { " " } span { (word) } } } }
            button.copy type="button" hidden { (PageWord::Copy.in_lang(lang)) }
        }
    }
}
