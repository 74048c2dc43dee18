//! The endpoint is etcd's peer port.
//!
//! `GET /members` is answered there and 404 on a client port (etcd `server/embed/etcd.go`, `etcdhttp/peer.go`). Over
//! TLS its gRPC server wants a second handshake inside the first; in clear text it serves the whole client API.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Clear, Endpoint, Facts, Reach, Service},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-port",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This is etcd's peer port, not its client port",
            why: "Members talk to one another on this port. Over TLS it closes gRPC connections, so \
                  that etcdctl only runs out of time. In clear text it serves the whole client API to \
                  everyone who reaches it, so that all seems well.",
            fix: "Dial a client URL of the cluster, usually on port 2379, in place of the peer URL.",
        },
        ja: Prose {
            title: "これは etcd のクライアントポートではなくピアポートです",
            why: "このポートはメンバー同士の通信に使われます。TLS の場合は gRPC 接続が閉じられるため、\
                  etcdctl はタイムアウトするだけです。平文の場合は、到達できる誰もがクライアント API \
                  全体を使えてしまい、正常に見えます。",
            fix: "ピア URL ではなく、クラスターのクライアント URL (通常はポート 2379) へ接続してください。",
        },
        zh: Prose {
            title: "这是 etcd 的对等端口，不是客户端端口",
            why: "此端口供成员之间通信。使用 TLS 时它会关闭 gRPC 连接，etcdctl 只能等到超时。\
                  使用明文时，任何能连上它的人都可以使用全部客户端 API，因此看上去一切正常。",
            fix: "不要连接对等 URL，改为连接集群的客户端 URL（通常是 2379 端口）。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let (clear, open) = (Reach::Clear(Clear::PeerPort), Reach::Open(Service::PeerPort));
    let clients = facts.endpoints.iter().filter(|_| !facts.among_peers());
    let peers = clients.filter(|seen| seen.reach == clear || seen.reach == open);
    peers.map(|endpoint| dialled_peer(endpoint, facts)).collect()
}

fn dialled_peer(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let works = endpoint.status().is_some();
    let severity = if works { Severity::Warning } else { Severity::Error };
    let client_urls = endpoint.client_urls(facts).join(",");
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .severity(severity)
        .evidence(Label::Answer, Value::quoted(endpoint.answers()))
        .evidence(Label::ClientUrls, &client_urls);
    if client_urls.is_empty() {
        finding.fix(Fix::listeners_of("etcd"))
    } else {
        finding.fix(Fix::check_endpoint(facts, endpoint.url(), &client_urls))
    }
}
