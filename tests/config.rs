//! How etcd is configured, held against what a real etcd of each release makes of the same files.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;

use support::{
    etcd::{Etcd, Release, free_port, releases, tls_flags},
    pki::{Authority, Pair, Pki},
    tool::{Run, check},
};

#[test]
fn an_option_in_the_flags_and_in_the_environment_keeps_etcd_from_starting() {
    for release in releases() {
        let site = Site::new();
        let flags = site.flags();
        let cert = site.server.cert.as_str();
        let env = site.pki.write("etcd.env", format!("ETCD_CERT_FILE={cert}\nETCD_NAME=m0\n"));
        let unit = format!(
            "[Service]\nEnvironmentFile={env}\nExecStart=/usr/bin/etcd {}\n",
            flags.join(" ")
        );
        let unit = site.pki.write("etcd.service", unit);
        let log = release.refuses(&flags, &[("ETCD_CERT_FILE", cert), ("ETCD_NAME", "m0")]);
        assert!(log.contains("conflicting environment variable"), "{}: {log}", release.version);
        let run = site.check(&unit);
        run.finds("config-conflict");
        assert!(run.stdout.contains(&format!("sed -i '1s|^|#|' {env}")), "{run:#?}");
        assert_eq!(caused(&run, "tcp-refused"), ["config-conflict"], "{}", release.version);
    }
}

#[test]
fn a_security_option_outside_its_section_counts_for_nothing() {
    for release in releases() {
        let site = Site::new();
        let (ca, Pair { cert, key }) = (&site.ca.cert, &site.server);
        let section =
            format!("client-transport-security:\n  cert-file: {cert}\n  key-file: {key}\n");
        let auth = format!("client-cert-auth: true\ntrusted-ca-file: {ca}\n");

        // Without its certificate etcd does not start.
        let config = site.config_file(&format!("cert-file: {cert}\nkey-file: {key}\n"));
        let log = release.refuses(&[format!("--config-file={config}")], &[]);
        assert!(log.contains("must be provided for client url"), "{}: {log}", release.version);
        let run = site.check(&config);
        run.finds("config-key-misplaced");
        assert_eq!(caused(&run, "listen-https-without-cert"), ["config-key-misplaced"]);

        // Without its CA it lets everyone in.
        let config = site.config_file(&format!("{section}{auth}"));
        let etcd = site.start(&release, &[format!("--config-file={config}")]);
        let run = site.check(&config);
        run.finds("config-key-misplaced");
        assert_eq!(caused(&run, "client-auth-off"), ["config-key-misplaced"]);
        drop(etcd);

        let indented = auth.lines().map(|line| format!("  {line}\n"));
        let config = site.config_file(&format!("{section}{}", indented.collect::<String>()));
        let _etcd = site.start(&release, &[format!("--config-file={config}")]);
        site.check(&config).is_healthy();
    }
}

#[test]
fn a_configuration_file_switches_the_flags_beside_it_off() {
    for release in releases() {
        let site = Site::new();
        let Pair { cert, key } = &site.server;
        let section =
            format!("client-transport-security:\n  cert-file: {cert}\n  key-file: {key}\n");
        let config = site.config_file(&section);
        let arguments = [
            format!("--config-file={config}"),
            "--client-cert-auth".to_owned(),
            format!("--trusted-ca-file={}", site.ca.cert),
        ];
        let _etcd = site.start(&release, &arguments);
        let unit = format!("[Service]\nExecStart=/usr/bin/etcd {}\n", arguments.join(" "));
        let run = site.check(&site.pki.write("etcd.service", unit));
        run.finds("config-shadowed");
        assert_eq!(run.code, Some(0), "a warning: {run:#?}");
        assert_eq!(caused(&run, "client-auth-off"), ["config-shadowed"], "{}", release.version);
    }
}

#[test]
fn a_ca_added_under_a_running_etcd_waits_for_its_restart() {
    for release in releases() {
        let site = Site::new();
        let flags = tls_flags(&site.server, Some(&site.ca));
        let etcd = Etcd::start(&release, "https", &flags);
        let new = site.pki.authority("new", "etcd-ca-2");
        let client = site.pki.client(&new, "late").issue();
        let old = site.pki.write("old.crt", &site.ca.pem);
        let mut settings = format!(
            "ETCD_LISTEN_CLIENT_URLS={}\nETCD_CLIENT_CERT_AUTH=true\nETCD_TRUSTED_CA_FILE={}\n",
            etcd.url, site.ca.cert
        );
        let pair = [("CERT", &site.server.cert), ("KEY", &site.server.key)];
        settings.extend(pair.map(|(name, path)| format!("ETCD_{name}_FILE={path}\n")));
        let config = site.pki.write("etcd.env", settings);
        let flags =
            ["--cacert", &old, "--cert", &client.cert, "--key", &client.key, "--config", &config];
        check(&etcd.url, &flags).finds("client-cert-untrusted");

        fs::write(&site.ca.cert, format!("{}{}", site.ca.pem, new.pem)).unwrap();
        let run = check(&etcd.url, &flags);
        run.finds("ca-pool-stale");
        assert_eq!(caused(&run, "client-cert-untrusted"), ["ca-pool-stale"], "{}", release.version);
        assert!(run.stdout.contains("systemctl restart etcd"), "{run:#?}");
    }
}

/// A CA, a server and a client of it, and an address.
struct Site {
    pki: Pki,
    ca: Authority,
    server: Pair,
    client: Pair,
    url: String,
    peer_url: String,
}

impl Site {
    fn new() -> Self {
        let pki = Pki::new();
        let ca = pki.authority("ca", "etcd-ca");
        let (server, client) =
            (pki.server(&ca, "server").issue(), pki.client(&ca, "client").issue());
        let url = format!("https://127.0.0.1:{}", free_port());
        let peer_url = format!("http://127.0.0.1:{}", free_port());
        Self { pki, ca, server, client, url, peer_url }
    }

    fn flags(&self) -> Vec<String> {
        let mut flags = tls_flags(&self.server, Some(&self.ca));
        let urls = [("listen-client-urls", &self.url), ("advertise-client-urls", &self.url)];
        flags.extend(urls.map(|(name, url)| format!("--{name}={url}")));
        flags
    }

    /// etcd's own configuration file, with what else stands in it.
    fn config_file(&self, more: &str) -> String {
        let (url, peer_url) = (&self.url, &self.peer_url);
        let text = format!(
            "name: m0\ndata-dir: {}\nlisten-client-urls: {url}\nadvertise-client-urls: {url}\n\
             listen-peer-urls: {peer_url}\ninitial-advertise-peer-urls: {peer_url}\n\
             initial-cluster: m0={peer_url}\n{more}",
            self.pki.path("data")
        );
        self.pki.write("etcd.conf.yml", text)
    }

    fn start(&self, release: &Release, arguments: &[String]) -> Etcd {
        Etcd::from_arguments(release, &self.url, arguments).unwrap()
    }

    fn check(&self, config: &str) -> Run {
        let (ca, Pair { cert, key }) = (&self.ca.cert, &self.client);
        check(&self.url, &["--cacert", ca, "--cert", cert, "--key", key, "--config", config])
    }
}

/// What the report gives as the causes of a finding.
fn caused(run: &Run, id: &str) -> Vec<String> {
    let report = run.json();
    let findings = report["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["id"] == id);
    let finding = finding.unwrap_or_else(|| panic!("no {id}: {run:#?}"));
    let causes = finding["caused_by"].as_array().unwrap();
    causes.iter().map(|cause| cause.as_str().unwrap().to_owned()).collect()
}
