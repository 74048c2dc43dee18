//! The book's generated pages of topics, options and files: one for each, with the pictures of the program, in line in a browser too.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/browser.rs"]
#[expect(
    dead_code,
    clippy::print_stderr,
    reason = "other tests use the rest, and say what is skipped"
)]
mod browser;

use std::{collections::BTreeMap, fs, path::Path};

use browser::{Browser, DESK};
use etcd_tls::{
    learn::{self, Found},
    message::Lang,
    report::{Style, topic},
};
use unicode_width::UnicodeWidthStr;

/// The code blocks of a page that hold a picture.
fn pictures(page: &str) -> Vec<String> {
    let blocks = page.split("```text\n").skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.map(|(block, _)| block.to_owned()).filter(|block| block.contains('│')).collect()
}

fn docs(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_topic_option_and_layout_has_a_page_of_the_book() {
    for topic in learn::all() {
        let page = docs(&format!("topics/{}.md", topic.id));
        for lang in Lang::ALL {
            let lesson = topic.in_lang(lang);
            assert!(page.contains(&format!("\n## {}\n", lesson.title)), "{}", topic.id);
            let mut shown = Vec::new();
            let (found, style) = (Found::Topic(topic), Style { lang, ..Style::default() });
            topic::write(&mut shown, topic.id, &found, None, &style).unwrap();
            let shown = String::from_utf8(shown).unwrap();
            let drawn = shown.lines().filter(|line| line.contains(['│', '├', '└', '┌']));
            let lost: Vec<_> = drawn.filter(|line| !page.contains(line.trim())).collect();
            assert!(lost.is_empty(), "{} {lang:?}: {lost:#?}", topic.id);
        }
    }
    let options: String =
        learn::OPTIONS.iter().map(|group| docs(&format!("options/{}.md", group.id))).collect();
    for option in learn::options() {
        let heading = format!("\n### --{}\n", option.name);
        assert!(options.matches(&heading).count() >= 3, "{heading}");
    }
    let index = docs("files/README.md");
    assert!(learn::layouts().iter().all(|layout| index.contains(&format!("| [{layout}]("))));
}

/// Where two lines of a picture end in the same column of a terminal, they end in the same place of the book.
#[test]
fn pictures_of_the_book_stay_in_line() {
    let Some(browser) = Browser::find() else { return };
    let script = docs("columns.js");
    let pages = learn::all().iter().map(|topic| docs(&format!("topics/{}.md", topic.id)));
    let drawn: Vec<String> = pages.flat_map(|page| pictures(&page)).collect();
    let blocks = drawn.iter().map(|text| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<pre><code class=\"language-text\">{text}</code></pre>")
    });
    let html = format!("<body>{}<script>{script}</script></body>", blocks.collect::<String>());
    let ends = browser.ask(
        &html,
        DESK,
        "return [...document.querySelectorAll('code')].map(code => {
            const ends = [];
            const walker = document.createTreeWalker(code, page.NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            let end = 0;
            while (walker.nextNode()) {
                const text = walker.currentNode;
                for (let at = 0; at < text.length; at += 1) {
                    range.setStart(text, at);
                    range.setEnd(text, at + 1);
                    if (text.data[at] === '\\n') ends.push(end);
                    else end = range.getBoundingClientRect().right;
                }
            }
            return ends;
        });",
    );
    let mut compared = 0;
    for (text, ends) in drawn.iter().zip(ends.as_array().unwrap()) {
        let mut seen: BTreeMap<usize, f64> = BTreeMap::new();
        let lines = text.lines().filter(|line| line.ends_with(['│', '┐', '┘']));
        for line in lines {
            let at = text.lines().position(|other| other == line).unwrap();
            let end = ends[at].as_f64().unwrap();
            let known = *seen.entry(line.width()).or_insert(end);
            assert!((known - end).abs() < 1.0, "{end} instead of {known}: {line}\n{text}");
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared} lines");
}
