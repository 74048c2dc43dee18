//! The endpoint is etcd's port for HTTP alone.
//!
//! `--listen-client-http-urls` (3.4.25, 3.5.8 and later) splits the client port: etcd's JSON here, gRPC elsewhere
//! (etcd `server/embed/serve.go`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Reach, Service},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "http-only-port",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This port of etcd serves HTTP only; gRPC is on another one",
            why: "etcd runs with --listen-client-http-urls, which splits its client port in two: this one \
                  answers paths such as /version and /health, the other one gRPC. etcdctl speaks gRPC \
                  and gets only 404 here.",
            fix: "Dial a URL of --listen-client-urls in place of one of --listen-client-http-urls.",
        },
        ja: Prose {
            title: "etcd のこのポートは HTTP 専用で、gRPC は別のポートにあります",
            why: "etcd が --listen-client-http-urls を指定して起動されているため、クライアント用のポー\
                  トが HTTP 用と gRPC 用に分かれています。gRPC を使う etcdctl には 404 しか返りませ\
                  ん。",
            fix: "--listen-client-http-urls ではなく --listen-client-urls の URL へ接続してください。",
        },
        zh: Prose {
            title: "etcd 的此端口只提供 HTTP，gRPC 在另一个端口",
            why: "etcd 启用了 --listen-client-http-urls，客户端端口因此分成 HTTP 和 gRPC 两个。\
                  etcdctl 使用 gRPC，在这里只会得到 404。",
            fix: "改为连接 --listen-client-urls 中的 URL，而不是 --listen-client-http-urls 中的 URL。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let http_only = Reach::Open(Service::HttpOnlyPort);
    let found = facts.endpoints.iter().filter(|endpoint| endpoint.reach == http_only);
    found.map(|endpoint| without_grpc(endpoint, facts)).collect()
}

fn without_grpc(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let listens = facts.settings.list("listen-client-urls").join(",");
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Seen, endpoint.instead_of_grpc())
        .evidence(Label::Answer, Value::quoted(endpoint.answers()))
        .evidence(Label::Setting, facts.settings.show("listen-client-http-urls"));
    if listens.is_empty() {
        finding.fix(Fix::listeners_of("etcd"))
    } else {
        finding.fix(Fix::check_endpoint(facts, endpoint.url(), &listens))
    }
}
