//! The server's certificate is trusted, but issued for other names than the one dialled.
//!
//! Go's `Certificate.VerifyHostname` (`crypto/x509/verify.go`) looks at SAN entries alone. RFC 9525 §6.

use std::net::IpAddr;

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Listener, Subject, Unmet, show_setting},
    message::{Label, Prose, Text, Value},
    x509::{Certificate, San},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "server-san-mismatch",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server certificate does not list the name you dialled",
            why: "A client compares the host in the endpoint with the certificate's SAN entries, \
                  and none matches. An IP address matches IP entries only, a wildcard stands for \
                  one label, and the CN does not count.",
            fix: "Issue the server certificate again with this name added, or dial a name that it \
                  lists.",
        },
        ja: Prose {
            title: "サーバー証明書に接続先の名前がありません",
            why: "クライアントは接続先のホスト名または IP アドレスを証明書の SAN と照合しますが、\
                  一致するものがありません。IP アドレスは IP 型の SAN とだけ一致し、ワイルドカードは\
                  ラベル 1 つ分にしか対応せず、CN は参照されません。",
            fix: "この名前を SAN に加えて再発行するか、証明書に記載されている名前で接続してください。",
        },
        zh: Prose {
            title: "服务器证书未包含所连接的名称",
            why: "客户端会将端点中的主机名或 IP 地址与证书的 SAN 逐项比对，但没有一项匹配。\
                  IP 地址只匹配 IP 类型的 SAN，通配符只代表一级域名，CN 不参与比对。",
            fix: "将该名称加入 SAN 后重新签发证书，或改用证书中已列出的名称连接。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let misnamed = facts.presented().filter_map(|(endpoint, presented)| {
        let leaf = presented.leaf().filter(|_| presented.is_trusted())?;
        let rejection = presented.name_verdict.as_ref().err()?;
        let sans = leaf.sans.as_ref().filter(|sans| !sans.is_empty())?;
        let addresses_as_names: Vec<String> = sans
            .iter()
            .filter(|san| matches!(san, San::Dns(name) if name.parse::<IpAddr>().is_ok()))
            .map(ToString::to_string)
            .collect();
        let listed = listed_url(facts, endpoint, leaf);
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Dialled, &presented.dialled)
            .evidence(Label::SubjectAltNames, Value::list(leaf.names_display()))
            .evidence(Label::NeverMatches, Value::list(addresses_as_names))
            .evidence(Label::Subject, leaf.subject())
            .evidence(Label::GoSays, Value::quoted(&rejection.message))
            .fixes(listed.as_ref().map(|url| Fix::check_endpoint(facts, endpoint.url(), url)));
        // A configured client that dials a listed name instead needs no other certificate.
        let is_mended = facts.viewed_as().is_some() && listed.is_some();
        let names = facts.names_for(leaf, presented.dialled_name());
        let renewal = Fix::renew(facts, leaf, &names, &[]);
        Some(finding.fixes(renewal.filter(|_| !is_mended)))
    });
    misnamed.chain(facts.unmet_urls().iter().filter_map(|unmet| configured(unmet, facts))).collect()
}

/// A URL that a client is configured to dial, against the certificate on the disk of the etcd that is meant.
fn configured(unmet: &Unmet<'_, '_>, facts: &Facts<'_>) -> Option<Finding> {
    let host = unmet.url.host;
    let chain = unmet.etcd.certificates("cert-file", facts.go)?;
    let leaf = chain.first().filter(|_| unmet.url.is_tls())?;
    let rejection = leaf.verify_host(host, facts.go).err()?;
    leaf.sans.as_ref().filter(|sans| !sans.is_empty())?;
    let subject =
        Subject::Setting { file: unmet.config.path.clone(), name: unmet.setting.name.clone() };
    let listed = unmet.etcd.serving_urls(facts.go).into_iter().find(|url| {
        Listener::parse(url).is_some_and(|url| leaf.verify_host(url.host, facts.go).is_ok())
    });
    let edit =
        listed.and_then(|url| Fix::edited(unmet.config, unmet.setting.line, unmet.url.url, &url));
    let renewal = || Fix::renew(facts, leaf, &[San::of_host(host)], &[]);
    Some(
        Finding::new(&DIAGNOSIS, subject)
            .side(Side::Config)
            .of_client(unmet.process.as_configured_client())
            .evidence(Label::Setting, show_setting(unmet.config, unmet.setting))
            .evidence(Label::Dialled, host)
            .evidence(Label::SubjectAltNames, Value::list(leaf.names_display()))
            .evidence(Label::Subject, leaf.subject())
            .evidence(Label::GoSays, Value::quoted(&rejection.message))
            .fixes(edit.or_else(renewal)),
    )
}

/// The endpoint by an address or name that is listed and leads to the same place: what the name resolved to, or
/// `localhost` for a loopback address.
fn listed_url(facts: &Facts<'_>, endpoint: &Endpoint<'_>, leaf: &Certificate) -> Option<String> {
    let parts = endpoint.seen.parsed.as_ref().ok().filter(|parts| !parts.unix)?;
    let resolved = endpoint.seen.lookup.iter().flat_map(|lookup| &lookup.addresses);
    let loopback = parts.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let host = resolved
        .map(ToString::to_string)
        .chain(loopback.then(|| "localhost".to_owned()))
        .find(|host| leaf.verify_host(host, facts.go).is_ok())?;
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    Some(format!("https://{host}:{}", parts.port))
}
