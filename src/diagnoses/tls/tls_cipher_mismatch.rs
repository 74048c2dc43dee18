//! No cipher suite, group or signature scheme in common: `handshake_failure` in answer to the `ClientHello`.
//!
//! RFC 8446 §6.2. Go servers say so too when none of their suites fits the certificate's key (crypto/tls
//! `handshake_server.go`, `pickCipherSuite`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Reach},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tls-cipher-mismatch",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Client and server have no cipher suite in common",
            why: "The server answered the ClientHello with handshake_failure: no cipher suite, group or \
                  signature algorithm on offer suits it. Such servers allow only RSA key exchange or CBC \
                  suites, or their suites do not fit the key type of their certificate.",
            fix: "Allow ECDHE with AES-GCM on the server, in a suite for its certificate's kind of key.",
        },
        ja: Prose {
            title: "クライアントとサーバーに共通の暗号スイートがありません",
            why: "サーバーは ClientHello に handshake_failure で応答しました。提示された暗号スイート、\
                  鍵交換グループ、署名アルゴリズムに使えるものがなかったということです。RSA 鍵交換や \
                  CBC のスイートしか許可していないか、スイートが証明書の鍵の種類と合っていません。",
            fix: "サーバーで、証明書の鍵の種類に合う ECDHE と AES-GCM の暗号スイートを許可してください。",
        },
        zh: Prose {
            title: "客户端与服务器没有共同的密码套件",
            why: "服务器用 handshake_failure 回应了 ClientHello：客户端提供的密码套件、密钥交换组和\
                  签名算法中没有它能用的。这样的服务器要么只允许 RSA 密钥交换或 CBC 套件，\
                  要么所配置的套件与其证书的密钥类型不匹配。",
            fix: "在服务器上启用与其证书密钥类型匹配的 ECDHE 加 AES-GCM 套件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let disagree = facts.endpoints.iter().filter(|seen| seen.reach == Reach::NoCommonCipher);
    disagree.map(|endpoint| without_suite(endpoint, facts)).collect()
}

fn without_suite(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Alert, endpoint.alert())
        .evidence(Label::Offered, EvidenceMessage::Http2Suites)
        .evidence(Label::Setting, facts.settings.show("cipher-suites"))
        .fix(Fix::handshake(endpoint, "-tls1_2 -cipher ALL@SECLEVEL=0"))
}
