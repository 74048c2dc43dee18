//! The endpoint is no URL that etcdctl can dial.
//!
//! etcdctl checks no syntax and guesses no port (etcd `client/v3/internal/endpoint`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts},
    message::{Label, Prose, Say, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "endpoint-malformed",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The endpoint is not an address that etcdctl can dial",
            why: "An endpoint is [scheme://]host:port with the scheme http, https, unix or unixs and \
                  a port from 1 to 65535. etcdctl does not check this: it dials the text as it is \
                  until its time is up, and reports only that.",
            fix: "Write scheme, host and port of the endpoint in full, as in https://10.0.0.1:2379.",
        },
        ja: Prose {
            title: "エンドポイントが etcdctl の接続できる形式ではありません",
            why: "エンドポイントは [スキーム://]ホスト:ポート の形で、スキームは http、https、unix、\
                  unixs のいずれか、ポートは 1 から 65535 です。etcdctl は書式を検査せず、与えられた\
                  文字列のままタイムアウトまで接続を試み、タイムアウトしたとだけ報告します。",
            fix: "https://10.0.0.1:2379 のように、スキーム、ホスト、ポートをすべて書いてください。",
        },
        zh: Prose {
            title: "端点格式不正确，etcdctl 无法连接",
            why: "端点的格式为 [协议://]主机:端口，协议只能是 http、https、unix 或 unixs，\
                  端口范围为 1 到 65535。etcdctl 不检查格式，只会用原样的字符串反复连接，\
                  最后仅报告超时。",
            fix: "将端点的协议、主机和端口写完整，例如 https://10.0.0.1:2379。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.endpoints.iter().filter_map(|endpoint| malformed(endpoint, facts)).collect()
}

fn malformed(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let malformed = endpoint.seen.parsed.as_ref().err()?;
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Defect, malformed.why.message());
    let finding = match &malformed.suggestion {
        Some(url) => finding.evidence(Label::Correct, url).fix(Fix::check_endpoint(
            facts,
            endpoint.url(),
            url,
        )),
        None => finding,
    };
    Some(match endpoint.origin(facts) {
        Some(origin) => finding.evidence(Label::GivenBy, origin.message()),
        None => finding,
    })
}
