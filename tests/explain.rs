//! `explain` as a command: a diagnosis, a topic, an option, a file, all that can be asked for, and a word that stands for nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/layouts/mod.rs"]
mod layouts;
mod support;

use std::path::Path;

use etcd_tls::{diagnoses::all, learn, logs};
use layouts::{Place, build};
use serde_json::Value;
use support::tool::{Run, etcd_tls};

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
fn pasted_words_are_read_as_a_log_line() {
    for (words, id) in [
        ("context deadline exceeded", "reason-withheld"),
        ("x509: certificate signed by unknown authority", "unknown-authority"),
        ("dial tcp 10.0.0.1:2379: connect: connection refused", "tcp-refused"),
        ("nothing of this\nremote error: tls: certificate required\n", "client-cert-required"),
    ] {
        let run = etcd_tls(["explain", words]).run();
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:#?}");
        assert!(run.stdout.contains(&format!("[{id}]")), "{run:#?}");
        let run = etcd_tls(["explain", words, "-o", "json"]).run();
        let told: Value = serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
        assert_eq!(told["id"], id);
    }
}

#[test]
fn ids_that_only_log_lines_have_can_be_looked_up() {
    for room in logs::UNSEEN {
        for (lang, prose) in [("en", room.text.en), ("ja", room.text.ja), ("zh", room.text.zh)] {
            let run = etcd_tls(["explain", room.id, "--lang", lang, "-o", "json"]).run();
            assert_eq!(run.code, Some(0), "{run:#?}");
            assert_eq!(run.json()["title"], prose.title);
        }
    }
}

#[test]
fn the_language_is_chosen_by_flag() {
    let run = etcd_tls(["explain", "tcp-refused", "--lang", "ja"]).run();
    assert!(run.stdout.contains("待ち受け"), "{run:#?}");
}

/// A folder with nothing of etcd in it, so that a topic speaks of no machine.
fn explain(words: &[&str], root: &Path) -> Run {
    etcd_tls(["explain", "--root"]).args([root]).args(words).run()
}

#[test]
fn topics_are_told_in_three_languages() {
    let root = tempfile::tempdir().unwrap();
    for topic in ["mtls", "client-peer-server", "ca", "env"] {
        for lang in ["en", "ja", "zh"] {
            let run = explain(&[topic, "--lang", lang], root.path());
            assert_eq!(run.code, Some(0), "{run:#?}");
            insta::assert_snapshot!(format!("{topic}-{lang}"), run.stdout);
        }
    }
}

#[test]
fn every_topic_is_listed_and_can_be_looked_up() {
    let (list, root) = (etcd_tls(["explain"]).run(), tempfile::tempdir().unwrap());
    for topic in learn::all() {
        assert!(list.stdout.contains(topic.id), "{} is not listed", topic.id);
        let run = explain(&[topic.id, "-o", "json"], root.path());
        assert_eq!((&run.json()["kind"], &run.json()["id"]), (&"topic".into(), &topic.id.into()));
        let run = explain(&[topic.id, "-o", "markdown"], root.path());
        assert!(run.stdout.starts_with(&format!("# {}\n", topic.id)), "{run:#?}");
    }
}

#[test]
fn an_option_is_told_in_whichever_spelling() {
    let root = tempfile::tempdir().unwrap();
    for word in ["--trusted-ca-file", "trusted-ca-file", "ETCD_TRUSTED_CA_FILE"] {
        let run = explain(&[word], root.path());
        assert_eq!(run.code, Some(0), "{run:#?}");
        for part in ["ETCD_TRUSTED_CA_FILE", "client-transport-security.trusted-ca-file", "mTLS"] {
            assert!(run.stdout.contains(part), "{word}: {part} is not in {}", run.stdout);
        }
    }
    for words in
        [&["--cacert"][..], &["cacert"], &["ETCDCTL_CACERT"], &["--cacert", "-o", "markdown"]]
    {
        let run = explain(words, root.path());
        assert!(run.stdout.contains("ETCDCTL_CACERT"), "{run:#?}");
    }
    let run = explain(&["--tls-min-version", "-o", "json"], root.path());
    assert_eq!(run.json()["options"][0]["since"], serde_json::json!(["3.4.25", "3.5.8", "3.6.0"]));
}

#[test]
fn a_file_is_told_by_its_name_and_its_path() {
    let root = tempfile::tempdir().unwrap();
    for word in ["healthcheck-client.crt", "/etc/kubernetes/pki/etcd/healthcheck-client.crt"] {
        let run = explain(&[word], root.path());
        assert!(run.stdout.contains("liveness probe"), "{run:#?}");
    }
    let run = explain(&["/etc/kubernetes/pki/ca.crt"], root.path());
    assert!(run.stdout.contains("not etcd's"), "{run:#?}");
    let unknown = explain(&["nothing-of-the-kind.crt"], root.path());
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(1), ""));
}

/// A kubeadm machine.
fn machine(root: &Path) {
    let address = "127.0.0.1".to_owned();
    let place = Place { address, client: 2379, peer: 2380, metrics: 2381, http: 2382 };
    build("kubeadm", root, place).unwrap();
}

#[test]
fn a_topic_speaks_of_the_files_at_hand() {
    let root = tempfile::tempdir().unwrap();
    machine(root.path());
    let own =
        |name: &str| root.path().join("etc/kubernetes/pki/etcd").join(name).display().to_string();
    let told = |topic: &str| {
        let run = explain(&[topic, "-o", "json"], root.path());
        assert_eq!(run.code, Some(0), "{run:#?}");
        run.json()["here"].to_string()
    };
    assert!(told("files").contains(&own("healthcheck-client.crt")));
    for topic in ["cacert-cert-key", "backup", "env"] {
        let here = told(topic);
        for name in ["ca.crt", "healthcheck-client.crt", "healthcheck-client.key"] {
            assert!(here.contains(&own(name)), "{topic}: {here}");
        }
    }
    assert!(told("backup").contains("snapshot save") && told("backup").contains("/var/lib/etcd"));
    assert!(told("client-peer-server").contains("--cert-file /etc/kubernetes/pki/etcd/server.crt"));
    assert!(told("client-peer-server").contains("etcd.yaml:"));
    assert!(told("ports").contains("https://127.0.0.1:2379"));
    assert!(told("--trusted-ca-file").contains("/etc/kubernetes/pki/etcd/ca.crt"));
    assert!(told("healthcheck-client.crt").contains("CN=kube-etcd-healthcheck-client"));
    let run = explain(
        &[
            "cacert-cert-key",
            "--cacert",
            &own("ca.crt"),
            "--cert",
            &own("server.crt"),
            "--key",
            &own("server.key"),
        ],
        root.path(),
    );
    assert!(run.stdout.contains(&format!("--cert {}", own("server.crt"))), "{run:#?}");
}

#[test]
fn secrets_of_the_environment_stay_there() {
    let root = tempfile::tempdir().unwrap();
    let tool = etcd_tls(["explain", "env", "--root"]).args([root.path()]);
    let run = tool.env("ETCDCTL_PASSWORD", "hunter2").env("ETCDCTL_USER", "root:hunter2").run();
    assert!(
        run.stdout.contains("ETCDCTL_PASSWORD=") && !run.stdout.contains("hunter2"),
        "{run:#?}"
    );
}

#[test]
fn words_that_make_no_sense_are_said_so() {
    assert_eq!(etcd_tls(["explain", "mtls", "--cacert"]).run().code, Some(2));
    assert_eq!(etcd_tls(["explain", "--log", "-", "-o", "markdown"]).run().code, Some(2));
    let run = etcd_tls(["explain", "--trusted-ca-fle"]).run();
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("trusted-ca-file"), "{run:#?}");
}
