//! The catalogue as a whole: every room is declared, named by the rules, speaks three languages, and proves itself on its two cases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use etcd_tls::{
    diagnoses::engine::{Diagnosis, Verdict, judge},
    diagnoses::{RETIRED, all},
    facts::Facts,
    message::Lang,
    observation::{Observation, SCHEMA},
};
use unicode_width::UnicodeWidthStr;

#[test]
fn every_room_is_declared_under_its_own_name() {
    let mut in_files: Vec<String> = room_files()
        .iter()
        .filter(|path| fs::read_to_string(path).unwrap().contains("static DIAGNOSIS: Diagnosis"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().replace('_', "-"))
        .collect();
    in_files.sort();
    assert_eq!(
        in_files,
        ids(),
        "files of src/diagnoses on the left, diagnoses::all() on the right"
    );
}

#[test]
fn the_list_of_ids_is_public() {
    insta::assert_snapshot!(ids().join("\n"));
}

#[test]
fn ids_follow_the_grammar() {
    for id in ids() {
        let words = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(id.contains('-') && id.chars().all(words), "{id} is not subject-condition");
        assert!(!RETIRED.contains(&id), "{id} is retired and must not come back");
    }
    let unique: BTreeSet<_> = ids().into_iter().collect();
    assert_eq!(unique.len(), all().len(), "an id is taken twice");
}

#[test]
fn prose_is_complete_and_distinct() {
    for room in all() {
        let all_three = Lang::ALL.map(|lang| room.text.in_lang(lang));
        for part in [0, 1, 2] {
            let said = all_three.map(|prose| [prose.title, prose.why, prose.fix][part]);
            assert!(said.iter().all(|text| !text.trim().is_empty()), "{}: empty prose", room.id);
            let distinct: BTreeSet<_> = said.into_iter().collect();
            assert_eq!(distinct.len(), 3, "{}: the same in two languages: {said:?}", room.id);
        }
        for prose in all_three {
            assert!(prose.title.width() <= 100, "{}: too wide: {}", room.id, prose.title);
            assert!(!prose.title.contains('\n'), "{}: {}", room.id, prose.title);
            assert!(!prose.title.ends_with(['.', '。']), "{}: full stop: {}", room.id, prose.title);
            assert!(prose.fix.ends_with(['.', '。']), "{}: no full stop: {}", room.id, prose.fix);
            assert!(!prose.why.contains("  "), "{}: a doubled space: {}", room.id, prose.why);
        }
    }
}

#[test]
fn causes_run_one_way() {
    for room in all() {
        let mut open: Vec<&Diagnosis> = room.causes.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            assert_ne!(next.id, room.id, "{} explains itself", room.id);
            assert!(all().contains(&next), "{} causes {}, which is not declared", room.id, next.id);
            if seen.insert(next.id) {
                open.extend(next.causes);
            }
        }
    }
}

#[test]
fn every_room_has_a_page() {
    let pages: BTreeSet<String> = names_in("docs/diagnoses")
        .into_iter()
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .filter(|name| name != "README")
        .collect();
    let rooms: BTreeSet<String> = ids().into_iter().map(str::to_owned).collect();
    assert_eq!(pages, rooms, "pages of docs/diagnoses on the left; run cargo run --example docs");
}

#[test]
fn every_room_fires_on_its_case_and_is_quiet_beside_it() {
    let excused = excused();
    let mut missing = Vec::new();
    for id in ids() {
        let cases = [case(id, "fires"), case(id, "quiet")];
        let [Some(fires), Some(quiet)] = cases else {
            if !excused.contains_key(id) {
                missing.push(id);
            }
            continue;
        };
        assert!(!excused.contains_key(id), "{id} has both cases; take it off fixtures/README.md");
        let root = verdict(&fires).root_cause().map(|judged| judged.finding.diagnosis.id);
        assert_eq!(root, Some(id), "fixtures/cases/{id}/fires.json");
        let found = verdict(&quiet).findings;
        let silent = found.iter().all(|judged| judged.finding.diagnosis.id != id);
        assert!(silent, "fixtures/cases/{id}/quiet.json: {found:#?}");
    }
    assert!(missing.is_empty(), "no cases, and no reason in fixtures/README.md: {missing:?}");
    let unknown: Vec<_> = excused.keys().filter(|id| !ids().contains(&id.as_str())).collect();
    assert!(unknown.is_empty(), "fixtures/README.md excuses what is not there: {unknown:?}");
}

#[test]
fn cases_say_who_recorded_them() {
    for id in ids() {
        for case in [case(id, "fires"), case(id, "quiet")].into_iter().flatten() {
            assert_eq!(case.schema, SCHEMA, "{id}");
            assert!(!case.recorded_by.is_empty(), "{id}");
        }
    }
}

#[test]
fn cases_of_release_0_1_give_the_same_verdict() {
    let old = names_in("fixtures/cases-v1");
    assert!(old.len() >= 8, "{old:?}");
    for name in old {
        let text = fs::read_to_string(package().join("fixtures/cases-v1").join(&name)).unwrap();
        assert!(text.contains("etcd-tls/case/v1"), "{name}");
        let old = Observation::from_case(&text).unwrap();
        let twin = case(name.strip_suffix(".json").unwrap(), "fires").unwrap();
        let found = |observation: &Observation| -> Vec<_> {
            let judged = verdict(observation).findings.into_iter();
            judged.map(|one| (one.finding.diagnosis.id, one.finding.evidence)).collect()
        };
        assert_eq!(found(&old), found(&twin), "{name}");
        assert_eq!(serde_json::to_value(&old).unwrap(), serde_json::to_value(&twin).unwrap());
    }
}

#[test]
fn no_case_lies_about_unused() {
    let stray: Vec<String> = names_in("fixtures/cases")
        .into_iter()
        .filter(|name| !ids().contains(&name.as_str()))
        .collect();
    assert!(stray.is_empty(), "cases of no room: {stray:?}");
}

fn ids() -> Vec<&'static str> {
    let mut ids: Vec<_> = all().iter().map(|room| room.id).collect();
    ids.sort_unstable();
    ids
}

fn verdict(observation: &Observation) -> Verdict {
    judge(&all(), &Facts::derive(observation))
}

fn case(id: &str, name: &str) -> Option<Observation> {
    let path = package().join(format!("fixtures/cases/{id}/{name}.json"));
    let text = fs::read_to_string(&path).ok()?;
    let case = Observation::from_case(&text);
    Some(case.unwrap_or_else(|error| panic!("{}: {error:?}", path.display())))
}

/// The table in `fixtures/README.md`: rooms without recorded cases, each with its reason.
fn excused() -> BTreeMap<String, String> {
    let text = fs::read_to_string(package().join("fixtures/README.md")).unwrap();
    let (_, table) = text.split_once("## Diagnoses without recorded cases").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    rows.map(|(id, reason)| {
        let reason = reason.trim_end_matches(" |").to_owned();
        assert!(reason.len() > 10, "{id} is excused without a reason");
        (id.to_owned(), reason)
    })
    .collect()
}

fn room_files() -> Vec<PathBuf> {
    let groups = package().join("src/diagnoses");
    let folders = fs::read_dir(groups).unwrap().map(|entry| entry.unwrap().path());
    folders
        .filter(|path| path.is_dir() && !path.ends_with("engine") && !path.ends_with("fix"))
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect()
}

fn names_in(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(package().join(folder)).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
