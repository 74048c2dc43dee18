//! kube-apiserver's `--etcd-certfile` was not issued by a CA that etcd trusts.

use super::super::client::client_cert_untrusted;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Certificate, ConfiguredPair, Facts, Subject, is_issued_by},
    message::{Label, Prose, Text, Value},
};
use crate::{
    diagnoses::{
        engine::{Fix, Need},
        fix::Edit,
    },
    etcd::FilePair,
    observation::Program,
    x509::Usage,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "apiserver-client-cert-untrusted",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&client_cert_untrusted::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "etcd does not trust kube-apiserver's client certificate",
            why: "kube-apiserver logs in to etcd with --etcd-certfile. It has to come \
                  from a CA in etcd's --trusted-ca-file; this one was issued by another \
                  CA, often Kubernetes' own.",
            fix: "Issue the certificate from etcd's CA (kubeadm certs renew apiserver-etcd-client) and restart kube-apiserver.",
        },
        ja: Prose {
            title: "etcd が kube-apiserver のクライアント証明書を信頼していません",
            why: "kube-apiserver は --etcd-certfile の証明書を etcd に提示します。この証明書は \
                  etcd の --trusted-ca-file にある CA が発行したものでなければなりませんが、別の \
                  CA (多くは Kubernetes の CA) が発行しています。",
            fix: "etcd の CA で証明書を再発行し (kubeadm certs renew apiserver-etcd-client)、kube-apiserver を再起動してください。",
        },
        zh: Prose {
            title: "etcd 不信任 kube-apiserver 的客户端证书",
            why: "kube-apiserver 用 --etcd-certfile 登录 etcd。该证书必须由 etcd 的 --trusted-ca-file 中的 CA 签发，而它出自另一个 CA，多半是 Kubernetes 的 CA。",
            fix: "用 etcd 的 CA 重新签发证书 (kubeadm certs renew apiserver-etcd-client)，并重启 kube-apiserver。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let pairs = facts.configured_pairs();
    pairs
        .filter(|pair| pair.cert.setting.name == "etcd-certfile")
        .filter_map(|pair| judge(&pair, facts))
        .collect()
}

fn judge(pair: &ConfiguredPair<'_, '_>, facts: &Facts<'_>) -> Option<Finding> {
    let leaf = pair.leaf()?;
    let etcd = facts.processes().find(|one| one.program == Program::Etcd);
    let trusted = etcd.and_then(|etcd| etcd.certificates("trusted-ca-file", facts.go));
    let listed = || {
        let mut endpoints = facts.endpoints_seen_of(pair.cert.process);
        endpoints.find_map(|endpoint| Some(endpoint.request()?.acceptable_cas.clone()))
    };
    let (untrusted, accepted) = match &trusted {
        Some(anchors) => (
            !is_issued_by(&pair.chain, anchors),
            anchors.iter().map(Certificate::subject).collect(),
        ),
        None => {
            let listed = listed().filter(|listed| !listed.is_empty())?;
            let known =
                pair.chain.iter().any(|one| listed.iter().any(|der| der.0 == one.raw_issuer));
            (!known, listed.iter().map(|der| crate::x509::name_display(&der.0)).collect::<Vec<_>>())
        }
    };
    // A trusted-ca-file that knows not even etcd's own certificate is the one to blame.
    let etcd_is_odd = trusted.as_ref().is_some_and(|anchors| {
        let own =
            etcd.and_then(|etcd| etcd.certificates("cert-file", facts.go)).unwrap_or_default();
        own.first().is_some_and(|own| own.raw_issuer == leaf.raw_issuer)
            && !is_issued_by(&own, anchors)
    });
    if !untrusted || etcd_is_odd {
        return None;
    }
    let finding = super::finding(
        &DIAGNOSIS,
        pair.cert.process,
        Subject::File(pair.cert.file.path.clone()),
        facts,
    )
    .severity(Severity::Error)
    .also_about(pair.cert.subject())
    .evidence(Label::Setting, super::place(&pair.cert))
    .evidence(Label::Issuer, leaf.issuer())
    .evidence(Label::AcceptableCas, Value::list(accepted));
    Some(finding.fixes(another_pair(pair, leaf, facts)))
}

/// kube-apiserver's own pair that etcd accepts; else this one issued by a CA that it trusts; else what kubeadm does.
fn another_pair(pair: &ConfiguredPair<'_, '_>, leaf: &Certificate, facts: &Facts<'_>) -> Vec<Fix> {
    let process = pair.cert.process;
    let edits = pair.key.as_ref().and_then(|key| {
        let mut others = facts.pairs_for(process, &FilePair::APISERVER);
        let own = others.find(|other| other.cert.contains("apiserver"))?;
        let cert = Edit::name_file(facts, pair.cert.config, pair.cert.setting, own.cert)?;
        let key = Edit::name_file(facts, key.config, key.setting, own.key)?;
        Some(Fix::edits([cert, key]))
    });
    let reissued = || {
        let (ca, own) = (facts.authority_for(process, &FilePair::APISERVER)?, facts.pair_of(leaf)?);
        let renewed = Fix::reissue(leaf, &own, &ca, &[], &[Usage::ClientAuth])?;
        Some(vec![renewed.of_any_issuer().needs(Need::Restart)])
    };
    let by_kubeadm = || {
        let renew = Fix::run("kubeadm certs renew apiserver-etcd-client");
        vec![renew.needs(Need::Root).needs(Need::Restart)]
    };
    edits.or_else(reissued).unwrap_or_else(by_kubeadm)
}
