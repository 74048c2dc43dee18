//! The URL asks for clear text, and the server speaks TLS.
//!
//! etcdctl drops all certificate flags for `http://`, and speaks TLS without a scheme only when one of them is given
//! (etcd `client/v3/internal/endpoint`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Reach},
    message::{EvidenceMessage, Label, Prose, Text, Value},
    observation::endpoint::{Purpose, TlsSeen},
    x509::Certificate,
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tls-server-plain-url",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The endpoint was dialled without TLS, but this server speaks TLS",
            why: "The server waits for a TLS handshake and hangs up on plain bytes. etcdctl speaks TLS to \
                  an https:// URL, and to one without a scheme only when --cacert, --cert or --key is \
                  given; for http:// it drops these files silently.",
            fix: "Dial https:// with --cacert, and with --cert and --key where the server asks for them.",
        },
        ja: Prose {
            title: "平文で接続しましたが、このサーバーは TLS で待ち受けています",
            why: "サーバーは TLS ハンドシェイクを待っており、平文のデータを受けると接続を切ります。\
                  etcdctl が TLS を使うのは、https:// の URL か、スキームがなく --cacert、--cert、\
                  --key のいずれかがある場合だけです。http:// の場合、これらのファイルは警告なしに無\
                  視されます。",
            fix: "https:// と --cacert で接続し、サーバーが求める場合は --cert と --key も指定してください。",
        },
        zh: Prose {
            title: "以明文连接，但该服务器使用 TLS",
            why: "服务器等待 TLS 握手，收到明文便断开连接。etcdctl 只在两种情况下使用 TLS：\
                  URL 为 https://，或 URL 不带协议但给出了 --cacert、--cert、--key 之一；\
                  URL 为 http:// 时，这些文件会被静默忽略。",
            fix: "改用 https:// 并指定 --cacert；服务器要求客户端证书时，再加上 --cert 和 --key。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let plain = facts.endpoints.iter().filter(|endpoint| endpoint.reach == Reach::TlsAtPlainUrl);
    plain
        .map(|endpoint| {
            let url = endpoint.with_tls(true);
            Finding::new(&DIAGNOSIS, endpoint.subject())
                .evidence(Label::Seen, behind_tls(endpoint, facts))
                .evidence(Label::Correct, &url)
                .fix(Fix::check_endpoint(facts, endpoint.url(), &url))
        })
        .collect()
}

fn behind_tls(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Value {
    let second = endpoint.seen.second(Purpose::TlsInstead);
    let tls = second.and_then(|second| second.tls.as_ref());
    let leaf = tls.and_then(|tls| Certificate::parse(&tls.chain.first()?.0, facts.go).ok());
    let version = tls.and_then(|tls: &TlsSeen| tls.version.as_deref()).unwrap_or("TLS");
    match leaf {
        Some(leaf) => EvidenceMessage::VersionOf {
            version: version.into(),
            subject: leaf.subject().into(),
            issuer: leaf.issuer().into(),
        }
        .into(),
        None => version.into(),
    }
}
