//! What `explain` teaches for programs: one document for a word, one for all of them.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    super::{
        Document,
        diagnosis::{self, DiagnosisView},
        json,
    },
    Here, Row,
};
use crate::{
    diagnoses::engine::Diagnosis,
    learn::{self, Found, LayoutFile, TlsOption, Topic},
    message::Lang,
};

/// The schema's name.
const SCHEMA: &str = "etcd-tls/explain/v1";

/// What `explain WORD -o json` prints of a topic, an option or a file. Each kind is a whole object, so that its schema can say what it has and
/// that it has nothing else.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum WordDocument<'a> {
    Topic {
        #[schemars(extend("const" = SCHEMA))]
        schema: &'static str,
        #[serde(flatten)]
        topic: TopicView<'a>,
        /// What was found of it on this machine.
        #[serde(skip_serializing_if = "Option::is_none")]
        here: Option<HereView<'a>>,
    },
    Option {
        #[schemars(extend("const" = SCHEMA))]
        schema: &'static str,
        id: &'a str,
        options: Vec<OptionView<'a>>,
        /// What was found of it on this machine.
        #[serde(skip_serializing_if = "Option::is_none")]
        here: Option<HereView<'a>>,
    },
    File {
        #[schemars(extend("const" = SCHEMA))]
        schema: &'static str,
        id: &'a str,
        files: Vec<FileView<'a>>,
        /// What was found of it on this machine.
        #[serde(skip_serializing_if = "Option::is_none")]
        here: Option<HereView<'a>>,
    },
}

/// What was found on this machine.
#[derive(Serialize, JsonSchema)]
struct HereView<'a> {
    rows: Vec<RowView<'a>>,
    commands: &'a [String],
}

#[derive(Serialize, JsonSchema)]
struct RowView<'a> {
    name: &'a str,
    notes: Vec<Sentence<'a>>,
}

/// What `explain -o json` prints: all diagnoses and topics.
#[derive(Serialize, JsonSchema)]
struct ListDocument<'a> {
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    diagnoses: Vec<DiagnosisView>,
    topics: Vec<TopicView<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct TopicView<'a> {
    id: &'a str,
    title: &'a str,
    passages: Vec<Passage<'a>>,
    /// The same in everyday life.
    comparison: Sentence<'a>,
    commands: Vec<Command<'a>>,
    /// What to remember.
    exam: Vec<Sentence<'a>>,
    /// Ids of diagnoses and topics.
    see: &'a [&'static str],
}

#[derive(Serialize, JsonSchema)]
struct Passage<'a> {
    title: &'a str,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Command<'a> {
    run: &'a str,
    /// What it shows.
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Sentence<'a> {
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct OptionView<'a> {
    program: &'static str,
    option: String,
    variable: Option<String>,
    config_key: Option<String>,
    before: Option<String>,
    since: Vec<String>,
    /// What it is for.
    text: &'a str,
    /// What goes wrong.
    detail: &'a str,
    see: &'a [&'static str],
}

#[derive(Serialize, JsonSchema)]
struct FileView<'a> {
    layout: &'a str,
    path: &'a str,
    /// What it is.
    title: &'a str,
    /// What it is for.
    text: &'a str,
    options: &'a [&'static str],
}

/// The schemas of what `explain` prints of topics, options and files, and of everything.
pub(in crate::report) fn documents() -> [Document; 2] {
    [
        Document::of_type::<WordDocument<'_>>(
            "explain-topic",
            "What etcd-tls explain TOPIC, OPTION or FILE -o json prints",
        ),
        Document::of_type::<ListDocument<'_>>("explain", "What etcd-tls explain -o json prints"),
    ]
}

/// Writes what a word stands for as one document.
pub fn json(
    out: &mut impl Write,
    word: &str,
    found: &Found,
    here: Option<&Here>,
    lang: Lang,
) -> io::Result<()> {
    let here = here.map(|here| HereView {
        rows: here.rows.iter().map(RowView::from).collect(),
        commands: &here.commands,
    });
    let (schema, id) = (SCHEMA, word);
    let document = match found {
        Found::Topic(topic) => {
            WordDocument::Topic { schema, topic: TopicView::new(topic, lang), here }
        }
        Found::Options(options) => {
            let options = options.iter().map(|option| OptionView::new(option, lang)).collect();
            WordDocument::Option { schema, id, options, here }
        }
        Found::Files(files) => {
            let files = files.iter().map(|file| FileView::new(file, lang)).collect();
            WordDocument::File { schema, id, files, here }
        }
    };
    json::document(out, &document)
}

/// Writes all diagnoses and topics as one document.
pub fn list(out: &mut impl Write, diagnoses: &[&Diagnosis], lang: Lang) -> io::Result<()> {
    let diagnoses = diagnoses.iter().map(|room| diagnosis::view(room, lang)).collect();
    let topics = learn::all().iter().map(|topic| TopicView::new(topic, lang)).collect();
    json::document(out, &ListDocument { schema: SCHEMA, diagnoses, topics })
}

impl<'a> From<&'a Row> for RowView<'a> {
    fn from(row: &'a Row) -> Self {
        let notes = row.notes.iter().map(|text| Sentence { text });
        Self { name: &row.name, notes: notes.collect() }
    }
}

impl<'a> TopicView<'a> {
    fn new(topic: &'a Topic, lang: Lang) -> Self {
        let lesson = topic.in_lang(lang);
        let passages = lesson.passages.iter();
        let commands = lesson.commands.iter();
        Self {
            id: topic.id,
            title: &lesson.title,
            passages: passages
                .map(|part| Passage { title: &part.heading, text: &part.text })
                .collect(),
            comparison: Sentence { text: &lesson.comparison },
            commands: commands
                .map(|command| Command { run: &command.line, text: &command.shows })
                .collect(),
            exam: lesson.exam.iter().map(|text| Sentence { text }).collect(),
            see: topic.see,
        }
    }
}

impl<'a> OptionView<'a> {
    fn new(option: &'a TlsOption, lang: Lang) -> Self {
        let since = option.since().iter();
        Self {
            program: option.program().name(),
            option: format!("--{}", option.name),
            variable: option.variable(),
            config_key: option.key(),
            before: option.former().map(|former| format!("--{former}")),
            since: since.map(|[a, b, c]| format!("{a}.{b}.{c}")).collect(),
            text: option.purpose(lang),
            detail: option.wrong(lang),
            see: option.see,
        }
    }
}

impl<'a> FileView<'a> {
    fn new(file: &'a LayoutFile, lang: Lang) -> Self {
        Self {
            layout: file.layout,
            path: &file.path,
            title: file.role.title(lang),
            text: file.role.purpose(lang),
            options: file.role.options(),
        }
    }
}
