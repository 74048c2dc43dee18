//! Clients of etcd are told by their environment to go through a proxy, which doesn't let them.
//!
//! The rules stand in `etcd/proxy`. Our own connections go past any proxy.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    etcd::proxy::VARIABLES,
    facts::{Facts, Proxied, Subject, Variable, show_setting},
    message::{Label, Prose, Say, Text, Value},
    observation::{ConfigKind, Program, proxy::ProxyEnd},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "proxy-environment",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "HTTPS_PROXY sends connections to etcd through a proxy",
            why: "etcdctl 3.5 and later, kube-apiserver and other Go clients of etcd connect through the \
                  proxy that HTTPS_PROXY names, for https and http endpoints alike, unless NO_PROXY \
                  names the host. localhost and loopback addresses are always excepted. Members use it \
                  for each other's peer URLs. etcdctl 3.4 and this check connect directly.",
            fix: "Add etcd's hosts to NO_PROXY: names, .domain suffixes, addresses or networks such as \
                  10.0.0.0/8.",
        },
        ja: Prose {
            title: "HTTPS_PROXY により etcd への接続がプロキシを経由します",
            why: "etcdctl 3.5 以降、kube-apiserver、その他の Go 製 etcd クライアントは、NO_PROXY にホストが\
                  含まれない限り、エンドポイントが https でも http でも HTTPS_PROXY のプロキシを経由して接\
                  続します。localhost とループバックアドレスは常に除外されます。メンバー同士のピア URL へ\
                  の接続も同様です。etcdctl 3.4 とこの検査はプロキシを使わずに接続します。",
            fix: "etcd のホストを NO_PROXY に追加してください。ホスト名、.ドメイン、アドレス、10.0.0.0/8 のようなネット\
                  ワークが使えます。",
        },
        zh: Prose {
            title: "HTTPS_PROXY 使到 etcd 的连接经过代理",
            why: "只要 NO_PROXY 未包含目标主机，etcdctl 3.5 及以后版本、kube-apiserver 和其他 Go 编写的 etcd \
                  客户端就会经由 HTTPS_PROXY 指定的代理连接，无论端点是 https 还是 http。localhost 和回环\
                  地址始终除外。成员之间的对等 URL 也是如此。etcdctl 3.4 和本检查直接连接。",
            fix: "把 etcd 的主机加入 NO_PROXY：主机名、.域名后缀、地址，或 10.0.0.0/8 这样的网段。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.proxied().iter().map(|proxied| describe(proxied, facts)).collect()
}

fn describe(proxied: &Proxied<'_, '_>, facts: &Facts<'_>) -> Finding {
    let proxy = proxied.authority();
    let ends: Vec<_> =
        proxied.targets.iter().filter_map(|target| facts.proxy_end(proxy, target)).collect();
    let severity = ends.iter().map(|end| severity(end)).max().unwrap_or(Severity::Warning);
    let of_etcd = proxied.process.filter(|process| process.program == Program::Etcd);
    let runs = of_etcd.is_some_and(|process| facts.is_served(process));
    let severity = if runs { severity.min(Severity::Warning) } else { severity };
    let own = || {
        let caught =
            facts.endpoints.iter().filter(|one| proxied.targets.contains(&one.authority()));
        caught.map(|endpoint| endpoint.subject())
    };
    let subject = match proxied.proxy.config {
        Some(config) => Subject::File(config.path.clone()),
        None => own().next().unwrap_or_else(|| Subject::Flag(proxied.proxy.setting.name.clone())),
    };
    let side = if proxied.process.is_some() { Side::Config } else { Side::Client };
    let finding = Finding::new(&DIAGNOSIS, subject)
        .severity(severity)
        .side(side)
        .evidence(Label::Setting, shown(proxied.proxy))
        .evidence(Label::Setting, proxied.no_proxy.map(shown).unwrap_or_default())
        .evidence(Label::Dialled, Value::list(proxied.targets.iter().map(String::as_str)));
    let finding = own()
        .skip(1)
        .filter(|_| proxied.process.is_none())
        .fold(finding, |finding, endpoint| finding.also_about(endpoint));
    let finding = ends
        .first()
        .into_iter()
        .fold(finding, |finding, end| finding.evidence(Label::Answer, end.message()));
    finding.fixes(Some(proxied).filter(|_| severity > Severity::Info).and_then(fix))
}

/// How bad it is by what the proxy answered. Whether it would let a client with a login through is left open.
fn severity(end: &ProxyEnd) -> Severity {
    match end {
        end if end.is_open() => Severity::Info,
        ProxyEnd::Answered(407) => Severity::Warning,
        _ => Severity::Error,
    }
}

fn shown(variable: Variable<'_>) -> String {
    let setting = variable.setting;
    match variable.config {
        Some(config) => show_setting(config, setting),
        None => format!("{} = {}", setting.name, setting.value),
    }
}

/// Names the hosts in `NO_PROXY`, where it is set or beside the proxy.
fn fix(proxied: &Proxied<'_, '_>) -> Option<Fix> {
    let value = proxied.completed();
    let (upper, lower) = (VARIABLES[2], VARIABLES[3]);
    let name = proxied.no_proxy.map_or(upper, |known| known.setting.name.as_str());
    let Some(config) = proxied.proxy.config else {
        let both = Fix::run("export").value(format!("{name}={value}"));
        // The newest Go reads the lower case first, older ones the upper.
        let other = (name == upper).then(|| format!("{lower}={value}"));
        return Some(other.into_iter().fold(both, Fix::value));
    };
    if let Some(known) = proxied.no_proxy {
        let file = known.config?;
        return super::super::config::replaced(file, known.setting, &value);
    }
    let path = &config.path;
    let line = proxied.proxy.setting.line;
    let edit = match config.kind {
        ConfigKind::Environment => {
            Fix::run("echo").value(format!("{name}={value}")).append_to(path)
        }
        ConfigKind::Unit if line > 0 => {
            Fix::run("sed -i").value(format!("{line}a Environment=\"{name}={value}\"")).value(path)
        }
        ConfigKind::Manifest if line > 0 => Fix::run("sed -i")
            .value(format!("{line}s|^\\( *\\)- .*|\\1- {{name: {name}, value: \"{value}\"}}\\n&|"))
            .value(path),
        _ => return None,
    };
    Some(edit.changes(path).needs(Need::Restart))
}
