//! A member whose peer port speaks no TLS, in a cluster whose peers do.
//!
//! etcd ignores peer certificates where listen-peer-urls says http, with one warning (`server/embed/etcd.go`,
//! `configurePeerListeners`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Clear, Endpoint, Facts, Reach},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-plaintext",
    severity: Severity::Error,
    side: Side::Peer,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This member's peer port speaks no TLS, the others expect it",
            why: "Its peer URL is http://, so etcd ignores the peer certificates and serves Raft and \
                  the whole client API in clear text to everyone. It still dials the others, where \
                  it is turned away without a certificate, and `endpoint health` notices nothing.",
            fix: "Change the peer URL to https:// with `etcdctl member update`, then in the member's \
                  configuration, and restart it.",
        },
        ja: Prose {
            title: "このメンバーのピアポートは平文ですが、ほかのメンバーは TLS を前提としています",
            why: "ピア URL が http:// のため、etcd はピア証明書を無視し、Raft もクライアント API 全体も\
                  平文で誰にでも提供します。ほかのメンバーへの接続は証明書がないため拒否されますが、\
                  `endpoint health` では気づけません。",
            fix: "`etcdctl member update` でピア URL を https:// に変え、メンバーの設定も直して\
                  再起動してください。",
        },
        zh: Prose {
            title: "该成员的对等端口不使用 TLS，而其他成员要求 TLS",
            why: "它的对等 URL 是 http://，因此 etcd 忽略对等证书，以明文向任何人提供 Raft 和全部\
                  客户端 API。它仍会去连接其他成员，但因没有证书而被拒绝，而 `endpoint health` \
                  察觉不到这一点。",
            fix: "用 `etcdctl member update` 将对等 URL 改为 https://，再修改该成员的配置并重启。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let endpoints = facts.endpoints.iter().filter(|_| facts.among_peers());
    endpoints
        .filter(|endpoint| is_alone_in_clear(endpoint, facts))
        .map(|e| found(e, facts))
        .collect()
}

/// Clear text where TLS was asked for, or where the other members, or the configuration, want it.
fn is_alone_in_clear(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> bool {
    if let Reach::Clear(service) = endpoint.reach {
        return matches!(service, Clear::PeerPort | Clear::Etcd);
    }
    let in_clear = endpoint.seen.parsed.as_ref().is_ok_and(|parts| !parts.tls);
    let tls_wanted = || {
        let urls = endpoint.peer_urls_listed();
        urls.iter().any(|url| url.starts_with("https://"))
            || facts.settings.get("peer-cert-file").is_some()
    };
    in_clear && endpoint.serves(facts) && tls_wanted()
}

fn found(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let https = endpoint.with_tls(true);
    Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Answer, Value::quoted(endpoint.answers()))
        .evidence(Label::Dialled, endpoint.dialled())
        .evidence(Label::PeerUrls, Value::list(endpoint.peer_urls_listed()))
        .evidence(Label::Setting, facts.settings.show("listen-peer-urls"))
        .evidence(Label::Setting, facts.settings.show("peer-cert-file"))
        .evidence(Label::Correct, https)
}
