//! `--cipher-suites` holds a name that etcd does not know.
//!
//! etcd takes Go's names (`tls.CipherSuites`, `client/pkg/tlsutil`) and exits on any other.

use super::super::network::{tcp_refused, tcp_reset};
use super::cipher_suite;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Subject},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cipher-suite-unknown",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "The cipher list holds a name that etcd does not know",
            why: "etcd knows cipher suites by Go's names, such as \
                  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, and exits at start when it \
                  meets another spelling, OpenSSL's for one.",
            fix: "Write the suite by its Go name in --cipher-suites, then restart etcd.",
        },
        ja: Prose {
            title: "暗号スイートの一覧に etcd の知らない名前があります",
            why: "etcd は TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 のような Go の名前しか認識しません。OpenSSL の表記など別の書き方があると起動時に終了します。",
            fix: "--cipher-suites には Go の名前で記入し、etcd を再起動してください。",
        },
        zh: Prose {
            title: "密码套件列表中有 etcd 不认识的名称",
            why: "etcd 只认 Go 的套件名称，例如 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256；遇到 OpenSSL 等其他写法时，启动即退出。",
            fix: "在 --cipher-suites 中改用 Go 的名称，然后重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let unknown = |name: &&str| !cipher_suite::is_known(name);
    facts
        .processes()
        .filter_map(|process| {
            let found: Vec<_> = process.list("cipher-suites").into_iter().filter(unknown).collect();
            let (config, setting) = process.get("cipher-suites").filter(|_| !found.is_empty())?;
            let subject =
                Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
            let corrected: Vec<_> = process
                .list("cipher-suites")
                .into_iter()
                .map(|name| if unknown(&name) { cipher_suite::meant_by(name) } else { Some(name) })
                .collect();
            let correct: Option<Vec<&str>> = corrected.into_iter().collect();
            let correct = correct.map(|names| names.join(",")).unwrap_or_default();
            Some(
                super::finding(&DIAGNOSIS, process, subject, facts)
                    .evidence(Label::Found, Value::list(found))
                    .evidence(Label::Correct, &correct)
                    .evidence(Label::Setting, process.show("cipher-suites"))
                    .fixes(super::replaced(config, setting, &correct))
                    .fixes(super::restart(process)),
            )
        })
        .collect()
}
