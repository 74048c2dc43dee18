//! The shape of the source tree: which folder may import which, how long files get, how they open, which names say nothing.
//!
//! Read from the text of the files, so that it holds whatever the compiler would let through.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// What each folder of `src` may import besides itself. A folder that is missing here fails the test: it has no place yet.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("message", &[]),
    // How shells quote words.
    ("shell", &[]),
    ("durable", &["message"]),
    ("x509", &["message"]),
    ("etcd", &["message", "x509"]),
    ("observation", &["message", "etcd"]),
    // Reading a file without ever hanging on it, and reaching an endpoint, are done in one place: `observe/files`, `observe/wire`.
    ("observe", &["observation", "x509", "etcd", "message"]),
    ("facts", &["observation", "x509", "etcd", "message"]),
    ("diagnoses", &["facts", "message", "observation", "shell", "x509", "etcd"]),
    ("logs", &["diagnoses", "message", "etcd"]),
    ("learn", &["message", "etcd"]),
    ("ca", &["durable", "message", "observe", "x509"]),
    ("ledger", &["ca", "message", "observe", "x509"]),
    // `report` tells log lines and topics as well.
    (
        "report",
        &[
            "ca",
            "etcd",
            "ledger",
            "logs",
            "learn",
            "diagnoses",
            "message",
            "facts",
            "observation",
            "shell",
            "x509",
        ],
    ),
];

/// Folders that may import anything.
const WIRING: &[&str] = &["cli", "workflow", "main", "lib"];

/// Folders in which files still lead back to themselves. A folder leaves this list when its last circle goes, and does not come back.
const WITH_CIRCLES: &[&str] = &["cli", "diagnoses", "observe", "report"];

const LONGEST: usize = 400;
const SAY_NOTHING: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc"];

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for (file, text) in rust_files(&["src"]) {
        let folder = folder_of(&file);
        if WIRING.contains(&folder.as_str()) {
            continue;
        }
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == folder) else {
            wrong.push(format!("{}: src/{folder} has no place in MAY_IMPORT", file.display()));
            continue;
        };
        for imported in imports(&text) {
            if imported != folder && !allowed.contains(&imported.as_str()) {
                wrong.push(format!("{}: {folder} may not import {imported}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_leads_back_to_itself() {
    let files: BTreeMap<Vec<String>, String> = rust_files(&["src"])
        .into_iter()
        .map(|(file, text)| (module_of(&file), text))
        .filter(|(module, _)| {
            module.first().is_some_and(|folder| !WITH_CIRCLES.contains(&folder.as_str()))
        })
        .collect();
    let leads_to: BTreeMap<&[String], BTreeSet<&[String]>> = files
        .iter()
        .map(|(module, text)| (module.as_slice(), neighbours(module, text, &files)))
        .collect();
    let in_circles: Vec<String> = leads_to
        .keys()
        .filter(|module| {
            let mut open = vec![**module];
            let mut seen = BTreeSet::new();
            while let Some(next) = open.pop() {
                open.extend(leads_to[next].iter().filter(|module| seen.insert(**module)));
            }
            seen.contains(*module)
        })
        .map(|module| module.join("/"))
        .collect();
    assert!(in_circles.is_empty(), "these lead back to themselves: {in_circles:#?}");
}

/// Files outside `observe/files` and `durable` that open something themselves, and why.
const OPENS_ITSELF: &[(&str, &str)] = &[
    (
        "src/observe/config/process.rs",
        "/proc: files without a size that the kernel writes as they are read",
    ),
    ("src/workflow/save.rs", "syncs the directory that a snapshot was written into"),
];

#[test]
fn files_are_read_in_one_place() {
    const READS: [&str; 6] = [
        "fs::read(",
        "fs::read_to_string(",
        "fs::read_dir(",
        "File::open(",
        "tokio::fs",
        "PemObject",
    ];
    let mut wrong = Vec::new();
    for (file, text) in rust_files(&["src"]) {
        let name = file.to_string_lossy().into_owned();
        let exempt = ["src/observe/files/", "src/durable/"].iter().any(|at| name.starts_with(at))
            || OPENS_ITSELF.iter().any(|(known, _)| *known == name);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for read in READS.iter().filter(|read| !exempt && code.contains(**read)) {
            wrong.push(format!("{name}: {read}"));
        }
    }
    assert!(wrong.is_empty(), "read through observe/files: {wrong:#?}");
}

#[test]
fn files_stay_short() {
    let long: Vec<_> = rust_files(&ALL)
        .into_iter()
        .map(|(file, text)| (file, text.lines().count()))
        .filter(|(_, lines)| *lines >= LONGEST)
        .collect();
    assert!(long.is_empty(), "split these: {long:#?}");
}

#[test]
fn files_say_what_they_hold() {
    let silent: Vec<_> = rust_files(&ALL)
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(file, _)| file)
        .collect();
    assert!(silent.is_empty(), "these open without //!: {silent:#?}");
}

#[test]
fn names_are_nouns_of_the_field() {
    let vague: Vec<_> = rust_files(&ALL)
        .into_iter()
        .map(|(file, _)| file)
        .filter(|file| {
            let parts = file.iter().map(|part| part.to_string_lossy().replace(".rs", ""));
            parts.into_iter().any(|part| SAY_NOTHING.contains(&part.as_str()))
        })
        .collect();
    assert!(vague.is_empty(), "these names say nothing: {vague:#?}");
}

#[test]
fn nothing_is_allowed_without_a_reason() {
    let loose: Vec<_> = rust_files(&["src"])
        .into_iter()
        .filter(|(_, text)| text.contains("#[allow(") || text.contains("#![allow("))
        .map(|(file, _)| file)
        .collect();
    assert!(loose.is_empty(), "use #[expect(…, reason = \"…\")] here: {loose:#?}");
}

const ALL: [&str; 4] = ["src", "tests", "examples", "benches"];

/// Every Rust file below these folders, with its text; paths are relative to the package.
fn rust_files(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| package.join(folder)).collect();
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path.strip_prefix(package).unwrap().to_owned(), text));
        }
    }
    files.sort();
    files
}

/// `src/x509/path.rs` belongs to `x509`, `src/main.rs` to `main`.
fn folder_of(file: &Path) -> String {
    let second = file.iter().nth(1).unwrap_or_default().to_string_lossy();
    second.trim_end_matches(".rs").to_owned()
}

/// `src/x509/path.rs` is the module `x509::path`, `src/x509/mod.rs` is `x509`.
fn module_of(file: &Path) -> Vec<String> {
    let parts = file.iter().skip(1).map(|part| part.to_string_lossy().replace(".rs", ""));
    parts.filter(|part| part != "mod").collect()
}

/// The other files of its folder that a file names. What a folder's `mod.rs` declares for all files below it is nobody's in
/// particular, so the way up does not count.
fn neighbours<'f>(
    module: &[String],
    text: &str,
    files: &'f BTreeMap<Vec<String>, String>,
) -> BTreeSet<&'f [String]> {
    let code = without_comments(text);
    let code = code.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut paths = paths(code);
    // `use child::Name` in a `mod.rs`.
    let children = code.split("use ").skip(1).map(|path| first_names(path)[0].clone());
    paths.extend(children.map(|child| vec!["self".to_owned(), child]));
    let target = |path: &Vec<String>| {
        let up = path.iter().filter(|name| *name == "super").count();
        let from = match path[0].as_str() {
            "crate" => &[],
            _ => &module[..module.len().saturating_sub(up)],
        };
        let mut at = from.to_vec();
        for name in path.iter().filter(|name| !["crate", "self", "super"].contains(&name.as_str()))
        {
            at.push(name.clone());
            if !files.contains_key(&at) {
                at.pop();
                break;
            }
        }
        files.get_key_value(&at).map(|(module, _)| module.as_slice())
    };
    let targets = paths.iter().filter_map(target);
    targets.filter(|other| other[0] == module[0] && !module.starts_with(other)).collect()
}

/// All paths that begin with `crate`, `self` or `super`, groups spelt out: `super::{a::b, c}` gives `super::a::b` and `super::c`.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for root in ["crate::", "self::", "super::"] {
        for (at, _) in code.match_indices(root) {
            let within = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            if !code[..at].ends_with(within) {
                spell_out(&code[at..], &[], &mut found);
            }
        }
    }
    found
}

/// Adds the paths that begin here and returns what follows them.
fn spell_out<'t>(mut text: &'t str, before: &[String], found: &mut Vec<Vec<String>>) -> &'t str {
    let mut path = before.to_vec();
    loop {
        if let Some(mut group) = text.trim_start().strip_prefix('{') {
            loop {
                group = group.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
                if group.is_empty() || group.starts_with('}') {
                    return group.strip_prefix('}').unwrap_or_default();
                }
                let rest = spell_out(group, &path, found);
                // Behind a name there may be another one: `a as b`.
                group = &rest[rest.find([',', '}']).unwrap_or(rest.len())..];
            }
        }
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        path.push(text[..end].to_owned());
        let Some(rest) = text[end..].strip_prefix("::") else {
            found.push(path);
            return &text[end..];
        };
        text = rest;
    }
}

fn without_comments(text: &str) -> String {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect()
}

/// The modules named behind `crate::`, in paths and in nested `use crate::{…}`; comments are left out.
fn imports(text: &str) -> BTreeSet<String> {
    without_comments(text).split("crate::").skip(1).flat_map(first_names).collect()
}

/// The first segment of every path that starts here: `a::b` gives `a`; `{a::{b, c}, d}` gives `a` and `d`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut depth = 0;
    let mut names = vec![name(group)];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(&group[at + 1..])),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn groups_are_spelt_out() {
    let text = "use super::{\n    a::{b, c as d},\n    e,\n};\nlet f = self::g::h();";
    let expected = ["self::g::h", "super::a::b", "super::a::c", "super::e"];
    let found: Vec<String> = paths(text).iter().map(|path| path.join("::")).collect();
    assert_eq!(found, expected);
}

#[test]
fn nested_imports_are_read() {
    let text = "use crate::{\n    facts::{Facts, Reach},\n    message::Text,\n};\n// crate::probe\ncrate::judge::f();";
    let expected = ["facts", "judge", "message"].map(str::to_owned);
    assert_eq!(imports(text), BTreeSet::from(expected));
}
