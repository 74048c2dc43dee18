//! The clocks are to blame for a validity error, or will be: ours, the server's, or that of the machine which issued.
//!
//! The server's clock is known from the `Date` header of its HTTP answers (RFC 9110 §6.6.1).

use super::{cert_expired, cert_not_yet_valid};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    diagnoses::{
        chain::{ca_expired, ca_not_yet_valid},
        client::client_cert_expired_rejected,
    },
    facts::{ClientFault, Endpoint, Facts, Skew, Subject, show_span},
    message::{Label, Prose, Text},
    x509::{Certificate, Reason},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "clock-skew",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[
        &cert_expired::DIAGNOSIS,
        &cert_not_yet_valid::DIAGNOSIS,
        &ca_expired::DIAGNOSIS,
        &ca_not_yet_valid::DIAGNOSIS,
        &client_cert_expired_rejected::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "The clocks of the machines do not agree",
            why: "Certificates are judged by the clock of whoever checks them. Either every \
                  certificate here begins only in the future, or the server's Date header differs \
                  from the local clock by more than a minute. Good certificates then count as \
                  expired or as not valid yet.",
            fix: "Set the clocks of this machine and of the server with NTP, then check again.",
        },
        ja: Prose {
            title: "マシン間の時刻が一致していません",
            why: "証明書の有効期間は、検証する側の時計で判定されます。ここにあるすべての証明書の有効\
                  期間の開始が未来であるか、サーバーの Date ヘッダーがローカル時刻と 1 分以上ずれて\
                  います。そのため、有効な証明書でも期限切れや有効期間前と判定されます。",
            fix: "このマシンとサーバーの時刻を NTP で合わせてから、もう一度確認してください。",
        },
        zh: Prose {
            title: "机器之间的时钟不一致",
            why: "证书的有效期由校验方的时钟判断。这里所有证书的生效时间都在未来，或者服务器的 \
                  Date 头与本机时钟相差超过一分钟。于是有效的证书也会被判为已过期或尚未生效。",
            fix: "用 NTP 校准本机和服务器的时钟，然后重新检查。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    match facts.skew() {
        Some(Skew::AllFromTheFuture(wait)) => from_the_future(facts, wait).into_iter().collect(),
        Some(Skew::ServerAhead(_)) => {
            facts.endpoints.iter().filter_map(|endpoint| server_ahead(facts, endpoint)).collect()
        }
        None => Vec::new(),
    }
}

fn from_the_future(facts: &Facts<'_>, wait: time::Duration) -> Option<Finding> {
    let files = facts.material.iter().map(|material| Subject::File(material.given.value.clone()));
    let endpoints = facts.presented().map(|(endpoint, _)| endpoint.subject());
    let mut concerned = endpoints.chain(files);
    let finding = Finding::new(&DIAGNOSIS, concerned.next()?)
        .evidence(Label::NotBefore, facts.show(facts.now() + wait))
        .evidence(Label::LocalClock, facts.show(facts.now()))
        .evidence(Label::Difference, show_span(wait))
        .fix(Fix::run("timedatectl set-ntp true").needs(Need::Root));
    Some(concerned.fold(finding, Finding::also_about))
}

fn server_ahead(facts: &Facts<'_>, endpoint: &Endpoint<'_>) -> Option<Finding> {
    let ahead = endpoint.skew()?;
    let severity =
        if is_felt(facts, endpoint, ahead) { Severity::Error } else { Severity::Warning };
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .severity(severity)
        .shows_clocks(facts, Some(endpoint))
        .evidence(Label::Difference, show_span(ahead))
        .fix(Fix::run("timedatectl set-ntp true").needs(Need::Root));
    let cert = facts.client.cert.map(|cert| Subject::File(cert.to_owned()));
    Some(cert.into_iter().fold(finding, Finding::also_about))
}

/// Whether a validity error at this endpoint comes from the difference: one of the certificates is valid by one of
/// the two clocks only.
fn is_felt(facts: &Facts<'_>, endpoint: &Endpoint<'_>, ahead: time::Duration) -> bool {
    use ClientFault::{Chain, Expired, NotYetValid, ServerClock};
    let validity = |reason: Reason| matches!(reason, Reason::Expired | Reason::NotYetValid);
    let presented = endpoint.presented.as_ref();
    let rejection = presented.and_then(|presented| presented.rejection());
    let refused = match endpoint.client_fault(facts) {
        Some(Expired | NotYetValid | ServerClock) => true,
        Some(Chain(reason)) => validity(reason),
        _ => false,
    };
    let disputed = |certificate: &Certificate| {
        let validity = certificate.not_before..=certificate.not_after;
        validity.contains(&facts.now()) != validity.contains(&(facts.now() + ahead))
    };
    let served = presented.map(|presented| presented.chain.as_slice()).unwrap_or_default();
    let all = served.iter().chain(&facts.client.chain).chain(&facts.anchors.certificates);
    (refused || rejection.is_some_and(|rejection| validity(rejection.reason)))
        && all.into_iter().any(disputed)
}
