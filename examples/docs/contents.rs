//! The book's table of contents: the guides that lie in their folder, and the generated pages.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use etcd_tls::{
    diagnoses::GROUPS,
    learn::{self, OPTIONS},
    message::{Lang, Word},
};

use super::{
    command_line::Page,
    teaching::{file_name, group_title},
};

/// The guides that are read first, in this order; the others follow by name.
const FIRST: [&str; 5] = ["first-steps", "learner", "operator", "backup", "ca"];

/// `SUMMARY.md` as mdBook reads it.
pub(crate) fn summary(root: &Path, commands: &[Page]) -> io::Result<String> {
    let mut text = "# Summary\n\n[etcd-tls](README.md)\n\n# Guides\n\n".to_owned();
    for (path, title) in guides(root)? {
        let _ = writeln!(text, "- [{title}](guides/{})", path.display());
    }
    text.push_str("\n# Reference\n\n");
    for page in commands {
        let indent = if page.is_index { "" } else { "  " };
        let _ = writeln!(text, "{indent}- [{}]({})", page.title, page.path.display());
    }
    text.push_str("- [Topics](topics/README.md)\n");
    for topic in learn::all() {
        let _ = writeln!(text, "  - [{0}](topics/{0}.md)", topic.id);
    }
    text.push_str("- [Options of etcd, etcdctl and kube-apiserver](options/README.md)\n");
    for group in &OPTIONS {
        let _ = writeln!(text, "  - [{}](options/{}.md)", group_title(group), group.id);
    }
    text.push_str("- [Files of each layout](files/README.md)\n");
    for layout in learn::layouts() {
        let _ = writeln!(text, "  - [{layout}](files/{}.md)", file_name(layout));
    }
    text.push_str("- [Diagnoses](diagnoses/README.md)\n");
    for group in &GROUPS {
        let [en, ja, zh] = Lang::ALL.map(|lang| Word::in_lang(group.title, lang));
        let _ = writeln!(text, "  - [{en} · {ja} · {zh}]()");
        for room in group.rooms {
            let _ = writeln!(text, "    - [{0}](diagnoses/{0}.md)", room.id);
        }
    }
    text.push_str("\n# Source\n\n- [Architecture](architecture.md)\n");
    Ok(text)
}

/// The files of the folder with their first headings.
fn guides(root: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut guides = Vec::new();
    for entry in fs::read_dir(root.join("guides"))? {
        let path = entry?.path();
        let text = fs::read_to_string(&path)?;
        let title = text.lines().find_map(|line| line.strip_prefix("# "));
        if let (Some(name), Some(title)) = (path.file_name(), title) {
            guides.push((PathBuf::from(name), title.to_owned()));
        }
    }
    let rank = |path: &Path| {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        FIRST.iter().position(|first| *first == stem).unwrap_or(FIRST.len())
    };
    guides.sort_by_cached_key(|(path, _)| (rank(path), path.clone()));
    Ok(guides)
}
