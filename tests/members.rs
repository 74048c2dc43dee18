//! What `check` finds between members without being asked: on a member, from its configuration; and the SAN matrix.

mod support;

use std::fs;

use serde_json::{Value, json};
use support::{
    etcd::newest,
    members::Plan,
    pki::{Authority, Pair, Pki, mtls},
    tool::{Run, etcd_tls},
};

#[test]
fn a_member_dials_the_others_by_itself() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let peer = pki.server(&ca, "peer").issue();
    let mut plan = Plan::new(&release, &peer, &ca);
    plan.hosts = ["127.0.0.11", "127.0.0.12", "127.0.0.13"];
    let sans = ["127.0.0.1", "127.0.0.11", "127.0.0.12", "127.0.0.13"];
    let wide = pki.server(&ca, "wide").sans(&sans).issue();
    (plan.peers, plan.server) = ([Some(&wide); 3], &wide);
    let mut cluster = plan.start();
    let config = pki.write("m0.env", plan.environment(&cluster, 0));
    let client = pki.client(&ca, "client").issue();
    let url = cluster.members[0].url.clone();
    let look = || check(&url, &config, &ca, &client);

    let run = look();
    run.is_healthy();
    let report = run.json();
    let roles: Vec<_> = list(&report["endpoints"]).iter().map(|one| one["role"].clone()).collect();
    assert_eq!(roles, ["client", "peer", "peer"], "{run:#?}");
    assert_eq!(report["cluster"]["serving"], 3, "{run:#?}");
    // All three run here, where connections come from another address than their own.
    let cells = list(&report["san_matrix"]);
    assert_eq!(cells.len(), 6, "{run:#?}");
    assert!(cells.iter().all(|cell| cell["accepted"] == true && cell["rule"] == "ip-san"));
    let detours = cells.iter().filter(|cell| cell["own_address"].is_string());
    assert!(detours.clone().all(|cell| cell["address"] == "127.0.0.1"), "{run:#?}");
    assert!(detours.count() > 0, "{run:#?}");
    let table = etcd_tls(["check", "--endpoints", &url, "--config", &config])
        .args(mtls(&ca, &client))
        .run();
    assert!(
        table.stdout.contains("(127.0.0.1; own address: 127.0.0.11) to every other member"),
        "{table:#?}"
    );

    // Behind NAT the address of the URL is none of this machine's.
    let case = pki.path("case.json");
    etcd_tls(["check", "--endpoints", &url, "--config", &config, "--save-case", &case])
        .args(mtls(&ca, &client))
        .run();
    let mut seen: Value = serde_json::from_str(&fs::read_to_string(&case).unwrap()).unwrap();
    let settings = seen["configs"][0]["settings"].as_array_mut().unwrap();
    let own = settings.iter_mut().find(|one| one["name"] == "initial-advertise-peer-urls");
    own.unwrap()["value"] = json!("https://203.0.113.5:2380");
    let case = pki.write("nat.json", seen.to_string());
    let report = etcd_tls(["check", "-o", "json", "--case", &case]).run().json();
    let own = list(&report["san_matrix"]).iter().filter(|cell| cell["from"] == "m0");
    let own: Vec<_> = own.map(|cell| (&cell["address"], &cell["behind_nat"])).collect();
    assert_eq!(own, [(&json!("203.0.113.5"), &json!("127.0.0.1")); 2], "{report:#}");

    // A member that is down is a warning while the cluster works, once.
    let down = cluster.members[2].peer_url.clone();
    cluster.members[2].stop();
    let run = Run::settled(look, "tcp-refused");
    let report = run.json();
    assert_eq!((run.code, report["verdict"].as_str()), (Some(0), Some("warning")), "{run:#?}");
    assert_eq!(report["root_cause"]["subject"], down.as_str());
    let loose = list(&report["findings"])
        .iter()
        .filter(|one| one["severity"] != "info" && list(&one["caused_by"]).is_empty());
    assert_eq!(loose.count(), 1, "{run:#?}");
}

#[test]
fn what_keeps_members_apart_is_the_cause_of_a_missing_leader() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let other = pki.authority("other", "other-ca");
    let (peer, foreign) = (pki.server(&ca, "peer").issue(), pki.server(&other, "foreign").issue());
    let client = pki.client(&ca, "client").issue();
    let mut plan = Plan::new(&release, &peer, &ca);
    plan.peers = [Some(&peer), Some(&foreign), Some(&foreign)];
    plan.serving = 0;
    let cluster = plan.start();
    let config = pki.write("m0.env", plan.environment(&cluster, 0));
    let run =
        Run::settled(|| check(&cluster.members[0].url, &config, &ca, &client), "peer-ca-mismatch");
    assert_eq!(run.code, Some(1), "{run:#?}");
    let findings = run.json()["findings"].clone();
    let follows = list(&findings).iter().find(|one| one["id"] == "no-leader");
    assert_eq!(follows.unwrap()["caused_by"][0], "peer-ca-mismatch", "{run:#?}");
}

#[test]
fn nobody_is_dialled_on_a_guess() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let peer = pki.server(&ca, "peer").issue();
    let plan = Plan::new(&release, &peer, &ca);
    let cluster = plan.start();
    let client = pki.client(&ca, "client").issue();
    // The configuration of a member elsewhere, copied here.
    let copied = plan.environment(&cluster, 0).replace("127.0.0.1:", "192.0.2.7:");
    let config = pki.write("copied.env", copied);
    let run = check(&cluster.members[0].url, &config, &ca, &client);
    let report = run.json();
    let roles = list(&report["endpoints"]).iter().filter(|one| one["role"] == "peer").count();
    assert_eq!(roles, 0, "{run:#?}");
}

#[test]
fn the_matrix_follows_from_the_files_of_all_members() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let by_address = pki.server(&ca, "m0").sans(&["10.0.0.10"]).issue();
    let by_name = pki.server(&ca, "m1").sans(&["localhost"]).issue();
    let unknown = pki.server(&ca, "m2").sans(&["m2.invalid"]).issue();
    let member = |name: &str, host: &str, pair: &Pair| {
        let Pair { cert, key, .. } = pair;
        pki.write(
            &format!("{name}.env"),
            format!(
                "ETCD_NAME={name}\nETCD_INITIAL_ADVERTISE_PEER_URLS=https://{host}:2380\n\
                 ETCD_PEER_CERT_FILE={cert}\nETCD_PEER_KEY_FILE={key}\n\
                 ETCD_PEER_CLIENT_CERT_AUTH=true\nETCD_PEER_TRUSTED_CA_FILE={}\n",
                ca.cert
            ),
        )
    };
    let files = [
        member("m0", "10.0.0.10", &by_address),
        member("m1", "localhost", &by_name),
        member("m2", "m2.invalid", &unknown),
    ];
    let look_with = |files: &[String], more: &[&str]| {
        let configs = files.iter().flat_map(|file| ["--config", file]);
        let gone =
            ["check", "-o", "json", "--endpoints", "https://127.0.0.1:1", "--cacert", &ca.cert];
        etcd_tls(gone).args(configs).args(more).run()
    };
    let run = look_with(&files, &[]);
    let matrix = run.json()["san_matrix"].clone();
    let cell = |from: &str, to: &str| {
        let mut cells = list(&matrix).iter();
        cells.find(|one| one["from"] == from && one["to"] == to).cloned().unwrap()
    };
    assert_eq!(cell("m0", "m1")["rule"], "ip-san", "{run:#?}");
    assert!(cell("m1", "m0")["accepted"] == true && cell("m1", "m0")["resolver"].is_string());
    assert_eq!(
        (&cell("m2", "m0")["accepted"], &cell("m2", "m0")["address"]),
        (&Value::Null, &Value::Null)
    );
    assert!(cell("m2", "m0")["detail"].as_str().unwrap().contains("m2.invalid"), "{run:#?}");

    // Where the resolver leads that name to an address, and the address to another name, it is said before anybody dials.
    let case = pki.path("case.json");
    look_with(&files, &["--save-case", &case]);
    let mut seen: Value = serde_json::from_str(&fs::read_to_string(&case).unwrap()).unwrap();
    let leaf = list(&seen["files"]).iter().find(|file| file["path"] == unknown.cert.as_str());
    let leaf = leaf.unwrap()["state"]["read"]["blocks"][0]["item"]["certificate"].clone();
    seen["names"] = json!([{"name": "localhost", "found": {"Ok": ["127.0.0.1"]}},
        {"name": "m2.invalid", "found": {"Ok": ["10.0.0.12"]}}]);
    let answers = json!({"reverse": {"Ok": ["node-12.internal"]}, "forward": [["m2.invalid", {"Ok": ["10.0.0.99"]}]]});
    let dialler = json!({"certificate": leaf, "address": "10.0.0.12", "resolver": answers});
    seen["diallers"] = json!([dialler]);
    let run =
        etcd_tls(["check", "-o", "json", "--case", &pki.write("case.json", seen.to_string())])
            .run();
    let findings = run.json()["findings"].clone();
    let found = list(&findings).iter().find(|one| one["id"] == "peer-san-mismatch").unwrap();
    assert_eq!(found["subject"], unknown.cert.as_str());
    assert!(found["evidence"].to_string().contains("node-12.internal"), "{run:#?}");
}

#[test]
fn each_member_has_a_root_of_its_own() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let root = |name: &str, address: &str| {
        let pair = pki.server(&ca, name).sans(&[address]).issue();
        pki.write(&format!("{name}/pki/peer.crt"), fs::read(pair.cert).unwrap());
        pki.write(&format!("{name}/pki/peer.key"), fs::read(pair.key).unwrap());
        let set = format!(
            "ETCD_NAME={name}\nETCD_INITIAL_ADVERTISE_PEER_URLS=https://{address}:2380\n\
             ETCD_PEER_CERT_FILE=/pki/peer.crt\nETCD_PEER_KEY_FILE=/pki/peer.key\n"
        );
        pki.write(&format!("{name}/etc/etcd.env"), set);
        pki.path(name)
    };
    let (m0, m1) = (root("m0", "10.0.0.10"), root("m1", "10.0.0.11"));
    let gone = ["check", "-o", "json", "--endpoints", "https://127.0.0.1:1", "--cacert", &ca.cert];
    let run = etcd_tls(gone).args(["--root", &m0, "--root", &m1]).run();
    let matrix = run.json()["san_matrix"].clone();
    assert_eq!(list(&matrix).len(), 2, "{run:#?}");
    assert!(list(&matrix).iter().all(|cell| cell["rule"] == "ip-san"), "{run:#?}");
    let run = etcd_tls(gone).args(["--root", &m0, "--root", &m1, "--config", "/x"]).run();
    assert_eq!(run.code, Some(2), "{run:#?}");
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn check(url: &str, config: &str, ca: &Authority, pair: &Pair) -> Run {
    etcd_tls(["check", "-o", "json", "--endpoints", url, "--config", config])
        .args(mtls(ca, pair))
        .run()
}
