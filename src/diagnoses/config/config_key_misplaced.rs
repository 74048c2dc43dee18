//! etcd's configuration file has a security option where etcd doesn't look for it.
//!
//! etcd `server/embed/config.go`, `configYAML` and `securityConfig`: these options count in `client-transport-security` and
//! `peer-transport-security` alone; elsewhere they are passed over without a word (tried with 3.4.23, 3.5.16 and 3.6.16).

use super::{
    super::{
        client::client_auth_off,
        network::{tcp_refused, tcp_reset},
    },
    client_auth_without_ca, config_incomplete, listen_https_without_cert,
    loss::{Loss, about_consequences, loss},
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Settings, Subject, show_setting},
    message::{Label, Prose, Text, Value},
    observation::{ConfigFile, Program, Setting},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-key-misplaced",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[
        &client_auth_without_ca::DIAGNOSIS,
        &client_auth_off::DIAGNOSIS,
        &config_incomplete::DIAGNOSIS,
        &listen_https_without_cert::DIAGNOSIS,
        &tcp_refused::DIAGNOSIS,
        &tcp_reset::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "A security option stands where etcd does not read it",
            why: "In its configuration file etcd reads the options of TLS only inside \
                  client-transport-security and peer-transport-security, under the names of \
                  the sections. Anywhere else it passes over them without a word, and a CRL \
                  can't be set there at all.",
            fix: "Move the option into its section and restart etcd; a CRL needs the flag \
                  and no configuration file.",
        },
        ja: Prose {
            title: "etcd が読まない場所にセキュリティの設定があります",
            why: "etcd の設定ファイルでは、TLS のオプションは client-transport-security と \
                  peer-transport-security の中でのみ、その節で定められた名前のものが読み取られま\
                  す。それ以外の場所にあるものは警告なしに無視されます。CRL はこのファイルでは設\
                  定できません。",
            fix: "オプションを該当する節に移して etcd を再起動してください。CRL は設定ファイルを使わずフラグで指定します。",
        },
        zh: Prose {
            title: "安全选项写在了 etcd 不读取的位置",
            why: "在配置文件中，etcd 只在 client-transport-security 和 peer-transport-security 两节内、按节内的名称读取 TLS 选项。写在别处会被静默忽略，而 CRL 根本无法在此文件中设置。",
            fix: "将选项移入对应的节并重启 etcd；CRL 需要改用命令行标志，且不能使用配置文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds
        .flat_map(|process| process.configs().map(move |config| (process, config)))
        .filter_map(|(process, config)| misplaced(process, config, facts))
        .collect()
}

/// One finding a file, with all that is misplaced in it.
fn misplaced(process: &Settings<'_>, config: &ConfigFile, facts: &Facts<'_>) -> Option<Finding> {
    let first = config.ignored.first()?;
    let worst = config.ignored.iter().map(|one| loss(process, meant(one), facts)).max()?;
    let in_force = |one: &Setting| {
        process.get(meant(one)).is_some_and(|(_, setting)| setting.value == one.value)
    };
    let severity = match worst {
        Loss::Nothing if config.ignored.iter().all(in_force) => Severity::Info,
        Loss::Nothing => Severity::Warning,
        Loss::Open | Loss::Broken => Severity::Error,
    };
    let subject = Subject::Setting { file: config.path.clone(), name: first.name.clone() };
    let finding = super::finding(&DIAGNOSIS, process, subject, facts).severity(severity);
    let finding = config
        .ignored
        .iter()
        .fold(finding, |finding, one| finding.evidence(Label::Dropped, show_setting(config, one)));
    let places: Vec<String> = config.ignored.iter().filter_map(place).collect();
    Some(
        about_consequences(finding, process)
            .evidence(Label::Correct, Value::list(places))
            .fixes(super::restart(process)),
    )
}

/// The option that sets what was meant.
fn meant(ignored: &Setting) -> &str {
    match ignored.name.as_str() {
        "ca-file" => "trusted-ca-file",
        "peer-ca-file" => "peer-trusted-ca-file",
        name => name,
    }
}

/// Where the file has a place for it.
fn place(ignored: &Setting) -> Option<String> {
    let name = meant(ignored);
    let place = match name.strip_prefix("peer-") {
        Some(own) => format!("peer-transport-security: {own}"),
        None => format!("client-transport-security: {name}"),
    };
    (!name.ends_with("crl-file")).then_some(place)
}
