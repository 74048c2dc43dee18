//! Alerts that are not about a certificate by itself: rights, versions, names, and what breaks on the way. RFC 8446 §6.2.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, Server},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] =
    &[&DENIED, &INTERNAL, &VERSION, &PROTOCOL, &NAME, &DECRYPT, &HANDSHAKE, &BROKEN];

static DENIED: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: access denied",
        "alert access denied",
        "ALERT_ACCESS_DENIED",
        "alert number 49",
        "fatal alert: AccessDenied",
        "fatal alert: access_denied",
        "alert [49]",
        "failed: Access was denied",
    ],
    only: None,
    causes: &[(Client, &["not-etcd", "client-cn-not-allowed", "intercepting-proxy"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "the certificate is valid but not let in",
        ja: "証明書は有効ですが許可されていません",
        zh: "证书有效，但不予放行",
    },
    proves: Phrase {
        en: "Whoever sent the alert applied a rule of its own after verifying the certificate. etcd never sends this one.",
        ja: "アラートの送信側が、検証の後で独自の規則を適用しました。etcd がこれを送ることはありません。",
        zh: "发出警报的一方在验证证书之后应用了自己的规则。etcd 从不发送这种警报。",
    },
    open: Phrase {
        en: "It does not say which rule; a proxy or service mesh in front of etcd would know.",
        ja: "どの規則かはわかりません。etcd の手前のプロキシやサービスメッシュに記録があります。",
        zh: "它没有说明是哪条规则；etcd 前面的代理或服务网格会有记录。",
    },
};

static INTERNAL: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: internal error",
        "alert internal error",
        "ALERT_INTERNAL_ERROR",
        "alert number 80",
        "fatal alert: InternalError",
        "fatal alert: internal_error",
        "AlertReceived(InternalError",
        "Fatal alert: Internal error",
        "alert [80]",
        "failed: Internal error",
    ],
    only: None,
    causes: &[
        (Client, &["server-cert-unloadable"]),
        (Server, &["key-mismatch", "handshake-failed", "file-missing", "file-unreadable"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "it could not go on",
        ja: "相手側で処理を続けられませんでした",
        zh: "对方无法继续",
    },
    proves: Phrase {
        en: "Straight after the greeting etcd sends this when it cannot load its certificate and key: they are read again on every connection.",
        ja: "etcd は接続のたびに証明書と鍵を読み直し、読み込めないときは最初の応答としてこれを送ります。",
        zh: "etcd 在每次连接时重新读取证书和私钥，无法加载时一开始就发送此警报。",
    },
    open: Phrase {
        en: "It does not say which file it was; etcd's log at that time does.",
        ja: "どのファイルかはわかりません。同じ時刻の etcd のログに書かれています。",
        zh: "它没有说明是哪个文件；etcd 当时的日志里有。",
    },
};

static VERSION: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: protocol version not supported",
        "alert protocol version",
        "ALERT_PROTOCOL_VERSION",
        "alert number 70",
        "fatal alert: ProtocolVersion",
        "fatal alert: protocol_version",
        "remote error: tls: inappropriate fallback",
        "AlertReceived(ProtocolVersion",
        "Error in protocol version",
        "alert [70]",
        "SSL_ERROR_PROTOCOL_VERSION_ALERT",
    ],
    only: None,
    causes: &[(Client, &["tls-version-mismatch"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "no TLS version suits both",
        ja: "共通の TLS バージョンがありません",
        zh: "没有双方都支持的 TLS 版本",
    },
    proves: Phrase {
        en: "Certificates were not looked at yet: the versions offered and accepted do not overlap. etcd 3.5.0 to 3.5.7 serves TLS 1.2 only.",
        ja: "証明書はまだ確認されていません。提示したバージョンと受け付けるバージョンが重なりませ\
              ん。etcd 3.5.0 から 3.5.7 は TLS 1.2 だけに対応しています。",
        zh: "尚未查看证书：一方提供的版本与另一方接受的版本没有交集。etcd 3.5.0 至 3.5.7 只支持 TLS 1.2。",
    },
    open: Phrase {
        en: "It does not say which side is too old or too strict.",
        ja: "どちらが古すぎるか、厳しすぎるかはわかりません。",
        zh: "它没有说明是哪一方过旧或过严。",
    },
};

static PROTOCOL: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: no application protocol",
        "alert no application protocol",
        "ALERT_NO_APPLICATION_PROTOCOL",
        "alert number 120",
        "fatal alert: NoApplicationProtocol",
        "fatal alert: no_application_protocol",
        "No supported application protocol could be negotiated",
        "alert [120]",
        "SSL_ERROR_NEXT_PROTOCOL_NO_PROTOCOL",
    ],
    only: None,
    causes: &[(Client, &["alpn-missing", "not-etcd"])],
    severity: Some(crate::diagnoses::engine::Severity::Error),
    decide: Decide::Check,
    what: Phrase {
        en: "it speaks none of the protocols offered (ALPN)",
        ja: "提示したプロトコル (ALPN) のどれにも対応していません",
        zh: "它不支持所提供的任何协议 (ALPN)",
    },
    proves: Phrase {
        en: "TLS itself works. etcd accepts h2 and http/1.1 only, and a server that refuses h2 is no etcd.",
        ja: "TLS 自体は動作します。etcd が受け付けるのは h2 と http/1.1 だけで、h2 を拒むサーバーは etcd ではありません。",
        zh: "TLS 本身正常。etcd 只接受 h2 和 http/1.1，拒绝 h2 的服务器不是 etcd。",
    },
    open: Phrase {
        en: "It does not say what the other side would have taken.",
        ja: "相手が何なら受け付けたかはわかりません。",
        zh: "它没有说明对方会接受什么。",
    },
};

static NAME: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: unrecognized name",
        "alert unrecognized name",
        "ALERT_UNRECOGNIZED_NAME",
        "TLSV1_UNRECOGNIZED_NAME",
        "tlsv1 unrecognized name",
        "alert number 112",
        "fatal alert: UnrecognizedName",
        "fatal alert: UnrecognisedName",
        "fatal alert: unrecognized_name",
        "alert [112]",
        "server name sent was not recognized",
        "SSL_ERROR_UNRECOGNIZED_NAME_ALERT",
    ],
    only: None,
    causes: &[(Client, &["not-etcd", "intercepting-proxy"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "it serves no such name",
        ja: "その名前のサービスはありません",
        zh: "它不提供这个名称的服务",
    },
    proves: Phrase {
        en: "The port belongs to something that chooses by server name (SNI), such as an ingress or a proxy; etcd never does.",
        ja: "そのポートは、サーバー名 (SNI) で振り分ける Ingress やプロキシなどのものです。etcd は SNI で振り分けません。",
        zh: "该端口属于按服务器名称 (SNI) 选择后端的程序，例如 Ingress 或代理；etcd 不会这样做。",
    },
    open: Phrase {
        en: "It does not say whether etcd stands behind it.",
        ja: "その背後に etcd があるかはわかりません。",
        zh: "它没有说明其后是否有 etcd。",
    },
};

static DECRYPT: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: error decrypting message",
        "alert decrypt error",
        "ALERT_DECRYPT_ERROR",
        "alert number 51",
        "fatal alert: DecryptError",
        "fatal alert: decrypt_error",
        "AlertReceived(DecryptError",
        "alert [51]",
        "SSL_ERROR_DECRYPT_ERROR_ALERT",
    ],
    only: None,
    causes: &[
        (Client, &["key-mismatch", "handshake-failed"]),
        (Server, &["server-signature-invalid", "ca-regenerated"]),
        (PeerIn, &["server-signature-invalid", "peer-ca-mismatch"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "a signature of the handshake was wrong",
        ja: "ハンドシェイクの署名が正しくありません",
        zh: "握手中的签名不正确",
    },
    proves: Phrase {
        en: "The certificate and the key that was used to prove its possession do not belong together, or a CA of the same name has another key.",
        ja: "証明書と、その所持を示した鍵が対応していないか、同名の CA の鍵が異なります。",
        zh: "证书与用来证明持有它的私钥不匹配，或同名 CA 的密钥不同。",
    },
    open: Phrase {
        en: "It does not say which signature it was.",
        ja: "どの署名かはわかりません。",
        zh: "它没有说明是哪个签名。",
    },
};

static HANDSHAKE: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: handshake failure",
        "alert handshake failure",
        "ALERT_HANDSHAKE_FAILURE",
        "alert number 40",
        "fatal alert: HandshakeFailure",
        "fatal alert: handshake_failure",
        "AlertReceived(HandshakeFailure",
        "remote error: tls: insufficient security level",
        "alert insufficient security",
        "alert number 71",
        "Handshake failed",
        "alert [40]",
        "SSL_ERROR_HANDSHAKE_FAILURE_ALERT",
    ],
    only: Some(says_alert),
    causes: &[
        (Client, &["tls-cipher-mismatch", "client-cert-required", "handshake-failed"]),
        (Server, &["tls-cipher-mismatch", "handshake-failed"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "nothing offered was good enough",
        ja: "受け入れられる組み合わせがありません",
        zh: "没有可接受的组合",
    },
    proves: Phrase {
        en: "No cipher suite, group or signature algorithm suits both. Servers made with OpenSSL send this also when a client certificate is missing under TLS 1.2.",
        ja: "共通の暗号スイート、グループ、署名アルゴリズムがありません。OpenSSL のサーバーは TLS 1.2 でクライアント証明書がない場合にもこれを送ります。",
        zh: "没有双方都支持的密码套件、密钥交换组或签名算法。基于 OpenSSL 的服务器在 TLS 1.2 下缺少客户端证书时也发送此警报。",
    },
    open: Phrase {
        en: "It does not say which of these it was.",
        ja: "そのどれかはわかりません。",
        zh: "它没有说明是其中哪一项。",
    },
};

fn says_alert(text: &str) -> bool {
    ["alert", "ALERT", "Alert", "remote error", "gnutls_handshake"]
        .iter()
        .any(|word| text.contains(word))
}

static BROKEN: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: ",
        "remote error: alert(",
        "received fatal alert",
        "fatal alert has been received",
        "AlertReceived(",
        "alert unexpected message",
        "alert illegal parameter",
        "alert decode error",
        "alert bad record mac",
        "alert record overflow",
        "alert missing extension",
        "alert unsupported extension",
        "SSL alert number ",
        "ALERT_UNEXPECTED_MESSAGE",
        "ALERT_ILLEGAL_PARAMETER",
        "ALERT_DECODE_ERROR",
        "ALERT_BAD_RECORD_MAC",
        "SSL_ERROR_HANDSHAKE_UNEXPECTED_ALERT",
        "eceived alert [",
    ],
    only: None,
    causes: &[(Client, &["handshake-failed", "intercepting-proxy", "not-etcd"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "it did not understand the handshake",
        ja: "ハンドシェイクを理解できませんでした",
        zh: "它无法理解握手内容",
    },
    proves: Phrase {
        en: "Both sides speak TLS, and the other one broke off with an alert.",
        ja: "双方とも TLS を使っていますが、相手側がアラートを送って中断しました。",
        zh: "双方都使用 TLS，对方以警报中断了连接。",
    },
    open: Phrase {
        en: "It does not say whether a program in between changed what was sent.",
        ja: "途中の何かが内容を変えたのかはわかりません。",
        zh: "它没有说明途中是否有程序改动了内容。",
    },
};
