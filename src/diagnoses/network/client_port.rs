//! `--peer` was said, and the endpoint is etcd's client port.
//!
//! A client port answers `GET /version` and knows no `/members` (etcd `server/etcdserver/api/etcdhttp`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Reach, Service},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-port",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This is etcd's client port, not its peer port",
            why: "The endpoint was given as a peer URL (--peer). It answers as etcd's client port, \
                  which knows nothing of /members and admits other certificates than a peer port.",
            fix: "Leave out --peer, or dial the member's peer URL, usually on port 2380.",
        },
        ja: Prose {
            title: "これは etcd のピアポートではなくクライアントポートです",
            why: "このエンドポイントはピア URL として指定されました (--peer)。しかし応答したのは etcd の\
                  クライアントポートで、/members を持たず、受け入れる証明書もピアポートとは異なります。",
            fix: "--peer を外すか、メンバーのピア URL (通常はポート 2380) へ接続してください。",
        },
        zh: Prose {
            title: "这是 etcd 的客户端端口，不是对等端口",
            why: "该端点是作为对等 URL 给出的 (--peer)，但应答的是 etcd 的客户端端口：\
                  它没有 /members，接受的证书也与对等端口不同。",
            fix: "去掉 --peer，或改为连接成员的对等 URL（通常是 2380 端口）。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let client_port = Reach::Open(Service::ClientPort);
    let found = facts.endpoints.iter().filter(|endpoint| endpoint.reach == client_port);
    let findings = found.map(|endpoint| {
        let peer_urls = facts.settings.list("listen-peer-urls").join(",");
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Answer, Value::quoted(endpoint.answers()))
            .evidence(Label::PeerUrls, &peer_urls);
        if peer_urls.is_empty() {
            finding.fix(Fix::listeners_of("etcd"))
        } else {
            finding.fix(Fix::check_endpoint(facts, endpoint.url(), &peer_urls))
        }
    });
    findings.collect()
}
