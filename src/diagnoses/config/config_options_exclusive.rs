//! Two options are set that etcd does not take together.
//!
//! etcd `server/embed/config.go`, `Validate`, and `client/pkg/transport`, `TLSInfo.baseConfig`; each tried with 3.5.16 and 3.6.16.

use super::super::network::{tcp_refused, tcp_reset};
use crate::observation::Program;
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    facts::{Facts, Settings, Subject},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-options-exclusive",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "Two options are set that exclude each other",
            why: "etcd exits at start: cipher suites can't be chosen when only TLS 1.3 is \
                  allowed, the smallest TLS version can't be above the largest, and a list \
                  of allowed CNs can't stand beside a list of allowed host names.",
            fix: "Remove one of the two options, then restart etcd.",
        },
        ja: Prose {
            title: "同時に指定できない 2 つのオプションが設定されています",
            why: "etcd は起動時に終了します。TLS 1.3 だけを許可する場合は暗号スイートを選べず、TLS の最小バージョンは最大バージョンを超えられず、許可する CN の一覧とホスト名の一覧は併用できません。",
            fix: "どちらか一方のオプションを削除し、etcd を再起動してください。",
        },
        zh: Prose {
            title: "设置了两个互相排斥的选项",
            why: "etcd 启动即退出：只允许 TLS 1.3 时不能指定密码套件，TLS 最低版本不能高于最高版本，允许的 CN 列表与允许的主机名列表不能并用。",
            fix: "删除其中一个选项，然后重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds
        .flat_map(|process| {
            exclusive(process).into_iter().filter_map(|pair| describe(process, pair, facts))
        })
        .collect()
}

/// The pairs of options that can't stand together, and do.
fn exclusive(process: &Settings<'_>) -> Vec<(&'static str, &'static str)> {
    let value = |name: &str| process.get(name).map(|(_, setting)| setting.value.as_str());
    let only_newest = value("tls-min-version") == Some("TLS1.3");
    let mut pairs = Vec::new();
    if only_newest && process.names("cipher-suites") {
        pairs.push(("cipher-suites", "tls-min-version"));
    }
    if only_newest && value("tls-max-version") == Some("TLS1.2") {
        pairs.push(("tls-max-version", "tls-min-version"));
    }
    for (names, hosts) in [
        ("client-cert-allowed-cn", "client-cert-allowed-hostname"),
        ("peer-cert-allowed-cn", "peer-cert-allowed-hostname"),
    ] {
        if process.names(names) && process.names(hosts) {
            pairs.push((names, hosts));
        }
    }
    pairs
}

fn describe(
    process: &Settings<'_>,
    (one, other): (&str, &str),
    facts: &Facts<'_>,
) -> Option<Finding> {
    let (config, setting) = process.get(one)?;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    Some(
        super::finding(&DIAGNOSIS, process, subject, facts)
            .evidence(Label::Setting, process.show(one))
            .evidence(Label::Setting, process.show(other))
            .fixes(Fix::edits(Edit::comment_out(config, setting)))
            .fixes(super::restart(process)),
    )
}
