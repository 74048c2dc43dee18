//! `check` as a command: where its target comes from, its exit codes, its formats, saved cases.

mod support;

use std::{fs, time::Duration};

use support::{
    etcd::{Etcd, free_port, newest},
    pki::{Pki, mtls},
    server::{Act, Server},
    tool::{check, etcd_tls},
};

#[test]
fn a_flag_beats_the_environment_and_the_environment_the_default() {
    let (flag, environment) = (nobody(), nobody());
    let tool = || etcd_tls(["check", "-o", "json"]).env("ETCDCTL_ENDPOINTS", &environment);
    let run = tool().args(["--endpoints", &flag]).run();
    assert_eq!(run.json()["endpoints"][0]["url"], flag.as_str());
    let run = tool().run();
    assert_eq!(run.json()["endpoints"][0]["url"], environment.as_str());
    // A machine with nothing of etcd on it: this one may run some.
    let empty = Pki::new();
    let root = empty.folder().to_str().unwrap();
    let run = etcd_tls(["check", "-o", "json", "--root", root]).run();
    assert_eq!(run.json()["endpoints"][0]["url"], "127.0.0.1:2379");
}

#[test]
fn files_come_from_the_environment_too() {
    let pki = Pki::new();
    let missing = pki.path("ca.crt");
    let run = etcd_tls(["check", "-o", "json", "--endpoints", &nobody()])
        .env("ETCDCTL_CACERT", &missing)
        .run();
    run.finds("file-missing");
    assert_eq!(run.json()["root_cause"]["subject"], missing.as_str());
    assert!(run.stdout.contains("ETCDCTL_CACERT"), "says where the path came from: {run:#?}");
}

#[test]
fn an_endpoint_without_scheme_is_dialled_as_etcdctl_does() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let plain = Etcd::start(&release, "http", &[]);
    check(plain.url.trim_start_matches("http://"), &[]).is_healthy();

    let tls = Etcd::tls(&release, &pki.server(&ca, "server").issue(), None);
    let bare = tls.url.trim_start_matches("https://");
    let run = check(bare, &["--cacert", &ca.cert]);
    assert_eq!(run.json()["endpoints"][0]["tls"]["version"], "TLSv1.3", "{run:#?}");
    check(bare, &[]).finds("tls-server-plain-url");
}

#[test]
fn a_wrong_command_line_is_refused_with_what_is_allowed() {
    for (args, hint) in [
        (["check", "--timeout", "5 parsecs"], "--timeout"),
        (["check", "--fail-on", "tuesday"], "warning"),
        (["check", "--output", "papyrus"], "json"),
        (["check", "--expires-within", "soon"], "--expires-within"),
        (["check", "--cacerts", "x"], "--cacert"),
    ] {
        let run = etcd_tls(args).run();
        assert_eq!(run.code, Some(2), "{run:#?}");
        assert!(run.stderr.contains(hint), "{run:#?}");
        assert_eq!(run.stdout, "");
    }
}

#[test]
fn etcdctl_2_names_are_translated() {
    let pki = Pki::new();
    let missing = pki.path("ca.crt");
    let run =
        etcd_tls(["check", "-o", "json", "--endpoints", &nobody(), "--ca-file", &missing]).run();
    assert!(run.stderr.contains("--cacert"), "{run:#?}");
    run.finds("file-missing");
}

#[test]
fn a_malformed_endpoint_is_a_diagnosis_with_the_right_url() {
    for (wrong, right) in [
        ("https//127.0.0.1:2379", "https://127.0.0.1:2379"),
        ("htps://127.0.0.1:2379", "https://127.0.0.1:2379"),
    ] {
        let run = check(wrong, &[]);
        run.finds("endpoint-malformed");
        assert!(run.json()["findings"][0]["fix"].to_string().contains(right), "{run:#?}");
    }
}

#[test]
fn the_port_that_refused_is_named_with_etcds_own() {
    let url = nobody();
    let port = url.rsplit(':').next().unwrap();
    let fix = check(&url, &[]).json()["findings"][0]["fix"].to_string();
    assert!(fix.contains(&format!("':({port}|2379|2380|2381)'")), "{fix}");
}

#[test]
fn nine_answers_do_not_wait_for_the_silent_tenth() {
    let silent = Server::start(Act::Silence);
    let mut endpoints: Vec<String> = (0..9).map(|_| nobody()).collect();
    endpoints.insert(3, silent.url());
    let lines = etcd_tls(["check", "-o", "ndjson", "--timeout", "6s"])
        .args(["--endpoints", &endpoints.join(",")])
        .lines_as_they_come();
    assert_eq!(lines.len(), 11, "{lines:#?}");
    for (when, line) in &lines[..9] {
        assert_eq!(line["root_cause"]["id"], "tcp-refused");
        // Before the timeout of the tenth, which is the earliest that anything is known of that one.
        assert!(*when + Duration::from_secs(1) < lines[9].0, "{when:?}: {line}");
    }
    assert_eq!(lines[9].1["url"], silent.url());
    assert!(lines[9].0 >= Duration::from_millis(5900));
    let summary = &lines[10].1["summary"];
    assert_eq!(summary["by_cause"]["tcp-refused"], 9);
    assert_eq!((&summary["verdict"], &summary["endpoints"]), (&"error".into(), &10.into()));
}

#[test]
fn a_saved_case_gives_the_same_report_and_holds_no_secret() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let etcd = Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
    let expired = pki.client(&ca, "client").days(-10, -1).issue();
    let saved = pki.path("case.json");
    let flags = mtls(&ca, &expired);
    let run = etcd_tls(["check", "-o", "json", "--endpoints", &etcd.url, "--save-case", &saved])
        .args(flags)
        .args(["--user", "root:correct horse battery staple"])
        .run();
    run.finds("cert-expired");
    let again = etcd_tls(["check", "-o", "json", "--case", &saved]).run();
    assert_eq!(again.json(), run.json());
    assert_eq!(again.code, run.code);

    let case = fs::read_to_string(&saved).unwrap();
    let body: String = fs::read_to_string(&expired.key)
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    for text in [&case, &run.stdout, &run.stderr] {
        assert!(!text.contains("correct horse"), "the password leaked");
        // Wherever a line break may fall, some stretch of the key would show.
        let stretches = body.as_bytes().windows(24).skip(40).step_by(8);
        for stretch in stretches.map(|bytes| str::from_utf8(bytes).unwrap()) {
            assert!(!text.contains(stretch), "the key leaked: {stretch}");
        }
        assert!(!text.contains("PRIVATE KEY-----"), "a PEM key leaked");
    }
}

#[test]
fn a_case_that_is_none_is_the_tools_own_failure() {
    let pki = Pki::new();
    let nonsense = pki.write("case.json", "{}");
    for path in [nonsense, pki.path("missing.json")] {
        let run = etcd_tls(["check", "--case", &path]).run();
        assert_eq!(run.code, Some(3), "{run:#?}");
        assert!(run.stderr.contains(&path), "{run:#?}");
    }
}

#[test]
fn an_expiry_in_sight_is_a_warning_when_asked_for() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let client = pki.client(&ca, "client").days(-1, 100).issue();
    let etcd = Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
    let flags = mtls(&ca, &client);
    check(&etcd.url, &flags).is_healthy();
    let early = [&flags[..], &["--expires-within", "120d"]].concat();
    let run = check(&etcd.url, &early);
    run.finds("cert-expiring-soon");
    assert_eq!(run.code, Some(0));
    let failing = [&early[..], &["--fail-on", "warning"]].concat();
    assert_eq!(check(&etcd.url, &failing).code, Some(1));
}

#[test]
fn colour_is_for_terminals() {
    let endpoint = nobody();
    let run = etcd_tls(["check", "--endpoints", &endpoint]).run();
    assert!(!run.stdout.contains('\u{1b}'), "{run:#?}");
    let run = etcd_tls(["check", "--endpoints", &endpoint, "--color", "always"]).run();
    assert!(run.stdout.contains('\u{1b}'), "{run:#?}");
}

#[test]
fn the_table_puts_the_cause_last_within_80_columns() {
    let run = etcd_tls(["check", "--endpoints", &nobody()]).run();
    let (_, last) = run.stdout.rsplit_once("\nerror: ").unwrap();
    assert!(last.starts_with("Nothing listens") && last.contains("[tcp-refused]"), "{last}");
    let wide = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > 80;
    assert_eq!(run.stdout.lines().find(wide), None);
}

#[test]
fn the_language_follows_the_flag_and_the_locale() {
    let endpoint = nobody();
    let run = etcd_tls(["check", "--endpoints", &endpoint, "--lang", "zh"]).run();
    assert!(run.stdout.contains("监听"), "{run:#?}");
    let run = etcd_tls(["check", "--endpoints", &endpoint]).env("LC_ALL", "ja_JP.UTF-8").run();
    assert!(run.stdout.contains("待ち受け"), "{run:#?}");
}

fn nobody() -> String {
    format!("https://127.0.0.1:{}", free_port())
}
