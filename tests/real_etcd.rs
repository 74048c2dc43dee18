//! The binary against real etcd of every release that is here: healthy, and broken in the ways users break it.

mod support;

use std::fs;

use support::{
    etcd::{Etcd, Release, newest, releases, tls_flags},
    pki::{KeyKind, Leaf, Pair, Pki, Usage, mtls},
    tool::{Run, check, etcd_tls},
};

#[test]
fn what_is_wrong_with_the_client_is_named() {
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let etcd = Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
        let look = |id: &str, flags: &[&str]| expect(&release, &etcd, id, flags);
        let with = |id: &str, pair: &Pair| look(id, &mtls(&ca, pair));

        let good = pki.client(&ca, "client").issue();
        with("none", &good);
        for (name, kind) in [
            ("p384", KeyKind::P384),
            ("p521", KeyKind::P521),
            ("ed25519", KeyKind::Ed25519),
            ("rsa", KeyKind::Rsa2048),
        ] {
            with("none", &pki.client(&ca, name).key(kind).issue());
        }

        look("client-cert-required", &["--cacert", &ca.cert]);
        with("cert-expired", &pki.client(&ca, "expired").days(-366, -1).issue());
        with("client-eku-missing", &pki.client(&ca, "eku").usages(&[Usage::ServerAuth]).issue());
        let mixed = Pair { cert: good.cert.clone(), key: pki.client(&ca, "other").issue().key };
        with("key-mismatch", &mixed);
        look("key-not-given", &["--cacert", &ca.cert, "--cert", &good.cert]);
        let plain = etcd.url.replace("https", "http");
        assert_eq!(check(&plain, &mtls(&ca, &good)).root_cause(), "tls-server-plain-url");

        let elsewhere = Pki::new();
        let kubernetes = elsewhere.authority("kubernetes", "kubernetes");
        with("client-cert-untrusted", &elsewhere.client(&kubernetes, "kubelet").issue());
    }
}

#[test]
fn what_is_wrong_with_the_server_is_named() {
    type Change = fn(Leaf<'_>) -> Leaf<'_>;
    let faults: [(&str, Change); 5] = [
        ("cert-expired", |leaf| leaf.days(-365, -3)),
        ("cert-not-yet-valid", |leaf| leaf.days(2, 365)),
        ("server-san-mismatch", |leaf| leaf.sans(&["10.0.0.11", "etcd-1.example.internal"])),
        ("cert-no-san", |leaf| leaf.cn("127.0.0.1").sans(&[])),
        ("server-eku-missing", |leaf| leaf.usages(&[Usage::ClientAuth])),
    ];
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        for (id, change) in faults {
            let etcd = Etcd::tls(&release, &change(pki.server(&ca, "server")).issue(), None);
            expect(&release, &etcd, id, &["--cacert", &ca.cert]);
        }
    }
}

#[test]
fn the_ca_that_does_not_fit_is_named() {
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("etcd/ca", "etcd-ca");
        let server = pki.server(&ca, "etcd/server").issue();
        let etcd = Etcd::tls(&release, &server, None);

        // The right one lies beside it, as in kubeadm's tree.
        let kubernetes = pki.authority("ca", "kubernetes");
        let run = expect(&release, &etcd, "wrong-ca-file", &["--cacert", &kubernetes.cert]);
        assert!(run.stdout.contains(&ca.cert), "{}: names {}", release.version, ca.cert);

        // The process that listens is asked for its files, so it has to lie nowhere.
        fs::remove_file(&ca.cert).unwrap();
        let elsewhere = Pki::new();
        let stranger = elsewhere.authority("ca", "kubernetes");
        expect(&release, &etcd, "unknown-authority", &["--cacert", &stranger.cert]);

        let namesake = Pki::new().authority("ca", "etcd-ca");
        let again = elsewhere.write("again.crt", &namesake.pem);
        expect(&release, &etcd, "ca-regenerated", &["--cacert", &again]);
    }
}

#[test]
fn a_chain_through_an_intermediate_is_followed() {
    for release in releases() {
        let pki = Pki::new();
        let root = pki.authority("ca", "etcd-root");
        let sub = pki.intermediate(&root, "sub", "etcd-sub");
        let client = pki.client(&sub, "client").issue();

        let whole = pki.server(&sub, "server").issue();
        let etcd = Etcd::tls(&release, &whole, Some(&root));
        expect(&release, &etcd, "none", &mtls(&root, &client));
        drop(etcd);

        let alone = pki.server(&sub, "server").alone().issue();
        let etcd = Etcd::tls(&release, &alone, Some(&root));
        expect(&release, &etcd, "missing-intermediate", &mtls(&root, &client));
    }
}

#[test]
fn plaintext_etcd_behind_a_tls_url_is_recognised() {
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let etcd = Etcd::start(&release, "http", &[]);
        let url = etcd.url.replace("http", "https");
        let run = check(&url, &["--cacert", &ca.cert]);
        run.finds("plaintext-server");
        check(&etcd.url, &[]).is_healthy();
    }
}

#[test]
fn a_peer_port_in_clear_is_recognised_though_grpc_may_work_there() {
    for release in releases() {
        let etcd = Etcd::start(&release, "http", &[]);
        let run = check(&etcd.peer_url, &[]);
        run.finds("peer-port");
        // Until 3.5 the whole client API is served there, so that it is a warning; 3.6 speaks HTTP/1.1 only.
        let works = release.number() < [3, 6, 0];
        assert_eq!(run.code, Some(i32::from(!works)), "{}", release.version);
        assert!(run.json()["findings"][0]["fix"].to_string().contains(&etcd.url), "{run:#?}");
    }
}

#[test]
fn a_missing_crl_is_named_from_the_configuration() {
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let client = pki.client(&ca, "client").issue();
        let server = pki.server(&ca, "server").issue();
        let missing = pki.path("clients.crl");
        let mut flags = tls_flags(&server, Some(&ca));
        flags.push(format!("--client-crl-file={missing}"));
        let etcd = Etcd::start(&release, "https", &flags);
        let config = pki.write("etcd.env", format!("ETCD_CLIENT_CRL_FILE={missing}\n"));
        let mut given = mtls(&ca, &client).to_vec();
        given.extend(["--config", &config]);
        expect(&release, &etcd, "crl-missing", &given);
    }
}

#[test]
fn the_report_says_what_etcd_is() {
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let client = pki.client(&ca, "client").issue();
        let etcd = Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
        let run = check(&etcd.url, &mtls(&ca, &client));
        run.is_healthy();
        let report = run.json();
        assert_eq!(report["go"]["chosen_by"], format!("etcd {}", release.version));
        let endpoint = &report["endpoints"][0];
        assert!(endpoint["tls"]["second_opinion"].is_null(), "{run:#?}");
        assert_eq!(endpoint["etcd"]["version"], release.version.as_str());
        assert_eq!(endpoint["etcd"]["is_leader"], true);
        assert_eq!(endpoint["tls"]["alpn"], "h2");
        assert_eq!(endpoint["tls"]["client_certificate_requested"], true);
        assert_eq!(endpoint["tls"]["acceptable_cas"][0], "CN=etcd-ca");
        assert_eq!(endpoint["tls"]["alert"], serde_json::Value::Null);
        let steps = endpoint["steps"].as_array().unwrap();
        assert!(steps.iter().all(|step| step["status"] != "failed"), "{steps:#?}");
    }
}

#[test]
fn where_a_rust_client_would_differ_the_report_says_so() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let any = pki.server(&ca, "server").usages(&[Usage::Any]).issue();
    let client = pki.client(&ca, "client").issue();
    let etcd = Etcd::tls(&release, &any, Some(&ca));
    let given = mtls(&ca, &client);
    let run = check(&etcd.url, &given);
    run.is_healthy();
    let other = &run.json()["endpoints"][0]["tls"]["second_opinion"];
    assert_eq!((&other["verifier"], &other["accept"]), (&"rustls-webpki".into(), &false.into()));
    let run = etcd_tls(["check", "--endpoints", &etcd.url]).args(given).run();
    assert!(run.stdout.contains("rustls would refuse the server's chain"), "{run:#?}");
    assert!(run.stdout.contains(&format!("(etcd {})", release.version)), "{run:#?}");
    let run = check(&etcd.url, &[&given[..], &["--go", "1.19"]].concat());
    assert_eq!(run.json()["go"]["chosen_by"], "--go");
}

#[test]
fn a_refused_client_certificate_shows_the_alert_of_the_wire() {
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let etcd = Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
        // Go sends the exact alert since 1.23 or so; etcd 3.4.23 is built with 1.19.
        let exact = release.number() >= [3, 5, 16];
        let expected = if exact { "certificate_required" } else { "bad_certificate" };
        for _ in 0..10 {
            let report = check(&etcd.url, &["--cacert", &ca.cert]).json();
            assert_eq!(report["endpoints"][0]["tls"]["alert"], expected, "{}", release.version);
        }
        assert!(!etcd.log().is_empty());
    }
}

#[test]
fn etcdctl_agrees_about_what_works() {
    for release in releases() {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let client = pki.client(&ca, "client").issue();
        let etcd = Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
        let mut args = vec!["--endpoints", &etcd.url];
        args.extend(mtls(&ca, &client));
        args.extend(["endpoint", "health"]);
        let output = release.etcdctl(&args);
        assert!(output.status.success(), "{}: {output:?}", release.version);
        check(&etcd.url, &mtls(&ca, &client)).is_healthy();
    }
}

/// Checks the endpoint and asserts the root cause; `none` means healthy.
#[track_caller]
fn expect(release: &Release, etcd: &Etcd, id: &str, flags: &[&str]) -> Run {
    let run = check(&etcd.url, flags);
    assert_eq!(run.root_cause(), id, "etcd {}: {run:#?}", release.version);
    if id == "none" {
        run.is_healthy();
    } else {
        run.finds(id);
    }
    run
}
