//! What `explain` teaches is whole: every topic in three languages with all its parts, every picture in line, every option true for each etcd
//! that is here, every file of every layout answered.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/layouts/mod.rs"]
mod layouts;
mod support;

use std::{collections::BTreeSet, path::Path, process::Stdio};

use etcd_tls::{
    diagnoses,
    etcd::{Program, option::of_tls},
    learn::{self, Arrow, Found, Lesson, Picture, TlsOption, Topic},
    message::{Lang, TopicWord},
    report::{Style, topic},
};
use layouts::{LAYOUTS, Place, build};
use support::etcd::{Release, releases};
use unicode_width::UnicodeWidthStr;

fn written(topic: &'static Topic, width: usize, lang: Lang) -> String {
    let style = Style { width, lang, ..Style::default() };
    let mut out = Vec::new();
    topic::write(&mut out, topic.id, &Found::Topic(topic), None, &style).unwrap();
    String::from_utf8(out).unwrap()
}

/// What is the same in every language: how many parts there are, which passages have a question, the commands, the boxes and arrows of the
/// picture.
fn shape(lesson: &Lesson) -> (Vec<bool>, Vec<&str>, usize, Vec<usize>) {
    let questions = lesson.passages.iter().map(|passage| !passage.heading.is_empty()).collect();
    for command in &lesson.commands {
        assert!(!command.line.contains('\n') && command.shows.len() > 5, "{command:?}");
    }
    let commands: Vec<_> = lesson.commands.iter().map(|command| command.line.as_str()).collect();
    assert!(!commands.is_empty(), "{}", lesson.title);
    let arrow = |arrow: &Arrow| 10 + arrow.direction as usize;
    let picture = match lesson.picture.as_ref().unwrap() {
        Picture::Exchange { left, right, arrows } => {
            [left.len(), right.len()].into_iter().chain(arrows.iter().map(arrow)).collect()
        }
        Picture::Flow(stages) => {
            assert!(stages.iter().rev().skip(1).all(|stage| stage.next.len() == 1));
            let arrows = stages.iter().flat_map(|stage| &stage.next).map(arrow);
            stages.iter().map(|stage| stage.lines.len()).chain(arrows).collect()
        }
        Picture::Tree(branches) => branches.iter().map(|branch| branch.depth).collect(),
    };
    (questions, commands, lesson.exam.len(), picture)
}

/// A file of a lesson or a group of options that no table names is never read.
#[test]
fn every_text_is_one_that_is_read() {
    let lessons = learn::all().iter().map(|topic| topic.id).collect();
    let options = learn::OPTIONS.iter().map(|group| group.id).collect();
    let named: [(&str, BTreeSet<&str>); 3] =
        [("lessons", lessons), ("options", options), ("files", BTreeSet::from(["roles"]))];
    for (folder, ids) in named {
        for lang in ["en", "ja", "zh"] {
            let path =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("src/learn").join(folder).join(lang);
            let files = path.read_dir().unwrap().map(|entry| entry.unwrap().file_name());
            let files: BTreeSet<_> = files.map(|name| name.into_string().unwrap()).collect();
            let expected: BTreeSet<_> = ids.iter().map(|id| format!("{id}.md")).collect();
            assert_eq!(files, expected, "{folder}/{lang}");
        }
    }
}

#[test]
fn every_topic_has_every_part_in_every_language() {
    for topic in learn::all() {
        assert!(!topic.see.is_empty(), "{}", topic.id);
        let lessons = Lang::ALL.map(|lang| topic.in_lang(lang));
        for lesson in lessons {
            let parts = [&lesson.title, &lesson.comparison];
            assert!(parts.iter().all(|part| part.len() > 10), "{}", topic.id);
            assert!(lesson.passages.len() > 1 && lesson.exam.len() > 1, "{}", topic.id);
            assert!(!lesson.title.ends_with(['.', '。']), "{}", topic.id);
        }
        let [en, ja, zh] = lessons;
        for other in [ja, zh] {
            assert_eq!(shape(en), shape(other), "{}", topic.id);
        }
        assert!(en.title != ja.title && ja.title != zh.title, "{}", topic.id);
        assert!(!en.comparison.is_empty() && en.comparison != zh.comparison, "{}", topic.id);
    }
}

#[test]
fn words_lead_to_one_thing_and_references_lead_somewhere() {
    let rooms: BTreeSet<_> = diagnoses::all().iter().map(|room| room.id).collect();
    let ids: BTreeSet<_> = learn::all().iter().map(|topic| topic.id).collect();
    assert!(rooms.is_disjoint(&ids));
    let known = |id: &&&str| rooms.contains(**id) || ids.contains(**id);
    let of_topics = learn::all().iter().flat_map(|topic| topic.see);
    let of_options = learn::options().flat_map(|option| option.see);
    let lost: Vec<_> = of_topics.chain(of_options).filter(|id| !known(id)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let words: Vec<_> =
        learn::all().iter().flat_map(|topic| topic.aliases.iter().chain([&topic.id])).collect();
    let distinct: BTreeSet<_> = words.iter().collect();
    assert_eq!(words.len(), distinct.len(), "a word leads to two topics");
}

/// Commands can't be broken within a word and still be pasted; everything else has to fit.
#[test]
fn no_line_is_wider_than_the_terminal() {
    for topic in learn::all() {
        for lang in Lang::ALL {
            for width in [60, 80, 120] {
                for line in written(topic, width, lang).lines() {
                    let is_word = !line.trim().contains(' ');
                    assert!(
                        line.width() <= width || is_word,
                        "{} {lang:?} {width}: {line}",
                        topic.id
                    );
                }
            }
        }
    }
}

/// In each language and width: the right edges of the boxes of a picture stand in one column, and no line of a box is open.
#[test]
fn pictures_stay_in_line() {
    for topic in learn::all() {
        for lang in Lang::ALL {
            for width in [60, 80, 120] {
                let page = written(topic, width, lang);
                let mut edges: Option<(usize, usize)> = None;
                for line in page.lines() {
                    let line = line.trim_end();
                    if line.trim_start().starts_with('┌') {
                        edges = Some((line.width(), line.matches(['┌', '┐']).count()));
                    } else if let Some((right, bars)) = edges {
                        assert_eq!(line.width(), right, "{} {lang:?} {width}:\n{page}", topic.id);
                        let own = line.matches(['│', '└', '┘']).count();
                        assert_eq!(own, bars, "{} {lang:?} {width}:\n{page}", topic.id);
                        if line.trim_start().starts_with('└') {
                            edges = None;
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn options_are_those_that_decide_about_tls() {
    let of_etcd = |option: &TlsOption| option.program() == Program::Etcd;
    let told: BTreeSet<_> = learn::options().filter(of_etcd).map(|option| option.name).collect();
    let missing: Vec<_> = of_tls()
        .filter(|name| {
            !told.contains(name)
                && ["cacert", "cert", "key"].iter().all(|of_etcdctl| name != of_etcdctl)
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    for option in learn::options() {
        let purpose = Lang::ALL.map(|lang| option.purpose(lang));
        for [en, ja, zh] in [purpose, Lang::ALL.map(|lang| option.wrong(lang))] {
            assert!(en != ja && ja != zh && !en.is_empty(), "{}", option.name);
        }
    }
}

/// The options that a release's help lists and whose names speak of TLS; those of its section Security all.
fn of_help(release: &Release) -> BTreeSet<String> {
    let output = release.server().arg("--help").output().unwrap();
    let help = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    let mut in_security = false;
    let mut found = BTreeSet::new();
    for line in help.lines() {
        if !line.starts_with(' ') && line.ends_with(':') {
            in_security = line == "Security:";
        }
        let Some(rest) = line.strip_prefix("  --") else { continue };
        let name = rest.split([' ', '=']).next().unwrap();
        let speaks = ["tls", "cert", "-key", "cacert", "crl", "san-verification", "insecure"];
        let no_matter = ["cors", "host-whitelist"];
        let is_of_tls = in_security || speaks.iter().any(|part| name.contains(part));
        if is_of_tls && !no_matter.contains(&name) {
            found.insert(name.to_owned());
        }
    }
    found
}

/// Whether etcd takes an option at all: it says so before it looks at anything else.
fn takes(release: &Release, name: &str) -> bool {
    let mut etcd = release.server();
    let output =
        etcd.args([&format!("--{name}="), "--version"]).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    !said.contains("flag provided but not defined")
}

#[test]
fn options_are_true_for_every_etcd_that_is_here() {
    for release in releases() {
        let number = release.number().map(|part| u16::try_from(part).unwrap());
        let told = |name: &str| {
            learn::options().find(|option| {
                option.program() == Program::Etcd
                    && (option.name == name || option.former() == Some(name))
            })
        };
        for name in of_help(&release) {
            assert!(told(&name).is_some(), "{}: --{name} is not told", release.version);
        }
        for option in learn::options().filter(|option| option.program() == Program::Etcd) {
            let is_in = takes(&release, option.name);
            assert_eq!(option.is_in(number), is_in, "{}: --{}", release.version, option.name);
        }
    }
}

#[test]
fn every_certificate_and_key_of_every_layout_is_answered() {
    let place = Place {
        address: "127.0.0.1".to_owned(),
        client: 2379,
        peer: 2380,
        metrics: 2381,
        http: 2382,
    };
    let mut unknown = Vec::new();
    for (name, _) in LAYOUTS {
        let root = tempfile::tempdir().unwrap();
        let tree = build(name, root.path(), place.clone()).unwrap();
        for file in &tree.files {
            let ends = [".crt", ".key", ".pem"].iter().any(|end| file.ends_with(end));
            let depth = file.split('/').filter(|part| !part.is_empty()).count();
            // A whole path has to be known as a whole, not by its last name alone.
            let whole = learn::files_named(file).iter().any(|known| {
                known.path.split('/').filter(|part| !part.is_empty()).count() == depth
            });
            if ends && !whole {
                unknown.push(format!("{name}: {file}"));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn every_word_is_there_in_three_languages() {
    for word in TopicWord::ALL {
        let [en, ja, zh] = Lang::ALL.map(|lang| word.in_lang(lang));
        assert!(![en, ja, zh].contains(&""), "{en}");
        assert!(en != ja && en != zh && (ja != zh || ja.chars().count() < 4), "{en} {ja} {zh}");
    }
}
