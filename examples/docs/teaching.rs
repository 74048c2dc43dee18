//! The pages of the topics, of etcd's options and of the files of each layout: what `explain` says of them.

use std::{collections::BTreeMap, fmt::Write as _, io, path::PathBuf};

use etcd_tls::{
    diagnoses,
    learn::{self, Found, OPTIONS, OptionGroup, Topic},
    message::Lang,
    report::topic::{Section, section},
};

/// All of them, with their indices.
pub(crate) fn pages() -> io::Result<BTreeMap<PathBuf, String>> {
    let mut pages = BTreeMap::from([
        (PathBuf::from("topics/README.md"), topic_index()),
        (PathBuf::from("options/README.md"), option_index()),
        (PathBuf::from("files/README.md"), file_index()),
    ]);
    for topic in learn::all() {
        pages.insert(PathBuf::from(format!("topics/{}.md", topic.id)), topic_page(topic)?);
    }
    for group in &OPTIONS {
        pages.insert(PathBuf::from(format!("options/{}.md", group.id)), option_page(group)?);
    }
    for layout in learn::layouts() {
        pages.insert(PathBuf::from(format!("files/{}.md", file_name(layout))), file_page(layout)?);
    }
    Ok(pages)
}

/// What a layout's page is called.
pub(crate) fn file_name(layout: &str) -> String {
    let first = layout.split(", ").next().unwrap_or_default();
    first.to_lowercase().replace(' ', "-")
}

/// The titles of a group in all languages.
pub(crate) fn group_title(group: &'static OptionGroup) -> String {
    Lang::ALL.map(|lang| group.title(lang)).join(" · ")
}

fn made_from(folder: &str) -> String {
    format!("<!-- Generated from src/learn/{folder} by `cargo run --example docs`. -->\n\n")
}

fn head(first: &str) -> String {
    let languages = Lang::ALL.map(Lang::name).join(" | ");
    format!("| {first} | {languages} |\n| --- | --- | --- | --- |\n")
}

fn topic_index() -> String {
    let mut text = made_from("lessons")
        + "# Topics\n\nIn the order in which a learner meets them; `etcd-tls explain TOPIC` says the same, and ends with what is \
           found on the machine that it runs on.\n\n"
        + &head("topic");
    for topic in learn::all() {
        let titles = Lang::ALL.map(|lang| cell(&topic.in_lang(lang).title)).join(" | ");
        let _ = writeln!(text, "| [{0}]({0}.md) | {titles} |", topic.id);
    }
    text
}

fn topic_page(topic: &'static Topic) -> io::Result<String> {
    let file = format!("lessons/{{en,ja,zh}}/{}.md", topic.id);
    let mut text = format!("{}# {}\n", made_from(&file), topic.id);
    for lang in Lang::ALL {
        text.extend(["\n## ", &topic.in_lang(lang).title, "\n"]);
        text.push_str(&told(topic.id, &Found::Topic(topic), lang, 3)?);
    }
    Ok(text)
}

fn option_index() -> String {
    let mut text = made_from("options")
        + "# Options of etcd, etcdctl and kube-apiserver\n\nEvery option that decides about TLS; `etcd-tls explain --OPTION` says the same.\n";
    for group in &OPTIONS {
        let _ =
            write!(text, "\n## [{}]({}.md)\n\n{}", group_title(group), group.id, head("option"));
        for option in group.options() {
            let purposes = Lang::ALL.map(|lang| cell(option.purpose(lang))).join(" | ");
            let _ =
                writeln!(text, "| [`--{0}`]({1}.md#--{0}) | {purposes} |", option.name, group.id);
        }
    }
    text
}

fn option_page(group: &'static OptionGroup) -> io::Result<String> {
    let file = format!("options/{{en,ja,zh}}/{}.md", group.id);
    let mut text = format!("{}# {}\n", made_from(&file), group_title(group));
    for lang in Lang::ALL {
        text.extend(["\n## ", group.title(lang), "\n"]);
        for option in group.options() {
            text.extend(["\n### --", option.name, "\n"]);
            text.push_str(&told(option.name, &Found::Options(vec![option]), lang, 4)?);
        }
    }
    Ok(text)
}

fn file_index() -> String {
    let mut text = made_from("files/table.rs")
        + "# Files of each layout\n\nWhere each way of installing etcd puts certificates, keys and settings; `etcd-tls explain FILE` says of \
           one what it is for.\n\n| layout | folders |\n| --- | --- |\n";
    for layout in learn::layouts() {
        let folders = learn::folders().iter().filter(|folder| folder.layout == layout);
        let folders: Vec<_> = folders.map(|folder| format!("`{}`", folder.path)).collect();
        let _ = writeln!(text, "| [{layout}]({}.md) | {} |", file_name(layout), folders.join(", "));
    }
    text
}

fn file_page(layout: &str) -> io::Result<String> {
    let mut text = format!("{}# {layout}\n", made_from("files"));
    for lang in Lang::ALL {
        text.extend(["\n## ", lang.name(), "\n"]);
        text.push_str(&told(layout, &Found::Files(learn::files_of(layout)), lang, 3)?);
    }
    Ok(text)
}

/// What `explain` says, with links between the pages.
fn told(word: &str, found: &Found, lang: Lang, level: usize) -> io::Result<String> {
    let page_of = |id: &str| {
        let is_topic = learn::all().iter().any(|topic| topic.id == id);
        let folder = if is_topic { "topics" } else { "diagnoses" };
        let is_known = is_topic || diagnoses::all().iter().any(|room| room.id == id);
        is_known.then(|| format!("../{folder}/{id}.md"))
    };
    let mut out = Vec::new();
    section(&mut out, word, found, &Section { level, lang, page_of: &page_of })?;
    String::from_utf8(out).map_err(io::Error::other)
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
