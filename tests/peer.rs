//! `check --peer` against real clusters of three: healthy, and with what keeps members apart.

mod support;

use support::{
    etcd::newest,
    members::Plan,
    pki::{Authority, Pair, Pki, Usage, mtls},
    tool::{Run, etcd_tls},
};

#[test]
fn members_are_dialled_as_a_member_would() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let peer = pki.server(&ca, "peer").issue();
    let plan = Plan::new(&release, &peer, &ca);
    let cluster = plan.start();
    let run = check(&cluster.peer_urls(), &ca, &peer);
    run.is_healthy();
    let report = run.json();
    let endpoints = report["endpoints"].as_array().unwrap();
    assert_eq!(endpoints.len(), 3);
    for endpoint in endpoints {
        assert_eq!(endpoint["role"], "peer");
        let steps = endpoint["steps"].as_array().unwrap();
        assert!(steps.iter().all(|step| step["status"] != "failed"), "{steps:#?}");
    }
    // With one URL given, the others come from the member's own list.
    let run = etcd_tls(["check", "--peer", "--cluster", "-o", "json"])
        .args(["--endpoints", &cluster.members[0].peer_url, "--cacert", &ca.cert])
        .args(["--cert", &peer.cert, "--key", &peer.key])
        .run();
    run.is_healthy();
    assert_eq!(run.json()["cluster"]["voters"], 3, "{run:#?}");

    check(&cluster.members[0].url, &ca, &peer).finds("client-port");
    let expired = pki.server(&ca, "expired").days(-30, -1).issue();
    check(&cluster.members[0].peer_url, &ca, &expired).finds("peer-cert-expired");
    let one_way = pki.server(&ca, "one-way").usages(&[Usage::ServerAuth]).issue();
    check(&cluster.members[0].peer_url, &ca, &one_way).finds("peer-eku-incomplete");
    let stranger = pki.authority("other", "other-ca");
    let foreign = pki.server(&stranger, "foreign").issue();
    check(&cluster.members[0].peer_url, &ca, &foreign).finds("peer-ca-mismatch");
}

#[test]
fn the_source_address_is_held_against_the_certificate() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let peer = pki.server(&ca, "peer").issue();
    let cluster = Plan::new(&release, &peer, &ca).start();
    let first = &cluster.members[0].peer_url;
    let elsewhere = pki.server(&ca, "elsewhere").sans(&["10.0.0.13"]).issue();
    let run = check(first, &ca, &elsewhere);
    run.finds("peer-san-mismatch");
    assert!(run.stdout.contains("127.0.0.1") && run.stdout.contains("10.0.0.13"), "{run:#?}");
    // localhost leads to the address by a forward lookup; without any SAN nothing is compared.
    check(first, &ca, &pki.server(&ca, "named").sans(&["localhost"]).issue()).is_healthy();
    check(first, &ca, &pki.server(&ca, "nameless").sans(&[]).issue()).is_healthy();
}

#[test]
fn a_member_in_clear_text_is_named_though_the_cluster_works() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let peer = pki.server(&ca, "peer").issue();
    let peers = [Some(&peer), Some(&peer), None];
    let cluster = Plan { peers, serving: 2, ..Plan::new(&release, &peer, &ca) }.start();
    let plain = &cluster.members[2].peer_url;
    let run = check(&plain.replace("http:", "https:"), &ca, &peer);
    run.finds("peer-plaintext");
    let run = check(plain, &ca, &peer);
    run.finds("peer-plaintext");
    assert!(run.stdout.contains("etcdctl member update"), "{run:#?}");
}

#[test]
fn names_that_the_cluster_admits_are_read_from_its_configuration() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let peer = pki.server(&ca, "peer").cn("members").issue();
    let flags = ["--peer-cert-allowed-cn=members"];
    let cluster = Plan { flags: &flags, ..Plan::new(&release, &peer, &ca) }.start();
    let other = pki.server(&ca, "other").cn("somebody").issue();
    let first = &cluster.members[0].peer_url;
    check(first, &ca, &peer).is_healthy();
    check(first, &ca, &other).finds("peer-cn-not-allowed");
    let config = pki.write("etcd.env", "ETCD_PEER_CERT_ALLOWED_CN=members\n");
    let run =
        etcd_tls(["check", "--peer", "-o", "json", "--endpoints", first, "--config", &config])
            .args(mtls(&ca, &other))
            .run();
    run.finds("peer-cn-not-allowed");
    assert!(run.stdout.contains("peer-cert-allowed-cn = members"), "{run:#?}");
}

fn check(endpoints: &str, ca: &Authority, pair: &Pair) -> Run {
    etcd_tls(["check", "--peer", "-o", "json", "--endpoints", endpoints]).args(mtls(ca, pair)).run()
}
