//! The cluster behind the handshake: quorum, members that are down, authentication, what members advertise.

mod support;

use support::{
    etcd::{Etcd, Release, newest, tls_flags},
    members::{Cluster, Plan},
    pki::{Authority, Pair, Pki, mtls},
    tool::{Run, check, etcd_tls},
};

#[test]
fn a_member_that_is_down_is_an_error_and_the_quorum_a_verdict_apart() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let pair = pki.server(&ca, "member").issue();
    let mut cluster = start(&release, &pair, &ca);
    let client = pki.client(&ca, "client").issue();
    let given = mtls(&ca, &client);

    // The given endpoint first, then the others of its list.
    let first = cluster.members[0].url.clone();
    let run = check(&first, &[&given[..], &["--cluster"]].concat());
    run.is_healthy();
    let report = run.json();
    assert_eq!(report["endpoints"][0]["url"], first.as_str());
    assert_eq!(report["endpoints"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["cluster"]["serving"], 3, "{report:#?}");

    cluster.members[2].stop();
    // Where the leader was stopped, the others need an election, which takes less than a second here.
    let down = cluster.members[2].url.clone();
    let run = Run::settled(|| check(&cluster.urls(), &given), "tcp-refused");
    let report = run.json();
    assert_eq!(report["root_cause"]["subject"], down.as_str());
    assert_eq!(report["cluster"]["quorum"], true, "{report:#?}");
    let one = Run::settled(|| check(&first, &given), "advertised-url-unreachable");
    assert_eq!((one.code, one.json()["root_cause"]["subject"].as_str()), (Some(0), Some(&*down)));

    cluster.members[1].stop();
    let run = check(&cluster.urls(), &given);
    assert_eq!(run.root_cause(), "tcp-refused");
    assert_eq!(run.json()["cluster"]["quorum"], serde_json::Value::Bool(false), "{run:#?}");
    let loose = run.json()["findings"].as_array().map_or(0, |findings| {
        let error = |finding: &&serde_json::Value| finding["severity"] == "error";
        let id = |finding: &&serde_json::Value| finding["id"] != "tcp-refused";
        let free = |finding: &&serde_json::Value| {
            finding["caused_by"].as_array().is_some_and(Vec::is_empty)
        };
        findings.iter().filter(error).filter(id).filter(free).count()
    });
    assert_eq!(loose, 0, "what follows from the members that are down says so: {run:#?}");
}

#[test]
fn a_leader_stopped_in_its_tracks_keeps_nobody_waiting() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let pair = pki.server(&ca, "member").issue();
    let cluster = start(&release, &pair, &ca);
    let client = pki.client(&ca, "client").issue();
    let given = mtls(&ca, &client);
    let report = check(&cluster.urls(), &given).json();
    let leads = |at: &usize| report["endpoints"][*at]["etcd"]["is_leader"] == true;
    let leader = &cluster.members[(0..3).find(leads).unwrap()];
    leader.freeze();
    let elected = || {
        let run = check(&cluster.urls(), &given);
        (run.json()["cluster"]["quorum"] == true).then_some(run)
    };
    let run = (0..10).find_map(|_| elected()).unwrap();
    run.finds("tls-stalled");
    assert_eq!(run.json()["root_cause"]["subject"], leader.url.as_str(), "{run:#?}");
    assert_eq!(run.json()["cluster"]["serving"], 2, "{run:#?}");
    assert!(run.stdout.contains("is stopped") && run.stdout.contains("kill -CONT"), "{run:#?}");
    // A backup is taken from another one.
    let run = preflight(&cluster.urls(), &ca, &client, &[]);
    let source = run.json()["backup"]["recommended"].clone();
    assert!(source.is_string() && source != leader.url.as_str(), "{run:#?}");
}

#[test]
fn an_etcd_that_waits_for_its_quorum_is_told_from_a_stalled_one() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let pair = pki.server(&ca, "member").issue();
    let lonely = Plan { started: 1, serving: 0, ..Plan::new(&release, &pair, &ca) }.start();
    let client = pki.client(&ca, "client").issue();
    let url = lonely.members[0].url.clone();
    let run = Run::settled(|| check(&url, &mtls(&ca, &client)), "no-leader");
    // After five seconds etcd 3.5 and later serves without a quorum (`WaitClusterReadyTimeout`), and says so itself.
    let told = ["etcd listens", "leader 0"].iter().any(|words| run.stdout.contains(words));
    assert!(told, "{run:#?}");
}

#[test]
fn authentication_is_told_apart() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let server = pki.server(&ca, "server").issue();
    let root = pki.client(&ca, "root").cn("root").issue();
    let backup = pki.client(&ca, "backup").cn("backup").issue();
    let nobody = pki.client(&ca, "nobody").cn("nobody").issue();
    let etcd = Etcd::start(&release, "https", &tls_flags(&server, Some(&ca)));
    let as_root = |command: &[&str]| {
        let given = mtls(&ca, &root);
        let output = release.etcdctl(&[&["--endpoints", &etcd.url], &given[..], command].concat());
        assert!(output.status.success(), "{command:?}: {output:?}");
    };
    as_root(&["user", "add", "root", "--new-user-password", "right"]);
    as_root(&["user", "grant-role", "root", "root"]);
    as_root(&["user", "add", "backup", "--no-password"]);
    as_root(&["auth", "enable"]);

    check(&etcd.url, &mtls(&ca, &root)).is_healthy();
    check(&etcd.url, &mtls(&ca, &nobody)).finds("auth-user-missing");
    check(&etcd.url, &mtls(&ca, &backup)).finds("auth-permission-denied");
    let with =
        |user: &str| check(&etcd.url, &[&mtls(&ca, &nobody)[..], &["--user", user]].concat());
    with("root:right").is_healthy();
    let run = with("root:wrong");
    run.finds("auth-login-failed");
    assert!(!run.stdout.contains("wrong") && run.json()["root_cause"]["subject"] == "--user");

    let run = preflight(&etcd.url, &ca, &backup, &[]);
    assert_eq!(run.code, Some(1), "only root takes snapshots: {run:#?}");
}

fn preflight(url: &str, ca: &Authority, pair: &Pair, more: &[&str]) -> Run {
    etcd_tls(["preflight", "-o", "json", "--strict", "--endpoints", url])
        .args(mtls(ca, pair))
        .args(more)
        .run()
}

fn start(release: &Release, pair: &Pair, ca: &Authority) -> Cluster {
    Plan::new(release, pair, ca).start()
}
