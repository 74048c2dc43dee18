//! Members have peer certificates of a private CA, but no CA to verify them with: only the system's roots count.
//!
//! Without `--peer-trusted-ca-file` etcd leaves `RootCAs` and `ClientCAs` empty (`client/pkg/transport/listener.go`).

use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
        fix::Edit,
    },
    facts::{ClientFault, Endpoint, Facts, Subject},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-ca-missing",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The members have no CA to verify one another with",
            why: "No peer-trusted-ca-file is in force, so the members measure one another by the \
                  system's roots, and a private CA is never among these. They refuse each other's \
                  certificates, and the cluster never forms.",
            fix: "Set --peer-trusted-ca-file, with --peer-client-cert-auth, to the CA of the peer \
                  certificates on every member, and restart them.",
        },
        ja: Prose {
            title: "メンバーが互いを検証するための CA が設定されていません",
            why: "peer-trusted-ca-file が有効になっていないため、メンバーはシステムのルート証明書で互いを\
                  検証しますが、プライベート CA はそこに含まれません。互いの証明書を拒否し合い、\
                  クラスターは成立しません。",
            fix: "全メンバーで --peer-trusted-ca-file にピア証明書の CA を指定し、\
                  --peer-client-cert-auth とともに設定して再起動してください。",
        },
        zh: Prose {
            title: "成员没有可用来互相验证的 CA",
            why: "没有生效的 peer-trusted-ca-file，成员只能用系统根证书互相验证，\
                  而私有 CA 不在其中。它们拒绝彼此的证书，集群永远无法形成。",
            fix: "在每个成员上将 --peer-trusted-ca-file 设为对等证书的 CA，\
                  同时设置 --peer-client-cert-auth，然后重启。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let endpoints = facts.endpoints.iter().filter(|_| facts.among_peers());
    endpoints.filter_map(|endpoint| found(endpoint, facts)).collect()
}

fn found(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let seen = if is_unasked(endpoint, facts) {
        EvidenceMessage::Unasked
    } else if is_measured_by_system_roots(endpoint, facts) {
        EvidenceMessage::RequestWithoutCa
    } else {
        return None;
    };
    let leaf = endpoint.presented.as_ref().and_then(|seen| seen.leaf())?;
    // The file to change is the one that gives the peer certificate.
    let subject = match facts.settings.get("peer-cert-file") {
        Some((config, _)) => {
            let name = "peer-trusted-ca-file".to_owned();
            Subject::Setting { file: config.path.clone(), name }
        }
        None => endpoint.subject(),
    };
    let cacert = facts.flag("--cacert").map(|given| given.given.value.as_str());
    let added =
        facts.settings.get("peer-cert-file").zip(cacert).map(|((config, setting), cacert)| {
            let ca = facts.path_for(config, cacert);
            let ca = ca.and_then(|ca| Edit::add(config, setting, "peer-trusted-ca-file", &ca));
            let on = Edit::add(config, setting, "peer-client-cert-auth", "true");
            Fix::edits(ca.into_iter().chain(on))
        });
    let flags = || {
        let flags = Fix::run("etcd").arg("--peer-trusted-ca-file", cacert?);
        Some(vec![flags.plain("--peer-client-cert-auth").needs(Need::Restart)])
    };
    let fixes = added.filter(|edits| !edits.is_empty()).or_else(flags).unwrap_or_default();
    let finding = Finding::new(&DIAGNOSIS, subject)
        .also_about(endpoint.subject())
        .evidence(Label::Seen, seen)
        .evidence(Label::Issuer, leaf.issuer())
        .evidence(Label::PeerUrls, Value::list(endpoint.peer_urls_listed()))
        .evidence(Label::Setting, facts.settings.show("peer-cert-file"))
        .evidence(Label::Setting, facts.settings.show("peer-trusted-ca-file"))
        .evidence(Label::Alert, endpoint.alert())
        .fixes(fixes);
    Some(finding)
}

/// Nobody is asked, yet there are other members, who present certificates of a private CA.
fn is_unasked(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> bool {
    let private = facts.flag("--cacert").is_some()
        && endpoint.presented.as_ref().is_some_and(|seen| seen.is_trusted());
    private
        && endpoint.unasked_handshake().is_some()
        && !endpoint.is_auto_tls(facts)
        && facts.has_other_members(endpoint) == Some(true)
}

/// Everybody is asked and refused, and no CA is named: `peer-client-cert-auth` alone.
fn is_measured_by_system_roots(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> bool {
    let unnamed = endpoint.request().is_some_and(|request| request.acceptable_cas.is_empty());
    unnamed && endpoint.client_fault(facts) == Some(ClientFault::Untrusted)
}
