//! Writes the generated documentation: a page for each diagnosis, their index, and the schema of the JSON report.
//!
//! `cargo run --example docs` writes; with `--check` it compares instead, names what is out of date, and fails.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use etcd_tls::{
    diagnoses::{self, GROUPS, Group},
    judge::Diagnosis,
    lang::{Lang, Word},
    report,
};

fn main() -> io::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pages = pages();
    if !std::env::args().any(|argument| argument == "--check") {
        write(&root, &pages)?;
        return Ok(ExitCode::SUCCESS);
    }
    let stale = stale(&root, &pages)?;
    for path in &stale {
        writeln!(io::stderr(), "out of date: {}", path.display())?;
    }
    if !stale.is_empty() {
        writeln!(io::stderr(), "run: cargo run --example docs")?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Every generated file by its path below `docs`.
fn pages() -> BTreeMap<PathBuf, String> {
    let mut pages = BTreeMap::from([
        (PathBuf::from("diagnoses/README.md"), index()),
        (PathBuf::from("report.schema.json"), schema()),
    ]);
    for group in &GROUPS {
        for room in group.rooms {
            pages.insert(PathBuf::from(format!("diagnoses/{}.md", room.id)), page(group, room));
        }
    }
    pages
}

fn schema() -> String {
    let rooms = diagnoses::all();
    let ids: Vec<_> = rooms.iter().map(|room| room.id).collect();
    format!("{:#}\n", report::schema(&ids))
}

fn index() -> String {
    let mut text =
        "<!-- Generated from src/diagnoses by `cargo run --example docs`. -->\n\n# Diagnoses\n\n\
         Of several independent errors, the one that stands first here is the root cause.\n"
            .to_owned();
    for group in &GROUPS {
        let _ = writeln!(
            text,
            "\n## {}\n\n| id | | |\n| --- | --- | --- |",
            group.title.in_lang(Lang::En)
        );
        for room in group.rooms {
            let severity = report::severity_word(room.severity).in_lang(Lang::En);
            let title = room.text.en.title.replace('|', "\\|");
            let _ = writeln!(text, "| [{0}]({0}.md) | {severity} | {title} |", room.id);
        }
    }
    text
}

fn page(group: &Group, room: &Diagnosis) -> String {
    let file = format!("src/diagnoses/{}/{}.rs", group.name, room.id.replace('-', "_"));
    let mut text =
        format!("<!-- Generated from {file} by `cargo run --example docs`. -->\n\n# {}\n", room.id);
    for lang in Lang::ALL {
        section(&mut text, room, lang);
    }
    text
}

fn section(text: &mut String, room: &Diagnosis, lang: Lang) {
    let prose = room.text.in_lang(lang);
    let word = |word: Word| word.in_lang(lang);
    let severity = word(report::severity_word(room.severity));
    let side = word(report::side_word(room.side));
    let _ = writeln!(text, "\n## {}\n", prose.title);
    let _ =
        writeln!(text, "- {}: {severity}\n- {}: {side}", word(Word::Severity), word(Word::Side));
    if room.hardening {
        let _ = writeln!(text, "- {}", word(Word::Hardening));
    }
    let _ = writeln!(text, "\n**{}**: {}", word(Word::Why), prose.why);
    let _ = writeln!(text, "\n**{}**: {}", word(Word::Fix), prose.fix);
    let causes: Vec<_> =
        room.causes.iter().map(|cause| format!("[{0}]({0}.md)", cause.id)).collect();
    if !causes.is_empty() {
        let _ = writeln!(text, "\n**{}**: {}", word(Word::Causes), causes.join(", "));
    }
    let logs: Vec<_> = room.logs.iter().map(|text| text.trim_end()).collect();
    if !logs.is_empty() {
        let _ = writeln!(text, "\n**{}**:\n\n```text\n{}\n```", word(Word::Logs), logs.join("\n"));
    }
}

fn write(root: &Path, pages: &BTreeMap<PathBuf, String>) -> io::Result<()> {
    for path in surplus(root, pages)? {
        std::fs::remove_file(path)?;
    }
    std::fs::create_dir_all(root.join("diagnoses"))?;
    pages.iter().try_for_each(|(path, text)| std::fs::write(root.join(path), text))
}

fn stale(root: &Path, pages: &BTreeMap<PathBuf, String>) -> io::Result<Vec<PathBuf>> {
    let differs = |(path, text): (&PathBuf, &String)| {
        let path = root.join(path);
        let current = std::fs::read_to_string(&path).is_ok_and(|found| found == *text);
        (!current).then_some(path)
    };
    Ok(pages.iter().filter_map(differs).chain(surplus(root, pages)?).collect())
}

/// Pages of diagnoses that are no more.
fn surplus(root: &Path, pages: &BTreeMap<PathBuf, String>) -> io::Result<Vec<PathBuf>> {
    let folder = root.join("diagnoses");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut surplus = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let wanted = path.strip_prefix(root).is_ok_and(|below| pages.contains_key(below));
        if !wanted {
            surplus.push(path);
        }
    }
    Ok(surplus)
}
