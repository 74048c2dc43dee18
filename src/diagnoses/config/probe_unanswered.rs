//! The kubelet asks etcd for its health where etcd does not answer such a request, and ends it for that.
//!
//! A probe shows no client certificate and trusts any server (Kubernetes `pkg/probe/http`). etcd answers `/health` at the metrics and
//! client URLs, `/livez` and `/readyz` since 3.4.29, 3.5.11 and 3.6 (`server/etcdserver/api/etcdhttp/health.go`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    etcd::Release,
    facts::{Facts, Listener, Settings, Subject},
    message::{Label, Prose, Text, Value},
    observation::{ConfigFile, Probe, Program},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "probe-unanswered",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The kubelet's probe asks etcd where it does not answer",
            why: "A probe has to name a port, a scheme, and a path at which etcd answers without a client certificate: those of \
                  --listen-metrics-urls. Otherwise the kubelet takes a healthy etcd for a dead one and ends it again and again.",
            fix: "Set port, scheme, and path of the probe to those of --listen-metrics-urls; the kubelet restarts the pod.",
        },
        ja: Prose {
            title: "kubelet のプローブの宛先で etcd は応答しません",
            why: "プローブには、クライアント証明書なしで etcd が応答するポート、スキーム、パス (--listen-metrics-urls のもの) が必要です。\
                  そうでなければ、kubelet は正常な etcd を停止したものとみなして終了させ続けます。",
            fix: "プローブのポート、スキーム、パスを --listen-metrics-urls に合わせてください。kubelet が Pod を再起動します。",
        },
        zh: Prose {
            title: "kubelet 的探针所问之处 etcd 不应答",
            why: "探针的端口、协议和路径必须是 etcd 无需客户端证书即可应答之处，即 --listen-metrics-urls。否则 kubelet 会把健康的 etcd 当成已失效，反复终止它。",
            fix: "将探针的端口、协议和路径改为 --listen-metrics-urls 的值，kubelet 会重启该 Pod。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    let probes = etcds.flat_map(|process| {
        let configs = process.configs();
        configs
            .flat_map(move |config| config.probes.iter().map(move |probe| (process, config, probe)))
    });
    probes
        .filter_map(|(process, config, probe)| unanswered(process, config, probe, facts))
        .collect()
}

fn unanswered(
    process: &Settings<'_>,
    config: &ConfigFile,
    probe: &Probe,
    facts: &Facts<'_>,
) -> Option<Finding> {
    let asked = Listener::parse(&probe.url)?;
    let metrics = process.urls("listen-metrics-urls");
    let clients = process.urls("listen-client-urls");
    // Without either, a file that is not here configures the process.
    if !process.names("listen-client-urls") || process.from_file() {
        return None;
    }
    let hears = |own: &&Listener<'_>| {
        let same_host = asked.host.is_empty() || own.is_everywhere() || own.host == asked.host;
        own.port == asked.port && same_host && own.scheme == asked.scheme
    };
    let asks_clients = process.names("trusted-ca-file") || process.is_on("client-cert-auth");
    let by_clients = clients.iter().find(hears).filter(|own| !own.is_tls() || !asks_clients);
    let path = probe.url.rsplit_once(&probe.port).map_or("/", |(_, path)| path);
    let is_known = answers(path.split('?').next().unwrap_or(path), process.release());
    if is_known && (metrics.iter().any(|own| hears(&own)) || by_clients.is_some()) {
        return None;
    }
    let right = metrics.first().filter(|own| own.scheme == asked.scheme && is_known);
    let port = right.and_then(|own| own.port).map(|port| port.to_string()).unwrap_or_default();
    let subject = Subject::Setting { file: config.path.clone(), name: probe.name.clone() };
    // The kubelet only takes a pod that isn't ready out of its services.
    let ready = probe.name == "readinessProbe";
    let severity = if ready { Severity::Warning } else { Severity::Error };
    let place = format!("{} = {} ({}:{})", probe.name, probe.url, config.path, probe.line);
    let finding =
        Finding::new(&DIAGNOSIS, subject).severity(severity).evidence(Label::Setting, place);
    let endpoints = facts.endpoints_of(process);
    let finding = endpoints.fold(finding, |finding, one| finding.also_about(one.subject()));
    let listeners = ["listen-metrics-urls", "listen-client-urls"];
    let listeners = listeners.into_iter().filter(|option| process.names(option));
    Some(
        finding
            .evidence(Label::Required, Value::list(listeners.map(|option| process.show(option))))
            .fixes(Fix::edited(config, probe.line, &probe.port, &port)),
    )
}

/// The first releases of each line with `/livez` and `/readyz`.
const SINCE: [(u16, u16, u16); 3] = [(3, 4, 29), (3, 5, 11), (3, 6, 0)];

fn answers(path: &str, release: Option<Release>) -> bool {
    match path {
        "/health" | "/metrics" => true,
        "/livez" | "/readyz" => release.is_none_or(|release| !release.lacks(&SINCE)),
        _ => false,
    }
}
