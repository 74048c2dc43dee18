//! `explain --log`: real lines of many programs, healthy logs, hostile input, stories, and the table behind them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use etcd_tls::{diagnoses::all, logs};
use serde_json::Value;
use support::tool::{Run, etcd_tls};
use tempfile::TempDir;

/// What the log holds, explained as objects.
fn explained(log: &[u8]) -> (Run, Vec<Value>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("log");
    fs::write(&path, log).unwrap();
    let run = etcd_tls(["explain", "--log", path.to_str().unwrap(), "-o", "json"]).run();
    let objects = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (run, objects)
}

fn lines(objects: &[Value]) -> Vec<&Value> {
    objects.iter().filter(|one| one.get("line").is_some()).collect()
}

#[test]
fn every_real_line_is_recognised() {
    let corpus = fs::read_to_string(fixture("lines.jsonl")).unwrap();
    let (rooms, mut wrong) = (all(), Vec::new());
    let recogniser = logs::Recogniser::new(&rooms);
    for case in corpus.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let told = recogniser.read(case["line"].as_str().unwrap().into());
        let Some(told) = told else {
            wrong.push(format!("not recognised: {}", case["line"]));
            continue;
        };
        let candidates = &told.meaning.candidates;
        let mut causes = case["causes"].as_array().unwrap().iter();
        let missing = causes.any(|cause| !candidates.iter().any(|one| one == cause));
        if case["id"] != told.meaning.id() || missing {
            wrong.push(format!("{} {candidates:?}: {case}", told.meaning.id()));
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
}

#[test]
fn other_programs_words_are_known() {
    told_as_listed("families.tsv");
}

#[test]
fn lines_that_people_asked_about_are_known() {
    told_as_listed("threads.tsv");
}

/// Every line of the list, read alone, gets its id; those with `-` get none.
fn told_as_listed(list: &str) {
    let list = fs::read_to_string(fixture(list)).unwrap();
    let (rooms, mut wrong) = (all(), Vec::new());
    let recogniser = logs::Recogniser::new(&rooms);
    for case in list.lines().map(|line| line.splitn(3, '\t').collect::<Vec<_>>()) {
        let told = recogniser.read(case[2].into());
        let id = told.as_ref().map_or("-", |told| told.meaning.id());
        if id != case[1] {
            wrong.push(format!("{id}: {case:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
}

#[test]
fn healthy_logs_give_no_error() {
    for version in ["3.4.23", "3.5.16", "3.6.16"] {
        let once = fs::read_to_string(fixture(&format!("healthy-{version}.log"))).unwrap();
        let times = 10_000 / once.lines().count() + 1;
        let (_, objects) = explained(once.repeat(times).as_bytes());
        let bad: Vec<_> =
            lines(&objects).into_iter().filter(|one| one["severity"] != "info").collect();
        assert!(bad.is_empty(), "etcd {version}: {} lines, {:#?}", bad.len(), bad.first());
    }
}

#[test]
fn a_line_is_told_in_full() {
    let log = br#"{"level":"warn","ts":"2026-11-22T02:39:55.123Z","msg":"rejected connection on client endpoint","remote-addr":"10.0.0.5:4711","server-name":"","error":"tls: failed to verify certificate: x509: certificate signed by unknown authority"}"#;
    let (run, objects) = explained(log);
    assert_eq!(run.code, Some(0));
    let told = &objects[0];
    assert_eq!(
        (&told["id"], &told["side"]),
        (&"client-cert-untrusted".into(), &"local-file".into())
    );
    assert_eq!((&told["confidence"], &told["severity"]), (&"likely".into(), &"error".into()));
    assert_eq!(told["subject"], "10.0.0.5:4711");
    let message = told["message"].as_str().unwrap();
    assert!(
        message.contains("refuses the client's certificate")
            && message.contains("dialled by address"),
        "{message}"
    );
    for part in ["proves", "decide", "fix"] {
        assert!(!told[part].is_null(), "{told:#}");
    }
}

#[test]
fn the_same_alert_means_the_opposite_on_the_other_side() {
    let alert = "remote error: tls: bad certificate";
    let server = format!(
        r#"embed: rejected connection from "10.0.0.5:4711" (error "{alert}", ServerName "etcd-1")"#
    );
    let client = format!("transport: authentication handshake failed: {alert}");
    let peer = format!(
        r#"{{"msg":"rejected connection on peer endpoint","remote-addr":"10.0.0.6:4711","server-name":"","error":"{alert}"}}"#
    );
    let (_, objects) = explained(format!("{server}\n{client}\n{peer}\n").as_bytes());
    let ids: Vec<_> =
        lines(&objects).iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["unknown-authority", "client-cert-untrusted", "peer-ca-mismatch"]);
    let decide = objects[0]["decide"][0].as_str().unwrap();
    assert!(
        decide.contains("https://etcd-1:2379") && decide.ends_with("# on 10.0.0.5"),
        "{decide}"
    );
}

#[test]
fn where_to_run_a_command_is_said_in_front_of_it() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("log");
    let line = r#"embed: rejected connection from "10.0.0.5:4711" (error "remote error: tls: bad certificate", ServerName "etcd-1.a-long-name.example.com")"#;
    fs::write(&log, line).unwrap();
    for (lang, place) in [
        ("en", "    # on 10.0.0.5\n"),
        ("ja", "    # 10.0.0.5 で実行\n"),
        ("zh", "    # 在 10.0.0.5 上执行\n"),
    ] {
        let run = etcd_tls(["explain", "--lang", lang, "--log", log.to_str().unwrap()]).run();
        let (_, command) = run.stdout.split_once(place).unwrap();
        let command: Vec<_> = command.lines().take(2).collect();
        let wrapped = [
            "    etcd-tls check --endpoints https://etcd-1.a-long-name.example.com:2379 \\",
            "      --cacert ca.crt --cert client.crt --key client.key",
        ];
        assert_eq!(command, wrapped);
    }
}

#[test]
fn lines_of_one_incident_are_one_story() {
    let line = |second: u32, address: &str| {
        format!(
            "2026-11-22 02:39:{second:02}.000000 I | embed: rejected connection from \"{address}:4711\" (error \"EOF\", ServerName \"\")\n"
        )
    };
    let log = [
        line(1, "10.0.0.5"),
        "2026-11-22 02:39:02.000000 I | raft: nothing\n".to_owned(),
        line(3, "10.0.0.6"),
        line(9, "10.0.0.5"),
    ];
    let (_, objects) = explained(log.concat().as_bytes());
    let numbers: Vec<_> = lines(&objects).iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 3, 4]);
    let story = &objects.last().unwrap()["story"];
    assert_eq!((&story["lines"], &story["id"]), (&3.into(), &"tcp-probe".into()));
    assert_eq!(
        (&story["from"], &story["to"]),
        (&"2026-11-22 02:39:01.000000".into(), &"2026-11-22 02:39:09.000000".into())
    );
    assert_eq!(story["remote_addresses"], serde_json::json!(["10.0.0.5", "10.0.0.6"]));
    assert_eq!(objects[0]["severity"], "info");
}

#[test]
fn hostile_lines_stay_text() {
    let mut log = b"\x00\xff\xfe\x1b[2J rejected connection from \"\x1b]0;x\x07\" (error \"tls: \xc3\x28 x509: certificate is valid for \x1b[31mevil, not $(id)\", ServerName \"-oProxyCommand=x\")\n".to_vec();
    log.extend(std::iter::repeat_n(b'x', 10_000_000));
    log.extend_from_slice(
        b" rejected connection\nError: open /etc/'; rm -rf $HOME/.crt: no such file or directory\n",
    );
    let (run, objects) = explained(&log);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.stdout.chars().all(|c| c == '\n' || !c.is_control()), "{run:?}");
    let numbers: Vec<_> = lines(&objects).iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [3, 1], "the certain one first");
    assert!(run.peak_kib < 64 * 1024, "{} KiB", run.peak_kib);

    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("log"), &log).unwrap();
    for lang in ["en", "ja", "zh"] {
        let table =
            etcd_tls(["explain", "--log", "log", "--lang", lang]).folder(folder.path()).run();
        assert_eq!(table.code, Some(0), "{table:?}");
        assert!(table.stdout.chars().all(|c| c == '\n' || !c.is_control()), "{table:?}");
    }
}

#[test]
fn powershell_redirects_are_read() {
    let text = "启动\r\nError: tls: private key does not match public key\r\nx\r\ndial tcp 10.0.0.1:2379: connect: connection refused\r\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for log in [[b"\xff\xfe", &little[..]].concat(), [b"\xfe\xff", &big[..]].concat()] {
        let (run, objects) = explained(&log);
        assert_eq!(run.code, Some(0), "{run:?}");
        let told: Vec<_> =
            lines(&objects).iter().map(|one| (one["line"].as_u64().unwrap(), &one["id"])).collect();
        assert_eq!(told, [(2, &"key-mismatch".into()), (4, &"tcp-refused".into())]);
    }
}

#[test]
fn what_is_no_log_is_said_once() {
    let zipped = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03rejected connection";
    for (log, word) in [(&zipped[..], "zcat"), (b"LPKSHHRH\0\0\0\0", "journalctl --file")] {
        let (run, _) = explained(log);
        assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run:?}");
        assert!(run.stderr.contains(word) && run.stderr.contains("--log "), "{run:?}");
    }
    let folder = TempDir::new().unwrap();
    let run = etcd_tls(["explain", "--log", folder.path().to_str().unwrap()]).run();
    assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run:?}");
}

#[test]
fn a_pipe_is_told_as_it_comes() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_etcd-tls"))
        .args(["explain", "--log", "-", "-o", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["tcp-refused", "dns-failure"] {
        let said = if id == "tcp-refused" { "connect: connection refused" } else { "no such host" };
        writeln!(input, "dial tcp 10.0.0.1:2379: {said}").unwrap();
        let told: Value = serde_json::from_str(&output.next().unwrap().unwrap()).unwrap();
        assert_eq!(told["id"], id, "told before the next line was written");
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_log_that_says_nothing_is_not_recognised() {
    for log in [&b""[..], b"\n\n", b"compacted revision 7\n", b"\xff\xff\xff"] {
        let (run, _) = explained(log);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    }
    let run = etcd_tls(["explain", "--log", "/nowhere.log"]).run();
    assert_eq!(run.code, Some(3));
    assert!(run.stderr.contains("--log /nowhere.log"), "{run:?}");
}

#[test]
fn candidates_are_diagnoses() {
    let known: BTreeSet<&str> = all()
        .iter()
        .chain(logs::UNSEEN)
        .map(|room| room.id)
        .chain(logs::HARMLESS.iter().copied())
        .collect();
    let unknown: BTreeSet<&str> = logs::candidates().filter(|id| !known.contains(id)).collect();
    assert!(unknown.is_empty(), "no diagnosis has these ids: {unknown:?}");
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/logs").join(name)
}
