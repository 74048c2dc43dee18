//! A URL is none: an endpoint that etcdctl can't dial, or an option that keeps etcd from starting.
//!
//! etcdctl checks no syntax and guesses no port (etcd `client/v3/internal/endpoint`); etcd does (`facts/malformed`).

use super::{super::config, dns_failure, tcp_refused, tcp_reset, tcp_timeout, tcp_unreachable};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, MalformedUrls, Settings, Subject, show_setting},
    message::{Label, Prose, Say, Text},
    observation::{Program, target::Origin},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "endpoint-malformed",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[
        &dns_failure::DIAGNOSIS,
        &tcp_refused::DIAGNOSIS,
        &tcp_unreachable::DIAGNOSIS,
        &tcp_timeout::DIAGNOSIS,
        &tcp_reset::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "A URL is not of the form that etcd or etcdctl takes",
            why: "A URL is scheme://host:port with the scheme http, https, unix or unixs and a port \
                  from 1 to 65535. etcd exits at start over an option that isn't, and listens on \
                  addresses only, never on a name. etcdctl does not check: it dials the text as it \
                  is until its time is up, and reports only that.",
            fix: "Write scheme, host and port of the URL in full, as in https://10.0.0.1:2379; \
                  restart etcd if it is one of its options.",
        },
        ja: Prose {
            title: "URL が etcd や etcdctl の受け付ける形式ではありません",
            why: "URL は スキーム://ホスト:ポート の形で、スキームは http、https、unix、unixs のいず\
                  れか、ポートは 1 から 65535 です。etcd はオプションの URL がこの形でなければ起動時\
                  に終了し、名前では待ち受けられません (アドレスだけです)。etcdctl は書式を検査せず、\
                  与えられた文字列のままタイムアウトまで接続を試み、タイムアウトしたとだけ報告します。",
            fix: "https://10.0.0.1:2379 のように、スキーム、ホスト、ポートをすべて書いてください。etcd の\
                  オプションであれば、その後 etcd を再起動してください。",
        },
        zh: Prose {
            title: "URL 不是 etcd 或 etcdctl 接受的格式",
            why: "URL 的格式为 协议://主机:端口，协议只能是 http、https、unix 或 unixs，端口范围为 1 到 \
                  65535。选项中的 URL 不符合时 etcd 启动即退出，并且它只监听地址，不监听名称。etcdctl \
                  不检查格式，只会用原样的字符串反复连接，最后仅报告超时。",
            fix: "将 URL 的协议、主机和端口写完整，例如 https://10.0.0.1:2379；如果是 etcd 的选项，\
                  改后重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    let options: Vec<_> = etcds
        .flat_map(|process| process.malformed_urls().into_iter().map(move |one| (process, one)))
        .collect();
    // An endpoint that such an option gave is the same fault once more.
    let is_same = |endpoint: &Endpoint<'_>| {
        let origin = endpoint.origin(facts);
        options.iter().any(|(_, one)| {
            matches!(origin, Some(Origin::Config { file, line, .. })
                if *file == one.config.path && *line == one.setting.line)
        })
    };
    let endpoints = facts.endpoints.iter().filter(|endpoint| !is_same(endpoint));
    let found = endpoints.filter_map(|endpoint| malformed(endpoint, facts));
    options.iter().map(|(process, one)| in_option(process, one, facts)).chain(found).collect()
}

fn in_option(process: &Settings<'_>, one: &MalformedUrls<'_>, facts: &Facts<'_>) -> Finding {
    let MalformedUrls { config, setting, defects, right } = one;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let finding = config::finding(&DIAGNOSIS, process, subject, facts).side(Side::Config);
    // Where all of its URLs are malformed none tells the endpoints that it was to serve.
    let is_alone = std::ptr::eq(process, &raw const facts.settings)
        && facts.endpoints_of(process).next().is_none();
    let unreached = facts.endpoints.iter().filter(|_| is_alone);
    let finding =
        unreached.fold(finding, |finding, endpoint| finding.also_about(endpoint.subject()));
    let finding = defects
        .iter()
        .fold(finding, |finding, defect| finding.evidence(Label::Defect, defect.message()));
    finding
        .evidence(Label::Setting, show_setting(config, setting))
        .evidence(Label::Correct, right.clone().unwrap_or_default())
        .fixes(right.iter().filter_map(|right| config::replaced(config, setting, right)))
        .fixes(config::restart(process))
}

fn malformed(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let malformed = endpoint.seen.parsed.as_ref().err()?;
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Defect, malformed.why.message());
    let finding = match &malformed.suggestion {
        Some(url) => finding.evidence(Label::Correct, url).fix(Fix::check_endpoint(
            facts,
            endpoint.url(),
            url,
        )),
        None => finding,
    };
    Some(match endpoint.origin(facts) {
        Some(origin) => finding.evidence(Label::GivenBy, origin.message()),
        None => finding,
    })
}
