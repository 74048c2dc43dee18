//! The server's handshake signature does not verify with the key of the certificate it presents.
//!
//! `CertificateVerify` (RFC 8446 §4.4.3) or `ServerKeyExchange` (RFC 5246 §7.4.3). Go looks at it after the chain.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "server-signature-invalid",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server does not hold the key of the certificate it presents",
            why: "In the handshake a server signs with the private key of its certificate, and this \
                  signature does not verify with the certificate's public key. etcd refuses to load such \
                  a pair, so a proxy or an appliance with files that do not match stands here.",
            fix: "Give the server the private key of its certificate, or issue a certificate for its key.",
        },
        ja: Prose {
            title: "サーバーは提示した証明書の秘密鍵を持っていません",
            why: "サーバーはハンドシェイクで証明書の秘密鍵を使って署名しますが、この署名は証明書の公\
                  開鍵で検証できません。etcd はそのような組を読み込まないため、応答しているのは証明\
                  書と秘密鍵が食い違ったプロキシや機器です。",
            fix: "証明書に対応する秘密鍵をサーバーに置くか、サーバーの鍵で証明書を再発行してください。",
        },
        zh: Prose {
            title: "服务器没有其所出示证书的私钥",
            why: "握手时服务器要用证书对应的私钥签名，而这个签名无法用证书中的公钥验证。\
                  etcd 会拒绝加载不匹配的证书和私钥，因此这里是两者不匹配的代理或设备。",
            fix: "为服务器配置其证书对应的私钥，或用服务器现有的私钥重新签发证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.endpoints.iter().filter_map(unproven).collect()
}

/// A chain or name that Go refuses comes first, as Go never gets to the signature then.
fn unproven(endpoint: &Endpoint<'_>) -> Option<Finding> {
    let why = endpoint.tls()?.bad_signature.as_ref()?;
    let presented = endpoint.presented.as_ref()?;
    let refused = presented.rejection().is_some() || presented.name_verdict.is_err();
    let leaf = presented.leaf().filter(|_| !refused)?;
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Seen, Value::quoted(why))
        .evidence(Label::Certificate, leaf.subject())
        .evidence(
            Label::PublicKey,
            format!("{}, SHA-256 {}", leaf.key_display(), leaf.spki_sha256()),
        )
        .fix(Fix::handshake(endpoint, "-showcerts"));
    Some(finding)
}
