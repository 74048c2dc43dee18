//! Something answers, but nothing that etcd's ports would say.
//!
//! Told from etcd's own other ports by `GET /version`, `/members`, `/metrics`, `/health`, and by the content type of
//! answers to gRPC calls.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Clear, Endpoint, Facts, Reach, Service},
    message::{Label, Prose, Text, Value, VerdictMessage},
    x509::Certificate,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "not-etcd",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "What answers at this address and port is not etcd",
            why: "The port is open and something speaks there, but not as etcd does: no gRPC, and none of \
                  etcd's own paths. It is a web server, an API server, SSH or another service.",
            fix: "Correct the host and port of the endpoint.",
        },
        ja: Prose {
            title: "このアドレスとポートで応答しているのは etcd ではありません",
            why: "ポートは開いていて応答もありますが、etcd のものではありません。gRPC に応じず、etcd 固有の\
                  パスもありません。Web サーバー、API サーバー、SSH など別のサービスです。",
            fix: "エンドポイントのホストとポートを直してください。",
        },
        zh: Prose {
            title: "在该地址和端口上应答的不是 etcd",
            why: "端口是开放的，也有应答，但不像 etcd：不支持 gRPC，也没有 etcd 特有的路径。\
                  它是 Web 服务器、API 服务器、SSH 或其他服务。",
            fix: "更正端点的主机和端口。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let (clear, open) = (Reach::Clear(Clear::Stranger), Reach::Open(Service::Stranger));
    let strange = facts.endpoints.iter().filter(|seen| seen.reach == clear || seen.reach == open);
    strange.map(stranger).collect()
}

fn stranger(endpoint: &Endpoint<'_>) -> Finding {
    let agreed = endpoint.tls().filter(|tls| tls.version.is_some());
    let alpn = agreed.map(|tls| {
        let none = || VerdictMessage::None.into();
        tls.alpn.as_deref().map_or_else(none, Value::from)
    });
    let leaf = endpoint.presented.as_ref().and_then(|presented| presented.leaf());
    Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Seen, endpoint.instead_of_grpc())
        .evidence(Label::Alert, endpoint.alert())
        .evidence(Label::FirstBytes, Value::quoted(banner(endpoint)))
        .evidence(Label::Answer, Value::quoted(endpoint.answers()))
        .evidence(Label::Alpn, alpn)
        .evidence(Label::Certificate, leaf.map(Certificate::subject))
        .evidence(Label::Dialled, endpoint.dialled())
        .fix(Fix::listeners_on([2379, 2380, 2381]))
}

/// What the server said first, when it is text.
fn banner(endpoint: &Endpoint<'_>) -> String {
    let first = endpoint.main().map(|main| main.first_bytes.as_bytes()).unwrap_or_default();
    let bytes = data_encoding::HEXLOWER.decode(first).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().next().unwrap_or_default();
    if line.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        line.to_owned()
    } else {
        String::new()
    }
}
