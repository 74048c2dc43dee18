//! Verdicts on certificates: recorded ones, a live Go to compare with, and properties that no rule may break.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

#[path = "support/graph.rs"]
mod graph;
#[path = "support/mint.rs"]
mod mint;

use etcd_tls::x509::{Certificate, Go, Question, Usage, Verification, verify};
use graph::Graph;
use mint::Key;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use time::macros::datetime;

static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| (0..4).map(|_| Key::generate()).collect());

/// Says why a test has nothing to do; CI is expected to have everything.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

fn judge(graph: &Graph) -> Verification {
    let parse = |der: &Vec<u8>| Certificate::parse(der, Go::DEFAULT).ok();
    let leaf = parse(&graph.leaf).expect("the mint's leaves parse");
    let intermediates: Vec<Certificate> = graph.intermediates.iter().filter_map(parse).collect();
    let anchors: Vec<Certificate> = graph.anchors.iter().filter_map(parse).collect();
    verify(&Question {
        leaf: &leaf,
        intermediates: &intermediates,
        anchors: &anchors,
        when: datetime!(2026-06-01 0:00 UTC),
        host: graph.host.filter(|_| !graph.is_client),
        usages: &[if graph.is_client { Usage::ClientAuth } else { Usage::ServerAuth }],
        go: Go::DEFAULT,
    })
}

/// The tool's answers to cases, by id: accept, reason, error. `ETCD_TLS_TOOL` names a copy set aside for an hour's run while
/// the tree is being edited.
fn answers(cases: &Value, go: &str) -> Vec<Value> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(cases.to_string().as_bytes()).unwrap();
    let tool = std::env::var_os("ETCD_TLS_TOOL").unwrap_or(env!("CARGO_BIN_EXE_etcd-tls").into());
    let tool = Command::new(tool)
        .args(["verify", "--output", "json", "--go", go, "--cases"])
        .arg(file.path())
        .output()
        .unwrap();
    assert!(tool.status.success(), "{}", String::from_utf8_lossy(&tool.stderr));
    String::from_utf8(tool.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn recorded_verdicts_of_every_rule() {
    let recorded: Value =
        serde_json::from_str(include_str!("../fixtures/trust/rules.json")).unwrap();
    let cases = recorded["testcases"].as_array().unwrap();
    assert!(cases.len() > 50);
    for (case, answer) in cases.iter().zip(answers(&recorded, "1.24")) {
        let go = &case["go_verdict"];
        assert_eq!(answer["accept"], go["accept"], "{}: {go}", case["id"]);
        assert_eq!(answer["reason"], go["reason"], "{}: {go}", case["id"]);
        assert_eq!(answer["error"], go["error"], "{}", case["id"]);
    }
}

/// The conformance folder that lies beside the repository where the project is worked on.
fn conformance() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
    let folder = std::env::var_os("ETCD_TLS_CONFORMANCE").map_or(beside, PathBuf::from);
    folder.join("score.py").exists().then_some(folder)
}

#[test]
fn conformance_cases_agree_with_go() {
    let Some(folder) = conformance() else {
        return skipped("no conformance cases beside the repository");
    };
    let scored = Command::new("python3")
        .arg(folder.join("score.py"))
        .arg("--strict-reasons")
        .arg(env!("CARGO_BIN_EXE_etcd-tls"))
        .output()
        .unwrap();
    assert!(scored.status.success(), "{}", String::from_utf8_lossy(&scored.stdout));
}

/// A number from the environment, for runs longer than CI's.
fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// `ETCD_TLS_GRAPHS` graphs from the seed `ETCD_TLS_FIRST_SEED` on, in every third of them one certificate damaged. Keys are new
/// in each run, so a disagreement is printed with its case.
#[test]
fn random_graphs_agree_with_a_live_go() {
    let Some(folder) = conformance() else { return skipped("no oracle beside the repository") };
    let go = std::env::var_os("ETCD_TLS_GO").unwrap_or_else(|| "go".into());
    let Ok(version) = Command::new(&go).args(["env", "GOVERSION"]).output() else {
        return skipped("no Go");
    };
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    let first = number("ETCD_TLS_FIRST_SEED", 0);
    let seeds = first..first + number("ETCD_TLS_GRAPHS", 400);
    let cases: Vec<Value> = seeds
        .map(|seed| {
            let mut graph = graph::random(seed, &KEYS);
            if seed % 3 == 0 {
                graph.damage(seed);
            }
            graph.to_case(&seed.to_string())
        })
        .collect();
    let folder_for_oracle = tempfile::tempdir().unwrap();
    let oracle = folder_for_oracle.path().join("goverdict");
    let built = Command::new(&go)
        .args(["build", "-o"])
        .arg(&oracle)
        .arg(".")
        .env("GOFLAGS", "-mod=mod -buildvcs=false")
        .env("GOTOOLCHAIN", "local")
        .current_dir(folder.join("goverdict"))
        .output();
    if !built.is_ok_and(|built| built.status.success()) {
        return skipped("the oracle does not build");
    }
    let document = json!({ "testcases": cases });
    let mut running =
        Command::new(&oracle).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut questions = running.stdin.take().unwrap();
    let text = document.to_string();
    let asking = std::thread::spawn(move || questions.write_all(text.as_bytes()).unwrap());
    let verdicts = String::from_utf8(running.wait_with_output().unwrap().stdout).unwrap();
    asking.join().unwrap();
    let ours = answers(&document, &version);
    assert_eq!(verdicts.lines().count(), ours.len());
    let theirs: Vec<Value> =
        verdicts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |reason: &str| theirs.iter().filter(|theirs| theirs["reason"] == reason).count();
    let _ = writeln!(
        std::io::stderr(),
        "{} graphs, one certificate damaged in every third; Go accepts {} and cannot parse {} leaves",
        cases.len(),
        of("ok"),
        of("parse-error")
    );
    let disagreements: Vec<String> = theirs
        .iter()
        .zip(&ours)
        .zip(&cases)
        .filter(|((theirs, ours), _)| {
            ["id", "accept", "reason", "error"].iter().any(|field| ours[field] != theirs[field])
        })
        .map(|((theirs, ours), case)| format!("DISAGREE ours {ours}\ntheirs {theirs}\ncase {case}"))
        .collect();
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_unrelated_certificate_changes_nothing(seed in any::<u64>(), as_anchor in any::<bool>()) {
        let mut graph = graph::random(seed, &KEYS);
        let before = judge(&graph).outcome;
        let stranger = mint::Template::ca("stranger", "stranger").sign(&KEYS[0], &KEYS[0]);
        if as_anchor { graph.anchors.push(stranger) } else { graph.intermediates.push(stranger) }
        prop_assert_eq!(judge(&graph).outcome, before);
    }

    #[test]
    fn the_order_of_intermediates_decides_nothing(seed in any::<u64>(), turn in 0_usize..6) {
        let mut graph = graph::random(seed, &KEYS);
        let before = judge(&graph).outcome.is_ok();
        let count = graph.intermediates.len().max(1);
        graph.intermediates.rotate_left(turn % count);
        if turn % 2 == 0 { graph.intermediates.reverse() }
        prop_assert_eq!(judge(&graph).outcome.is_ok(), before);
    }

    #[test]
    fn every_accepted_path_ends_at_an_anchor_or_pins_the_leaf(seed in any::<u64>()) {
        let graph = graph::random(seed, &KEYS);
        let judged = judge(&graph);
        prop_assert_eq!(judged.outcome.is_ok(), judged.paths.iter().any(|path| path.end.is_ok()));
        prop_assert!(!judged.paths.is_empty());
    }

    #[test]
    fn damaged_certificates_never_panic(seed in any::<u64>(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let graph = graph::random(seed, &KEYS);
        for der in graph.anchors.iter().chain([&graph.leaf]) {
            let mut damaged = der.clone();
            damaged[at.index(der.len())] = byte;
            for version in ["1.16", "1.19.8", "1.24", "1.27.3"] {
                let go = Go::parse(version).unwrap();
                if let Ok(certificate) = Certificate::parse(&damaged, go) {
                    let _ = (certificate.subject(), certificate.is_self_signed(), certificate.verify_host("a.b", go));
                }
                let _ = Certificate::parse(&damaged[..cut.index(der.len())], go);
            }
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Certificate::parse(&bytes, Go::DEFAULT);
        let _ = etcd_tls::x509::Crl::parse(&bytes);
        let _ = etcd_tls::x509::name_display(&bytes);
    }
}

#[test]
fn people_see_the_verdict_the_paths_and_who_disagrees() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (ca, key, other) = (&KEYS[0], &KEYS[1], &KEYS[2]);
    let cacert = write("ca.crt", mint::pem(&mint::Template::ca("etcd-ca", "etcd-ca").sign(ca, ca)));
    let sans = mint::san(&["DNS:etcd-0"]);
    let cert = write(
        "server.crt",
        mint::pem(&mint::Template::new("etcd-0", "etcd-ca").with(sans).sign(key, ca)),
    );
    let run = |more: &[&str]| {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_etcd-tls"));
        let tool = tool
            .args(["verify", "--lang", "en", "--cacert"])
            .arg(&cacert)
            .arg("--cert")
            .arg(&cert)
            .args(more);
        let done = tool.output().unwrap();
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    let at = ["--at", "2026-06-01T00:00:00Z"];
    let (code, text) = run(&[&at[..], &["--host", "etcd-0"]].concat());
    let tree =
        "accepted: CN=etcd-0\npaths tried:\n  leaf CN=etcd-0\n  └─ anchor CN=etcd-ca  [trusted]\n";
    assert_eq!((code, text.as_str()), (Some(0), tree));
    let (code, text) = run(&[&at[..], &["--host", "etcd-1", "-o", "simple"]].concat());
    assert_eq!((code, text.as_str()), (Some(1), "rejected: name-mismatch at CN=etcd-0\n"));
    let (code, text) = run(&["--at", "2019-01-01T00:00:00Z"]);
    assert_eq!(code, Some(1));
    assert!(
        text.contains(
            "Go says: x509: certificate has expired or is not yet valid: current time 2019"
        ),
        "{text}"
    );
    for (owner, matches) in [(key, true), (other, false)] {
        let file = write("server.key", owner.pkcs8_pem());
        let (code, text) =
            run(&[&at[..], &["-o", "json", "--key", file.to_str().unwrap()]].concat());
        let report: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((code, &report["key_matches"]), (Some(i32::from(!matches)), &json!(matches)));
        assert!(!text.contains("PRIVATE"));
    }
    assert_eq!(run(&["--key", "/does/not/exist"]).0, Some(3));
    assert_eq!(run(&["--go", "2.0"]).0, Some(2));
}

#[test]
fn a_thousand_cross_signed_certificates_end_quickly() {
    let keys: Vec<Key> = (0..32).map(|_| Key::generate()).collect();
    let mesh: Vec<Certificate> = (0..1000)
        .map(|index: usize| {
            let (subject, signer) = (&keys[index % 32], &keys[(index / 32) % 32]);
            let der = mint::Template::ca("mesh", "mesh")
                .serial(i64::try_from(index).unwrap())
                .sign(subject, signer);
            Certificate::parse(&der, Go::DEFAULT).unwrap()
        })
        .collect();
    let leaf = mint::Template::new("leaf", "mesh").sign(&keys[0], &keys[31]);
    let leaf = Certificate::parse(&leaf, Go::DEFAULT).unwrap();
    let anchor = mint::Template::ca("elsewhere", "elsewhere").sign(&keys[0], &keys[0]);
    let anchors = [Certificate::parse(&anchor, Go::DEFAULT).unwrap()];
    let judged = verify(&Question {
        leaf: &leaf,
        intermediates: &mesh,
        anchors: &anchors,
        when: datetime!(2026-06-01 0:00 UTC),
        host: None,
        usages: &[],
        go: Go::DEFAULT,
    });
    assert_eq!(judged.outcome.unwrap_err().reason.word(), "signature-limit");
    assert!(judged.paths.len() <= 201);
}
