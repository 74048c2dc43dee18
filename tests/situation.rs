//! What a machine holds is told apart before it is judged: several clusters, each with its own files; relative paths from etcd's own
//! directory; what somebody else's process says.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::process::Command;

use support::{
    etcd::{Etcd, free_port, newest, tls_flags},
    pki::{Authority, Pair, Pki},
    tool::{Run, etcd_tls},
};

/// One of the clusters of a machine: etcd with a CA of its own, started by a unit.
struct Cluster {
    ca: Authority,
    server: Pair,
    etcd: Etcd,
}

impl Cluster {
    /// Its files and a client's pair lie in `NAME/`; its unit is `NAME.service`.
    fn start(pki: &Pki, name: &str) -> Self {
        std::fs::create_dir_all(pki.path(name)).unwrap();
        let ca = pki.authority(&format!("{name}/ca"), "etcd-ca");
        let server = pki.server(&ca, &format!("{name}/server")).issue();
        pki.client(&ca, &format!("{name}/client")).issue();
        let flags = tls_flags(&server, Some(&ca));
        let etcd = Etcd::start(&newest(), "https", &flags);
        let started = format!(
            "[Service]\nExecStart=/usr/bin/etcd --name=m-{name} --listen-client-urls={0} --advertise-client-urls={0} {1}\n",
            etcd.url,
            flags.join(" ")
        );
        pki.write(&format!("{name}.service"), started);
        Self { ca, server, etcd }
    }
}

fn check(pki: &Pki, flags: &[&str]) -> Run {
    let folder = pki.folder().display().to_string();
    etcd_tls(["check", "-o", "json", "--config", &folder, "--timeout", "10s"]).args(flags).run()
}

fn endpoints(run: &Run) -> Vec<(String, String)> {
    let report = run.json();
    let all = report["endpoints"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("null").to_owned();
    all.map(|one| (text(&one["cluster"]), text(&one["url"]))).collect()
}

#[test]
fn two_clusters_of_one_machine_are_judged_apart() {
    let pki = Pki::new();
    let main = Cluster::start(&pki, "etcd");
    let events = Cluster::start(&pki, "etcd-events");
    let both = check(&pki, &[]);
    both.is_healthy();
    let mut seen = endpoints(&both);
    seen.sort();
    let expected = [
        ("etcd".to_owned(), main.etcd.url.clone()),
        ("etcd-events".to_owned(), events.etcd.url.clone()),
    ];
    assert_eq!(seen, expected);

    // A file of one is missing: that one alone is broken, and it decides the exit code.
    std::fs::remove_file(&events.server.key).unwrap();
    std::fs::remove_file(&events.ca.cert).unwrap();
    let case = pki.path("case.json");
    let broken = check(&pki, &["--save-case", &case]);
    assert_eq!(broken.code, Some(1), "{broken:#?}");
    let report = broken.json();
    assert_eq!(report["root_cause"]["cluster"], "etcd-events", "{report:#}");
    let names: Vec<_> =
        report["clusters"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["etcd-events", "etcd"]);
    assert_eq!(report["clusters"][1]["verdict"], "ok", "{report:#}");
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.iter().all(|one| one["cluster"] == "etcd-events"), "{report:#}");
    let again = etcd_tls(["check", "-o", "json", "--case", &case]).run();
    for part in ["verdict", "root_cause", "findings", "clusters"] {
        assert_eq!(again.json()[part], report[part], "{part}");
    }

    let text = etcd_tls(["check", "--case", &case]).run().stdout;
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(at("== cluster etcd ==") < at("== cluster etcd-events =="), "{text}");

    for name in ["etcd", "m-etcd"] {
        let only = check(&pki, &["--cluster-name", name]);
        only.is_healthy();
        assert_eq!(endpoints(&only), [("etcd".to_owned(), main.etcd.url.clone())]);
    }
    let unknown = check(&pki, &["--cluster-name", "other"]);
    assert_eq!(unknown.code, Some(2), "{unknown:#?}");
    assert!(unknown.stderr.contains("etcd-events"), "{unknown:#?}");

    // Endpoints that are given choose by themselves.
    let given = check(&pki, &["--endpoints", &main.etcd.url, "--cacert", &main.ca.cert]);
    let report = given.json();
    assert!(!report.to_string().contains("etcd-events"), "{report:#}");
}

#[test]
fn env_prints_the_files_of_each_cluster() {
    let pki = Pki::new();
    let main = Cluster::start(&pki, "etcd");
    let events = Cluster::start(&pki, "etcd-events");
    let folder = pki.folder().display().to_string();
    let env = |flags: &[&str]| {
        etcd_tls(["env", "--shell", "bash", "--config", &folder, "--timeout", "10s"])
            .args(flags)
            .run()
    };
    let run = env(&[]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    let (of_main, of_events) = run.stdout.split_once("# cluster etcd-events (").unwrap();
    assert!(of_main.starts_with("# cluster etcd ("), "{run:#?}");
    assert!(of_main.contains(&main.etcd.url) && of_main.contains(&main.ca.cert), "{run:#?}");
    assert!(
        of_events.contains(&events.etcd.url) && of_events.contains(&events.ca.cert),
        "{run:#?}"
    );
    let only = env(&["--cluster-name", "etcd-events"]);
    assert!(only.stdout.contains(&events.ca.cert) && !only.stdout.contains('#'), "{only:#?}");
    let backup = etcd_tls(["preflight", "--config", &folder]).run();
    assert_eq!(backup.code, Some(2), "{backup:#?}");
    assert!(backup.stderr.contains("--cluster-name"), "{backup:#?}");
}

#[test]
fn relative_paths_begin_where_the_unit_works_and_never_where_the_caller_is() {
    let pki = Pki::new();
    for folder in ["work", "elsewhere"] {
        std::fs::create_dir(pki.path(folder)).unwrap();
    }
    let ca = pki.authority("work/ca", "etcd-ca");
    let server = pki.server(&ca, "work/server").issue();
    pki.client(&ca, "work/client").issue();
    let decoy = pki.authority("elsewhere/ca", "etcd-ca");
    pki.server(&decoy, "elsewhere/server").issue();
    let flags = tls_flags(&server, Some(&ca));
    let etcd = Etcd::start(&newest(), "https", &flags);
    let url = &etcd.url;
    let relative = flags.join(" ").replace(&format!("{}/", pki.path("work")), "");
    let unit = |directory: &str| {
        let directory = format!("WorkingDirectory={directory}\n");
        let started = format!("ExecStart=/usr/bin/etcd --listen-client-urls={url} {relative}\n");
        pki.write("etcd.service", format!("[Service]\n{directory}{started}"))
    };
    let check = |unit: &str| {
        etcd_tls(["check", "-o", "json", "--config", unit, "--timeout", "10s"])
            .folder(pki.path("elsewhere").as_ref())
            .run()
    };
    check(&unit(&pki.path("work"))).is_healthy();
    // Without a word a unit works in `/`, where none of the files is.
    let run = check(&unit(""));
    assert!(!run.stdout.contains("elsewhere"), "{run:#?}");
    assert!(run.stdout.contains("\"/server.crt\""), "{run:#?}");
}

#[test]
fn a_process_is_read_from_its_own_directory_and_a_strangers_addresses_are_only_named() {
    let may = Command::new("unshare").args(["--pid", "--fork", "--mount-proc", "true"]).status();
    if !may.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: a PID namespace needs root");
        return;
    }
    let pki = Pki::new();
    std::fs::create_dir(pki.path("work")).unwrap();
    let ca = pki.authority("work/ca", "etcd-ca");
    let server = pki.server(&ca, "work/server").issue();
    pki.client(&ca, "work/client").issue();
    let (client, peer) = (free_port(), free_port());
    let relative = tls_flags(&server, Some(&ca)).join(" ").replace(&pki.path("work/"), "");
    // Anybody may start a process that is called etcd.
    let stranger = "setpriv --reuid 65534 --regid 65534 --clear-groups bash -c \
                    'exec -a etcd bash -c \"sleep 600; :\" x --advertise-client-urls=https://192.0.2.1:2379' & \
                    until grep -q ^etcd /proc/$!/cmdline; do sleep 0.02; done";
    let start = format!(
        "cd {work} && {{ {etcd} --name m0 --data-dir data --listen-client-urls https://127.0.0.1:{client} \
         --advertise-client-urls https://127.0.0.1:{client} --listen-peer-urls http://127.0.0.1:{peer} \
         --initial-advertise-peer-urls http://127.0.0.1:{peer} --initial-cluster m0=http://127.0.0.1:{peer} \
         {relative} >log 2>&1 & }} && until grep -q 'serving client ' log; do sleep 0.02; done; {stranger}; \
         cd / && exec \"$@\"",
        work = pki.path("work"),
        etcd = newest().folder().join("etcd").display(),
    );
    let check = |flags: &[&str]| {
        etcd_tls(["check", "-o", "json", "--timeout", "10s", "--cluster-name", "m0"])
            .args(flags)
            .under(&["unshare", "--pid", "--fork", "--mount-proc", "sh", "-c", &start, "sh"])
            .run()
    };
    let run = check(&[]);
    run.is_healthy();
    let report = run.json();
    assert_eq!(report["endpoints"][0]["url"], format!("https://127.0.0.1:{client}"));
    assert!(!run.stdout.contains("/root/"), "one root, one name for a file: {report:#}");

    let run = etcd_tls(["check", "-o", "json", "--timeout", "10s"])
        .under(&["unshare", "--pid", "--fork", "--mount-proc", "sh", "-c", &start, "sh"])
        .run();
    let report = run.json();
    assert!(report["not_checked"].to_string().contains("https://192.0.2.1:2379"), "{report:#}");
    assert!(!report["endpoints"].to_string().contains("192.0.2.1"), "{report:#}");
}

#[test]
fn the_configuration_of_other_clients_is_judged_in_its_own_terms() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let server = pki.server(&ca, "server").issue();
    let client = pki.client(&ca, "client").issue();
    let etcd = Etcd::start(&newest(), "https", &tls_flags(&server, Some(&ca)));
    let (url, cacert, Pair { cert, key }) = (&etcd.url, &ca.cert, &client);
    let address = url.trim_start_matches("https://");
    let patroni = format!(
        "scope: pg\nname: pg1\nrestapi: {{listen: 127.0.0.1:8008}}\netcd3:\n  hosts: [{address}]\n  protocol: https\n  cacert: {cacert}\n  cert: {cert}\n  key: {key}\n"
    );
    let forms = [
        ("patroni.yml", "etcd3.hosts", patroni.clone()),
        (
            "apisix.yaml",
            "deployment.etcd.host",
            format!(
                "apisix: {{ssl: {{ssl_trusted_certificate: {cacert}}}}}\ndeployment:\n  etcd:\n    host: [\"{url}\"]\n    tls: {{cert: {cert}, key: {key}}}\n"
            ),
        ),
        (
            "Corefile",
            "etcd.endpoint",
            format!(
                ".:53 {{\n  etcd skydns.local {{\n    endpoint {url}\n    tls {cert} {key} {cacert}\n  }}\n}}\n"
            ),
        ),
        (
            "calicoctl.cfg",
            "spec.etcdEndpoints",
            format!(
                "apiVersion: projectcalico.org/v3\nkind: CalicoAPIConfig\nspec:\n  datastoreType: etcdv3\n  etcdEndpoints: {url}\n  etcdCACertFile: {cacert}\n  etcdCertFile: {cert}\n  etcdKeyFile: {key}\n"
            ),
        ),
        (
            "calico.env",
            "ETCD_ENDPOINTS",
            format!(
                "ETCD_ENDPOINTS={url}\nETCD_CA_CERT_FILE={cacert}\nETCD_CERT_FILE={cert}\nETCD_KEY_FILE={key}\n"
            ),
        ),
        (
            "k3s.yaml",
            "--datastore-endpoint",
            format!(
                "datastore-endpoint: {url}\ndatastore-cafile: {cacert}\ndatastore-certfile: {cert}\ndatastore-keyfile: {key}\n"
            ),
        ),
        (
            "k3s.service",
            "--datastore-endpoint",
            format!(
                "[Service]\nExecStart=/usr/local/bin/k3s server --datastore-endpoint={url} --datastore-cafile={cacert} --datastore-certfile={cert} --datastore-keyfile={key}\n"
            ),
        ),
        (
            "vault.hcl",
            "storage.address",
            format!(
                "storage \"etcd\" {{\n  address = \"{url}\"\n  tls_ca_file = \"{cacert}\"\n  tls_cert_file = \"{cert}\"\n  tls_key_file = \"{key}\"\n}}\n"
            ),
        ),
    ];
    let check = |name: &str, text: &str| {
        let path = pki.write(name, text);
        etcd_tls(["check", "-o", "json", "--config", &path, "--timeout", "10s"]).run()
    };
    for (name, own, text) in forms {
        let run = check(name, &text);
        run.is_healthy();
        assert_eq!(run.json()["endpoints"][0]["url"].as_str(), Some(url.as_str()), "{run:#?}");
        assert!(run.stdout.contains(own), "{name}: {run:#?}");
    }
    let run = check("patroni.yml", &patroni.replace("client.key", "gone.key"));
    let report = run.json();
    assert!(report["root_cause"]["subject"].to_string().contains("gone.key"), "{report:#}");
    assert!(report["findings"].to_string().contains("etcd3.key"), "{report:#}");
    // `name:` is etcd's key too, and yet nothing here is etcd's.
    let run = check("other.yml", "name: pg1\nscope: pg\nloop_wait: 10\n");
    run.finds("config-unreadable");
    assert_eq!(run.json()["endpoints"].as_array().map(Vec::len), Some(0), "{run:#?}");
}
