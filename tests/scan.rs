//! `scan`: what a tree of files holds, and what neither hangs it nor leads it out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::Value;
use support::{
    pki::{Pki, Usage},
    tool::{Run, etcd_tls},
};

fn scan(pki: &Pki, flags: &[&str]) -> Run {
    etcd_tls(["scan"]).args(flags).args(["."]).folder(pki.folder()).run()
}

/// kubeadm's folder on a control plane node.
fn kubeadm() -> Pki {
    let pki = Pki::new();
    let (kubernetes, etcd) =
        (pki.authority("pki/ca", "kubernetes"), pki.authority("pki/etcd/ca", "etcd-ca"));
    let names = ["node1", "localhost", "127.0.0.1"];
    pki.server(&etcd, "pki/etcd/server").cn("node1").sans(&names).issue();
    pki.server(&etcd, "pki/etcd/peer").cn("node1").sans(&names).issue();
    pki.client(&etcd, "pki/etcd/healthcheck-client").cn("kube-etcd-healthcheck-client").issue();
    pki.client(&etcd, "pki/apiserver-etcd-client").cn("kube-apiserver-etcd-client").issue();
    pki.server(&kubernetes, "pki/apiserver")
        .cn("kube-apiserver")
        .usages(&[Usage::ServerAuth])
        .issue();
    let kubelet = pki.client(&kubernetes, "kubelet").cn("system:node:node1").issue();
    let data = |path: &str| data_encoding::BASE64.encode(&fs::read(path).unwrap());
    let kubeconfig = format!(
        "kind: Config\nclusters:\n- cluster:\n    certificate-authority-data: {}\nusers:\n- user:\n    \
         client-certificate-data: {}\n    client-key-data: {}\n    token: do-not-tell\n",
        data(&kubernetes.cert),
        data(&kubelet.cert),
        data(&kubelet.key),
    );
    let path = pki.write("kubelet.conf", kubeconfig);
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::remove_file(kubelet.cert).unwrap();
    fs::remove_file(kubelet.key).unwrap();
    pki
}

fn certificate<'a>(report: &'a Value, cn: &str, role: &str) -> &'a Value {
    let all = report["certificates"].as_array().unwrap();
    let subject = format!("CN={cn}");
    let found = all.iter().find(|one| one["subject"] == subject.as_str() && one["role"] == role);
    found.unwrap_or_else(|| panic!("no {role} {cn} in {all:#?}"))
}

#[test]
fn a_healthy_node_gives_no_warning() {
    let pki = kubeadm();
    let run = scan(&pki, &["-o", "json", "--strict"]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    let report = run.json();
    assert_eq!(report["verdict"], "ok");
    assert_eq!(report["findings"], Value::Array(Vec::new()));
    let server = certificate(&report, "node1", "server");
    let ca = certificate(&report, "etcd-ca", "root-ca");
    assert_eq!(server["issued_by"], ca["sha256"]);
    assert_eq!(server["verified"]["accept"], true);
    assert_eq!(server["keys"][0]["path"], "./pki/etcd/server.key");
    certificate(&report, "node1", "peer");
    let kubelet = certificate(&report, "system:node:node1", "client");
    assert_eq!(kubelet["files"][0]["field"], "client-certificate-data");
    assert_eq!(kubelet["keys"][0]["field"], "client-key-data");
    assert!(!run.stdout.contains("do-not-tell"));
    let ca = certificate(&report, "kubernetes", "root-ca");
    assert_eq!(ca["files"].as_array().unwrap().len(), 2, "the file and the kubeconfig: {ca}");
}

#[test]
fn what_is_wrong_is_found_by_its_id() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let late = pki.server(&ca, "server").days(-100, -10).issue();
    pki.client(&ca, "soon").days(-80, 10).issue();
    pki.client(&ca, "early").days(5, 300).issue();
    let open = pki.client(&ca, "open").issue();
    fs::set_permissions(&open.key, fs::Permissions::from_mode(0o644)).unwrap();
    let other = pki.client(&ca, "elsewhere/other").issue();
    let mixed = pki.client(&ca, "mixed").issue();
    fs::copy(&other.key, &mixed.key).unwrap();
    pki.write("empty.crt", "");
    let cut = fs::read_to_string(&ca.cert).unwrap();
    pki.write("cut.pem", &cut[..cut.len() / 2]);
    let run = scan(&pki, &["-o", "json"]);
    assert_eq!(run.code, Some(1), "{run:#?}");
    let report = run.json();
    let found: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            format!(
                "{} {} {}",
                finding["severity"].as_str().unwrap(),
                finding["id"].as_str().unwrap(),
                finding["subject"].as_str().unwrap()
            )
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    error file-empty ./empty.crt
    error pem-malformed ./cut.pem
    error key-mismatch ./mixed.key
    error cert-expired ./server.crt
    error cert-not-yet-valid ./early.crt
    warning cert-expiring-soon ./soon.crt
    warning key-permissions ./open.key
    ");
    let renewal = report["findings"][3]["fix"][0]["commands"][0]["run"].as_str().unwrap();
    assert_eq!(renewal, "etcd-tls ca renew ./server.crt --ca-cert ./ca.crt --ca-key ./ca.key");
    // A newer one beside it, or a folder for old copies, and the end concerns nobody.
    fs::create_dir(pki.path("expired")).unwrap();
    fs::rename(&late.cert, pki.path("expired/server.crt")).unwrap();
    pki.client(&ca, "soon-2").cn("soon").issue();
    let ids = scan(&pki, &["-o", "json"]).stdout;
    assert!(!ids.contains("cert-expired") && !ids.contains("cert-expiring-soon"), "{ids}");
}

#[test]
fn a_ca_made_anew_is_not_taken_for_the_signer() {
    let pki = Pki::new();
    let old = pki.authority("old", "etcd-ca");
    pki.server(&old, "server").issue();
    fs::remove_file(&old.cert).unwrap();
    let new = pki.authority("ca", "etcd-ca");
    let run = scan(&pki, &["-o", "json"]);
    let report = run.json();
    assert_eq!(report["findings"][0]["id"], "ca-regenerated", "{run:#?}");
    assert_eq!(report["findings"][0]["subject"], "./server.crt");
    assert_eq!(certificate(&report, "server", "server")["issued_by"], Value::Null);
    let graph = scan(&pki, &["--graph", "mermaid"]).stdout;
    assert!(graph.contains("-.-x"), "{graph}");
    // By name alone they belong together.
    let run = scan(&pki, &["-o", "json", "--no-verify"]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    fs::remove_file(new.cert).unwrap();
    let alone = scan(&pki, &["-o", "json"]);
    assert_eq!(alone.code, Some(0), "an issuer elsewhere is no problem: {alone:#?}");
}

#[test]
fn ndjson_tells_the_same_on_any_number_of_threads() {
    let pki = kubeadm();
    let ca = pki.authority("more/ca", "more");
    for number in 0..80 {
        pki.client(&ca, &format!("more/{number}")).issue();
    }
    let lines = |threads: &str| -> Vec<Value> {
        let run = scan(&pki, &["-o", "ndjson", "--threads", threads]);
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let (one, mut three) = (lines("1"), lines("3"));
    let last = one.last().unwrap()["summary"].clone();
    assert_eq!(last["certificates"], 81 + 8);
    assert_eq!(last["keys"], 81 + 8);
    three.last_mut().unwrap()["summary"]["took_ms"] = last["took_ms"].clone();
    assert_eq!(one, three);
    let kinds = |kind: &str| one.iter().filter(|line| line.get(kind).is_some()).count();
    assert_eq!((kinds("certificate"), kinds("key"), kinds("finding")), (89, 89, 0));
}

#[test]
fn what_could_hang_or_lead_astray_is_named_and_passed_over() {
    let pki = Pki::new();
    let ca = pki.authority("tree/ca", "etcd-ca");
    let outside = pki.authority("outside/ca", "outside");
    let at = |name: &str| pki.folder().join("tree").join(name);
    let link = |target: &str, name: &str| std::os::unix::fs::symlink(target, at(name)).unwrap();
    link("..", "up");
    link(".", "here");
    link("loop.crt", "loop.crt");
    link("nothing.crt", "dangling.crt");
    link("ca.crt", "same.crt");
    link(&outside.cert, "outside.crt");
    fs::create_dir(at("deep")).unwrap();
    link("../..", "deep/up");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        at("pipe.pem"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR,
        0,
    )
    .unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.pem")).unwrap();
    fs::File::create(at("huge.pem")).unwrap().set_len(1 << 30).unwrap();
    fs::write(at("binary.pem"), [0_u8, 159, 146, 150]).unwrap();
    let run = etcd_tls(["scan", "tree", "-o", "json"]).folder(pki.folder()).run();
    let report = run.json();
    let skipped: Vec<_> = report["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{}: {}", one["path"].as_str().unwrap(), one["why"].as_str().unwrap()))
        .collect();
    insta::assert_snapshot!(skipped.join("\n"), @r"
    tree/dangling.crt: a link to nothing
    tree/loop.crt: a link to nothing
    tree/pipe.pem: not a regular file (FIFO)
    tree/socket.pem: not a regular file (socket)
    tree/up: a link to a directory outside of the tree
    tree/deep/up: a link to a directory outside of the tree
    tree/huge.pem: 1073741824 bytes: no certificate is that large
    ");
    let subjects: Vec<_> = report["certificates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["subject"].as_str().unwrap())
        .collect();
    assert_eq!(
        subjects,
        ["CN=etcd-ca", "CN=outside"],
        "a link to a file is followed: {ca}",
        ca = ca.cert
    );
    assert_eq!(report["certificates"][0]["files"].as_array().unwrap().len(), 1);
}

#[test]
fn a_root_is_never_left() {
    let pki = Pki::new();
    let ca = pki.authority("node/etc/pki/real", "etcd-ca");
    pki.authority("host", "host-ca");
    std::os::unix::fs::symlink("/etc/pki/real.crt", pki.path("node/etc/pki/current.crt")).unwrap();
    fs::create_dir(pki.path("node/var")).unwrap();
    fs::rename(&ca.cert, pki.path("node/var/moved.crt")).unwrap();
    std::os::unix::fs::symlink("/var/moved.crt", pki.path("node/etc/pki/moved.crt")).unwrap();
    std::os::unix::fs::symlink("../../../host.crt", pki.path("node/etc/pki/out.crt")).unwrap();
    let run =
        etcd_tls(["scan", "/etc/pki", "--root", "node", "-o", "json"]).folder(pki.folder()).run();
    let report = run.json();
    let certificates = report["certificates"].as_array().unwrap();
    assert_eq!(certificates.len(), 1, "{run:#?}");
    assert_eq!(certificates[0]["files"][0]["path"], "node/etc/pki/moved.crt");
    assert!(
        run.stdout.contains("a link that leads out of --root") && !run.stdout.contains("host-ca")
    );
}

#[test]
fn hostile_names_stay_text_in_every_view() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "</text><script>alert(1)</script>\u{1b}[31m\"]; c0 --> c1");
    pki.client(&ca, "\u{1b}]0;x\u{7}<img src=x>\"").cn("\"];\n} <b> \\").issue();
    for view in [
        &["--graph", "svg"][..],
        &["--graph", "dot"],
        &["--graph", "mermaid"],
        &["--timeline"],
        &["--timeline=svg"],
        &["-o", "table"],
        &["-o", "simple"],
        &["-o", "json"],
        &["-o", "ndjson"],
    ] {
        let run = scan(&pki, view);
        assert_eq!(run.code, Some(0), "{run:#?}");
        assert!(!run.stdout.chars().any(|c| c.is_control() && c != '\n'), "{view:?}: {run:#?}");
        if view.iter().any(|word| word.contains("svg") || *word == "mermaid") {
            assert!(
                !run.stdout.contains("<script")
                    && !run.stdout.contains("<img")
                    && !run.stdout.contains("<b>"),
                "{run:#?}"
            );
        }
        if view.contains(&"dot") {
            let lines = run.stdout.lines().filter(|line| line.contains("label="));
            assert!(lines.into_iter().all(|line| line.ends_with("\"];")), "{run:#?}");
        }
    }
}

#[test]
fn views_show_issuers_above_what_they_issued() {
    let pki = Pki::new();
    let root = pki.authority("root", "root");
    let between = pki.intermediate(&root, "between", "between");
    pki.server(&between, "server").issue();
    pki.write("notes.txt", "nothing");
    let shown = |flags: &[&str]| scan(&pki, flags).stdout;
    insta::assert_snapshot!(shown(&[]));
    insta::assert_snapshot!(
        shown(&["--graph", "dot"]).replace(&end(364), "DATE").replace(&end(3650), "LATE")
    );
    let svg = shown(&["--graph", "svg"]);
    assert_eq!(svg.matches("<rect").count(), 4, "{svg}");
    assert_eq!(svg.matches("<polyline").count(), 2, "{svg}");
    let bars = shown(&["--timeline"]);
    assert!(bars.contains("└ CN=between") && bars.contains('┿') && bars.contains('→'), "{bars}");
    assert!(shown(&["--lang", "ja"]).contains("ルート CA"));
    assert!(shown(&["--lang", "zh"]).contains("根 CA"));
}

#[test]
fn a_wrong_command_line_and_a_missing_folder_are_named() {
    // A machine with nothing of etcd on it: this one may have some.
    let empty = Pki::new();
    assert_eq!(etcd_tls(["scan", "--root", "."]).folder(empty.folder()).run().code, Some(2));
    assert_eq!(etcd_tls(["scan", ".", "--threads", "0"]).run().code, Some(2));
    let run = etcd_tls(["scan", "/no/such/folder"]).run();
    assert_eq!(run.code, Some(3));
    assert!(run.stderr.contains("/no/such/folder: no such file"), "{run:#?}");
    let run = etcd_tls(["scan", "/proc/self/fd", "-o", "json"]).run();
    assert!(run.stdout.contains("a file system of the kernel's own"), "{run:#?}");
}

/// A date so many days from now, as the views write it.
fn end(days: i64) -> String {
    (time::OffsetDateTime::now_utc() + time::Duration::days(days)).date().to_string()
}

#[test]
fn another_nodes_certificate_is_remarked_on() {
    let pki = kubeadm();
    let etcd = pki.authority("pki/etcd/ca", "etcd-ca");
    let names = ["node2", "localhost", "127.0.0.1"];
    pki.server(&etcd, "pki/etcd/peer").cn("node2").sans(&names).issue();
    let run = scan(&pki, &["-o", "json"]);
    let report = run.json();
    let peer = certificate(&report, "node2", "peer");
    assert_eq!((&peer["node"], &peer["other_node"]), (&"node2".into(), &true.into()), "{run:#?}");
    assert_eq!(certificate(&report, "node1", "server")["other_node"], false);
    assert!(scan(&pki, &[]).stdout.contains("[of another node]"));
}

#[test]
fn cas_that_share_a_name_are_told() {
    let pki = Pki::new();
    let (old, new) = (pki.authority("first", "etcd-ca"), pki.authority("second", "etcd-ca"));
    pki.authority("other", "another-ca");
    let severity = || {
        let report = scan(&pki, &["-o", "json"]).json();
        let findings = report["findings"].as_array().unwrap().clone();
        let mut same = findings.into_iter().filter(|one| one["id"] == "ca-regenerated");
        same.next().map(|one| one["severity"].as_str().unwrap().to_owned())
    };
    assert_eq!(severity().as_deref(), Some("warning"));
    // As during a change of the CA: both are trusted.
    pki.write("bundle.crt", format!("{}{}", old.pem, new.pem));
    assert_eq!(severity().as_deref(), Some("info"));
    fs::remove_file(&new.cert).unwrap();
    fs::remove_file(pki.path("bundle.crt")).unwrap();
    assert_eq!(severity(), None);
}
