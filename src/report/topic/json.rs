//! What `explain` teaches as objects, each with its `kind`.

use std::io::{self, Write};

use serde_json::{Value, json as object};

use super::{
    super::{diagnosis, escape},
    Here,
};
use crate::{
    diagnoses::engine::Diagnosis,
    learn::{self, Found, LayoutFile, TlsOption, Topic},
    message::Lang,
};

/// Writes what a word stands for as one object.
pub fn json(
    out: &mut impl Write,
    word: &str,
    found: &Found,
    here: Option<&Here>,
    lang: Lang,
) -> io::Result<()> {
    let mut value = match found {
        Found::Topic(topic) => of_topic(topic, lang),
        Found::Options(options) => {
            let all: Vec<_> = options.iter().map(|option| of_option(option, lang)).collect();
            object!({ "kind": "option", "id": word, "options": all })
        }
        Found::Files(files) => {
            let all: Vec<_> = files.iter().map(|file| of_file(file, lang)).collect();
            object!({ "kind": "file", "id": word, "files": all })
        }
    };
    if let Some(here) = here {
        value["here"] = serde_json::to_value(here)?;
    }
    print(out, &value)
}

/// Writes all diagnoses and topics as one array; what is a topic says so.
pub fn list(out: &mut impl Write, diagnoses: &[&Diagnosis], lang: Lang) -> io::Result<()> {
    let mut all = diagnosis::values(diagnoses, lang)?;
    all.extend(learn::all().iter().map(|topic| of_topic(topic, lang)));
    print(out, &Value::Array(all))
}

fn of_topic(topic: &Topic, lang: Lang) -> Value {
    let lesson = topic.in_lang(lang);
    let passages = lesson.passages.iter();
    let passages: Vec<_> =
        passages.map(|part| object!({ "heading": part.heading, "text": part.text })).collect();
    let commands = lesson.commands.iter();
    let commands: Vec<_> = commands
        .map(|command| object!({ "command": command.line, "shows": command.shows }))
        .collect();
    object!({
        "kind": "topic",
        "id": topic.id,
        "title": lesson.title,
        "passages": passages,
        "comparison": lesson.comparison,
        "commands": commands,
        "exam": lesson.exam,
        "see": topic.see,
    })
}

fn of_option(option: &TlsOption, lang: Lang) -> Value {
    object!({
        "program": option.program().name(),
        "option": format!("--{}", option.name),
        "variable": option.variable(),
        "config_key": option.key(),
        "before": option.former().map(|former| format!("--{former}")),
        "since": option.since().iter().map(|[a, b, c]| format!("{a}.{b}.{c}")).collect::<Vec<_>>(),
        "purpose": option.purpose(lang),
        "wrong": option.wrong(lang),
        "see": option.see,
    })
}

fn of_file(file: &LayoutFile, lang: Lang) -> Value {
    object!({
        "layout": file.layout,
        "path": file.path,
        "role": file.role.title(lang),
        "purpose": file.role.purpose(lang),
        "options": file.role.options(),
    })
}

fn print(out: &mut impl Write, value: &Value) -> io::Result<()> {
    let document = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", escape::json(&document))
}
