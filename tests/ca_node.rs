//! Certificates for a node as it is: file names of its layout, names of what it serves, what its configuration lacks, and
//! identities by SPIFFE.

mod support;

use std::fs;

use support::ca::Ca;
use support::etcd::{Etcd, newest};
use support::tool::{check, etcd_tls};

#[test]
fn a_layout_names_the_files() {
    let ca = Ca::new();
    let made = |args: &[&str]| {
        let made = ca.issue(args);
        (made["cert"].as_str().unwrap().to_owned(), made["record"]["sans"].to_string())
    };
    let local = r#"["DNS:localhost","IP:127.0.0.1","IP:::1"]"#;
    let (cert, sans) = made(&["server", "n1", "--for", "kubeadm", "--san", "10.0.0.1"]);
    assert_eq!(cert, "out/server.crt");
    assert_eq!(sans, local.replace('[', r#"["IP:10.0.0.1","#).replace(']', r#","DNS:n1"]"#));
    assert_eq!(
        made(&["client", "kube-etcd-healthcheck-client", "--for", "kubeadm"]).0,
        "out/healthcheck-client.crt"
    );
    assert_eq!(made(&["peer", "n1", "--for", "kubespray"]).0, "out/member-n1.pem");
    assert!(ca.path("out/member-n1-key.pem").exists());
    assert_eq!(made(&["peer", "n1", "--for", "k3s"]).0, "out/peer-server-client.crt");
}

#[test]
fn a_certificate_is_made_like_another_one() {
    let release = newest();
    let ca = Ca::new();
    ca.issue(&["server", "s", "--san", "127.0.0.1,etcd-0", "--org", "ops"]);
    let like = ca.issue(&["server", "t", "--like", "out/s.crt"]);
    assert_eq!(like["record"]["sans"], serde_json::json!(["IP:127.0.0.1", "DNS:etcd-0"]));
    assert_eq!(like["record"]["subject"], "CN=t,O=ops");
    let flags = [
        format!("--cert-file={}", ca.text("out/s.crt")),
        format!("--key-file={}", ca.text("out/s.key")),
    ];
    let etcd = Etcd::start(&release, "https", &flags);
    let served = ca.issue(&["peer", "u", "--like", &etcd.url]);
    assert_eq!(served["record"]["sans"], like["record"]["sans"]);
}

#[test]
fn what_a_configuration_names_and_the_disk_lacks_is_made() {
    let ca = Ca::new();
    let at = |name: &str| ca.text(name);
    let settings = [
        "ETCD_NAME=m0".to_owned(),
        "ETCD_ADVERTISE_CLIENT_URLS=https://10.0.0.1:2379,https://etcd-0:2379".to_owned(),
        "ETCD_LISTEN_CLIENT_URLS=https://0.0.0.0:2379".to_owned(),
        "ETCD_INITIAL_ADVERTISE_PEER_URLS=https://10.0.0.1:2380".to_owned(),
        format!("ETCD_CERT_FILE={}", at("pki/server.crt")),
        format!("ETCD_KEY_FILE={}", at("pki/server.key")),
        format!("ETCD_PEER_CERT_FILE={}", at("pki/peer.crt")),
        format!("ETCD_PEER_KEY_FILE={}", at("pki/peer.key")),
    ];
    fs::write(ca.path("etcd.env"), settings.join("\n")).unwrap();
    let missing = ca.run(&["missing", "--config", "etcd.env", "-o", "json"]);
    assert_eq!(missing.code, Some(1), "{missing:#?}");
    let lines = missing.lines();
    let roles: Vec<_> = lines.iter().map(|one| one["profile"].as_str().unwrap()).collect();
    assert_eq!(roles, ["server", "peer"]);
    assert_eq!(lines[0]["name"], "m0");
    let made = ca.json(&["missing", "--config", "etcd.env", "--apply", "--san", "extra"]);
    assert_eq!(made.len(), 2);
    ca.accepts("pki/server", "server", Some("etcd-0"));
    ca.accepts("pki/server", "server", Some("::1"));
    ca.accepts("pki/peer", "client", Some("extra"));
    let none = ca.run(&["missing", "--config", "etcd.env"]);
    assert!(none.code == Some(0) && none.stderr.contains("0 missing"), "{none:#?}");
}

#[test]
fn a_spiffe_id_is_issued_and_held_to() {
    let ca = Ca::new();
    let id = "spiffe://example.org/etcd/m0";
    let made = ca.issue(&["server", "s", "--san", "127.0.0.1", "--spiffe-id", id]);
    assert_eq!(made["record"]["sans"][1], format!("URI:{id}"));
    ca.issue(&["client", "c"]);
    let verify = |cert: &str, expected: &str| {
        let (cacert, cert) = (ca.text("ca/ca.crt"), ca.text(cert));
        let args = ["verify", "--cacert", &cacert, "--cert", &cert, "--usage", "client"];
        etcd_tls(args).args(["--expect-spiffe", expected]).run()
    };
    assert_eq!(verify("out/s.crt", id).code, Some(0));
    assert_eq!(verify("out/s.crt", "spiffe://example.org").code, Some(0));
    let other = verify("out/s.crt", "spiffe://example.org/etcd/m1");
    assert!(other.code == Some(1) && other.stdout.contains(id), "{other:#?}");
    let none = verify("out/c.crt", id);
    assert!(none.code == Some(1) && none.stdout.contains("exactly one URI SAN"), "{none:#?}");
    assert_eq!(verify("out/s.crt", "https://example.org").code, Some(2));
    for bad in ["spiffe://example.org", "spiffe://example.org/a/", "spiffe://Example.org/a"] {
        assert_eq!(ca.run(&["issue", "client", "x", "--spiffe-id", bad]).code, Some(2), "{bad}");
    }
    let two = ["issue", "client", "x", "--spiffe-id", id, "--san", "https://example.org"];
    assert_eq!(ca.run(&two).code, Some(2));

    let release = newest();
    let flags = [
        format!("--cert-file={}", ca.text("out/s.crt")),
        format!("--key-file={}", ca.text("out/s.key")),
        "--client-cert-auth".to_owned(),
        format!("--trusted-ca-file={}", ca.text("ca/ca.crt")),
    ];
    let etcd = Etcd::start(&release, "https", &flags);
    let dial = |expected: &str| {
        let paths = ["ca/ca.crt", "out/c.crt", "out/c.key"].map(|name| ca.text(name));
        let flags = ["--cacert", &paths[0], "--cert", &paths[1], "--key", &paths[2]];
        check(&etcd.url, &[&flags[..], &["--expect-spiffe", expected]].concat())
    };
    dial(id).is_healthy();
    dial("spiffe://other.org").finds("spiffe-id-mismatch");
}

#[test]
fn check_proposes_the_line_that_mends_it() {
    let release = newest();
    let ca = Ca::new();
    ca.issue(&["server", "s", "--san", "localhost"]);
    ca.issue(&["client", "c"]);
    let flags = [
        format!("--cert-file={}", ca.text("out/s.crt")),
        format!("--key-file={}", ca.text("out/s.key")),
        "--client-cert-auth".to_owned(),
        format!("--trusted-ca-file={}", ca.text("ca/ca.crt")),
    ];
    let etcd = Etcd::start(&release, "https", &flags);
    let (cert, key) = (ca.text("out/s.crt"), ca.text("out/s.key"));
    fs::write(ca.path("etcd.env"), format!("ETCD_CERT_FILE={cert}\nETCD_KEY_FILE={key}\n"))
        .unwrap();
    let paths = ["ca/ca.crt", "out/c.crt", "out/c.key", "etcd.env"].map(|name| ca.text(name));
    let mtls =
        ["--cacert", &paths[0], "--cert", &paths[1], "--key", &paths[2], "--config", &paths[3]];
    let run = check(&etcd.url, &mtls);
    run.finds("server-san-mismatch");
    let fixes = run.json()["findings"][0]["fix"][0]["commands"].clone();
    let mut lines = fixes.as_array().unwrap().iter().filter_map(|fix| fix["run"].as_str());
    let fix = lines.find(|line| line.starts_with("etcd-tls ca renew"));
    let words: Vec<&str> = fix.unwrap_or_else(|| panic!("{fixes}")).split(' ').skip(1).collect();
    let mended = etcd_tls(words).run();
    assert_eq!(mended.code, Some(0), "{mended:#?}");
    check(&etcd.url, &mtls).is_healthy();
    // The pair that is left is proposed, not a name that nobody has.
    fs::remove_file(ca.path("out/c.crt")).unwrap();
    let bare = check(&etcd.url, &["--cacert", &paths[0]]);
    bare.finds("client-cert-required");
    assert!(bare.json()["findings"][0]["fix"].to_string().contains("/out/s.key"), "{bare:#?}");
}

#[test]
fn half_a_pair_is_made_whole_and_what_was_left_keeps_a_second_name() {
    let ca = Ca::new();
    let at = |name: &str| ca.text(name);
    ca.issue(&["server", "s", "--san", "localhost"]);
    ca.issue(&["client", "c"]);
    let settings = [
        "ETCD_NAME=m0".to_owned(),
        "ETCD_LISTEN_CLIENT_URLS=https://10.0.0.5:2379".to_owned(),
        format!("ETCD_CERT_FILE={}", at("out/s.crt")),
        format!("ETCD_KEY_FILE={}", at("out/s.key")),
        format!("ETCD_CLIENT_CERT_FILE={}", at("out/c.crt")),
        format!("ETCD_CLIENT_KEY_FILE={}", at("out/c.key")),
    ];
    fs::write(ca.path("etcd.env"), settings.join("\n")).unwrap();
    let missing = || ca.run(&["missing", "--config", "etcd.env"]).code;
    assert_eq!(missing(), Some(0));
    fs::remove_file(ca.path("out/s.key")).unwrap();
    fs::write(ca.path("out/c.crt"), "").unwrap();
    assert_eq!(missing(), Some(1));
    assert_eq!(ca.json(&["missing", "--config", "etcd.env", "--apply"]).len(), 2);
    assert_eq!(missing(), Some(0));
    // The certificate that was there gives its names, the settings theirs.
    ca.accepts("out/s", "server", Some("localhost"));
    ca.accepts("out/s", "server", Some("10.0.0.5"));
    ca.accepts("out/c", "client", None);
    let kept = fs::read_dir(ca.path("out")).unwrap().flatten();
    let kept: Vec<_> = kept.map(|file| file.file_name().into_string().unwrap()).collect();
    for name in ["s.crt.bak-", "c.crt.bak-", "c.key.bak-"] {
        assert!(kept.iter().any(|file| file.starts_with(name)), "{name}: {kept:?}");
    }
}
