//! etcd is to listen with https, but no certificate is configured.
//!
//! etcd `server/embed/etcd.go`, `configureClientListeners` and `configurePeerListeners`.

use super::super::network::{tcp_refused, tcp_reset};
use crate::observation::Program;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    etcd::FilePair,
    facts::{Facts, Settings, Subject},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "listen-https-without-cert",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "etcd is to serve https but has no certificate",
            why: "The listen URL says https, and neither certificate nor key is \
                  configured. etcd does not invent one unless --auto-tls is on: it \
                  exits at start.",
            fix: "Set the certificate and key options (and --trusted-ca-file with --client-cert-auth), then restart.",
        },
        ja: Prose {
            title: "https で待ち受ける設定なのに証明書がありません",
            why: "待ち受け URL は https ですが、証明書も秘密鍵も設定されていません。--auto-tls を有効にしない限り etcd は証明書を作らず、起動時に終了します。",
            fix: "証明書と秘密鍵のオプション (および --trusted-ca-file と --client-cert-auth) を設定して再起動してください。",
        },
        zh: Prose {
            title: "配置为以 https 提供服务，却没有证书",
            why: "监听 URL 是 https，但既没有配置证书也没有配置私钥。除非启用 --auto-tls，否则 etcd 不会自行生成证书，启动即退出。",
            fix: "设置证书和私钥选项（以及 --trusted-ca-file 和 --client-cert-auth），然后重启。",
        },
    },
    detect,
};

/// The URLs, the certificate that they need, and what makes etcd make one by itself.
const LISTENERS: [(&str, &str, &str, &str); 2] = [
    ("listen-client-urls", "cert-file", "key-file", "auto-tls"),
    ("listen-peer-urls", "peer-cert-file", "peer-key-file", "peer-auto-tls"),
];

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    // Where etcd runs, it has its certificate from somewhere that is not at hand.
    etcds.filter(|one| !facts.is_served(one)).flat_map(|one| bare(one, facts)).collect()
}

fn bare(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Finding> {
    let has_none = |(_, cert, key, auto): &&(&str, &str, &str, &str)| {
        !process.names(cert) && !process.names(key) && !process.is_on(auto)
    };
    LISTENERS
        .iter()
        .filter(has_none)
        .filter_map(|(urls, cert, key, _)| {
            let (config, setting) = process.get(urls)?;
            process.urls(urls).iter().find(|url| url.is_tls())?;
            let mut pairs = [FilePair::SERVER, FilePair::PEER].into_iter();
            let pair = pairs.find(|pair| pair.certificate == *cert)?;
            let named = Fix::naming_pair(facts, process, &pair, setting, None);
            let subject =
                Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
            Some(
                super::finding(&DIAGNOSIS, process, subject, facts)
                    .evidence(Label::Setting, process.show(urls))
                    .evidence(
                        Label::Missing,
                        Value::list([format!("--{cert}"), format!("--{key}")]),
                    )
                    .fixes(named)
                    .fixes(super::restart(process)),
            )
        })
        .collect()
}
