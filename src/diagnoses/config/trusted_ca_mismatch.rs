//! etcd's `trusted-ca-file` is another CA than the one that issued both its clients' certificates and its own.
//!
//! Where it does verify etcd's own certificate, the client's is the odd one: `client-cert-untrusted`.

use super::{
    super::{chain::ca_regenerated, client::client_cert_untrusted},
    hostpath_missing,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts, Settings, Subject, is_issued_by},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};
use crate::{diagnoses::fix::Edit, observation::Program};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "trusted-ca-mismatch",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    // The file that should be named is often mounted where the wrong one is not.
    causes: &[
        &client_cert_untrusted::DIAGNOSIS,
        &ca_regenerated::DIAGNOSIS,
        &hostpath_missing::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "etcd trusts another CA than the one that issues its certificates",
            why: "Clients and etcd itself have certificates of one CA, but \
                  --trusted-ca-file holds a different one, such as Kubernetes' own CA \
                  in place of etcd's. etcd judges clients by that file alone and \
                  refuses them all.",
            fix: "Point --trusted-ca-file to the CA of the client certificates and restart etcd, which reads it only at start.",
        },
        ja: Prose {
            title: "etcd が信頼している CA は、証明書を発行した CA ではありません",
            why: "クライアントと etcd の証明書は同じ CA が発行していますが、--trusted-ca-file に\
                  は別の CA (etcd 用ではなく Kubernetes の CA など) が入っています。etcd はこのフ\
                  ァイルだけでクライアントを検証するため、すべて拒否されます。",
            fix: "--trusted-ca-file をクライアント証明書の CA に変更し、etcd を再起動してください (起動時にしか読まれません)。",
        },
        zh: Prose {
            title: "etcd 信任的 CA 并不是签发客户端证书的 CA",
            why: "客户端和 etcd 的证书出自同一个 CA，而 --trusted-ca-file 里是另一个 CA，例如误用了 Kubernetes 的 CA 而不是 etcd 的 CA。etcd 只凭该文件判断客户端，因此全部拒绝。",
            fix: "将 --trusted-ca-file 指向签发客户端证书的 CA，并重启 etcd（该文件只在启动时读取）。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds.filter_map(|process| judge(process, facts)).collect()
}

fn judge(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let trusted = process.named("trusted-ca-file")?;
    let anchors =
        process.certificates("trusted-ca-file", facts.go).filter(|anchors| !anchors.is_empty())?;
    let served = own_chain(process, facts)?;
    if is_issued_by(&served, &anchors) {
        return None;
    }
    let is_leaf = !anchors.iter().any(Certificate::is_ca);
    let client = clients(facts).into_iter().find(|client| {
        let same_issuer =
            client.first().is_some_and(|leaf| leaf.raw_issuer == served[0].raw_issuer);
        same_issuer && !is_issued_by(client, &anchors)
    });
    // Whatever clients there are, a leaf admits nobody but its own holder.
    let client = client.or_else(|| is_leaf.then(|| served.clone()))?;
    let names: Vec<String> = anchors.iter().map(Certificate::subject).collect();
    let mut others = facts.issuers_of(&served);
    let right = others.find_map(|file| {
        let edit = Edit::name_file(facts, trusted.config, trusted.setting, &file.path)?;
        (file.path != trusted.file.path).then_some((file.path.as_str(), edit))
    });
    // A CA made again under its old name, where the old one is nowhere at hand: `ca-regenerated`.
    let is_namesake = anchors.iter().any(|anchor| anchor.raw_subject == served[0].raw_issuer);
    if is_namesake && right.is_none() {
        return None;
    }
    let finding =
        super::finding(&DIAGNOSIS, process, Subject::File(trusted.file.path.clone()), facts)
            .also_about(trusted.subject())
            .evidence(Label::Setting, super::place(&trusted))
            .evidence(Label::TrustAnchors, Value::list(names))
            .evidence(Label::Found, is_leaf.then_some(EvidenceMessage::LeafTrusted))
            .evidence(Label::Certificate, facts.client.cert)
            .evidence(Label::Issuer, client.first()?.issuer())
            .evidence(Label::Beside, right.as_ref().map(|(path, _)| *path))
            .fixes(Fix::edits(right.map(|(_, edit)| edit)))
            .fixes(super::restart(process));
    Some(match facts.client.cert {
        Some(cert) => finding.also_about(Subject::File(cert.to_owned())),
        None => finding,
    })
}

/// What etcd presents: on the wire, else on disk.
fn own_chain(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Vec<Certificate>> {
    let presented = facts.endpoints_of(process).find_map(|endpoint| endpoint.presented.as_ref());
    let chain = presented.map(|presented| presented.chain.clone());
    chain.or_else(|| process.certificates("cert-file", facts.go)).filter(|chain| !chain.is_empty())
}

/// The chains of everyone who is to log in: this client, kube-apiserver, etcdctl.
fn clients(facts: &Facts<'_>) -> Vec<Vec<Certificate>> {
    let configured =
        facts.configured_pairs().filter(|pair| pair.cert.process.program != Program::Etcd);
    let mut chains: Vec<_> = configured.map(|pair| pair.chain).collect();
    chains.push(facts.client.chain.clone());
    chains
}
