//! English sentences of errors, remarks and observations, told in the reader's language.
//!
//! Errors and saved cases hold one language, so that a log or a case reads the same everywhere; they are translated where they are shown.
//! What is not in the tables (the words of other programs, say) is shown as it is. `tests/sentences.rs` finds what is missing.

mod arguments;
mod configuration;
mod files;
mod flags;
mod network;
mod observations;
mod system;

use std::borrow::Cow;

use super::{Lang, filled};

/// English, Japanese, Chinese; `{}` stands for whatever the sentence is about, in the same order in each.
type Row = [&'static str; 3];

/// What begins a line on standard error; evidence that begins so is quoted from elsewhere.
const BEGINNINGS: &[Row] = &[
    ["error: {}", "エラー: {}", "错误：{}"],
    ["note: {}", "注: {}", "说明：{}"],
    ["hint: {}", "ヒント: {}", "提示：{}"],
    ["conflict: {}", "競合: {}", "冲突：{}"],
];

/// The others, by what they are about.
const TABLES: [&[Row]; 7] = [
    arguments::SENTENCES,
    flags::SENTENCES,
    files::SENTENCES,
    configuration::SENTENCES,
    observations::SENTENCES,
    network::SENTENCES,
    system::SENTENCES,
];

/// What joins the links of an error, and several of its reasons.
const JOINTS: [&str; 2] = [": ", "; "];

/// A line of an error or a remark in one language: whole sentences, and sentences in a row with what they are about, such as
/// `/etc/etcd/ca.crt: Permission denied (os error 13)`.
pub fn told(line: &str, lang: Lang) -> Cow<'_, str> {
    if lang == Lang::En {
        return Cow::Borrowed(line);
    }
    let sentence = row(BEGINNINGS.iter(), line)
        .or_else(|| row(TABLES.into_iter().flatten(), line))
        .map(|(row, about)| fill(row, &about, lang));
    sentence.or_else(|| in_a_row(line, lang)).map_or(Cow::Borrowed(line), Cow::Owned)
}

/// The line cut at its first joint that has a known sentence on either side, or behind what a sentence is about.
fn in_a_row(line: &str, lang: Lang) -> Option<String> {
    let known = |part: &str| row(TABLES.into_iter().flatten(), part).is_some();
    let is_name = |part: &str| {
        let is_place = part.starts_with("--") || part.starts_with('/') || part.contains("://");
        is_place && !part.contains(' ')
    };
    let mut cuts: Vec<(usize, &str)> = JOINTS
        .iter()
        .flat_map(|joint| line.match_indices(joint).map(|(at, _)| (at, *joint)))
        .filter(|(at, joint)| {
            let (before, after) = (&line[..*at], &line[at + joint.len()..]);
            known(before) || known(after) || is_name(before)
        })
        .collect();
    cuts.sort_unstable();
    let (at, joint) = *cuts.first()?;
    let between = match (lang, joint) {
        (Lang::Zh, ": ") => "：",
        (Lang::Zh, _) => "；",
        _ => joint,
    };
    let (before, after) = (&line[..at], &line[at + joint.len()..]);
    Some(format!("{}{between}{}", told(before, lang), told(after, lang)))
}

/// The row whose English is this sentence with the least in its holes, and what stands there. The system's words come with a capital
/// or without.
fn row<'r, 's>(
    rows: impl Iterator<Item = &'r Row>,
    sentence: &'s str,
) -> Option<(&'r Row, Vec<&'s str>)> {
    let capital = sentence.chars().next().filter(char::is_ascii_uppercase);
    let uncapitalised = |pattern: &str| {
        let first = capital?;
        about(pattern.strip_prefix(first.to_ascii_lowercase())?, &sentence[first.len_utf8()..])
    };
    let matching = |row: &'r Row| {
        let about = about(row[0], sentence).or_else(|| uncapitalised(row[0]))?;
        Some((row, about))
    };
    rows.filter_map(matching)
        .min_by_key(|(_, about)| about.iter().map(|part| part.len()).sum::<usize>())
}

/// What stands in the places of `{}`; nothing where a sentence is another one. What continues a word, as in `--{}`, has no blank.
fn about<'s>(pattern: &str, sentence: &'s str) -> Option<Vec<&'s str>> {
    let mut parts = pattern.split("{}").peekable();
    let mut before = parts.next()?;
    let mut rest = sentence.strip_prefix(before)?;
    let mut found = Vec::new();
    while let Some(part) = parts.next() {
        let end =
            if parts.peek().is_some() { rest.find(part)? } else { rest.strip_suffix(part)?.len() };
        let in_word = before.ends_with(|c: char| c.is_ascii_alphanumeric() || "-_".contains(c));
        if in_word && rest[..end].contains(' ') {
            return None;
        }
        found.push(&rest[..end]);
        rest = &rest[end + part.len()..];
        before = part;
    }
    rest.is_empty().then_some(found)
}

/// The sentence in one language, its holes filled with what stood there, translated.
fn fill(row: &Row, about: &[&str], lang: Lang) -> String {
    let [en, ja, zh] = row;
    let template = match lang {
        Lang::En => en,
        Lang::Ja => ja,
        Lang::Zh => zh,
    };
    let about: Vec<_> = about.iter().map(|part| told(part, lang)).collect();
    filled(template, &about.iter().map(AsRef::as_ref).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::{BEGINNINGS, Lang, TABLES, told};

    #[test]
    fn every_link_of_an_error_is_told() {
        let line = "error: /pki/a.crt: Permission denied (os error 13)";
        assert_eq!(
            told(line, Lang::Ja),
            "エラー: /pki/a.crt: アクセスが許可されていません (os error 13)"
        );
        assert_eq!(told(line, Lang::Zh), "错误：/pki/a.crt：权限不足 (os error 13)");
        assert_eq!(told(line, Lang::En), line);
        let several = "error: https://a:2379: no answer; https://b:2379: connection refused";
        assert_eq!(
            told(several, Lang::Zh),
            "错误：https://a:2379：没有应答；https://b:2379：连接被拒绝"
        );
    }

    #[test]
    fn the_words_of_others_stay() {
        assert_eq!(told("error: a: b", Lang::Zh), "错误：a: b");
    }

    #[test]
    fn what_a_sentence_is_about_is_kept_in_every_language() {
        let mut known = std::collections::HashSet::new();
        for row @ [en, ja, zh] in BEGINNINGS.iter().chain(TABLES.into_iter().flatten()) {
            let holes = row.map(|text| text.matches("{}").count());
            assert!(holes.iter().all(|count| *count == holes[0]), "{en}");
            // Where the words are a number's only, `(os error 2)` say, nothing is left to translate.
            let worded = !en.starts_with("{} (os error ");
            assert!(!worded || en != ja && en != zh && ja != zh, "{en}");
            assert!(known.insert(en), "twice: {en}");
        }
    }
}
