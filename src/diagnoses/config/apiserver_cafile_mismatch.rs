//! kube-apiserver's `--etcd-cafile` does not verify the certificate that etcd presents.

use super::super::chain::{ca_regenerated, unknown_authority, wrong_ca_file};
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    facts::{Certificate, Facts, Subject, is_issued_by},
    message::{Label, Prose, Text, Value},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "apiserver-cafile-mismatch",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&wrong_ca_file::DIAGNOSIS, &unknown_authority::DIAGNOSIS, &ca_regenerated::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "kube-apiserver trusts another CA than etcd's",
            why: "--etcd-cafile of kube-apiserver must hold the CA that issued etcd's \
                  server certificate. kubeadm keeps two: pki/ca.crt for Kubernetes and \
                  pki/etcd/ca.crt for etcd. With the wrong one kube-apiserver cannot \
                  reach etcd and does not come up.",
            fix: "Set --etcd-cafile to etcd's CA, /etc/kubernetes/pki/etcd/ca.crt with kubeadm; the kubelet restarts the pod.",
        },
        ja: Prose {
            title: "kube-apiserver が etcd の CA ではない CA を信頼しています",
            why: "kube-apiserver の --etcd-cafile には、etcd のサーバー証明書を発行した CA を指定します。kubeadm には Kubernetes 用の pki/ca.crt と etcd 用の pki/etcd/ca.crt の 2 つがあります。取り違えると kube-apiserver は etcd に接続できず起動しません。",
            fix: "--etcd-cafile に etcd の CA (kubeadm では /etc/kubernetes/pki/etcd/ca.crt) を指\
                  定してください。kubelet が Pod を再起動します。",
        },
        zh: Prose {
            title: "kube-apiserver 信任的不是 etcd 的 CA",
            why: "kube-apiserver 的 --etcd-cafile 必须是签发 etcd 服务器证书的 CA。kubeadm 有两个 CA：Kubernetes 的 pki/ca.crt 和 etcd 的 pki/etcd/ca.crt。用错时 kube-apiserver 连不上 etcd，无法启动。",
            fix: "将 --etcd-cafile 设为 etcd 的 CA（kubeadm 为 /etc/kubernetes/pki/etcd/ca.crt），kubelet 会重启该 Pod。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(apiserver) = facts.apiserver() else { return Vec::new() };
    let Some(cafile) = apiserver.named("etcd-cafile") else { return Vec::new() };
    let anchors = apiserver.certificates("etcd-cafile", facts.go).unwrap_or_default();
    // An unusable file is another matter, and so is a certificate that no CA file could mend.
    let Some(chain) = served(facts).filter(|_| !anchors.is_empty()) else { return Vec::new() };
    if is_issued_by(&chain, &anchors) {
        return Vec::new();
    }
    let mut others = facts.issuers_of(&chain);
    let right = others.find_map(|file| {
        let edit = Edit::name_file(facts, cafile.config, cafile.setting, &file.path)?;
        Some((file.path.as_str(), edit))
    });
    let names: Vec<String> = anchors.iter().map(Certificate::subject).collect();
    let finding =
        super::finding(&DIAGNOSIS, apiserver, Subject::File(cafile.file.path.clone()), facts)
            .severity(Severity::Error)
            .also_about(cafile.subject())
            .evidence(Label::Setting, super::place(&cafile))
            .evidence(Label::TrustAnchors, Value::list(names))
            .evidence(Label::Issuer, chain.first().map(Certificate::issuer))
            .evidence(Label::Beside, right.as_ref().map(|(path, _)| *path))
            .fixes(Fix::edits(right.map(|(_, edit)| edit)));
    vec![finding]
}

/// What etcd presents to kube-apiserver: on the wire, else its certificate on disk.
fn served(facts: &Facts<'_>) -> Option<Vec<Certificate>> {
    let apiserver = facts.apiserver()?;
    let presented =
        facts.endpoints_seen_of(apiserver).find_map(|endpoint| endpoint.presented.as_ref());
    let chain = presented.map(|presented| presented.chain.clone());
    let on_disk = || {
        let etcd = facts.processes().find(|one| one.program == Program::Etcd)?;
        etcd.certificates("cert-file", facts.go)
    };
    chain.or_else(on_disk).filter(|chain| !chain.is_empty())
}
