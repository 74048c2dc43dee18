//! Listeners that ask for no certificate although certificates are configured, and what real etcd of each release does with them.

mod support;

use support::{
    etcd::{Etcd, free_port, releases},
    member::{Member, paste_edits},
    pki::Pair,
};

#[test]
fn certificates_beside_an_http_url_are_told_to_be_ignored() {
    for release in releases() {
        let mut member = Member::new();
        let plain = member.url.replace("https", "http");
        member.set("listen-client-urls", &plain);
        member.set("advertise-client-urls", &plain);
        let etcd = Etcd::from_arguments(&release, &plain, &member.arguments()).unwrap();
        assert!(
            etcd.log().to_lowercase().contains("key and cert files")
                || etcd.log().contains("key/cert files")
        );
        let config = member.write();
        let run = member.check(&config);
        run.finds("tls-files-unused");
        assert_eq!(run.json()["verdict"], "warning", "{} {run:#?}", release.version);
        drop(etcd);
        paste_edits(&run);
        let _etcd = member.start(&release, &member.reread());
        member.check(&config).is_healthy();
    }
}

#[test]
fn an_http_url_beside_an_https_one_serves_everyone() {
    for release in releases() {
        let mut member = Member::new();
        let plain = format!("http://127.0.0.1:{}", free_port());
        member.set("listen-client-urls", format!("{plain},{}", member.url));
        let etcd = member.start(&release, &member.arguments());
        assert!(release.etcdctl(&["--endpoints", &plain, "get", "x"]).status.success());
        let config = member.write();
        let run = member.check(&config);
        run.finds("plaintext-listener");
        drop(etcd);
        paste_edits(&run);
        let _etcd = member.start(&release, &member.reread());
        member.check(&config).is_healthy();
    }
}

#[test]
fn an_advertised_https_url_is_mended_where_etcd_listens() {
    for release in releases() {
        let mut member = Member::new();
        let plain = member.url.replace("https", "http");
        member.set("listen-client-urls", &plain);
        let etcd = Etcd::from_arguments(&release, &plain, &member.arguments()).unwrap();
        let config = member.write();
        let run = member.check(&config);
        run.finds("listen-advertise-scheme");
        assert!(!run.stdout.contains("|https://") || run.stdout.contains("|http://"), "{run:#?}");
        drop(etcd);
        paste_edits(&run);
        let _etcd = member.start(&release, &member.reread());
        member.check(&config).is_healthy();
    }
}

#[test]
fn peers_that_ask_nobody_are_told_from_the_configuration_file_too() {
    for release in releases() {
        let member = Member::new();
        let [url, peer_url] =
            ["listen-client-urls", "listen-peer-urls"].map(|name| member.get(name));
        let Pair { cert, key } = &member.server;
        let ca = &member.ca.cert;
        let text = format!(
            "name: m0\ndata-dir: {}\nlisten-client-urls: {url}\nadvertise-client-urls: {url}\n\
             listen-peer-urls: {peer_url}\ninitial-advertise-peer-urls: {peer_url}\n\
             initial-cluster: m0={peer_url}\nclient-transport-security:\n  cert-file: {cert}\n  key-file: {key}\n  \
             trusted-ca-file: {ca}\n  client-cert-auth: true\npeer-transport-security:\n  cert-file: {cert}\n  \
             key-file: {key}\n",
            member.pki.path("data")
        );
        let config = member.pki.write("etcd.yml", &text);
        let etcd = member.start(&release, &[format!("--config-file={config}")]);
        member.check(&config).finds("peer-auth-off");
        drop(etcd);
        let closed = format!("{text}  trusted-ca-file: {ca}\n  client-cert-auth: true\n");
        member.pki.write("etcd.yml", closed);
        let _etcd = member.start(&release, &[format!("--config-file={config}")]);
        member.check(&config).is_healthy();
    }
}
