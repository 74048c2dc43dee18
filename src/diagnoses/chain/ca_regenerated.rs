//! The CA was created again under its old name: names still match, signatures do not.
//!
//! AKI and SKI are evidence only; the verdict rests on the signature. RFC 5280 §4.2.1.1.

use super::broken::{self, Broken, Flaw, Presenter};
use crate::{
    diagnoses::client::client_cert_untrusted,
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    etcd::{FilePair, kubeadm},
    facts::{Certificate, Facts, Settings, Subject},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "ca-regenerated",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[&client_cert_untrusted::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "Your CA has the right name but a different key",
            why: "The server's certificate names this CA as its issuer, yet this CA's key did not \
                  sign it. That happens when a CA is generated again instead of being reused.",
            fix: "Get the CA certificate that the server's was issued from, or reissue the server's.",
        },
        ja: Prose {
            title: "CA の名前は一致しますが鍵が異なります",
            why: "サーバー証明書の発行者はこの CA と同名ですが、署名は別の鍵によるものです。\
                  CA を再利用せず作り直したときに起こります。",
            fix: "サーバー証明書を発行した CA の証明書を入手するか、サーバー証明書を再発行してください。",
        },
        zh: Prose {
            title: "CA 名称相同，但密钥不同",
            why: "服务器证书的颁发者与此 CA 同名，但签名并非由此 CA 的密钥生成。\
                  通常是没有沿用原 CA 而重新生成所致。",
            fix: "取得签发服务器证书的那个 CA 的证书，或用现有 CA 重新签发服务器证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> =
        broken::found(facts, Flaw::CaRegenerated).iter().filter_map(describe).collect();
    for finding in facts.processes().filter_map(|process| configured(process, facts)) {
        if !found.iter().any(|known| known.subject == finding.subject) {
            found.push(finding);
        }
    }
    found
}

/// The CA of an etcd's configuration, against the certificate that stands beside it.
fn configured(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let trusted = process.named(FilePair::SERVER.ca)?;
    let anchors = process.certificates(FilePair::SERVER.ca, facts.go)?;
    let own = process.certificates(FilePair::SERVER.certificate, facts.go)?;
    let child = own.first()?;
    if anchors.iter().any(|anchor| child.signed_by(anchor)) {
        return None;
    }
    let anchor = anchors.iter().find(|anchor| anchor.raw_subject == child.raw_issuer)?;
    let subject = Subject::File(trusted.file.path.clone());
    let finding = super::super::config::finding(&DIAGNOSIS, process, subject, facts);
    Some(reissued(compared(finding, child, anchor, facts), anchor, facts))
}

/// What tells the two CAs apart.
fn compared(
    finding: Finding,
    child: &Certificate,
    anchor: &Certificate,
    facts: &Facts<'_>,
) -> Finding {
    finding
        .evidence(Label::Issuer, child.issuer())
        .evidence(Label::AuthorityKeyId, broken::key_id(child.authority_key_id.as_deref()))
        .evidence(Label::SubjectKeyId, broken::key_id(anchor.subject_key_id.as_deref()))
        .evidence(Label::Fingerprint, anchor.sha256())
        .evidence(Label::NotBefore, facts.show(anchor.not_before))
}

/// Every certificate at hand that the old CA issued, and the commands that have the new one issue them again.
fn reissued(finding: Finding, anchor: &Certificate, facts: &Facts<'_>) -> Finding {
    let old = facts.issued_by_namesake(anchor);
    let paths: Vec<&str> = old.iter().map(|(path, _)| *path).collect();
    let ca = facts.file_of(anchor).and_then(|file| facts.authority_in(file));
    let renewals = ca.into_iter().flat_map(|ca| {
        let renew = move |(path, key): &(&str, Option<&str>)| match kubeadm::certificate_name(path)
        {
            // kubeadm keeps names and usages, whoever signed the old certificate.
            Some(name) => Some(Fix::run("kubeadm certs renew").value(name).needs(Need::Root)),
            None => key.map(|key| Fix::renew_file(path, Some(key), &ca).of_any_issuer()),
        };
        old.iter().filter_map(renew).collect::<Vec<_>>()
    });
    finding
        .evidence(Label::IssuedBefore, Value::list(paths))
        .fixes(renewals)
        .fixes(ca.and_then(|_| Fix::restart_pods(facts)))
}

fn describe(chain: &Broken<'_, '_>) -> Option<Finding> {
    let Presenter::Server(presented) = chain.presenter else { return None };
    let anchor = presented.namesake_anchor(chain.facts)?;
    let child = presented.chain.iter().find(|child| child.raw_issuer == anchor.raw_subject)?;
    let finding = compared(chain.at_anchors(&DIAGNOSIS), child, anchor, chain.facts);
    let finding = chain.go_says(finding);
    if let Some(better) = chain.with_better_cacert() {
        return Some(finding.fix(better));
    }
    let finding = reissued(finding, anchor, chain.facts);
    let look = finding.fixes.is_empty().then(|| chain.served_certificates());
    Some(finding.fixes(look))
}
