//! An object a recognised line, and one a story: the contract's `explain --log -o json`.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    super::{Document, json, wording::pair},
    sentence,
};
use crate::{
    diagnoses::engine::{Severity, Side},
    logs::{Recognised, Recogniser, Story, WITHHELD},
    message::Lang,
};

/// How many candidates are told how to mend.
const FIXES: usize = 3;

#[derive(Serialize, JsonSchema)]
struct LineView<'a> {
    line: u64,
    id: &'a str,
    /// In order of likelihood.
    candidates: &'a [&'static str],
    #[schemars(extend("enum" = ["certain", "likely"]))]
    confidence: &'static str,
    severity: Severity,
    side: Side,
    subject: String,
    message: String,
    proves: String,
    decide: [String; 1],
    fix: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum LogLine<'a> {
    Recognised(LineView<'a>),
    Story { story: StoryView<'a> },
}

#[derive(Serialize, JsonSchema)]
struct StoryView<'a> {
    lines: u64,
    from: Option<String>,
    to: Option<String>,
    remote_addresses: Vec<&'a str>,
    id: &'a str,
}

/// The schema of what `explain --log` prints.
pub(in crate::report) fn documents() -> [Document; 1] {
    [Document::of_type::<LogLine<'_>>(
        "explain-log-line",
        "A line of etcd-tls explain --log -o json",
    )]
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
        decide: [line.decide().line()],
        // A list of sentences that the contract does not list as translated.
        fix: fixes(line, recogniser, Lang::En),
    };
    json::line(out, &LogLine::Recognised(view))
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
    json::line(out, &LogLine::Story { story: view })
}

/// How the likeliest causes are mended; with several, each says which one it is for. A line without a reason is a reason to mend nothing.
pub(super) fn fixes(line: &Recognised, recogniser: &Recogniser, lang: Lang) -> Vec<String> {
    let withheld = line.meaning.id() == WITHHELD;
    let candidates = &line.meaning.candidates;
    let candidates = if withheld { &candidates[..1] } else { &candidates[..] };
    let rooms = candidates.iter().filter_map(|id| recogniser.room(id));
    let fix = |room: &crate::diagnoses::engine::Diagnosis| {
        let fix = room.text.in_lang(lang).fix;
        if candidates.len() == 1 { fix.to_owned() } else { pair(room.id, fix, lang) }
    };
    rooms.take(FIXES).map(fix).collect()
}
