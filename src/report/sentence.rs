//! A finding as one sentence: the room's title with the most telling facts of this case.

use crate::{
    diagnoses::engine::{Evidence, Finding},
    message::Lang,
};

/// How many facts a sentence bears; all of them stand in the evidence.
const FACTS: usize = 3;

/// `Title (label: fact; label: fact).`
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
