//! `--tls-min-version` or `--tls-max-version` holds a name that etcd does not know.
//!
//! etcd `client/pkg/tlsutil/versions.go`: `TLS1.2` and `TLS1.3` alone; tried with 3.5.16 and 3.6.16.

use super::super::network::{tcp_refused, tcp_reset};
use crate::observation::Program;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Settings, Subject},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tls-version-unknown",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "A TLS version is written in a way that etcd does not know",
            why: "etcd takes TLS1.2 and TLS1.3, spelt exactly so, and exits at start on \
                  anything else: older versions, VersionTLS12 as in Kubernetes, or 1.2 \
                  alone.",
            fix: "Write TLS1.2 or TLS1.3, or remove the option, then restart etcd.",
        },
        ja: Prose {
            title: "TLS バージョンの表記を etcd が認識できません",
            why: "etcd が受け付けるのは TLS1.2 と TLS1.3 という表記だけです。古いバージョン、Kubernetes 式の VersionTLS12、単なる 1.2 などでは起動時に終了します。",
            fix: "TLS1.2 または TLS1.3 と記入するか、オプションを外して etcd を再起動してください。",
        },
        zh: Prose {
            title: "TLS 版本的写法 etcd 不认识",
            why: "etcd 只接受 TLS1.2 和 TLS1.3 这两种写法，其他写法（更旧的版本、Kubernetes 的 VersionTLS12、单独的 1.2）都会导致启动即退出。",
            fix: "改为 TLS1.2 或 TLS1.3，或去掉该选项，然后重启 etcd。",
        },
    },
    detect,
};

const KNOWN: [&str; 3] = ["", "TLS1.2", "TLS1.3"];

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    let options = ["tls-min-version", "tls-max-version"];
    etcds
        .flat_map(|process| {
            options.into_iter().filter_map(move |option| describe(process, option, facts))
        })
        .collect()
}

fn describe(process: &Settings<'_>, option: &str, facts: &Facts<'_>) -> Option<Finding> {
    let (config, setting) = process.get(option)?;
    if KNOWN.contains(&setting.value.as_str()) {
        return None;
    }
    let digits: String = setting.value.chars().filter(char::is_ascii_digit).collect();
    let meant = match digits.as_str() {
        "13" => "TLS1.3",
        _ => "TLS1.2",
    };
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    Some(
        super::finding(&DIAGNOSIS, process, subject, facts)
            .evidence(Label::Setting, process.show(option))
            .evidence(Label::Allowed, "TLS1.2, TLS1.3")
            .fixes(super::replaced(config, setting, meant))
            .fixes(super::restart(process)),
    )
}
