//! TLS was asked for, and etcd answers without it.
//!
//! etcd's connection multiplexer matches no `ClientHello` and closes; `GET /version` in clear text gives its JSON.

use crate::{
    diagnoses::{
        config,
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    etcd::ListenerOptions,
    facts::{Clear, Endpoint, Facts, Reach, Settings},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "plaintext-server",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "TLS was asked for, but etcd answers here without it",
            why: "This port serves etcd in clear text: it closes the connection at the ClientHello, yet \
                  answers plain HTTP. Where listen-client-urls says http://, etcd ignores all \
                  certificate settings and leaves one warning in its log.",
            fix: "Set https:// in etcd's listen-client-urls and advertise-client-urls, or dial http://.",
        },
        ja: Prose {
            title: "TLS で接続しましたが、この etcd は平文で待ち受けています",
            why: "このポートの etcd は平文で待ち受けており、ClientHello を受けると接続を閉じますが、\
                  平文の HTTP には応答します。listen-client-urls が http:// の場合、etcd は証明書の設定を\
                  すべて無視し、ログに警告を 1 行残すだけです。",
            fix: "etcd の listen-client-urls などを https:// にするか、http:// で接続してください。",
        },
        zh: Prose {
            title: "要求使用 TLS，但这里的 etcd 以明文提供服务",
            why: "此端口上的 etcd 以明文提供服务：收到 ClientHello 便关闭连接，却能应答明文 HTTP。\
                  listen-client-urls 为 http:// 时，etcd 会忽略所有证书配置，只在日志中留下一条警告。",
            fix: "将 etcd 的 listen-client-urls 等设置改为 https://，或改用 http:// 连接。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let clear = Reach::Clear(Clear::Etcd);
    // Among members it is `peer-plaintext`.
    let clients = facts.endpoints.iter().filter(|_| !facts.among_peers());
    let plain = clients.filter(|endpoint| endpoint.reach == clear);
    plain.map(|endpoint| in_clear(endpoint, facts)).collect()
}

/// The setting is to blame where certificates are configured beside it: who did that wanted TLS.
fn in_clear(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Answer, Value::quoted(endpoint.answers()))
        .evidence(Label::Dialled, endpoint.dialled());
    let listens = facts.settings.get("listen-client-urls");
    let listens = listens.filter(|(_, setting)| setting.value.contains("http://"));
    let wanted = listens.filter(|_| facts.settings.get("cert-file").is_some());
    if wanted.is_some() {
        finding
            .side(Side::Config)
            .evidence(Label::Setting, facts.settings.show("listen-client-urls"))
            .evidence(Label::Setting, facts.settings.show("cert-file"))
            .fixes(with_https(&facts.settings))
    } else {
        let url = endpoint.with_tls(false);
        finding.fix(Fix::check_endpoint(facts, endpoint.url(), &url))
    }
}

/// https wherever the clients' URLs say http: where etcd listens, and what it tells others.
fn with_https(process: &Settings<'_>) -> Vec<Fix> {
    let options = [ListenerOptions::CLIENT.listens, ListenerOptions::CLIENT.advertises];
    let edits = options.into_iter().filter_map(|option| {
        let (config, setting) = process.get(option)?;
        Edit::replace(config, setting, &setting.value.replace("http://", "https://"))
    });
    Fix::edits(edits).into_iter().chain(config::restart(process)).collect()
}
