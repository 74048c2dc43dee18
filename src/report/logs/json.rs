//! An object a recognised line, and one a story: the contract's `explain --log -o json`.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    super::{json, wording::pair},
    sentence,
};
use crate::{
    diagnoses::engine::{Severity, Side},
    logs::{Recognised, Recogniser, Story},
    message::Lang,
};

/// How many candidates are told how to mend.
const FIXES: usize = 3;

#[derive(Serialize)]
struct LineView<'a> {
    line: u64,
    id: &'a str,
    candidates: &'a [&'static str],
    confidence: &'static str,
    severity: Severity,
    side: Side,
    subject: String,
    message: String,
    proves: String,
    decide: [String; 1],
    fix: Vec<String>,
}

#[derive(Serialize)]
struct StoryLine<'a> {
    story: StoryView<'a>,
}

#[derive(Serialize)]
struct StoryView<'a> {
    lines: u64,
    from: Option<String>,
    to: Option<String>,
    remote_addresses: Vec<&'a str>,
    id: &'a str,
}

/// Writes one recognised line.
pub fn line(
    out: &mut impl Write,
    number: u64,
    line: &Recognised,
    recogniser: &Recogniser,
    lang: Lang,
) -> io::Result<()> {
    let (proves, open) = sentence::proves(line, lang);
    let gap = if lang == Lang::En { " " } else { "" };
    let view = LineView {
        line: number,
        id: line.meaning.id(),
        candidates: &line.meaning.candidates,
        confidence: if line.meaning.is_certain() { "certain" } else { "likely" },
        severity: line.meaning.severity,
        side: line.meaning.side,
        subject: line.subject(),
        message: sentence::message(line, lang),
        proves: format!("{proves}{gap}{open}"),
        decide: [line.decide()],
        fix: fixes(line, recogniser, lang),
    };
    write(out, &view)
}

/// Writes one story.
pub fn story(out: &mut impl Write, story: &Story) -> io::Result<()> {
    let view = StoryView {
        lines: story.lines,
        from: story.first.time(),
        to: story.to(),
        remote_addresses: story.remote_addresses.iter().map(String::as_str).collect(),
        id: story.first.meaning.id(),
    };
    write(out, &StoryLine { story: view })
}

/// How the likeliest causes are mended; with several, each says which one it is for.
pub(super) fn fixes(line: &Recognised, recogniser: &Recogniser, lang: Lang) -> Vec<String> {
    let rooms = line.meaning.candidates.iter().filter_map(|id| recogniser.room(id));
    let fix = |room: &crate::diagnoses::engine::Diagnosis| {
        let fix = room.text.in_lang(lang).fix;
        if line.meaning.candidates.len() == 1 { fix.to_owned() } else { pair(room.id, fix, lang) }
    };
    rooms.take(FIXES).map(fix).collect()
}

fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    json::line(out, value)
}
