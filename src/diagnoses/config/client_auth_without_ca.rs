//! etcd demands client certificates but was told no CA: it measures them by the system's roots.
//!
//! etcd `client/pkg/transport`, `TLSInfo.ServerConfig`: `RequireAndVerifyClientCert` with empty `ClientCAs`.

use super::super::client::{client_cert_required, client_cert_untrusted};
use crate::observation::Program;
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    facts::{Facts, Settings, Subject},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-auth-without-ca",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&client_cert_untrusted::DIAGNOSIS, &client_cert_required::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "etcd demands client certificates but trusts no CA of yours",
            why: "With --client-cert-auth and without --trusted-ca-file etcd verifies \
                  client certificates by the system's roots. No certificate of a \
                  private CA leads there, so every client is turned away.",
            fix: "Set --trusted-ca-file to the CA that issues the client certificates, then restart etcd.",
        },
        ja: Prose {
            title: "クライアント証明書を求めていますが、信頼する CA が設定されていません",
            why: "--trusted-ca-file なしで --client-cert-auth を有効にすると、etcd はシステムのルー\
                  ト CA でクライアント証明書を検証します。プライベート CA が発行した証明書からは\
                  システムのルート CA にたどり着けないため、すべてのクライアントが拒否されます。",
            fix: "クライアント証明書を発行した CA を --trusted-ca-file に設定し、etcd を再起動してください。",
        },
        zh: Prose {
            title: "etcd 要求客户端证书，却没有配置信任的 CA",
            why: "只启用 --client-cert-auth 而不设置 --trusted-ca-file 时，etcd 用系统根证书验证\
                  客户端证书。私有 CA 不在其中，因此所有客户端都会被拒绝。",
            fix: "将 --trusted-ca-file 设为签发客户端证书的 CA，然后重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds
        .filter(|one| {
            one.is_on("client-cert-auth") && !one.names("trusted-ca-file") && !one.is_on("auto-tls")
        })
        .filter_map(|process| {
            let (config, setting) = process.get("client-cert-auth")?;
            let name = setting.name.clone();
            let subject = Subject::Setting { file: config.path.clone(), name };
            let accepted = |endpoint: &crate::facts::Endpoint<'_>| {
                endpoint.is_etcd() && endpoint.request().is_some()
            };
            let works = facts.endpoints_of(process).any(accepted);
            let severity = if works { Severity::Warning } else { Severity::Error };
            let listed: Vec<String> = facts
                .endpoints_of(process)
                .flat_map(crate::facts::Endpoint::acceptable_names)
                .collect();
            Some(
                super::finding(&DIAGNOSIS, process, subject, facts)
                    .severity(severity)
                    .evidence(Label::Setting, process.show("client-cert-auth"))
                    .evidence(Label::Missing, "--trusted-ca-file")
                    .evidence(Label::AcceptableCas, Value::list(listed))
                    .fixes(with_ca(process, facts))
                    .fixes(super::restart(process)),
            )
        })
        .collect()
}

/// The option with the CA of this client, else with that of etcd's own certificate.
fn with_ca(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Fix> {
    let Some((config, setting)) = process.get("client-cert-auth") else { return Vec::new() };
    let own = process.certificates("cert-file", facts.go).unwrap_or_default();
    let of_client = facts.issuers_of(&facts.client.chain);
    let mut cas = of_client.chain(facts.issuers_of(&own));
    Fix::edits(cas.find_map(|ca| {
        let path = facts.path_for(config, &ca.path)?;
        Edit::add(config, setting, "trusted-ca-file", &path)
    }))
}
