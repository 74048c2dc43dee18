//! A file of configuration can't be read, or not to its end.

use super::{
    super::{
        client::client_auth_off,
        network::{tcp_refused, tcp_reset},
    },
    client_auth_without_ca, config_incomplete, listen_https_without_cert,
    loss::about_consequences,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Settings, Subject},
    message::{Label, Prose, Say, Text},
    observation::{ConfigFile, ConfigKind},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-unreadable",
    severity: Severity::Error,
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
            title: "A configuration file can't be read",
            why: "The file is not there, not readable, or breaks off at a line that makes no \
                  sense. etcd ends at start over a broken configuration file; of an \
                  environment file systemd drops what it can't read, so that settings are \
                  missing.",
            fix: "Repair the line that is named, or give the right file.",
        },
        ja: Prose {
            title: "設定ファイルを読み取れません",
            why: "ファイルが存在しないか、読み取れないか、解釈できない行で途切れています。etcd は壊れた設定ファイルがあると起動時に終了します。環境ファイルの場合は systemd が読めない部分を捨てるため、設定が欠けます。",
            fix: "示された行を修正するか、正しいファイルを指定してください。",
        },
        zh: Prose {
            title: "配置文件无法读取",
            why: "文件不存在、无权读取，或因某一行的内容无法解析而中断。配置文件损坏时 etcd 启动\
                  即退出；环境文件则由 systemd 丢弃读不懂的部分，导致设置缺失。",
            fix: "修正所指出的那一行，或指定正确的文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .processes()
        .flat_map(|process| process.configs().map(move |config| (process, config)))
        .filter_map(|(process, config)| unreadable(process, config, facts))
        .collect()
}

fn unreadable(process: &Settings<'_>, config: &ConfigFile, facts: &Facts<'_>) -> Option<Finding> {
    let problem = config.problem.as_ref()?;
    let is_given = |path: &String| config.part_of.as_ref().unwrap_or(&config.path) == path;
    let given = facts.observation.target.configs.iter().any(is_given);
    let served = facts.is_served(process);
    let severity = match config.kind {
        // It was to be read here, whoever else reads it.
        ConfigKind::Unknown if given => Severity::Error,
        // The kubelet takes nothing from it, and ends what ran.
        ConfigKind::Manifest => Severity::Error,
        // A script that a shell sources has lines that only a shell understands.
        ConfigKind::Environment if served => Severity::Info,
        _ if given && !served => Severity::Error,
        _ => Severity::Warning,
    };
    let subject = Subject::File(config.path.clone());
    let finding = super::finding(&DIAGNOSIS, process, subject, facts).severity(severity);
    Some(about_consequences(finding, process).evidence(Label::Defect, problem.message()))
}
