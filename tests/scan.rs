//! `scan`: what a tree of files holds, and what neither hangs it nor leads it out.

mod support;

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::Value;
use support::{
    pki::{Pki, Usage},
    tool::{Run, etcd_tls},
};

fn scan(pki: &Pki, flags: &[&str]) -> Run {
    etcd_tls(["scan"]).args(flags).args(["."]).folder(pki.folder()).run()
}

/// kubeadm's folder on a control plane node.
fn kubeadm() -> Pki {
    let pki = Pki::new();
    let (kubernetes, etcd) =
        (pki.authority("pki/ca", "kubernetes"), pki.authority("pki/etcd/ca", "etcd-ca"));
    let names = ["node1", "localhost", "127.0.0.1"];
    pki.server(&etcd, "pki/etcd/server").cn("node1").sans(&names).issue();
    pki.server(&etcd, "pki/etcd/peer").cn("node1").sans(&names).issue();
    pki.client(&etcd, "pki/etcd/healthcheck-client").cn("kube-etcd-healthcheck-client").issue();
    pki.client(&etcd, "pki/apiserver-etcd-client").cn("kube-apiserver-etcd-client").issue();
    pki.server(&kubernetes, "pki/apiserver")
        .cn("kube-apiserver")
        .usages(&[Usage::ServerAuth])
        .issue();
    let kubelet = pki.client(&kubernetes, "kubelet").cn("system:node:node1").issue();
    let data = |path: &str| data_encoding::BASE64.encode(&fs::read(path).unwrap());
    let kubeconfig = format!(
        "kind: Config\nclusters:\n- cluster:\n    certificate-authority-data: {}\nusers:\n- user:\n    \
         client-certificate-data: {}\n    client-key-data: {}\n    token: do-not-tell\n",
        data(&kubernetes.cert),
        data(&kubelet.cert),
        data(&kubelet.key),
    );
    let path = pki.write("kubelet.conf", kubeconfig);
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::remove_file(kubelet.cert).unwrap();
    fs::remove_file(kubelet.key).unwrap();
    pki
}

fn certificate<'a>(report: &'a Value, cn: &str, role: &str) -> &'a Value {
    let all = report["certificates"].as_array().unwrap();
    let subject = format!("CN={cn}");
    let found = all.iter().find(|one| one["subject"] == subject.as_str() && one["role"] == role);
    found.unwrap_or_else(|| panic!("no {role} {cn} in {all:#?}"))
}

#[test]
fn a_healthy_node_gives_no_warning() {
    let pki = kubeadm();
    let run = scan(&pki, &["-o", "json", "--strict"]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    let report = run.json();
    assert_eq!(report["verdict"], "ok");
    assert_eq!(report["findings"], Value::Array(Vec::new()));
    let server = certificate(&report, "node1", "server");
    let ca = certificate(&report, "etcd-ca", "root-ca");
    assert_eq!(server["issued_by"], ca["sha256"]);
    assert_eq!(server["verified"]["accept"], true);
    assert_eq!(server["keys"][0]["path"], "./pki/etcd/server.key");
    certificate(&report, "node1", "peer");
    let kubelet = certificate(&report, "system:node:node1", "client");
    assert_eq!(kubelet["files"][0]["field"], "client-certificate-data");
    assert_eq!(kubelet["keys"][0]["field"], "client-key-data");
    assert!(!run.stdout.contains("do-not-tell"));
    let ca = certificate(&report, "kubernetes", "root-ca");
    assert_eq!(ca["files"].as_array().unwrap().len(), 2, "the file and the kubeconfig: {ca}");
}
