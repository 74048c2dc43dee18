//! `explain` as a command: one diagnosis, all of them, and an id that does not exist.

mod support;

use etcd_tls::diagnoses::all;
use support::tool::etcd_tls;

#[test]
fn every_diagnosis_can_be_looked_up() {
    for room in all() {
        let run = etcd_tls(["explain", room.id, "-o", "json"]).run();
        assert_eq!(run.code, Some(0), "{run:#?}");
        assert_eq!(run.json()["title"], room.text.en.title);
    }
}

#[test]
fn a_page_says_what_why_and_what_to_do() {
    let run = etcd_tls(["explain", "server-san-mismatch"]).run();
    let room = all().into_iter().find(|room| room.id == "server-san-mismatch").unwrap();
    let words: Vec<&str> = run.stdout.split_whitespace().collect();
    let text = words.join(" ");
    for part in [room.text.en.title, room.text.en.why, room.text.en.fix] {
        assert!(text.contains(part), "{part}\nis not in\n{}", run.stdout);
    }
}

#[test]
fn all_are_listed_without_an_id() {
    let run = etcd_tls(["explain"]).run();
    assert_eq!(run.code, Some(0));
    for room in all() {
        assert!(run.stdout.contains(room.id), "{} is not listed", room.id);
    }
}

#[test]
fn an_unknown_id_is_answered_with_the_nearest() {
    let run = etcd_tls(["explain", "server-san-mismach"]).run();
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.contains("server-san-mismatch"), "{run:#?}");
}

#[test]
fn the_language_is_chosen_by_flag() {
    let run = etcd_tls(["explain", "tcp-refused", "--lang", "ja"]).run();
    assert!(run.stdout.contains("待ち受け"), "{run:#?}");
}
