//! What keeps etcd from starting although every certificate is fine: URLs, names, permissions, pods. Held against what a real etcd of each
//! release makes of the same settings.

mod support;

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use support::{
    etcd::{free_port, releases},
    member::{Member, paste_edits},
    pki::Pki,
    tool::etcd_tls,
};

#[test]
fn a_url_that_keeps_etcd_from_starting_comes_with_the_edit_that_mends_it() {
    for release in releases() {
        for (option, wrong, words) in [
            ("listen-peer-urls", "https://::ffff:127.0.0.1:PORT", ""),
            ("listen-client-urls", "https://n1.corp.example:PORT", "expected IP in URL"),
            ("listen-client-urls", "127.0.0.1:PORT", ""),
            ("listen-client-urls", "https://127.0.0.1:PORT,", ""),
            ("listen-peer-urls", "https://127.0.0.1:PORT/", "path"),
            ("initial-cluster", "m0=127.0.0.1:PORT", ""),
        ] {
            let mut member = Member::new();
            let port = member.get(option).rsplit_once(':').unwrap().1.to_owned();
            let wrong = wrong.replace("PORT", &port);
            if wrong.contains("::ffff") {
                let right = format!("https://[::ffff:127.0.0.1]:{port}");
                member.set("initial-cluster", format!("m0={right}"));
                member.set("initial-advertise-peer-urls", right);
            }
            member.set(option, &wrong);
            let log = release.refuses(&member.arguments(), &[]);
            assert!(log.contains(words), "{} {wrong}: {log}", release.version);
            let config = member.write();
            let run = member.check(&config);
            run.finds("endpoint-malformed");
            let subject = run.json()["root_cause"]["subject"].as_str().unwrap().to_owned();
            assert!(subject.contains(&config) && subject.contains(option), "{subject}");
            paste_edits(&run);
            let _etcd = member.start(&release, &member.reread());
            member.check(&config).is_healthy();
        }
    }
}

#[test]
fn a_member_that_its_initial_cluster_lacks_does_not_start_the_first_time_only() {
    for release in releases() {
        for (option, change) in [
            ("initial-cluster", ("m0=", "m1=")),
            ("initial-advertise-peer-urls", ("127.0.0.1", "127.0.0.2")),
            ("initial-cluster", ("m0=https", "m0=http")),
        ] {
            let mut member = Member::new();
            let wrong = member.get(option).replace(change.0, change.1);
            member.set(option, wrong);
            release.refuses(&member.arguments(), &[]);
            let config = member.write();
            let run = member.check(&config);
            run.finds("initial-cluster-mismatch");
            paste_edits(&run);
            let etcd = member.start(&release, &member.reread());
            member.check(&config).is_healthy();
            drop(etcd);
            // From now on the list in its data directory counts.
            let config = member.write();
            let run = member.check(&config);
            assert_eq!(run.root_cause(), "tcp-refused", "{} {run:#?}", release.version);
        }
    }
}

#[test]
fn permissions_are_those_of_the_user_whom_the_unit_names() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("etc/etcd");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let server = pki.server(&ca, "server").issue();
    write("etc/etcd/server.crt", &fs::read_to_string(&server.cert).unwrap());
    write("etc/etcd/server.key", &fs::read_to_string(&server.key).unwrap());
    let url = format!("https://127.0.0.1:{}", free_port());
    let unit = |user: &str| {
        format!(
            "[Service]\nUser={user}\nExecStart=/usr/bin/etcd --cert-file=/etc/etcd/server.crt \
             --key-file=/etc/etcd/server.key --listen-client-urls={url} --advertise-client-urls={url}\n"
        )
    };
    let look = |user: &str| {
        write("etc/systemd/system/etcd.service", &unit(user));
        etcd_tls(["check", "-o", "json", "--root"]).args([root.path()]).run()
    };
    let chmod = |name: &str, mode| {
        fs::set_permissions(folder.join(name), Permissions::from_mode(mode)).unwrap();
    };
    chmod("server.key", 0o600);
    chmod(".", 0o755);
    let run = look("4242");
    run.finds("file-unreadable");
    let key = folder.join("server.key").display().to_string();
    assert_eq!(run.json()["root_cause"]["subject"], key, "{run:#?}");
    assert!(run.stdout.contains(&format!("chown 4242 {key}")), "{run:#?}");
    chmod("server.key", 0o644);
    assert_ne!(look("4242").root_cause(), "file-unreadable");
    // Nobody but its owner passes the directory.
    chmod(".", 0o700);
    let run = look("4242");
    run.finds("file-unreadable");
    assert!(run.stdout.contains(&format!("chown 4242 {}", folder.display())), "{run:#?}");
    assert_ne!(look("root").root_cause(), "file-unreadable");
}

#[test]
fn a_pod_is_held_against_what_its_node_has() {
    let root = tempfile::tempdir().unwrap();
    let manifest = |name: &str, command: &str, mounts: &str| {
        let path = root.path().join(format!("etc/kubernetes/manifests/{name}.yaml"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec:\n  containers:\n  - command:\n    - {name}\n{command}    \
             name: {name}\n{mounts}"
        );
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let url = format!("https://127.0.0.1:{}", free_port());
    let (etcds, peers) = (url.as_str(), format!("https://127.0.0.1:{}", free_port()));
    let mounts = "    volumeMounts:\n    - {mountPath: /var/lib/etcd, name: data}\n  volumes:\n  - {name: data, hostPath: {path: /var/lib/etcd}}\n";
    let flags = |data: &str| {
        format!(
            "    - --data-dir={data}\n    - --listen-client-urls={etcds}\n    - --advertise-client-urls={etcds}\n    \
             - --listen-peer-urls={peers}\n"
        )
    };
    let ids = || {
        let run = etcd_tls(["check", "-o", "json", "--root"]).args([root.path()]).run();
        let report = run.json();
        let findings = report["findings"].as_array().unwrap();
        findings.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let has = |id: &str| ids().iter().any(|known| known == id);
    manifest("etcd", &flags("/var/lib/etcd-restored"), mounts);
    assert!(has("data-dir-not-mounted"), "{:?}", ids());
    manifest("etcd", &flags("/var/lib/etcd"), mounts);
    let servers =
        |url: &str| manifest("kube-apiserver", &format!("    - --etcd-servers={url}\n"), "");
    for wrong in [peers.as_str(), "https://127.0.0.1:2378", "https://localhost:1"] {
        servers(wrong);
        assert!(has("apiserver-endpoint-port"), "{wrong}: {:?}", ids());
    }
    for right in [etcds, "https://10.255.0.7:2379", &etcds.replace("127.0.0.1", "localhost")] {
        servers(right);
        assert!(!has("apiserver-endpoint-port") && !has("data-dir-not-mounted"), "{right}");
    }
    manifest(
        "kube-apiserver",
        &format!("    - --etcd-servers={etcds}\n    - --etcd-cert-file=/x\n"),
        "",
    );
    assert!(has("config-name-unknown"), "{:?}", ids());
}

#[test]
fn a_member_whose_address_changed_is_updated_in_the_list() {
    for release in releases() {
        let mut member = Member::new();
        let etcd = member.start(&release, &member.arguments());
        drop(etcd);
        let old = member.get("listen-peer-urls");
        let moved = format!("https://127.0.0.1:{}", free_port());
        member.set("listen-peer-urls", &moved);
        member.set("initial-advertise-peer-urls", &moved);
        let config = member.write();
        let run = member.check(&config);
        let names_old = |run: &support::tool::Run| run.stdout.contains(&old);
        assert!(run.stdout.contains("member-address-changed") && names_old(&run), "{run:#?}");
        let _etcd = member.start(&release, &member.arguments());
        let run = member.check(&config);
        run.finds("member-address-changed");
        let report = run.json();
        let line = report["findings"][0]["fix"][0]["commands"][0]["run"].as_str().unwrap();
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        let output = release.etcdctl(&words);
        assert!(output.status.success(), "{line}: {output:?}");
        member.check(&config).is_healthy();
    }
}
