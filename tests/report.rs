//! What the report looks like in every format and language, and what it never lets through.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/scene.rs"]
mod scene;

use std::path::Path;

use etcd_tls::{
    diagnoses,
    diagnoses::engine::judge,
    facts::Facts,
    message::{Label, Lang, PageWord, Word},
    observation::{Der, Observation, endpoint::NotTried},
    report::{self, Format, Report, Style},
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

fn told(observation: &Observation, format: Format, style: &Style) -> String {
    let facts = Facts::derive(observation);
    let verdict = judge(&diagnoses::all(), &facts);
    let mut out = Vec::new();
    report::write(&mut out, format, &[Report::new(&facts, &verdict)], style).unwrap();
    String::from_utf8(out).unwrap()
}

fn plain(lang: Lang) -> Style {
    Style { lang, ..Style::default() }
}

fn nobody_listens() -> Observation {
    scene::check("client.crt", vec![scene::refused("https://10.0.0.5:2379", "10.0.0.5")])
}

fn name_is_not_listed() -> Observation {
    scene::check("client.crt", vec![scene::untrusted("https://10.0.0.5:2379", "10.0.0.5")])
}

fn client_is_turned_away() -> Observation {
    let seen = scene::refusing("https://localhost:2379", "localhost", "unknown_ca");
    scene::check("other-client.crt", vec![seen])
}

fn all_is_well() -> Observation {
    let leader = scene::healthy("https://localhost:2379", "localhost", "8e9e05c52164694d");
    let other = scene::healthy("https://127.0.0.1:2379", "127.0.0.1", "fd422379fda50e48");
    scene::check("client.crt", vec![leader, other])
}

fn one_of_two() -> Observation {
    let well = scene::healthy("https://localhost:2379", "localhost", "8e9e05c52164694d");
    scene::check("client.crt", vec![well, scene::refused("https://10.0.0.5:2379", "10.0.0.5")])
}

fn scenes() -> Vec<(&'static str, Observation)> {
    vec![
        ("nobody-listens", nobody_listens()),
        ("name-is-not-listed", name_is_not_listed()),
        ("client-is-turned-away", client_is_turned_away()),
        ("all-is-well", all_is_well()),
        ("one-of-two", one_of_two()),
    ]
}

#[test]
fn a_person_reads_it_in_three_languages() {
    for (name, observation) in scenes() {
        for lang in Lang::ALL {
            let name = format!("table-{name}-{lang:?}").to_lowercase();
            insta::assert_snapshot!(name, told(&observation, Format::Table, &plain(lang)));
        }
    }
}

#[test]
fn the_ladder_stands_by_itself() {
    for (name, observation) in scenes() {
        let all = Lang::ALL.map(|lang| told(&observation, Format::Ladder, &plain(lang)));
        insta::assert_snapshot!(format!("ladder-{name}"), all.join("\n"));
    }
}

#[test]
fn reports_to_send_on_say_the_same() {
    let html = told(&client_is_turned_away(), Format::Html, &plain(Lang::En));
    let main = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
    insta::assert_snapshot!("html-client-is-turned-away", main.replace("><", ">\n<"));
    for lang in Lang::ALL {
        let name = format!("markdown-client-is-turned-away-{lang:?}").to_lowercase();
        // The last line names the release.
        let text = told(&client_is_turned_away(), Format::Markdown, &plain(lang));
        insta::assert_snapshot!(name, text.rsplit_once("\n<sub>").unwrap().0);
    }
}

#[test]
fn one_line_an_endpoint() {
    let one = |(name, seen): &(_, _)| {
        format!("# {name}\n{}", told(seen, Format::Simple, &plain(Lang::En)))
    };
    let all: Vec<String> = scenes().iter().map(one).collect();
    insta::assert_snapshot!("simple", all.concat());
}

#[test]
fn json_says_what_the_contract_promises() {
    insta::assert_snapshot!(
        "json-client-is-turned-away",
        told(&client_is_turned_away(), Format::Json, &plain(Lang::En))
    );
    insta::assert_snapshot!(
        "json-all-is-well",
        told(&all_is_well(), Format::Json, &plain(Lang::En))
    );
}

#[test]
fn one_object_a_line_and_a_summary() {
    insta::assert_snapshot!(
        "ndjson-one-of-two",
        told(&one_of_two(), Format::Ndjson, &plain(Lang::En))
    );
}

#[test]
fn an_alert_that_nobody_sent_is_null() {
    let alert = |observation: &Observation| {
        let report = told(observation, Format::Json, &plain(Lang::En));
        let value: serde_json::Value = serde_json::from_str(&report).unwrap();
        value["endpoints"][0]["tls"]["alert"].clone()
    };
    assert_eq!(alert(&client_is_turned_away()), "unknown_ca");
    assert!(alert(&all_is_well()).is_null());
    assert!(alert(&name_is_not_listed()).is_null());
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for (name, observation) in scenes() {
        for lang in Lang::ALL {
            for width in [60, 80, 100] {
                let style = Style { width, lang, ..Style::default() };
                for format in [Format::Table, Format::Ladder] {
                    for line in told(&observation, format, &style).lines() {
                        assert!(line.width() <= width, "{name} {lang:?} {width}: {line}");
                    }
                }
            }
        }
    }
}

/// Every recorded case, by its path.
fn recorded() -> Vec<(String, Observation)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    folders
        .flat_map(|folder| ["fires.json", "quiet.json"].map(|name| folder.join(name)))
        .filter_map(|path| {
            let case = std::fs::read_to_string(&path).ok()?;
            Some((path.display().to_string(), serde_json::from_str(&case).unwrap()))
        })
        .collect()
}

#[test]
fn recorded_cases_fit_the_terminal() {
    for (path, observation) in recorded() {
        for lang in Lang::ALL {
            // A single word of a command, quoted or not, can't be broken and still be pasted; its flag stays with it.
            let one_word = |text: &str| {
                let flag = text.split_once(' ').filter(|(flag, _)| flag.starts_with('-'));
                let text = flag.map_or(text, |(_, value)| value);
                !text.contains(' ') || (text.starts_with('\'') && text.ends_with('\''))
            };
            let wide =
                |line: &&str| line.width() > 80 && !one_word(line.trim_end_matches(" \\").trim());
            let report = told(&observation, Format::Table, &plain(lang));
            assert_eq!(report.lines().find(wide), None, "{path} {lang:?}");
        }
    }
}

#[test]
fn the_last_lines_of_a_screen_hold_cause_reason_and_fix() {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for (path, observation) in recorded() {
        let facts = Facts::derive(&observation);
        let verdict = judge(&diagnoses::all(), &facts);
        let Some(root) = verdict.root_cause() else { continue };
        for lang in Lang::ALL {
            let report = told(&observation, Format::Table, &plain(lang));
            let lines: Vec<&str> = report.lines().collect();
            // 24 lines, less the prompt.
            let screen = bare(&lines[lines.len().saturating_sub(23)..].concat());
            let prose = root.finding.diagnosis.text.in_lang(lang);
            let id = format!("[{}]", root.finding.diagnosis.id);
            for part in [&id, prose.title, prose.why, prose.fix] {
                assert!(
                    screen.contains(&bare(part)),
                    "{path} {lang:?}: no {part:?} at the end of\n{report}"
                );
            }
        }
    }
}

#[test]
fn the_frame_has_no_sign_of_ambiguous_width() {
    for (name, observation) in scenes() {
        for format in [Format::Table, Format::Ladder] {
            let report = told(&observation, format, &plain(Lang::En));
            let wide = report.chars().find(|c| c.width() != c.width_cjk());
            assert_eq!(wide, None, "{name}: {report}");
        }
    }
}

#[test]
fn a_terminal_without_utf8_gets_ascii() {
    for (name, observation) in scenes() {
        for format in [Format::Table, Format::Ladder, Format::Simple] {
            let report = told(&observation, format, &Style { ascii: true, ..Style::default() });
            assert!(report.is_ascii(), "{name}: {report}");
        }
    }
}

#[test]
fn only_the_broken_rung_and_its_neighbours_are_drawn_beside_a_cause() {
    let rungs = |format: Format| {
        let report = told(&nobody_listens(), format, &plain(Lang::En));
        report.lines().filter(|line| line.get(2..3) == Some("|") || line.contains(" |")).count()
    };
    assert!(rungs(Format::Table) < rungs(Format::Ladder) / 2);
}

#[test]
fn colour_changes_nothing_but_colour() {
    for (name, observation) in scenes() {
        for format in [Format::Table, Format::Simple, Format::Ladder] {
            let style = Style { colour: true, ..plain(Lang::En) };
            let coloured = told(&observation, format, &style);
            assert!(coloured.contains('\u{1b}'), "{name}");
            assert_eq!(stripped(&coloured), told(&observation, format, &plain(Lang::En)), "{name}");
        }
    }
}

/// Text without `ESC [ … m`.
fn stripped(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').unwrap().1)
}

#[test]
fn escape_sequences_of_others_never_reach_the_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}\u{9b}31m";
    let seen = scene::untrusted("https://10.0.0.5:2379", "10.0.0.5");
    let mut observation =
        scene::check("client.crt", vec![scene::presenting(seen, &[certificate_for(hostile)])]);
    observation.endpoints[0].url.push_str(hostile);
    observation.endpoints[0].not_tried.push(NotTried::Other(hostile.to_owned()));
    let path = format!("/etc/{hostile}/ca.crt");
    observation.files[0].path.clone_from(&path);
    observation.target.cacert.as_mut().unwrap().value = path;
    let machines = [Format::Json, Format::Ndjson];
    let people = [Format::Table, Format::Simple, Format::Ladder, Format::Html, Format::Markdown];
    for format in machines.into_iter().chain(people) {
        let report = told(&observation, format, &plain(Lang::En));
        let raw: Vec<_> = report.chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert!(raw.is_empty(), "{format:?}: {raw:?}");
        assert!(!report.contains('\u{202e}'), "{format:?}");
        assert!(report.contains("owned"), "{format:?}");
    }
    assert!(told(&observation, Format::Table, &plain(Lang::En)).contains("\\x1b[2J"));
}

fn certificate_for(common_name: &str) -> Der {
    let mut params = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, common_name);
    let key = rcgen::KeyPair::generate().unwrap();
    Der(params.self_signed(&key).unwrap().der().to_vec())
}

#[test]
fn every_word_is_there_in_three_languages() {
    let words = Word::ALL.iter().map(|word| Lang::ALL.map(|lang| word.in_lang(lang)));
    let labels = Label::ALL.iter().map(|label| Lang::ALL.map(|lang| label.in_lang(lang)));
    let page = PageWord::ALL.iter().map(|word| Lang::ALL.map(|lang| word.in_lang(lang)));
    for [en, ja, zh] in words.chain(labels).chain(page) {
        assert!(![en, ja, zh].contains(&""), "{en} {ja} {zh}");
        // ALPN and SHA-256 are names, the same everywhere.
        let is_name = en == ja && en == zh && en.chars().all(|c| !c.is_lowercase());
        // Some words are written alike in Japanese and Chinese.
        let is_han = ja.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(is_name || (en != ja && en != zh && (ja != zh || is_han)), "{en} {ja} {zh}");
    }
}
