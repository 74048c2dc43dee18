//! kube-apiserver's `--etcd-servers` names this node, and none of its etcds serves clients there.
//!
//! Judged by the configuration alone; an address of another machine proves nothing.

use super::super::network::{metrics_port, peer_port, tcp_refused};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Listener, Settings, Subject},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "apiserver-endpoint-port",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&peer_port::DIAGNOSIS, &metrics_port::DIAGNOSIS, &tcp_refused::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "kube-apiserver's etcd URL is not where etcd serves clients",
            why: "A URL in --etcd-servers names this node, but no etcd of this node has that address and \
                  port in --listen-client-urls. kube-apiserver does not come up, while etcd itself is \
                  well. Peer port and metrics port don't serve clients.",
            fix: "Put a client URL of etcd into --etcd-servers; the kubelet restarts the pod.",
        },
        ja: Prose {
            title: "kube-apiserver の etcd URL で etcd はクライアントを待ち受けていません",
            why: "--etcd-servers の URL はこのノードを指していますが、このノードのどの etcd も、そのアドレスとポート\
                  を --listen-client-urls に持っていません。etcd は正常でも、kube-apiserver は起動できません。ピ\
                  アポートとメトリクスポートはクライアントに応答しません。",
            fix: "--etcd-servers に etcd のクライアント URL を書いてください。kubelet が Pod を再起動します。",
        },
        zh: Prose {
            title: "kube-apiserver 的 etcd URL 不是 etcd 服务客户端的地址",
            why: "--etcd-servers 中的 URL 指向本节点，但本节点没有任何 etcd 在 --listen-client-urls 中监听该地址\
                  和端口。etcd 本身正常，kube-apiserver 却无法启动。对等端口和指标端口不为客户端提供服务。",
            fix: "在 --etcd-servers 中填写 etcd 的客户端 URL；kubelet 会重启该 Pod。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(apiserver) = facts.apiserver() else { return Vec::new() };
    let Some((config, setting)) = apiserver.get("etcd-servers") else { return Vec::new() };
    let etcds: Vec<_> = facts.configured_etcds().collect();
    // Where an etcd answers, what kube-apiserver itself met says more.
    let own = apiserver.as_configured_client();
    let is_met = facts.client_views().any(|view| view.viewed_as() == own.as_ref());
    if is_met && etcds.iter().any(|etcd| facts.is_served(etcd)) {
        return Vec::new();
    }
    let servers = apiserver.urls("etcd-servers");
    // Something else may pass connections on.
    let is_served = |url: &Listener<'_>| {
        let mut endpoints = facts.endpoints.iter();
        endpoints.any(|one| one.authority() == url.authority() && one.is_etcd())
    };
    let strays: Vec<_> =
        servers.iter().filter(|url| facts.is_stray(url) && !is_served(url)).collect();
    let Some(first) = strays.first() else { return Vec::new() };
    let right = strays.iter().try_fold(setting.value.clone(), |value, url| {
        Some(value.replace(url.url, &client_url(url, &etcds)?))
    });
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let finding = super::finding(&DIAGNOSIS, apiserver, subject, facts)
        .evidence(Label::Setting, apiserver.show("etcd-servers"));
    let options = ["listen-client-urls", "listen-peer-urls", "listen-metrics-urls"];
    let shown = etcds.iter().flat_map(|etcd| {
        let at_port = |option: &&str| {
            etcd.urls(option).iter().any(|url| url.port == first.port)
                || *option == "listen-client-urls"
        };
        options.into_iter().filter(at_port).map(|option| etcd.show(option))
    });
    let finding = shown.fold(finding, |finding, line| finding.evidence(Label::Setting, line));
    vec![
        finding
            .evidence(Label::Correct, right.clone().unwrap_or_default())
            .fixes(right.iter().filter_map(|right| super::replaced(config, setting, right))),
    ]
}

/// The client URL that was meant: at the same host where etcd listens there, else as etcd advertises it.
fn client_url(stray: &Listener<'_>, etcds: &[&Settings<'_>]) -> Option<String> {
    let here = etcds.iter().flat_map(|etcd| etcd.urls("listen-client-urls"));
    let mut here = here.filter(|url| url.is_at_host(stray) && url.port.is_some());
    let same_host = here.next().map(|url| {
        let own = Listener { port: url.port, ..stray.clone() };
        format!("{}://{}", url.scheme, own.authority())
    });
    let advertised = || {
        let urls = etcds.iter().flat_map(|etcd| etcd.urls("advertise-client-urls"));
        urls.map(|url| url.url.to_owned()).next()
    };
    same_host.or_else(advertised)
}
