//! The etcd section in the configuration of etcd's clients: Patroni, `CoreDNS`, Calico, APISIX, k3s, Vault. Their options get the names
//! that etcdctl's have, and keep their own spelling beside it, so that findings speak in the client's own terms.

use super::yaml::Node;
use crate::observation::{ConfigFile, ConfigKind, Program, Setting};

/// What a YAML document sets for a client of etcd, if it is one's.
pub(super) fn of_yaml(document: &Node) -> Option<ConfigFile> {
    let kind = document.text_of("kind");
    let found = if kind == Some("CalicoAPIConfig") || kind == Some("ConfigMap") {
        (Program::Calico, calico(document))
    } else if let Some(etcd) = document.at(&["deployment", "etcd"]) {
        (Program::Apisix, apisix(document, etcd, "deployment.etcd"))
    } else if let Some(etcd) = document.get("etcd").filter(|_| document.get("apisix").is_some()) {
        (Program::Apisix, apisix(document, etcd, "etcd"))
    } else if document.get("datastore-endpoint").is_some() {
        (Program::K3s, k3s(document))
    } else {
        let section =
            ["etcd3", "etcd"].into_iter().find_map(|name| Some((name, document.get(name)?)));
        (Program::Patroni, section.map(|(name, etcd)| patroni(etcd, name)).unwrap_or_default())
    };
    let (program, settings) = found;
    client(program, settings)
}

/// What a Corefile or a configuration of Vault sets, if the text is one.
pub(super) fn of_text(text: &str) -> Option<ConfigFile> {
    let mut block: Option<Program> = None;
    let mut settings = Vec::new();
    let mut program = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        let words: Vec<&str> = line.split_whitespace().collect();
        let opened = match words.as_slice() {
            ["etcd", .., "{"] => Some(Program::Coredns),
            ["storage" | "backend", "\"etcd\"" | "\"etcd3\"", "{"] => Some(Program::Vault),
            _ => None,
        };
        if opened.is_some() {
            (block, program) = (opened, opened);
            continue;
        }
        match (block, words.as_slice()) {
            (Some(_), ["}", ..]) => block = None,
            (Some(Program::Coredns), ["endpoint", urls @ ..]) => {
                settings.push(setting("endpoints", "etcd.endpoint", urls.join(","), index + 1));
            }
            (Some(Program::Coredns), ["tls", files @ ..]) => {
                let names: &[&str] = match files.len() {
                    1 => &["cacert"],
                    2 => &["cert", "key"],
                    _ => &["cert", "key", "cacert"],
                };
                let named = names.iter().zip(files);
                settings.extend(
                    named.map(|(name, file)| {
                        setting(name, "etcd.tls", (*file).to_owned(), index + 1)
                    }),
                );
            }
            (Some(Program::Vault), _) => {
                let Some((name, value)) = line.split_once('=') else { continue };
                let name = match name.trim() {
                    "address" => "endpoints",
                    "tls_ca_file" => "cacert",
                    "tls_cert_file" => "cert",
                    "tls_key_file" => "key",
                    _ => continue,
                };
                let own = format!("storage.{}", line.split('=').next().unwrap_or_default().trim());
                let value = value.trim().trim_matches('"').to_owned();
                settings.push(setting(name, &own, value, index + 1));
            }
            _ => {}
        }
    }
    client(program?, settings)
}

/// A variable of Calico's or k3s': the names of Calico's are those of etcd's too, so that others in the file have to tell them apart.
pub(super) fn of_variables<'v>(
    variables: impl Iterator<Item = (&'v str, &'v str, usize)> + Clone,
) -> Option<ConfigFile> {
    const CALICO: [(&str, &str); 4] = [
        ("ETCD_ENDPOINTS", "endpoints"),
        ("ETCD_CA_CERT_FILE", "cacert"),
        ("ETCD_CERT_FILE", "cert"),
        ("ETCD_KEY_FILE", "key"),
    ];
    const K3S: [(&str, &str); 4] = [
        ("K3S_DATASTORE_ENDPOINT", "endpoints"),
        ("K3S_DATASTORE_CAFILE", "cacert"),
        ("K3S_DATASTORE_CERTFILE", "cert"),
        ("K3S_DATASTORE_KEYFILE", "key"),
    ];
    let (program, table) = variables.clone().find_map(|(name, ..)| match name {
        "ETCD_ENDPOINTS" | "ETCD_CA_CERT_FILE" => Some((Program::Calico, CALICO)),
        "K3S_DATASTORE_ENDPOINT" => Some((Program::K3s, K3S)),
        _ => None,
    })?;
    let settings = variables.filter_map(|(name, value, line)| {
        let (own, known) = table.iter().find(|(own, _)| *own == name)?;
        Some(setting(known, own, value.to_owned(), line))
    });
    client(program, settings.collect())
}

/// An option of `k3s server` under etcdctl's name, if it is one about etcd.
pub(super) fn of_k3s(option: Setting) -> Option<Setting> {
    let name = match option.name.as_str() {
        "datastore-endpoint" => "endpoints",
        "datastore-cafile" => "cacert",
        "datastore-certfile" => "cert",
        "datastore-keyfile" => "key",
        _ => return None,
    };
    let written = Some(format!("--{}", option.name));
    Some(Setting { name: name.to_owned(), written, ..option })
}

fn client(program: Program, settings: Vec<Setting>) -> Option<ConfigFile> {
    // k3s keeps its data in other databases as well.
    let is_sql = |setting: &Setting| {
        let (scheme, _) = setting.value.split_once("://").unwrap_or_default();
        setting.name == "endpoints" && !matches!(scheme, "" | "http" | "https")
    };
    let is_told = !settings.is_empty() && !settings.iter().any(is_sql);
    let kind = ConfigKind::Client;
    is_told.then(|| ConfigFile { kind, program, settings, ..ConfigFile::default() })
}

/// `DCS` section of Patroni (`patroni/dcs/etcd.py`): addresses without a scheme, which `protocol` gives.
fn patroni(etcd: &Node, section: &str) -> Vec<Setting> {
    let mut settings = Vec::new();
    let protocol = etcd.text_of("protocol").unwrap_or("http");
    let with_scheme = |address: &str| {
        let address = address.trim();
        let port = if address.contains(':') { "" } else { ":2379" };
        format!("{protocol}://{address}{port}")
    };
    for name in ["hosts", "host"] {
        let Some(node) = etcd.get(name) else { continue };
        let urls: Vec<_> = values(node).iter().map(|one| with_scheme(one)).collect();
        settings.push(setting(
            "endpoints",
            &format!("{section}.{name}"),
            urls.join(","),
            node.line,
        ));
    }
    for name in ["url", "proxy"] {
        let Some((node, url)) = etcd.get(name).and_then(|node| Some((node, node.text()?))) else {
            continue;
        };
        settings.push(setting(
            "endpoints",
            &format!("{section}.{name}"),
            url.to_owned(),
            node.line,
        ));
    }
    settings.extend(files(etcd, section, [("cacert", "cacert"), ("cert", "cert"), ("key", "key")]));
    // Patroni takes the last as its one source; here the first one found is.
    settings.reverse();
    settings
}

/// `deployment.etcd` of APISIX 3, `etcd` before; the CA is the one of all its clients.
fn apisix(document: &Node, etcd: &Node, section: &str) -> Vec<Setting> {
    let mut settings = Vec::new();
    if let Some(node) = etcd.get("host") {
        settings.push(setting(
            "endpoints",
            &format!("{section}.host"),
            values(node).join(","),
            node.line,
        ));
    }
    if let Some(tls) = etcd.get("tls") {
        let named = [("cert", "cert"), ("key", "key")];
        settings.extend(files(tls, &format!("{section}.tls"), named));
    }
    if let Some(ssl) = document.at(&["apisix", "ssl"]) {
        settings.extend(files(ssl, "apisix.ssl", [("ssl_trusted_certificate", "cacert")]));
    }
    settings
}

/// `CalicoAPIConfig` of calicoctl, or the `ConfigMap` of its manifests.
fn calico(document: &Node) -> Vec<Setting> {
    let of_api = [
        ("etcdEndpoints", "endpoints"),
        ("etcdCACertFile", "cacert"),
        ("etcdCertFile", "cert"),
        ("etcdKeyFile", "key"),
    ];
    let of_map = [
        ("etcd_endpoints", "endpoints"),
        ("etcd_ca", "cacert"),
        ("etcd_cert", "cert"),
        ("etcd_key", "key"),
    ];
    let api = document.get("spec").map(|spec| files(spec, "spec", of_api)).unwrap_or_default();
    let map = document.get("data").map(|data| files(data, "data", of_map)).unwrap_or_default();
    if map.iter().any(|setting| setting.name == "endpoints") { map } else { api }
}

fn k3s(document: &Node) -> Vec<Setting> {
    let options =
        ["datastore-endpoint", "datastore-cafile", "datastore-certfile", "datastore-keyfile"];
    let set = options.into_iter().filter_map(|name| {
        let node = document.get(name)?;
        let (name, value) = (name.to_owned(), node.text()?.to_owned());
        of_k3s(Setting { name, value, line: node.line, ..Setting::default() })
    });
    set.collect()
}

fn files<const N: usize>(node: &Node, section: &str, names: [(&str, &str); N]) -> Vec<Setting> {
    let set = names.into_iter().filter_map(|(own, name)| {
        let node = node.get(own)?;
        let value = node.text().filter(|value| !value.is_empty())?;
        Some(setting(name, &format!("{section}.{own}"), value.to_owned(), node.line))
    });
    set.collect()
}

/// A list, or a text with commas.
fn values(node: &Node) -> Vec<String> {
    let items: Vec<_> = node.items().filter_map(Node::text).map(str::to_owned).collect();
    let text = node.text().unwrap_or_default().split(',').map(|one| one.trim().to_owned());
    if items.is_empty() { text.filter(|one| !one.is_empty()).collect() } else { items }
}

fn setting(name: &str, written: &str, value: String, line: usize) -> Setting {
    let written = Some(written.to_owned());
    Setting { name: name.to_owned(), value, line, written, ..Setting::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::config::yaml;

    fn told(file: Option<ConfigFile>) -> (Program, Vec<String>) {
        let file = file.unwrap();
        let show = |s: &Setting| {
            format!("{}={} {}:{}", s.name, s.value, s.written.as_deref().unwrap(), s.line)
        };
        let mut settings: Vec<_> = file.settings.iter().map(show).collect();
        settings.sort();
        (file.program, settings)
    }

    fn document(text: &str) -> Option<ConfigFile> {
        of_yaml(&yaml::parse(text).0[0])
    }

    #[test]
    fn yaml_of_clients_is_read_in_their_own_terms() {
        let patroni = "scope: pg\nname: a\netcd3:\n  hosts: 10.0.0.1:2379, 10.0.0.2\n  protocol: https\n  cacert: /ca\n  cert: /c\n  key: /k\n";
        let expected = [
            "cacert=/ca etcd3.cacert:6",
            "cert=/c etcd3.cert:7",
            "endpoints=https://10.0.0.1:2379,https://10.0.0.2:2379 etcd3.hosts:4",
            "key=/k etcd3.key:8",
        ];
        assert_eq!(
            told(document(patroni)),
            (Program::Patroni, expected.map(str::to_owned).to_vec())
        );
        let apisix = "apisix: {ssl: {ssl_trusted_certificate: /ca}}\ndeployment:\n  etcd:\n    host: [\"https://e:2379\"]\n    tls: {cert: /c, key: /k}\n";
        let expected = [
            "cacert=/ca apisix.ssl.ssl_trusted_certificate:1",
            "cert=/c deployment.etcd.tls.cert:5",
            "endpoints=https://e:2379 deployment.etcd.host:4",
            "key=/k deployment.etcd.tls.key:5",
        ];
        assert_eq!(told(document(apisix)), (Program::Apisix, expected.map(str::to_owned).to_vec()));
        let calico = "apiVersion: projectcalico.org/v3\nkind: CalicoAPIConfig\nspec:\n  etcdEndpoints: https://e:2379\n  etcdCACertFile: /ca\n";
        let expected =
            ["cacert=/ca spec.etcdCACertFile:5", "endpoints=https://e:2379 spec.etcdEndpoints:4"];
        assert_eq!(told(document(calico)), (Program::Calico, expected.map(str::to_owned).to_vec()));
        let k3s = "datastore-endpoint: https://e:2379\ndatastore-cafile: /ca\n";
        let expected =
            ["cacert=/ca --datastore-cafile:2", "endpoints=https://e:2379 --datastore-endpoint:1"];
        assert_eq!(told(document(k3s)), (Program::K3s, expected.map(str::to_owned).to_vec()));
        assert!(document("datastore-endpoint: mysql://u@h/db\n").is_none());
        assert!(document("name: a\n").is_none());
        assert!(document("apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n").is_none());
    }

    #[test]
    fn corefile_and_hcl_are_read_in_their_own_terms() {
        let corefile = ". {\n  etcd skydns.local {\n    endpoint https://e:2379 https://f:2379\n    tls /c /k /ca # files\n  }\n}\n";
        let expected = [
            "cacert=/ca etcd.tls:4",
            "cert=/c etcd.tls:4",
            "endpoints=https://e:2379,https://f:2379 etcd.endpoint:3",
            "key=/k etcd.tls:4",
        ];
        assert_eq!(
            told(of_text(corefile)),
            (Program::Coredns, expected.map(str::to_owned).to_vec())
        );
        let vault = "storage \"etcd\" {\n  address = \"https://e:2379\"\n  tls_ca_file = \"/ca\"\n  etcd_api = \"v3\"\n}\n";
        let expected =
            ["cacert=/ca storage.tls_ca_file:3", "endpoints=https://e:2379 storage.address:2"];
        assert_eq!(told(of_text(vault)), (Program::Vault, expected.map(str::to_owned).to_vec()));
        assert!(of_text("storage \"raft\" {\n  path = \"/x\"\n}\n").is_none());
    }

    #[test]
    fn variables_of_calico_are_not_etcds() {
        let calico = [("ETCD_ENDPOINTS", "https://e:2379", 1), ("ETCD_CERT_FILE", "/c", 2)];
        let expected = ["cert=/c ETCD_CERT_FILE:2", "endpoints=https://e:2379 ETCD_ENDPOINTS:1"];
        assert_eq!(
            told(of_variables(calico.into_iter())),
            (Program::Calico, expected.map(str::to_owned).to_vec())
        );
        let etcd = [("ETCD_NAME", "a", 1), ("ETCD_CERT_FILE", "/c", 2)];
        assert!(of_variables(etcd.into_iter()).is_none());
    }
}
