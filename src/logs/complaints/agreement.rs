//! Both speak TLS and agree on nothing: versions, suites, protocols above, keys.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, Server},
};
use super::clear_text::about_tls;
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] = &[&VERSION, &CIPHER, &ALPN, &SIGNATURE, &OTHER_KEYS];

static VERSION: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "tls: protocol version not supported",
        "tls: client offered only unsupported versions",
        "tls: server selected unsupported protocol version",
        "tls: no supported versions satisfy",
        "unsupported protocol",
        "UNSUPPORTED_PROTOCOL",
        "no protocols available",
        "NO_PROTOCOLS_AVAILABLE",
        "version too low",
        "No appropriate protocol",
        "PeerIncompatible(ServerDoesNotSupport",
        "PeerIncompatible(Tls1",
        "PeerIncompatible(SupportedVersions",
        "Server chose TLSv1",
        "The server selected protocol version",
        "SSL_ERROR_UNSUPPORTED_VERSION",
        "Client requested protocol",
    ],
    only: Some(about_versions),
    causes: &[(Client, &["tls-version-mismatch"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "No TLS version suits both sides",
        ja: "双方に共通の TLS バージョンがありません",
        zh: "没有双方都支持的 TLS 版本",
    },
    proves: Phrase {
        en: "The handshake ended at its first message; certificates were not looked at.",
        ja: "ハンドシェイクは最初のメッセージで終わり、証明書はまだ確認されていません。",
        zh: "握手在第一条消息就结束了，没有查看证书。",
    },
    open: Phrase {
        en: "It does not say which side is to be changed.",
        ja: "どちらを変えるべきかはわかりません。",
        zh: "它没有说明应更改哪一方。",
    },
};

fn about_versions(text: &str) -> bool {
    !text.contains("protocol scheme")
}

static CIPHER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "no cipher suite supported by both client and server",
        "peer doesn't support any of the certificate's signature algorithms",
        "server chose an unconfigured cipher suite",
        "client doesn't support selected",
        "no shared cipher",
        "NO_SHARED_CIPHER",
        "no suitable signature algorithm",
        "NO_SUITABLE_SIGNATURE_ALGORITHM",
        "no cipher suites in common",
        "no ECDHE curve supported by both",
        "NoCipherSuitesInCommon",
        "NoKxGroupsInCommon",
        "NoSignatureSchemesInCommon",
        "Could not negotiate a supported cipher suite",
        "No supported cipher suites have been found",
        "no ciphers available",
        "SSL_ERROR_NO_CYPHER_OVERLAP",
        "SEC_E_ALGORITHM_MISMATCH",
    ],
    only: None,
    causes: &[(Client, &["tls-cipher-mismatch", "tls-version-mismatch"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "No cipher suite, group or signature algorithm suits both sides",
        ja: "双方に共通の暗号スイート、グループ、署名アルゴリズムがありません",
        zh: "没有双方都支持的密码套件、密钥交换组或签名算法",
    },
    proves: Phrase {
        en: "Both sides speak TLS and share a version; trust was not looked at yet.",
        ja: "双方とも TLS を使い、共通のバージョンもありますが、証明書の検証までは進んでいません。",
        zh: "双方都使用 TLS 且版本相同，尚未检查信任关系。",
    },
    open: Phrase {
        en: "It does not say whether --cipher-suites, the kind of the server's key or the client's own list is the narrow one.",
        ja: "--cipher-suites、サーバーの鍵の種類、クライアントの設定のどれが制限しすぎているかはわかりません。",
        zh: "它没有说明造成限制的是 --cipher-suites、服务器的密钥类型，还是客户端自己的列表。",
    },
};

static ALPN: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "missing selected ALPN property",
        "cannot check peer: missing selected ALPN",
        "server selected unadvertised ALPN",
        "client requested unsupported application protocols",
        "Failed ALPN negotiation",
    ],
    only: None,
    causes: &[(Client, &["alpn-missing", "not-etcd"])],
    severity: Some(crate::diagnoses::engine::Severity::Error),
    decide: Decide::Check,
    what: Phrase {
        en: "The two sides agreed on no application protocol (ALPN)",
        ja: "双方がアプリケーションプロトコル (ALPN) で合意していません",
        zh: "双方没有就应用协议 (ALPN) 达成一致",
    },
    proves: Phrase {
        en: "The handshake worked, and the server did not choose h2. grpc-go from 1.67 on refuses that; etcd always chooses it, so something stands in between.",
        ja: "ハンドシェイクは成功しましたが、サーバーが h2 を選びませんでした。grpc-go 1.67 以降は拒否します。etcd は必ず h2 を選ぶので、間に何かがあります。",
        zh: "握手成功，但服务器没有选择 h2。grpc-go 从 1.67 起会拒绝这样的服务器。etcd 总会选择 h2，因此中间还有别的程序。",
    },
    open: Phrase {
        en: "It does not name the proxy or load balancer that ends TLS.",
        ja: "TLS を終端しているプロキシやロードバランサーの名前はわかりません。",
        zh: "它没有指出终结 TLS 的是哪个代理或负载均衡器。",
    },
};

static SIGNATURE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "invalid signature by the server certificate",
        "invalid signature by the client certificate",
        "InvalidCertificate(BadSignature)",
        "bad signature",
        "BAD_SIGNATURE",
        "signature verification has failed",
    ],
    only: Some(about_tls),
    causes: &[(Client, &["server-signature-invalid", "key-mismatch"]), (Server, &["key-mismatch"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The other side could not prove that it holds its certificate's key",
        ja: "相手は証明書の鍵を持っていることを示せませんでした",
        zh: "对方无法证明自己持有证书的私钥",
    },
    proves: Phrase {
        en: "The signature over the handshake was not made with the key of the certificate presented.",
        ja: "ハンドシェイクの署名が、提示された証明書の鍵によるものではありません。",
        zh: "握手中的签名不是由所出示证书的私钥生成的。",
    },
    open: Phrase {
        en: "It does not say whether the wrong key was loaded or a program in between changed the messages.",
        ja: "誤った鍵が読み込まれたのか、途中で内容が変えられたのかはわかりません。",
        zh: "它没有说明是加载了错误的私钥，还是途中有程序改动了消息。",
    },
};

/// Seen with OpenSSL 3.0, Python and Node against etcd 3.6: their alert comes under keys that Go has left behind.
static OTHER_KEYS: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["local error: tls: bad record MAC", "Error in handshake: Decryption has failed"],
    only: None,
    causes: &[
        (Client, &["tls-garbage", "intercepting-proxy", "handshake-failed"]),
        (
            Server,
            &[
                "unknown-authority",
                "server-san-mismatch",
                "cert-expired",
                "self-signed-leaf",
                "server-eku-missing",
                "cert-no-san",
                "cert-not-yet-valid",
                "ca-regenerated",
                "tls-garbage",
            ],
        ),
        (PeerIn, &["peer-ca-mismatch", "tls-garbage"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The client broke the handshake off in a way that this server could not decrypt",
        ja: "クライアントが、このサーバーの復号できない形でハンドシェイクを打ち切りました",
        zh: "客户端以此服务器无法解密的方式中断了握手",
    },
    proves: Phrase {
        en: "TLS 1.3 was under way. Clients made with OpenSSL (curl, Python, Node) leave this line when they refuse the server's certificate.",
        ja: "TLS 1.3 の途中でした。OpenSSL を使うクライアント (curl、Python、Node) がサーバー証明書を拒否すると、この行が残ります。",
        zh: "当时正在进行 TLS 1.3 握手。基于 OpenSSL 的客户端（curl、Python、Node）拒绝服务器证书时会留下这一行。",
    },
    open: Phrase {
        en: "It does not say why the certificate was refused; the client's own message does.",
        ja: "証明書を拒否した理由はわかりません。クライアント側のメッセージに書かれています。",
        zh: "它没有说明拒绝证书的原因；客户端自己的消息里有。",
    },
};
