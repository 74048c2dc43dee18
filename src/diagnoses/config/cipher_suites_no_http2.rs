//! `--cipher-suites` lacks the suites that HTTP/2 demands; etcd starts and then falls over.
//!
//! Go's `http2.ConfigureServer` wants `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` or its ECDSA twin. RFC 9113 §9.2.2.

use super::super::network::{tcp_refused, tcp_reset};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Subject},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cipher-suites-no-http2",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "The cipher list lacks what HTTP/2 demands",
            why: "gRPC speaks HTTP/2, and Go's HTTP/2 server refuses a configuration \
                  without TLS_ECDHE_(RSA|ECDSA)_WITH_AES_128_GCM_SHA256. etcd starts \
                  and dies when it begins to serve clients. TLS 1.3 names alone do not \
                  help.",
            fix: "Add these suites to --cipher-suites, or remove the option, then restart etcd.",
        },
        ja: Prose {
            title: "暗号スイートの一覧に HTTP/2 が必要とするものがありません",
            why: "gRPC は HTTP/2 を使い、Go の HTTP/2 サーバーは TLS_ECDHE_(RSA|\
                  ECDSA)_WITH_AES_128_GCM_SHA256 のない設定を受け付けません。etcd は起動した後、\
                  クライアントの受け付けを始めるときに終了します。TLS 1.3 の名前だけでは不十分で\
                  す。",
            fix: "これらのスイートを --cipher-suites に加えるか、オプションを外して etcd を再起動してください。",
        },
        zh: Prose {
            title: "密码套件列表缺少 HTTP/2 必需的套件",
            why: "gRPC 使用 HTTP/2，而 Go 的 HTTP/2 服务器不接受缺少 TLS_ECDHE_(RSA|\
                  ECDSA)_WITH_AES_128_GCM_SHA256 的配置。etcd 能够启动，但一开始为客户端提供服务\
                  就会退出。只列出 TLS 1.3 的名称也不行。",
            fix: "将这些套件加入 --cipher-suites，或去掉该选项，然后重启 etcd。",
        },
    },
    detect,
};

const DEMANDED: [&str; 2] =
    ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"];

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .processes()
        .filter_map(|process| {
            let listed = process.list("cipher-suites");
            let lacks = !listed.is_empty() && !listed.iter().any(|name| DEMANDED.contains(name));
            let all_known = listed.iter().all(|name| super::cipher_suite::is_known(name));
            let (config, setting) = process.get("cipher-suites").filter(|_| lacks && all_known)?;
            let subject =
                Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
            let correct = format!("{},{}", DEMANDED.join(","), setting.value);
            Some(
                super::finding(&DIAGNOSIS, process, subject, facts)
                    .evidence(Label::Setting, process.show("cipher-suites"))
                    .evidence(Label::Missing, Value::list(DEMANDED))
                    .fixes(super::replaced(config, setting, &correct))
                    .fixes(super::restart(process)),
            )
        })
        .collect()
}
