//! `--cipher-suites` lists suites with RC4, 3DES, SHA-1 CBC or without forward secrecy.
//!
//! Go's `tls.InsecureCipherSuites` and the CBC suites with SHA-1; TLS 1.3 suites can't be configured.

use super::cipher_suite;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Subject},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "weak-cipher-suites",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: true,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The cipher list still allows weak suites",
            why: "RC4 and 3DES are broken, suites without ECDHE have no forward \
                  secrecy, and CBC with SHA-1 has a history of attacks. etcd starts with \
                  them, and a client may be talked down to one of them.",
            fix: "Remove the weak names from --cipher-suites and restart etcd.",
        },
        ja: Prose {
            title: "暗号スイートの一覧に弱いものが残っています",
            why: "RC4 と 3DES は破られており、ECDHE のないスイートには前方秘匿性がなく、SHA-1 を\
                  使う CBC のスイートには既知の攻撃があります。etcd は起動しますが、クライアントがこれ\
                  らを使うように仕向けられる可能性があります。",
            fix: "--cipher-suites から弱い名前を除いて etcd を再起動してください。",
        },
        zh: Prose {
            title: "密码套件列表中仍有弱套件",
            why: "RC4 和 3DES 已被攻破，不含 ECDHE 的套件没有前向保密，使用 SHA-1 的 CBC 套件也屡\
                  遭攻击。etcd 仍会启动，但客户端可能被降级到其中之一。",
            fix: "从 --cipher-suites 中删除弱套件名称，并重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let weak = |name: &&str| cipher_suite::is_known(name) && cipher_suite::is_weak(name);
    facts
        .processes()
        .filter_map(|process| {
            let found: Vec<_> = process.list("cipher-suites").into_iter().filter(weak).collect();
            let (config, setting) = process.get("cipher-suites").filter(|_| !found.is_empty())?;
            let subject =
                Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
            let all = process.list("cipher-suites");
            let kept: Vec<_> = all.into_iter().filter(|name| !weak(name)).collect();
            Some(
                super::finding(&DIAGNOSIS, process, subject, facts)
                    .severity(Severity::Warning)
                    .evidence(Label::Found, Value::list(found))
                    .evidence(Label::Setting, process.show("cipher-suites"))
                    .fixes(super::replaced(config, setting, &kept.join(",")))
                    .fixes(super::restart(process)),
            )
        })
        .collect()
}
