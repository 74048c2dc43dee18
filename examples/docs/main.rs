//! Writes the generated documentation: a page for each diagnosis, topic, group of options, layout and command, their indices, the book's table of contents, and
//! the schemas of what commands print as JSON.
//!
//! `cargo run --example docs` writes; with `--check` it compares instead, names what is out of date, and fails.

mod catalogue;
mod command_line;
mod contents;
mod teaching;

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use etcd_tls::{cli, diagnoses::GROUPS};

/// The folders that hold nothing but generated pages.
const FOLDERS: [&str; 6] = ["diagnoses", "commands", "topics", "options", "files", "schemas"];

fn main() -> io::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pages = pages(&root)?;
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
fn pages(root: &Path) -> io::Result<BTreeMap<PathBuf, String>> {
    let commands = command_line::pages();
    let mut pages = BTreeMap::from([
        (PathBuf::from("SUMMARY.md"), contents::summary(root, &commands)?),
        (PathBuf::from("diagnoses/README.md"), catalogue::index()),
    ]);
    for group in &GROUPS {
        for room in group.rooms {
            let path = PathBuf::from(format!("diagnoses/{}.md", room.id));
            pages.insert(path, catalogue::page(group, room));
        }
    }
    pages.extend(cli::documents().into_iter().map(|document| {
        let path = PathBuf::from(format!("schemas/{}.schema.json", document.name));
        (path, format!("{:#}\n", document.schema))
    }));
    pages.extend(teaching::pages()?);
    pages.extend(commands.into_iter().map(|page| (page.path, page.text)));
    Ok(pages)
}

fn write(root: &Path, pages: &BTreeMap<PathBuf, String>) -> io::Result<()> {
    for path in surplus(root, pages)? {
        std::fs::remove_file(path)?;
    }
    for folder in FOLDERS {
        std::fs::create_dir_all(root.join(folder))?;
    }
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

/// Pages of what is no more.
fn surplus(root: &Path, pages: &BTreeMap<PathBuf, String>) -> io::Result<Vec<PathBuf>> {
    let mut surplus = Vec::new();
    for folder in FOLDERS.map(|folder| root.join(folder)).iter().filter(|folder| folder.is_dir()) {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let wanted = path.strip_prefix(root).is_ok_and(|below| pages.contains_key(below));
            if !wanted {
                surplus.push(path);
            }
        }
    }
    Ok(surplus)
}
