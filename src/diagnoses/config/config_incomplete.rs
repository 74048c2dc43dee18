//! A certificate is configured without its key, or a key without its certificate.
//!
//! etcd `client/pkg/transport`, `TLSInfo.baseConfig`: `KeyFile and CertFile must both be present`.

use super::super::network::{tcp_refused, tcp_reset};
use crate::observation::Program;
use crate::{
    facts::{Facts, Listener, Settings, Subject},
    judge::{Diagnosis, Finding, Severity, Side},
    lang::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-incomplete",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    logs: &["KeyFile and CertFile must both be present"],
    text: Text {
        en: Prose {
            title: "Certificate and key are not configured together",
            why: "etcd and kube-apiserver need both: the certificate to show, and the \
                  private key to prove that it is theirs. With one of them alone they \
                  exit at start.",
            fix: "Set the missing option beside the other one, then restart.",
        },
        ja: Prose {
            title: "証明書と秘密鍵の設定が揃っていません",
            why: "etcd と kube-apiserver には、提示する証明書と、それが自分のものだと示す秘密鍵の両方が必要です。片方だけでは起動時に終了します。",
            fix: "足りないオプションを設定してから再起動してください。",
        },
        zh: Prose {
            title: "证书和私钥没有成对配置",
            why: "etcd 和 kube-apiserver 两者都需要：证书用于出示，私钥用于证明证书属于自己。只配置其中一个时，启动即退出。",
            fix: "补上缺少的选项，然后重启。",
        },
    },
    detect,
};

/// Certificate option, key option, and the URLs that make etcd load them.
const PAIRS: [(Program, &str, &str, &str); 3] = [
    (Program::Etcd, "cert-file", "key-file", "listen-client-urls"),
    (Program::Etcd, "peer-cert-file", "peer-key-file", "listen-peer-urls"),
    (Program::KubeApiserver, "etcd-certfile", "etcd-keyfile", "etcd-servers"),
];

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.processes().flat_map(|process| halves(process, facts)).collect()
}

fn halves(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Finding> {
    let own = PAIRS.iter().filter(|(program, ..)| *program == process.program);
    own.filter(|(.., urls)| !process.names(urls) || process.urls(urls).iter().any(Listener::is_tls))
        .filter_map(|(_, cert, key, _)| match (process.names(cert), process.names(key)) {
            (true, false) => Some((cert, key)),
            (false, true) => Some((key, cert)),
            _ => None,
        })
        .filter_map(|(present, absent)| {
            let (config, setting) = process.get(present)?;
            let name = setting.name.clone();
            let subject = Subject::Setting { file: config.path.clone(), name };
            Some(
                super::finding(&DIAGNOSIS, process, subject, facts)
                    .shows(Label::Setting, process.show(present))
                    .shows(Label::Missing, format!("--{absent}"))
                    .fixes(super::restart(process)),
            )
        })
        .collect()
}
