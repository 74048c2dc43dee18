//! The trees of fixtures are what they claim to be: each starts a real etcd, and its client gets through.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/layouts/mod.rs"]
mod layouts;
mod support;

use std::{collections::BTreeSet, fs, os::unix::fs::MetadataExt as _};

use layouts::{LAYOUTS, Place, Tree, build};
use support::{
    etcd::{Etcd, Release, free_port, newest},
    tool::{check, etcd_tls},
};

fn place() -> Place {
    Place {
        address: "127.0.0.1".to_owned(),
        client: free_port(),
        peer: free_port(),
        metrics: free_port(),
        http: free_port(),
    }
}

fn built(name: &str, root: &std::path::Path) -> Tree {
    build(name, &root.join(name), place()).unwrap()
}

/// All at once: most of the time goes by while a member waits for its own election.
#[test]
fn every_layout_starts_an_etcd_that_its_client_reaches() {
    let release = newest();
    std::thread::scope(|scope| {
        for (name, _) in LAYOUTS {
            let release = &release;
            scope.spawn(move || reach(name, release));
        }
    });
}

fn reach(name: &str, release: &Release) {
    let mut attempts = (0..5).filter_map(|_| {
        let root = tempfile::tempdir().unwrap();
        let tree = built(name, root.path());
        let owner = root.path().metadata().unwrap();
        let account = format!("etcd:x:{}:{}::/:/bin/false\n", owner.uid(), owner.gid());
        fs::create_dir_all(tree.here("/etc")).unwrap();
        fs::write(tree.here("/etc/passwd"), account).unwrap();
        let url = tree.etcd.get("advertise-client-urls").unwrap();
        let etcd = Etcd::from_arguments(release, url, &tree.arguments()).ok()?;
        Some((root, tree, etcd))
    });
    let (_root, tree, etcd) = attempts.next().expect("ports that stay free");
    let url = &etcd.url;
    let here = |path: &String| tree.here(path).display().to_string();
    let [cacert, cert, key] = tree.client.as_ref().unwrap().each_ref().map(here);
    let run =
        check(url, &["--cacert", &cacert, "--cert", &cert, "--key", &key, "--timeout", "20s"]);
    assert_eq!(run.root_cause(), "none", "{name}: {run:#?}");
    is_found(name, &tree, url);
}

/// Nothing but the root is given (and the address, where no file of the tree knows it): `check` is healthy, `env` finds files that
/// work, and `scan` meets every certificate of etcd.
fn is_found(name: &str, tree: &Tree, url: &str) {
    let root = tree.here("/").display().to_string();
    let knows_address = !tree.flags_in.is_empty() || name == "kubeadm-external";
    let given: &[&str] = if knows_address { &[] } else { &["--endpoints", url] };
    let rooted = |command: &str, flags: &[&str]| {
        etcd_tls([command, "--root", &root]).args(flags).args(given).run()
    };
    if knows_address {
        let run = rooted("check", &["-o", "json", "--timeout", "20s"]);
        assert_eq!(run.root_cause(), "none", "{name}: {}", run.stdout);
        let report = run.json();
        assert_eq!(report["endpoints"][0]["url"], url, "{name}");
        assert_eq!(report["verdict"], "ok", "{name}: {report:#}");
        let used: Vec<_> = report["configuration"]["used"].as_array().unwrap().iter().collect();
        assert_eq!(used.len(), 4, "{name}: {used:#?}");
    }
    let env = rooted("env", &["--shell", "dotenv", "--timeout", "20s"]);
    assert_eq!(env.code, Some(0), "{name}: {env:#?}");
    let value = |key: &str| {
        let line = env.stdout.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        line.unwrap_or_default().to_owned()
    };
    let [cacert, ..] = tree.client.as_ref().unwrap();
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let documented = read(&tree.here(cacert).display().to_string());
    assert_eq!(read(&value("ETCDCTL_CACERT")), documented, "{name}: {}", env.stdout);
    assert_ne!(read(&value("ETCDCTL_CERT")), "", "{name}: {}", env.stdout);

    let scan = etcd_tls(["scan", "--root", &root, "-o", "ndjson"]).run();
    let files = ["cert-file", "trusted-ca-file", "peer-cert-file"];
    let own = files.iter().filter_map(|option| tree.etcd.get(option)).map(str::to_owned);
    for path in own.chain(tree.client.iter().flatten().cloned()) {
        let here = tree.here(&path);
        // External etcd's own files lie on its own machine.
        let met = !here.exists() || scan.stdout.contains(&path);
        assert!(met, "{name}: scan does not show {path}:\n{}", scan.stdout);
    }
}

#[test]
fn what_lies_where_is_public_knowledge() {
    let root = tempfile::tempdir().unwrap();
    let listing: Vec<String> = LAYOUTS
        .iter()
        .map(|(name, _)| {
            let tree = built(name, root.path());
            let files: BTreeSet<&String> = tree.files.iter().collect();
            assert_eq!(files.len(), tree.files.len(), "{name} writes a file twice");
            let line = |path: &&String| {
                let flags = if tree.flags_in.contains(path) { "  (etcd's settings)" } else { "" };
                format!("  {path}{flags}\n")
            };
            let files: String = files.iter().map(line).collect();
            format!("{name}\n{files}")
        })
        .collect();
    insta::assert_snapshot!("the-files-of-every-layout", listing.join("\n"));
}
