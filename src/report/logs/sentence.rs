//! One line as a sentence: who refused whom, for which reason, with the facts of the line.

use super::super::wording::pair;
use crate::{
    logs::{Kind, Recognised, Voice},
    message::{Lang, LogWord},
};

/// `Who refuses whom: reason (facts).`
pub(super) fn message(line: &Recognised, lang: Lang) -> String {
    let said = headline(line, lang);
    let facts = facts(line, lang);
    match (facts.is_empty(), lang) {
        (true, Lang::En) => format!("{said}."),
        (true, Lang::Ja | Lang::Zh) => format!("{said}。"),
        (false, Lang::En) => format!("{said} ({}).", facts.join("; ")),
        (false, Lang::Ja | Lang::Zh) => format!("{said}（{}）。", facts.join("；")),
    }
}

/// The same without the facts and the full stop.
pub(super) fn headline(line: &Recognised, lang: Lang) -> String {
    let what = line.meaning.complaint.what.in_lang(lang);
    who(line).map_or_else(|| what.to_owned(), |who| pair(who.in_lang(lang), what, lang))
}

/// What it proves and what it leaves open.
pub(super) fn proves(line: &Recognised, lang: Lang) -> (&'static str, &'static str) {
    let complaint = line.meaning.complaint;
    (complaint.proves.in_lang(lang), complaint.open.in_lang(lang))
}

/// What the line names.
pub(super) fn facts(line: &Recognised, lang: Lang) -> Vec<String> {
    let places = line.places();
    let mut facts = Vec::new();
    let mut fact = |word: LogWord, value: &str| facts.push(pair(word.in_lang(lang), value, lang));
    if let Some(remote) = &places.remote {
        fact(LogWord::From, remote);
    }
    match places.server_name.as_deref() {
        Some("") => fact(LogWord::ByAddress, ""),
        Some(name) => fact(LogWord::ServerName, name),
        None => {}
    }
    if let Some(name) = &places.name {
        fact(LogWord::Compared, name);
    }
    if let Some(path) = &places.path {
        fact(LogWord::File, path);
    }
    facts
}

fn who(line: &Recognised) -> Option<LogWord> {
    let refusal = match line.meaning.voice {
        Voice::Client | Voice::Start => LogWord::RefusedByClient,
        Voice::Server => LogWord::RefusedByServer,
        Voice::Listener => LogWord::RefusedByListener,
        Voice::PeerIn => LogWord::RefusedByPeerIn,
        Voice::PeerOut => LogWord::RefusedByPeerOut,
    };
    let alert = match line.meaning.voice {
        Voice::Client | Voice::Start => LogWord::AlertToClient,
        Voice::Server => LogWord::AlertToServer,
        Voice::Listener => LogWord::AlertToListener,
        Voice::PeerIn => LogWord::AlertToPeerIn,
        Voice::PeerOut => LogWord::AlertToPeerOut,
    };
    match line.meaning.complaint.kind {
        Kind::Refusal => Some(refusal),
        Kind::Alert => Some(alert),
        Kind::Fault | Kind::Cut | Kind::Echo | Kind::Harmless | Kind::Turn => None,
    }
}
