//! Nothing listens on the endpoint's address and port.
//!
//! `connect` gives ECONNREFUSED: the machine answers, the port doesn't.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    diagnoses::etcd::{advertised_url_unreachable, no_leader, read_failed},
    facts::{Endpoint, Facts, Reach},
    message::{Label, NetworkMessage, Prose, Text},
    observation::endpoint::Parts,
};

/// etcd's ports for clients, peers and metrics.
const USUAL: [u16; 3] = [2379, 2380, 2381];

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tcp-refused",
    severity: Severity::Error,
    side: Side::Network,
    hardening: false,
    causes: &[
        &no_leader::DIAGNOSIS,
        &read_failed::DIAGNOSIS,
        &advertised_url_unreachable::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "Nothing listens on this address and port",
            why: "The machine answered and refused the connection, so the network works. \
                  Either etcd is not running, or it listens on another address or port.",
            fix: "Start etcd, or dial an address and port of its --listen-client-urls.",
        },
        ja: Prose {
            title: "このアドレスとポートでは何も待ち受けていません",
            why: "マシンは応答して接続を拒否したので、ネットワークは通じています。etcd が起動してい\
                  ないか、別のアドレスまたはポートで待ち受けています。",
            fix: "etcd を起動するか、--listen-client-urls にあるアドレスとポートへ接続してください。",
        },
        zh: Prose {
            title: "该地址和端口上没有程序在监听",
            why: "主机有应答并拒绝了连接，说明网络是通的。\
                  要么 etcd 没有运行，要么它监听的是其他地址或端口。",
            fix: "启动 etcd，或改为连接 --listen-client-urls 中的地址和端口。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.reach == Reach::Refused)
        .map(|endpoint| {
            let address = endpoint.main().map(|main| main.to.as_str()).unwrap_or_default();
            Finding::new(&DIAGNOSIS, endpoint.subject())
                .evidence(Label::Dialled, address)
                .evidence(Label::System, NetworkMessage::Refused)
                .fixes(super::where_etcd_listens(facts, endpoint))
                .fix(listeners(endpoint))
        })
        .collect()
}

/// Who listens there instead: on the port that refused, or on those that etcd usually has.
fn listeners(endpoint: &Endpoint<'_>) -> Fix {
    let parts = endpoint.seen.parsed.as_ref();
    if let Ok(Parts { unix: true, host: path, .. }) = parts {
        return Fix::run("ss -lxp").pipe(Fix::run("grep -F").value(path));
    }
    let refused = parts.map(|parts| parts.port).ok().filter(|port| !USUAL.contains(port));
    let ports = refused.into_iter().chain(USUAL);
    Fix::listeners_on(ports)
}
