//! The pages of the diagnoses: their words are those of the program.

use std::fmt::Write as _;

use etcd_tls::{
    diagnoses::engine::Diagnosis,
    diagnoses::{GROUPS, Group},
    logs,
    message::{Lang, Word},
    report,
};

/// The list of all, by group.
pub(crate) fn index() -> String {
    let mut text =
        "<!-- Generated from src/diagnoses by `cargo run --example docs`. -->\n\n# Diagnoses\n\n\
         Of several independent errors, the one that stands first here is the root cause.\n"
            .to_owned();
    for group in &GROUPS {
        let _ = writeln!(
            text,
            "\n## {}\n\n| id | | {} |\n| --- | --- | --- | --- | --- |",
            group.title.in_lang(Lang::En),
            Lang::ALL.map(Lang::name).join(" | ")
        );
        for room in group.rooms {
            let severity = report::severity_word(room.severity).in_lang(Lang::En);
            let titles = Lang::ALL.map(|lang| room.text.in_lang(lang).title.replace('|', "\\|"));
            let titles = titles.join(" | ");
            let _ = writeln!(text, "| [{0}]({0}.md) | {severity} | {titles} |", room.id);
        }
    }
    text
}

/// One page in three languages.
pub(crate) fn page(group: &Group, room: &Diagnosis) -> String {
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
    let (word, colon) = (|word: Word| word.in_lang(lang), lang.colon());
    let severity = word(report::severity_word(room.severity));
    let side = word(report::side_word(room.side));
    let _ = writeln!(text, "\n## {}\n", prose.title);
    let _ = writeln!(
        text,
        "- {}{colon}{severity}\n- {}{colon}{side}",
        word(Word::Severity),
        word(Word::Side)
    );
    if room.hardening {
        let _ = writeln!(text, "- {}", word(Word::Hardening));
    }
    let _ = writeln!(text, "\n**{}**{colon}{}", word(Word::Why), prose.why);
    let _ = writeln!(text, "\n**{}**{colon}{}", word(Word::Fix), prose.fix);
    let causes: Vec<_> =
        room.causes.iter().map(|cause| format!("[{0}]({0}.md)", cause.id)).collect();
    if !causes.is_empty() {
        let _ = writeln!(text, "\n**{}**{colon}{}", word(Word::Causes), causes.join(", "));
    }
    let logs: Vec<_> = logs::wordings(room.id).into_iter().map(str::trim_end).collect();
    if !logs.is_empty() {
        let _ = writeln!(
            text,
            "\n**{}**{}\n\n```text\n{}\n```",
            word(Word::Logs),
            colon.trim_end(),
            logs.join("\n")
        );
    }
}
