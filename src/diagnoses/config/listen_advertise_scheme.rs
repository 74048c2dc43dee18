//! etcd listens with one scheme and advertises the other.
//!
//! Members and clients dial what is advertised: `--cluster`, client auto-sync and joining members fail.

use super::super::network::tls_server_plain_url;
use crate::observation::Program;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    etcd::ListenerOptions,
    facts::{Facts, Reach, Settings, Subject},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "listen-advertise-scheme",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[&tls_server_plain_url::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "etcd listens and advertises with different schemes",
            why: "A member tells others its advertised URLs, and they dial exactly \
                  these. With http where the port speaks TLS, or the reverse, everyone \
                  who follows them fails, though the member itself looks healthy.",
            fix: "Give both options the same scheme, then restart etcd; for peer URLs use etcdctl member update.",
        },
        ja: Prose {
            title: "待ち受け URL と公開 URL のスキームが異なります",
            why: "メンバーは公開 URL (advertise) をほかのメンバーやクライアントに伝え、相手はその \
                  URL にそのまま接続します。ポートが TLS なのに http (またはその逆) が公開されて\
                  いると、メンバー自体は正常に見えても、その URL に従う相手はすべて接続に失敗しま\
                  す。",
            fix: "両方のオプションのスキームをそろえて etcd を再起動してください。ピア URL は etcdctl member update で変更します。",
        },
        zh: Prose {
            title: "监听 URL 与公布 URL 的协议不一致",
            why: "成员会把公布的 URL 告知其他各方，各方据此连接。端口使用 TLS 却公布 http（或相反）\
                  时，成员自身看似正常，但按此连接的各方都会失败。",
            fix: "让两个选项使用相同的协议，然后重启 etcd；对等 URL 请用 etcdctl member update 修改。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds.flat_map(|process| differing(process, facts)).collect()
}

fn differing(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Finding> {
    ListenerOptions::ALL
        .into_iter()
        .map(|listener| (listener.listens, listener.advertises))
        .filter(|(listen, advertise)| process.names(listen) && process.names(advertise))
        .filter_map(|(listen, advertise)| {
            let listeners = process.urls(listen);
            let serves = |tls: bool| listeners.iter().any(|url| url.is_tls() == tls);
            let wrong = process.urls(advertise).into_iter().find(|url| !serves(url.is_tls()))?;
            let (config, setting) = process.get(advertise)?;
            let name = setting.name.clone();
            let subject = Subject::Setting { file: config.path.clone(), name };
            let scheme = if wrong.is_tls() { "http" } else { "https" };
            let right = format!("{scheme}://{}", wrong.authority());
            let followed = facts.endpoints_of(process).any(|endpoint| {
                endpoint.url() == wrong.url && endpoint.reach == Reach::TlsAtPlainUrl
            });
            let severity = if followed { Severity::Error } else { Severity::Warning };
            Some(
                super::finding(&DIAGNOSIS, process, subject, facts)
                    .severity(severity)
                    .evidence(Label::Setting, process.show(listen))
                    .evidence(Label::Setting, process.show(advertise))
                    .evidence(Label::Correct, &right)
                    .fixes(super::replaced(
                        config,
                        setting,
                        &setting.value.replace(wrong.url, &right),
                    ))
                    .fixes(super::restart(process)),
            )
        })
        .collect()
}
