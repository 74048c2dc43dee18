//! The endpoint is etcd's metrics port.
//!
//! `--listen-metrics-urls` serves `/metrics` and `/health`; `/version` and `/members` are 404, and there is no gRPC
//! (etcd `server/embed/etcd.go`, `serveMetrics`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Clear, Endpoint, Facts, Reach, Service},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "metrics-port",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This is etcd's metrics port, which serves no clients",
            why: "The port of --listen-metrics-urls answers monitoring paths such as /metrics and /health \
                  and knows neither gRPC nor /version. etcdctl speaks gRPC, so it never gets an answer \
                  here.",
            fix: "Dial a URL of etcd's --listen-client-urls, usually on port 2379.",
        },
        ja: Prose {
            title: "これは etcd のメトリクスポートで、クライアントには応じません",
            why: "--listen-metrics-urls のポートが応答するのは /metrics や /health などの監視用パスだけで、\
                  gRPC にも /version にも応じません。gRPC を使う etcdctl はここでは応答を得られません。",
            fix: "etcd の --listen-client-urls にある URL (通常はポート 2379) へ接続してください。",
        },
        zh: Prose {
            title: "这是 etcd 的指标端口，不为客户端提供服务",
            why: "--listen-metrics-urls 的端口只应答 /metrics、/health 等监控路径，\
                  既不支持 gRPC，也没有 /version。etcdctl 使用 gRPC，因此在这里得不到应答。",
            fix: "改为连接 etcd 的 --listen-client-urls 中的 URL（通常是 2379 端口）。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let (clear, open) = (Reach::Clear(Clear::MetricsPort), Reach::Open(Service::MetricsPort));
    let metrics = facts.endpoints.iter().filter(|seen| seen.reach == clear || seen.reach == open);
    metrics.map(|endpoint| dialled_metrics(endpoint, facts)).collect()
}

fn dialled_metrics(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let client_urls = endpoint.client_urls(facts).join(",");
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Answer, Value::quoted(endpoint.answers()))
        .evidence(Label::Setting, facts.settings.show("listen-metrics-urls"))
        .evidence(Label::ClientUrls, &client_urls);
    if client_urls.is_empty() {
        finding.fix(Fix::listeners_of("etcd"))
    } else {
        finding.fix(Fix::check_endpoint(facts, endpoint.url(), &client_urls))
    }
}
