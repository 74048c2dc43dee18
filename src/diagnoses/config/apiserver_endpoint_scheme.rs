//! kube-apiserver's `--etcd-servers` says http where etcd speaks TLS, or the reverse.

use super::super::network::{plaintext_server, tls_server_plain_url};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Listener, Reach, Subject},
    message::{Label, Prose, Text},
};
use crate::{
    facts::{Clear, Endpoint},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "apiserver-endpoint-scheme",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tls_server_plain_url::DIAGNOSIS, &plaintext_server::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "kube-apiserver dials etcd with the wrong scheme",
            why: "--etcd-servers of kube-apiserver decides by its scheme whether TLS is \
                  spoken. With http it ignores its certificates and sends plain bytes, \
                  which a TLS port answers by closing.",
            fix: "Correct the scheme in --etcd-servers; the kubelet restarts the pod.",
        },
        ja: Prose {
            title: "kube-apiserver が誤ったスキームで etcd に接続しています",
            why: "kube-apiserver の --etcd-servers では、スキームで TLS を使うかどうかが決まります。http の場合は証明書が無視され平文が送られるため、TLS のポートは接続を閉じます。",
            fix: "--etcd-servers のスキームを訂正してください。kubelet が Pod を再起動します。",
        },
        zh: Prose {
            title: "kube-apiserver 用错误的协议连接 etcd",
            why: "kube-apiserver 是否使用 TLS，由 --etcd-servers 中 URL 的协议决定。写成 http 时\
                  会忽略证书并发送明文，TLS 端口收到明文便直接断开连接。",
            fix: "更正 --etcd-servers 中的协议，kubelet 会重启该 Pod。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(apiserver) = facts.apiserver() else { return Vec::new() };
    let Some((config, setting)) = apiserver.get("etcd-servers") else { return Vec::new() };
    let wrong = |url: &Listener<'_>| speaks_tls(url, facts).is_some_and(|tls| tls != url.is_tls());
    let servers = apiserver.urls("etcd-servers");
    let found: Vec<_> = servers.iter().filter(|url| wrong(url)).collect();
    if found.is_empty() {
        return Vec::new();
    }
    // Where etcd is the one without TLS, its own configuration has to change.
    let right =
        found.iter().filter(|url| !url.is_tls()).fold(setting.value.clone(), |value, url| {
            value.replace(url.url, &format!("https://{}", url.authority()))
        });
    let right = Some(right).filter(|right| *right != setting.value).unwrap_or_default();
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let finding = super::finding(&DIAGNOSIS, apiserver, subject, facts)
        .severity(Severity::Error)
        .evidence(Label::Setting, apiserver.show("etcd-servers"))
        .evidence(Label::Correct, &right)
        .fixes(super::replaced(config, setting, &right));
    vec![finding]
}

/// Whether the server at a URL speaks TLS: as seen on the wire, else as etcd's own configuration has it.
fn speaks_tls(url: &Listener<'_>, facts: &Facts<'_>) -> Option<bool> {
    let seen = facts.endpoints.iter().find(|endpoint| endpoint.authority() == url.authority());
    let wire = seen.and_then(|endpoint: &Endpoint<'_>| match endpoint.reach {
        Reach::TlsAtPlainUrl => Some(true),
        Reach::Clear(Clear::Etcd) => Some(false),
        _ => endpoint.presented.as_ref().map(|_| true),
    });
    let configured = || {
        let etcd = facts.processes().find(|one| one.program == Program::Etcd)?;
        let listeners = etcd.urls("listen-client-urls");
        let same = listeners.iter().find(|own| own.authority() == url.authority());
        same.map(Listener::is_tls)
    };
    wire.or_else(configured)
}
