//! Every sentence of ours that can reach standard error or the evidence of a report is told in Japanese and Chinese: read from the text of
//! the files, so that a sentence that is new or reworded fails here before a user meets it in English.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use etcd_tls::message::{Lang, told};

/// Where literals of several words are sentences: what is seen, found, refused or complained about.
const SPEAKING: &[&str] = &[
    "ca",
    "cli",
    "connect",
    "diagnoses",
    "discover",
    "facts",
    "inventory",
    "ledger",
    "observation",
    "probe",
];

/// What is called with a sentence, whatever it looks like.
const SAYING: &[&str] = &["Misuse(", "Refusal(", "note(", "exit::ask(", "place::ask(", "#[error("];

/// Literals of several words that are no sentences of ours: they begin so.
const QUOTED: &[&str] = &[
    // Commands, to be typed or run.
    "alarm ",
    "crictl ",
    "df ",
    "echo ",
    "endpoint ",
    "etcd --",
    "etcd-tls ",
    "etcdctl ",
    "etcdutl ",
    "getent ",
    "grep ",
    "head ",
    "iconv ",
    "ip route",
    "journalctl ",
    "keytool ",
    "kill ",
    "kubeadm ",
    "kubectl ",
    "ls ",
    "member ",
    "mkdir ",
    "mv ",
    "openssl ",
    "printf ",
    "sed ",
    "snapshot save",
    "ss ",
    "ssh-keygen ",
    "sudo ",
    "systemctl ",
    "tail ",
    "timedatectl ",
    "user ",
    "--user NAME",
    // Programs' and protocols' own texts.
    "BEGIN IMMEDIATE",
    "DELETE ",
    "GET /",
    "INSERT ",
    "SELECT ",
    "UPDATE ",
    "\n    CREATE",
    "\n    DROP",
    // Etcd's words for a refusal, recognised by them.
    "authentication failed",
    "user name ",
    // Where a setting stands; `--NAME of FILE` and `ETCD_NAME of FILE` are told.
    "{} of {}",
    "{} in {}:{}",
    // To systemd, for `systemctl status`.
    "{} renewed, {} failed",
    // Prometheus' configuration.
    "  scheme: https",
];

#[test]
fn every_sentence_is_told_in_three_languages() {
    let mut untold = Vec::new();
    let mut seen = 0;
    for (file, text) in rust_files(Path::new("src")) {
        let folder = file.iter().nth(1).unwrap().to_string_lossy().replace(".rs", "");
        // What release 0.1 said in its saved cases, as it said it.
        if file.ends_with("observation/case_v1.rs") {
            continue;
        }
        for literal in literals(&text) {
            let saying =
                SAYING.iter().any(|call| literal.within.iter().any(|outer| outer.ends_with(call)));
            let speaking = SPEAKING.contains(&folder.as_str()) && !literal.in_attribute();
            let sentence = sentence(&literal.text);
            let quoted = QUOTED.iter().any(|start| sentence.starts_with(start));
            if quoted || !(saying && has_words(&sentence) || speaking && is_prose(&sentence)) {
                continue;
            }
            seen += 1;
            if [Lang::Ja, Lang::Zh].iter().any(|lang| !is_told(&sentence, *lang)) {
                untold.push(format!("{}:{}: {sentence}", file.display(), literal.line));
            }
        }
    }
    assert!(untold.is_empty(), "add these to src/message/told: {untold:#?}");
    assert!(seen > 250, "only {seen} sentences were found: does this test still read the source?");
}

/// A literal as it is at run time, with `{}` for whatever is formatted into it.
fn sentence(literal: &str) -> String {
    let mut sentence = String::new();
    let mut rest = literal;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        sentence.push_str(before);
        let doubled = from.starts_with("{{") || from.starts_with("}}");
        let end = from.find('}').filter(|_| from.starts_with('{') && !doubled);
        match end {
            Some(end) => {
                sentence.push_str("{}");
                rest = &from[end + 1..];
            }
            None => {
                sentence.push_str(&from[..1]);
                rest = &from[if doubled { 2 } else { 1 }..];
            }
        }
    }
    sentence + rest
}

/// Whether anything in it belongs to a language: names of options and holes do not.
fn has_words(sentence: &str) -> bool {
    let is_word = |word: &str| {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        letters.len() > 1
            && letters.chars().all(|c| c.is_ascii_lowercase())
            && !word.starts_with("--")
    };
    sentence.split(' ').any(is_word)
}

/// Whether two words stand side by side.
fn is_prose(sentence: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_end_matches([',', ';', ':']);
        word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == '\'')
    };
    let words: Vec<&str> = sentence.split(' ').filter(|word| *word != "{}").collect();
    words.windows(2).any(|pair| is_word(pair[0]) && is_word(pair[1]))
}

/// Whether nothing of it is left in English.
fn is_told(sentence: &str, lang: Lang) -> bool {
    let told = told(sentence, lang);
    let is_english = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase());
    let words: Vec<&str> = told.split([' ', ',', ';']).collect();
    told != sentence && !words.windows(3).any(|three| three.iter().all(|word| is_english(word)))
}

/// A string literal and what it stands in, the innermost last.
struct Literal {
    line: usize,
    text: String,
    within: Vec<String>,
}

impl Literal {
    fn in_attribute(&self) -> bool {
        self.within.iter().any(|outer| outer.starts_with('#'))
    }
}

/// The string literals of a file before its tests; those of a room only where it detects, since its prose has its own test.
fn literals(text: &str) -> Vec<Literal> {
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    let room = text.find("static DIAGNOSIS: Diagnosis").is_some();
    let begin = if room { text.find("    detect,\n};").unwrap_or(end) } else { 0 };
    let mut found = Vec::new();
    let mut within: Vec<String> = Vec::new();
    let mut at = begin;
    while at < end {
        let rest = &text[at..end];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some((text_of, length)) = string(rest) {
            let line = text[..at].matches('\n').count() + 1;
            found.push(Literal { line, text: text_of, within: within.clone() });
            at += length;
        } else if let Some(length) = character(rest) {
            at += length;
        } else {
            let c = rest.chars().next().unwrap();
            match c {
                '(' | '[' | '{' => within.push(format!("{}{c}", called(&text[begin..at]))),
                ')' | ']' | '}' => drop(within.pop()),
                _ => {}
            }
            at += c.len_utf8();
        }
    }
    found
}

/// What stands right in front of an opening bracket: the name of a function, or `#[error` and the like.
fn called(before: &str) -> &str {
    let start = before.trim_end_matches(|c: char| c.is_alphanumeric() || "_!#[:".contains(c)).len();
    &before[start..]
}

/// A string at the start of the text, and its length there.
fn string(text: &str) -> Option<(String, usize)> {
    let raw = text.strip_prefix('r').map(|rest| rest.len() - rest.trim_start_matches('#').len());
    if let Some(hashes) = raw.filter(|hashes| text[1 + hashes..].starts_with('"')) {
        let (open, close) = (hashes + 2, format!("\"{}", "#".repeat(hashes)));
        let length = text[open..].find(&close)?;
        return Some((text[open..open + length].to_owned(), open + length + close.len()));
    }
    let mut said = String::new();
    let mut chars = text.strip_prefix('"')?.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((said, at + 2)),
            '\\' => match chars.next()?.1 {
                'n' => said.push('\n'),
                '\n' => while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                other => said.push(other),
            },
            c => said.push(c),
        }
    }
    None
}

/// The length of a character literal at the start of the text, such as `'"'`.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let escaped = usize::from(inside.starts_with('\\'));
    let first = inside[escaped..].chars().next()?;
    let end = escaped + first.len_utf8();
    inside[end..].starts_with('\'').then_some(end + 2)
}

fn rust_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
    files.sort();
    files
}
