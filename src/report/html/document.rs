//! The frame of every page: its policy, its style, its few lines of script, and what stands at its head and foot.

use std::io::{self, Write};

use aws_lc_rs::digest;
use data_encoding::BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    message::{Lang, PageWord},
    report::{
        escape,
        model::TOOL,
        text::page::Role,
        wording::{milliseconds, pair},
    },
};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("copy.js");

/// What a page consists of.
pub(super) struct Document {
    pub(super) lang: Lang,
    /// What a browser's tab and a search in the mail box show.
    pub(super) title: String,
    pub(super) when: OffsetDateTime,
    pub(super) took_ms: f64,
    pub(super) body: Markup,
}

impl Document {
    /// Writes the page; text of others is made harmless here as a whole, whatever it went through before.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let lang = self.lang;
        let page = html! {
            (DOCTYPE)
            html lang=(lang.tag()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    title { (self.title) }
                    style { (PreEscaped(STYLE)) }
                }
                body data-copied=(PageWord::Copied.in_lang(lang)) {
                    main { (self.body) }
                    footer { (self.foot()) }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        writeln!(out, "{}", escape::document(&page.0))
    }

    fn foot(&self) -> String {
        let lang = self.lang;
        let when = self.when.replace_nanosecond(0).unwrap_or(self.when);
        let when = when.format(&Rfc3339).unwrap_or_default();
        let made_by = format!("etcd-tls {TOOL}");
        [
            pair(PageWord::MadeBy.in_lang(lang), &made_by, lang),
            pair(PageWord::Observed.in_lang(lang), &when, lang),
            pair(PageWord::Took.in_lang(lang), &milliseconds(self.took_ms), lang),
        ]
        .join(" · ")
    }
}

/// Nothing from anywhere but this style and this script, named by their digests (CSP Level 3 §6.7.3).
fn policy() -> String {
    let digest =
        |text: &str| BASE64.encode(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

/// A section under a heading.
pub(super) fn section(heading: &str, body: &Markup) -> Markup {
    html! { section { h2 { (heading) } (body) } }
}

/// Items under a heading; nothing for none.
pub(super) fn bullets(heading: &str, items: &[String]) -> Markup {
    if items.is_empty() {
        return html! {};
    }
    section(heading, &html! { ul { @for item in items { li { (item) } } } })
}

/// The class and the sign of a role: colour never says it alone.
pub(super) fn look(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Good => ("good", "√"),
        Role::Warn => ("warn", "!"),
        Role::Bad => ("bad", "×"),
        Role::Plain | Role::Bold | Role::Dim => ("plain", "i"),
    }
}
