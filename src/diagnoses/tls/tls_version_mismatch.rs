//! No TLS version in common: the server answers `protocol_version`, or chooses what neither side may use.
//!
//! RFC 8446 §4.2.1; Go has offered TLS 1.2 and 1.3 only since 1.18 (clients) and 1.22 (servers).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Reach},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tls-version-mismatch",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Client and server have no TLS version in common",
            why: "etcdctl and every current Go client speak TLS 1.2 and 1.3 only. This server, or the \
                  proxy that ends TLS in front of it, offers TLS 1.1 at most, or is limited to versions \
                  that the client does not have.",
            fix: "Let the server, or the proxy in front of it, offer TLS 1.2 or 1.3.",
        },
        ja: Prose {
            title: "クライアントとサーバーに共通の TLS バージョンがありません",
            why: "etcdctl をはじめ現在の Go クライアントが使うのは TLS 1.2 と 1.3 だけです。\
                  このサーバー、またはその手前で TLS を終端するプロキシは、TLS 1.1 以前しか提供しないか、\
                  クライアントの使えないバージョンに制限されています。",
            fix: "サーバー、またはその手前のプロキシで TLS 1.2 または 1.3 を有効にしてください。",
        },
        zh: Prose {
            title: "客户端与服务器没有共同的 TLS 版本",
            why: "etcdctl 以及现有的 Go 客户端只支持 TLS 1.2 和 1.3。该服务器或其前面终结 TLS 的代理\
                  最高只提供 TLS 1.1，或被限制在客户端不支持的版本上。",
            fix: "在服务器或其前面的代理上启用 TLS 1.2 或 1.3。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let disagree = facts.endpoints.iter().filter(|seen| seen.reach == Reach::NoCommonVersion);
    disagree.map(|endpoint| without_version(endpoint, facts)).collect()
}

fn without_version(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let alert = endpoint.alert();
    let chosen = alert.is_none().then_some(EvidenceMessage::OldVersionChosen);
    Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Alert, alert)
        .evidence(Label::Seen, chosen)
        .evidence(Label::Offered, Value::list(["TLSv1.2", "TLSv1.3"]))
        .evidence(Label::Setting, facts.settings.show("tls-min-version"))
        .evidence(Label::Setting, facts.settings.show("tls-max-version"))
        .fix(Fix::handshake(endpoint, "-tls1_1 -cipher DEFAULT@SECLEVEL=0"))
}
