//! Log lines for a person: one paragraph a story.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{
    super::{
        Style,
        text::{
            page::{Page, Role},
            wrap::wrap_command,
        },
        wording::{self, lead, pair},
    },
    json::fixes,
    sentence,
};
use crate::{
    logs::{Kind, Recognised, Recogniser, Story},
    message::{Lang, LogWord},
};

/// How many candidates a person is shown; `-o json` has all.
const CANDIDATES: usize = 6;

/// Writes what a story says; `counts` adds how many lines there were, and when.
pub fn paragraph(
    out: &mut impl Write,
    story: &Story,
    recogniser: &Recogniser,
    counts: bool,
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let lang = style.lang;
    let line = &story.first;
    let severity = wording::severity(line.meaning.severity).in_lang(lang);
    let lead = lead(severity, lang);
    let role = wording::role(line.meaning.severity);
    page.hanging(&lead, role, Role::Bold, &sentence::headline(line, lang))?;
    page.paragraph(lead.width(), Role::Plain, &place(line, lang))?;
    if counts {
        page.paragraph(lead.width(), Role::Dim, &count(story, lang))?;
    } else {
        let first = pair(LogWord::FirstLine.in_lang(lang), &story.line.to_string(), lang);
        page.paragraph(lead.width(), Role::Dim, &first)?;
    }
    let (proves, open) = sentence::proves(line, lang);
    let mut told = vec![(LogWord::Proves, proves.to_owned()), (LogWord::Open, open.to_owned())];
    if line.meaning.candidates.len() > 1 {
        let shown =
            line.meaning.candidates.iter().take(CANDIDATES).copied().collect::<Vec<_>>().join(", ");
        let rest = if line.meaning.candidates.len() > CANDIDATES { " …" } else { "" };
        told.push((LogWord::Candidates, format!("{shown}{rest}")));
    }
    let fixes = fixes(line, recogniser, lang);
    told.extend(fixes.into_iter().map(|fix| (LogWord::Fix, fix)));
    let width = told.iter().map(|(word, _)| word.in_lang(lang).width()).max().unwrap_or_default();
    let mut before = None;
    for (word, text) in &told {
        let word = word.in_lang(lang);
        let shown = if before == Some(word) { "" } else { word };
        before = Some(word);
        let pad = " ".repeat(width.saturating_sub(shown.width()));
        page.hanging(&format!("  {shown}{pad}  "), Role::Dim, Role::Plain, text)?;
    }
    page.line(&[(Role::Dim, "  "), (Role::Dim, LogWord::Decide.in_lang(lang))])?;
    let room = page.style().width - 4;
    for part in wrap_command(&line.decide().line_in(lang), room) {
        page.line(&[(Role::Plain, "    "), (Role::Bold, &part)])?;
    }
    page.blank()
}

/// Writes how often each story was told, for a log that was told as it came.
pub fn summary<'s>(
    out: &mut impl Write,
    stories: impl Iterator<Item = &'s Story>,
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let lang = style.lang;
    page.line(&[(Role::Bold, LogWord::Stories.in_lang(lang))])?;
    for story in stories {
        let lead = format!("  {:<28} ", story.first.meaning.id());
        page.hanging(&lead, Role::Plain, Role::Plain, &count(story, lang))?;
    }
    Ok(())
}

/// Writes that nothing was recognised.
pub fn nothing(out: &mut impl Write, style: &Style) -> io::Result<()> {
    let mut page = Page::new(out, style);
    page.paragraph(0, Role::Plain, LogWord::NothingRecognised.in_lang(style.lang))
}

/// `[id] subject (facts); certain`.
fn place(line: &Recognised, lang: Lang) -> String {
    let subject = line.subject();
    let mut place = format!("[{}] {subject}", line.meaning.id());
    let facts = sentence::facts(line, lang);
    let told: Vec<_> = facts.into_iter().filter(|fact| !fact.ends_with(&subject)).collect();
    if !told.is_empty() {
        let place_of = place.trim_end();
        place = match lang {
            Lang::En => format!("{place_of} ({})", told.join("; ")),
            Lang::Ja | Lang::Zh => format!("{place_of}（{}）", told.join("；")),
        };
    }
    if line.meaning.complaint.kind != Kind::Harmless {
        let sure = if line.meaning.is_certain() { LogWord::Certain } else { LogWord::Likely };
        place = format!("{}{}{}", place.trim_end(), and(lang), sure.in_lang(lang));
    }
    place
}

/// `lines: 4; time: A – B; from: addresses`.
fn count(story: &Story, lang: Lang) -> String {
    let mut parts = vec![
        pair(LogWord::Lines.in_lang(lang).trim_end_matches('：'), &story.lines.to_string(), lang),
        pair(LogWord::FirstLine.in_lang(lang), &story.line.to_string(), lang),
    ];
    match (story.first.time(), story.to()) {
        (Some(from), Some(to)) if from != to => {
            parts.push(pair(LogWord::Times.in_lang(lang), &format!("{from} – {to}"), lang));
        }
        (Some(time), _) | (None, Some(time)) => {
            parts.push(pair(LogWord::Times.in_lang(lang), &time, lang));
        }
        (None, None) => {}
    }
    if !story.remote_addresses.is_empty() {
        let addresses: Vec<&str> = story.remote_addresses.iter().map(String::as_str).collect();
        let mut addresses = addresses.join(", ");
        if story.more_addresses {
            addresses = format!("{addresses}, {}", LogWord::And.in_lang(lang));
        }
        parts.push(pair(LogWord::From.in_lang(lang), &addresses, lang));
    }
    parts.join(and(lang))
}

/// What stands between two facts.
fn and(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "; ",
        Lang::Ja | Lang::Zh => "；",
    }
}
