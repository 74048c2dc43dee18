//! What comes back is neither a TLS record, nor HTTP, nor a banner.
//!
//! A TLS record begins with a content type from 0x14 to 0x17 and 0x03 (RFC 8446 §5.1).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Reach},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tls-garbage",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "What answers here speaks neither TLS nor HTTP",
            why: "The first bytes that came back belong to no TLS record and to no text protocol. Another \
                  service, or a broken proxy, holds this port.",
            fix: "Correct the port, or look on the server which program holds it.",
        },
        ja: Prose {
            title: "ここで応答しているのは TLS でも HTTP でもありません",
            why: "返ってきた最初のバイト列は、TLS レコードでもテキストのプロトコルでもありません。\
                  このポートを使っているのは別のサービスか、故障したプロキシです。",
            fix: "ポート番号を直すか、サーバー側でこのポートを使っているプログラムを確かめてください。",
        },
        zh: Prose {
            title: "这里的应答既不是 TLS 也不是 HTTP",
            why: "收到的最初几个字节既不是 TLS 记录，也不属于任何文本协议。\
                  占用此端口的是别的服务，或是出了故障的代理。",
            fix: "更正端口，或在服务器上查看是哪个程序占用了它。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let garbled = facts.endpoints.iter().filter(|endpoint| endpoint.reach == Reach::Garbage);
    garbled.map(garbage).collect()
}

fn garbage(endpoint: &Endpoint<'_>) -> Finding {
    let bytes = endpoint.main().map(|main| main.first_bytes.as_str()).unwrap_or_default();
    Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::FirstBytes, Value::quoted(bytes.get(..32).unwrap_or(bytes)))
        .evidence(Label::Dialled, endpoint.dialled())
        .fix(Fix::listeners_on([2379, 2380, 2381]))
}
