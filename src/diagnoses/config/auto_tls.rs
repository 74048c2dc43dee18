//! etcd made its own certificate with `--auto-tls`: nobody can verify it, and client authentication is dropped.
//!
//! `SelfCert` in etcd's `client/pkg/transport/listener.go`: subject and issuer `O=etcd`. Observed with 3.4.23 to 3.5.16: the option
//! replaces the whole client section.

use super::super::chain::{self_signed_leaf, unknown_authority, wrong_ca_file};
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    facts::{Endpoint, Facts, Settings, Subject},
    message::{Label, Prose, Text},
};
use crate::{etcd::FilePair, observation::Program};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "auto-tls",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[
        &self_signed_leaf::DIAGNOSIS,
        &unknown_authority::DIAGNOSIS,
        &wrong_ca_file::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "etcd uses a certificate that it made for itself (auto-tls)",
            why: "With --auto-tls etcd signs its own certificate, which no CA vouches \
                  for, so no client can verify it. It also drops --client-cert-auth and \
                  --trusted-ca-file without a word: anyone may connect.",
            fix: "Give etcd a certificate of a CA with --cert-file, --key-file and --trusted-ca-file, and remove --auto-tls.",
        },
        ja: Prose {
            title: "etcd が自分で作成した証明書 (auto-tls) を使用しています",
            why: "--auto-tls では etcd が自分で証明書に署名します。保証する CA がないため、どのク\
                  ライアントもこの証明書を検証できません。また --client-cert-auth と \
                  --trusted-ca-file は警告なしに無効になり、誰でも接続できます。",
            fix: "CA が発行した証明書を --cert-file、--key-file、--trusted-ca-file で設定し、--auto-tls を外してください。",
        },
        zh: Prose {
            title: "etcd 使用了自己生成的证书 (auto-tls)",
            why: "启用 --auto-tls 时，etcd 自己签发证书，没有任何 CA 为其担保，因此任何客户端都无\
                  法验证它。它还会静默忽略 --client-cert-auth 和 --trusted-ca-file，任何人都可以\
                  连接。",
            fix: "用 --cert-file、--key-file 和 --trusted-ca-file 配置 CA 签发的证书，并去掉 --auto-tls。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    let configured: Vec<_> = etcds
        .filter(|one| one.is_on("auto-tls") && !one.names("cert-file"))
        .filter_map(|process| by_setting(process, facts))
        .collect();
    if !configured.is_empty() {
        return configured;
    }
    // Among peers that is another option, and another room: `peer-auth-off`.
    let clients = facts.endpoints.iter().filter(|_| !facts.among_peers());
    clients.filter_map(by_certificate).collect()
}

fn by_setting(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let (config, setting) = process.get("auto-tls")?;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let refused = facts.endpoints_of(process).any(|endpoint| !endpoint.is_etcd());
    let dropped = process.is_on("client-cert-auth");
    let severity = if refused || dropped { Severity::Error } else { Severity::Warning };
    Some(
        super::finding(&DIAGNOSIS, process, subject, facts)
            .severity(severity)
            .evidence(Label::Setting, process.show("auto-tls"))
            .evidence(
                Label::Dropped,
                if dropped { process.show("client-cert-auth") } else { String::new() },
            )
            .evidence(
                Label::Presented,
                facts.endpoints_of(process).find_map(presented).unwrap_or_default(),
            )
            .fixes(trusting(process, facts))
            .fixes(if dropped { own_pair(process, facts) } else { Vec::new() }),
    )
}

fn by_certificate(endpoint: &Endpoint<'_>) -> Option<Finding> {
    let presented = presented(endpoint)?;
    let severity = if endpoint.is_etcd() { Severity::Warning } else { Severity::Error };
    Some(
        Finding::new(&DIAGNOSIS, endpoint.subject())
            .severity(severity)
            .evidence(Label::Presented, presented)
            .fix(Fix::fetch_chain(endpoint)),
    )
}

/// The check with the certificate that etcd made: it lies in its data directory (etcd `server/embed/config.go`, `ClientSelfCert`).
fn trusting(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Fix> {
    let (_, folder) = process.get("data-dir")?;
    let made = format!("{}/fixtures/client/cert.pem", folder.path().trim_end_matches('/'));
    Some(Fix::check(facts, &[("--cacert", &made)]))
}

/// A pair of a CA instead, and that CA for clients, whom etcd can tell apart then.
fn own_pair(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Fix> {
    let Some((config, setting)) = process.get("auto-tls") else { return Vec::new() };
    let mut others = facts.issuers_of(&facts.client.chain);
    let ca = others.find_map(|file| facts.path_for(config, &file.path));
    let ca = ca.filter(|_| !process.names("trusted-ca-file"));
    let ca = ca.and_then(|ca| Edit::add(config, setting, "trusted-ca-file", &ca));
    let off = Edit::replace(config, setting, "false");
    let named =
        Fix::naming_pair(facts, process, &FilePair::SERVER, setting, off.into_iter().chain(ca));
    if named.is_empty() {
        named
    } else {
        named.into_iter().chain(super::restart(process)).collect()
    }
}

/// The certificate that an endpoint presents, if etcd made it by itself.
fn presented(endpoint: &Endpoint<'_>) -> Option<String> {
    let leaf = endpoint.presented.as_ref()?.leaf()?;
    let own = leaf.is_self_issued() && leaf.subject() == "O=etcd";
    own.then(|| format!("{} = {}", leaf.subject(), leaf.issuer()))
}
