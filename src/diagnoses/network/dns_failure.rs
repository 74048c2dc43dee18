//! The endpoint's host name has no address here.
//!
//! NXDOMAIN, SERVFAIL or a resolver that does not answer: the connection was never tried.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Reach},
    message::{Label, Prose, Say, Text},
    observation::endpoint::LookupError,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "dns-failure",
    severity: Severity::Error,
    side: Side::Network,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The endpoint's host name has no address",
            why: "The resolver gave no address for this name, so no connection was even tried. The name \
                  is misspelt, its record is gone, or this machine asks a resolver that does not know \
                  it, as with names that exist only inside the cluster.",
            fix: "Correct the host name, or add it to DNS or to /etc/hosts on this machine.",
        },
        ja: Prose {
            title: "エンドポイントのホスト名を解決できません",
            why: "リゾルバーがこの名前のアドレスを返さなかったため、接続は試みられていません。名前の\
                  綴りが違うか、レコードが存在しないか、クラスター内にしかない名前のように、このマシ\
                  ンの参照するリゾルバーがその名前を知りません。",
            fix: "ホスト名を直すか、DNS またはこのマシンの /etc/hosts に登録してください。",
        },
        zh: Prose {
            title: "端点的主机名无法解析",
            why: "解析器没有返回该名称的地址，因此根本没有发起连接。原因是名称拼写有误、记录已被删除，\
                  或者本机使用的解析器不认识它，例如只在集群内部存在的名称。",
            fix: "更正主机名，或在 DNS 或本机的 /etc/hosts 中添加该名称。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let nameless = facts.endpoints.iter().filter(|endpoint| endpoint.reach == Reach::NoName);
    nameless.filter_map(|endpoint| unresolved(endpoint, facts)).collect()
}

fn unresolved(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let host = &endpoint.seen.parsed.as_ref().ok()?.host;
    let lookup = endpoint.seen.lookup.as_ref()?;
    let error = lookup.error.as_ref().unwrap_or(&LookupError::NoAddress);
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Name, host)
        .evidence(Label::Resolver, error.message())
        .fixes(super::where_etcd_listens(facts, endpoint))
        .fix(Fix::run("getent hosts").value(host));
    Some(match endpoint.origin(facts) {
        Some(origin) => finding.evidence(Label::GivenBy, origin.message()),
        None => finding,
    })
}
