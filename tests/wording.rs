//! Where sentences stand: in `message`, in what teaches and diagnoses, and in clap's help. Elsewhere everything is a value, which says itself
//! in three languages.

use std::{fs, path::Path};

/// Folders and files that may hold literals of several words, and why.
const MAY_SPEAK: &[(&str, &str)] = &[
    ("src/message/", "three languages each"),
    ("src/diagnoses/", "prose of the rooms, three languages each"),
    ("src/learn/", "loads Markdown of three languages"),
    ("src/logs/", "what other programs log"),
    ("src/x509/", "Go's words, quoted"),
    ("src/etcd/", "etcd's words, quoted"),
    ("src/facts/auth.rs", "etcd's words, by which a refusal is recognised"),
    ("src/observe/etcd/requests.rs", "etcd's words, by which a refusal is recognised"),
    ("src/observe/wire/anchors.rs", "Go's words, quoted"),
    ("src/observation/case_v1.rs", "English of saved cases of release 0.1"),
    ("src/report/client.rs", "etcdctl's commands"),
    ("src/report/pod.rs", "commands for shells"),
    ("src/report/html/", "HTML"),
    ("src/report/tree/graph.rs", "the language of Graphviz"),
    ("src/report/tree/svg.rs", "SVG"),
    ("src/workflow/explain.rs", "commands for shells"),
    ("src/workflow/verify_cases.rs", "answers for programs"),
];

/// What begins a command, or names one: it is typed, not read.
const COMMAND: &str = "etcd-tls ";

#[test]
fn sentences_stand_where_they_are_translated() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![package.join("src")];
    let mut wrong = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let name = path.strip_prefix(package).unwrap().to_string_lossy().into_owned();
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        if !is_rust || MAY_SPEAK.iter().any(|(known, _)| name.starts_with(known)) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let said = literals(code).into_iter().filter(|literal| is_sentence(literal));
        wrong.extend(said.map(|literal| format!("{name}: {literal}")));
    }
    assert!(wrong.is_empty(), "move these to src/message: {wrong:#?}");
}

/// Two words of lower-case letters in a row.
fn is_sentence(literal: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    let words: Vec<&str> = literal.split(' ').collect();
    !literal.contains(COMMAND) && words.windows(2).any(|two| is_word(two[0]) && is_word(two[1]))
}

/// The string literals of some code, but for those of attributes: help, names and reasons.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    let mut attribute = 0;
    while let Some(c) = rest.chars().next() {
        let next = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with(r"'\'") || rest.starts_with(r#"'\""#) {
            4
        } else if rest.starts_with("#[") || rest.starts_with("#![") {
            attribute = 1;
            rest.find('[').unwrap_or_default() + 1
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").unwrap_or(raw.len());
            found.extend((attribute == 0).then(|| raw[..end].to_owned()));
            3 + end + 2
        } else if c == '"' {
            let end = closing_quote(&rest[1..]);
            found.extend((attribute == 0).then(|| rest[1..=end].to_owned()));
            end + 2
        } else {
            match c {
                '[' if attribute > 0 => attribute += 1,
                ']' if attribute > 0 => attribute -= 1,
                _ => {}
            }
            c.len_utf8()
        };
        rest = rest.get(next..).unwrap_or_default();
    }
    found
}

/// Where a literal ends: at the first quote without a backslash.
fn closing_quote(text: &str) -> usize {
    let mut is_escaped = false;
    let quote = |(_, c): &(usize, char)| {
        let ends = *c == '"' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    };
    text.char_indices().find(quote).map_or(text.len(), |(at, _)| at)
}

#[test]
fn literals_are_told_from_comments_attributes_and_characters() {
    let code = "#[arg(help = \"some help here\")]\n// \"a comment here\"\nlet (a, b) = ('\"', \"one two\"); f(r#\"raw \" text\"#, \"say \\\" it\")";
    assert_eq!(literals(code), ["one two", "raw \" text", "say \\\" it"]);
    assert!(
        is_sentence("the port is missing") && !is_sentence("CN=a, O=b") && !is_sentence("name")
    );
}
