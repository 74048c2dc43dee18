//! How the words of findings are put together, the same in every format: severities, sides, levels, and a finding as one sentence.

use super::text::page::Role;
use crate::{
    diagnoses::engine::{Evidence, Finding, Level, Severity, Side},
    message::{Lang, Word},
};

/// How many facts a sentence bears; all of them stand in the evidence.
const FACTS: usize = 3;

/// A finding as one sentence: the room's title with the most telling facts of this case, `Title (label: fact; label: fact).`
pub(super) fn message(finding: &Finding, lang: Lang) -> String {
    let title = finding.diagnosis.text.in_lang(lang).title;
    let facts: Vec<_> = finding.evidence.iter().take(FACTS).map(|one| fact(one, lang)).collect();
    match (facts.is_empty(), lang) {
        (true, Lang::En) => format!("{title}."),
        (true, Lang::Ja | Lang::Zh) => format!("{title}。"),
        (false, Lang::En) => format!("{title} ({}).", facts.join("; ")),
        (false, Lang::Ja | Lang::Zh) => format!("{title}（{}）。", facts.join("；")),
    }
}

/// `label: value`.
pub(super) fn fact(evidence: &Evidence, lang: Lang) -> String {
    pair(evidence.label.in_lang(lang), &evidence.value.say(lang), lang)
}

/// A word and its colon, in front of what it is about.
pub(crate) fn lead(word: &str, lang: Lang) -> String {
    format!("{word}{}", lang.colon())
}

/// Two parts with the colon of the language; the first alone when there is no second.
pub(crate) fn pair(name: &str, value: &str, lang: Lang) -> String {
    if value.is_empty() { name.to_owned() } else { format!("{name}{}{value}", lang.colon()) }
}

/// A time as people read it.
pub(super) fn milliseconds(ms: f64) -> String {
    if ms < 1000.0 { format!("{ms:.1} ms") } else { format!("{:.2} s", ms / 1000.0) }
}

/// The word for a severity.
pub fn severity(severity: Severity) -> Word {
    match severity {
        Severity::Error => Word::SeverityError,
        Severity::Warning => Word::SeverityWarning,
        Severity::Info => Word::SeverityInfo,
    }
}

/// How a severity looks.
pub(super) fn role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Bad,
        Severity::Warning => Role::Warn,
        Severity::Info => Role::Dim,
    }
}

/// The word for the state of an endpoint or of all, and how it looks.
pub(super) fn state(level: Level) -> (Word, Role) {
    match level {
        Level::Ok => (Word::Healthy, Role::Good),
        Level::Warning => (Word::Warnings, Role::Warn),
        Level::Incomplete => (Word::Incomplete, Role::Warn),
        Level::Error => (Word::Unhealthy, Role::Bad),
    }
}

/// The heading of a fix, with who has to make it.
pub(super) fn fix(side: Side, lang: Lang) -> String {
    let (word, side) = (Word::Fix.in_lang(lang), self::side(side).in_lang(lang));
    match lang {
        Lang::En => format!("{word} ({side})"),
        Lang::Ja | Lang::Zh => format!("{word}（{side}）"),
    }
}

/// The word for who has to change something.
pub fn side(side: Side) -> Word {
    match side {
        Side::LocalFile => Word::SideLocalFile,
        Side::Client => Word::SideClient,
        Side::Server => Word::SideServer,
        Side::Peer => Word::SidePeer,
        Side::Network => Word::SideNetwork,
        Side::Config => Word::SideConfig,
        Side::Etcd => Word::SideEtcd,
    }
}
