//! etcd listens with one scheme and advertises the other.
//!
//! Members and clients dial what is advertised: `--cluster`, client auto-sync and joining members fail.

use super::{
    super::network::{plaintext_server, tls_server_plain_url},
    apiserver_endpoint_scheme,
};
use crate::observation::Program;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    etcd::ListenerOptions,
    facts::{Clear, Facts, Reach, Settings, Subject},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "listen-advertise-scheme",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[
        &tls_server_plain_url::DIAGNOSIS,
        &plaintext_server::DIAGNOSIS,
        &apiserver_endpoint_scheme::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "etcd listens and advertises with different schemes",
            why: "A member tells others its advertised URLs, and they dial exactly \
                  these. With http where the port speaks TLS, or the reverse, everyone \
                  who follows them fails, though the member itself looks healthy.",
            fix: "Write https in both options, then restart etcd; for peer URLs use etcdctl member update.",
        },
        ja: Prose {
            title: "待ち受け URL と公開 URL のスキームが異なります",
            why: "メンバーは公開 URL (advertise) をほかのメンバーやクライアントに伝え、相手はその \
                  URL にそのまま接続します。ポートが TLS なのに http (またはその逆) が公開されて\
                  いると、メンバー自体は正常に見えても、その URL に従う相手はすべて接続に失敗しま\
                  す。",
            fix: "両方のオプションを https にして etcd を再起動してください。ピア URL は etcdctl member update で変更します。",
        },
        zh: Prose {
            title: "监听 URL 与公布 URL 的协议不一致",
            why: "成员会把公布的 URL 告知其他各方，各方据此连接。端口使用 TLS 却公布 http（或相反）\
                  时，成员自身看似正常，但按此连接的各方都会失败。",
            fix: "将两个选项都写成 https，然后重启 etcd；对等 URL 请用 etcdctl member update 修改。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds.flat_map(|process| differing(process, facts)).collect()
}

fn differing(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Finding> {
    let listeners = ListenerOptions::ALL.into_iter();
    let set = listeners
        .filter(|listener| process.names(listener.listens) && process.names(listener.advertises));
    set.filter_map(|listener| describe(process, &listener, facts)).collect()
}

/// TLS is what was meant where one of both has it; it is never what the fix removes.
fn describe(
    process: &Settings<'_>,
    listener: &ListenerOptions,
    facts: &Facts<'_>,
) -> Option<Finding> {
    let listeners = process.urls(listener.listens);
    let serves = |tls: bool| listeners.iter().any(|url| url.is_tls() == tls);
    let wrong = process.urls(listener.advertises).into_iter().find(|url| !serves(url.is_tls()))?;
    let (at_fault, followed) = if wrong.is_tls() {
        (listener.listens, Reach::Clear(Clear::Etcd))
    } else {
        (listener.advertises, Reach::TlsAtPlainUrl)
    };
    let (config, setting) = process.get(at_fault)?;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let fails = facts
        .endpoints_of(process)
        .any(|endpoint| endpoint.is_at(wrong.url) && endpoint.reach == followed);
    let severity = if fails { Severity::Error } else { Severity::Warning };
    let right = setting.value.replace("http://", "https://");
    // To listen with TLS takes a certificate.
    let has_pair = process.names(listener.certificate) && process.names(listener.key);
    let edit = super::replaced(config, setting, &right).filter(|_| has_pair || !wrong.is_tls());
    let restart = super::restart(process).filter(|_| edit.is_some());
    Some(
        super::finding(&DIAGNOSIS, process, subject, facts)
            .severity(severity)
            .evidence(Label::Setting, process.show(listener.listens))
            .evidence(Label::Setting, process.show(listener.advertises))
            .evidence(Label::Correct, &right)
            .fixes(edit)
            .fixes(restart),
    )
}
