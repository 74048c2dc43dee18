//! Alerts: the other side refused, and named the reason by a number. RFC 8446 §6.2.
//!
//! Go: `alertText` in `crypto/tls/alert.go`; OpenSSL: `SSL_R_*_ALERT_*` in `ssl/ssl_err.c` (`sslv3 alert …` for the old numbers,
//! `tlsv1 alert …` and `tlsv13 alert …` for those that came later); rustls: `AlertDescription`; Java, GnuTLS: the RFC's names.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, PeerOut, Server},
};
use crate::lang::Phrase;

pub(super) static ALL: &[&Complaint] = &[
    &REQUIRED,
    &UNKNOWN_CA,
    &EXPIRED,
    &REVOKED,
    &UNSUPPORTED,
    &UNKNOWN,
    &BAD,
    &DENIED,
    &INTERNAL,
    &VERSION,
    &PROTOCOL,
    &NAME,
    &DECRYPT,
    &HANDSHAKE,
    &BROKEN,
];

static REQUIRED: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: certificate required",
        "alert certificate required",
        "ALERT_CERTIFICATE_REQUIRED",
        "alert number 116",
        "fatal alert: CertificateRequired",
        "fatal alert: certificate_required",
        "AlertReceived(CertificateRequired",
        "Certificate is required",
    ],
    only: None,
    causes: &[
        (Client, &["client-cert-required", "key-mismatch", "file-empty"]),
        (PeerOut, &["client-cert-required"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "it got no certificate", ja: "証明書が届いていません", zh: "没有收到证书"
    },
    proves: Phrase {
        en: "The server demands a certificate, and none arrived. The server's own certificate had been accepted before.",
        ja: "サーバーは証明書を求めましたが、届きませんでした。サーバーの証明書はその前に受け入れられています。",
        zh: "服务器要求证书，但没有收到。在此之前服务器自己的证书已被接受。",
    },
    open: Phrase {
        en: "It does not say why none was sent: not given, not loaded, or kept back because no CA that the server names had issued it.",
        ja: "送られなかった理由 (未指定、読み込めない、サーバーの示す CA の発行でないため送らなかった) はわかりません。",
        zh: "它没有说明为何没有发送：未指定、未加载，还是因为不是服务器所列 CA 签发而没有发送。",
    },
};

static UNKNOWN_CA: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: unknown certificate authority",
        "alert unknown ca",
        "ALERT_UNKNOWN_CA",
        "alert number 48",
        "fatal alert: UnknownCA",
        "fatal alert: UnknownCa",
        "fatal alert: unknown_ca",
        "AlertReceived(UnknownCA",
        "CA is unknown",
        "unknown CA (48)",
    ],
    only: None,
    causes: &[
        (
            Client,
            &[
                "client-cert-untrusted",
                "trusted-ca-mismatch",
                "missing-intermediate",
                "client-auth-without-ca",
                "apiserver-client-cert-untrusted",
                "weak-signature",
            ],
        ),
        (
            Server,
            &[
                "unknown-authority",
                "wrong-ca-file",
                "ca-regenerated",
                "missing-intermediate",
                "self-signed-leaf",
                "apiserver-cafile-mismatch",
            ],
        ),
        (PeerIn, &["peer-ca-mismatch", "peer-ca-missing"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "it knows no CA that signed the certificate",
        ja: "証明書に署名した CA を信頼していません",
        zh: "它不认识签发该证书的 CA",
    },
    proves: Phrase {
        en: "A certificate arrived, and whoever sent the alert built no path from it to a CA of its own file. etcd built with Go 1.24 and later names this reason.",
        ja: "証明書は届きましたが、アラートの送り手は自分の CA ファイルまでの経路を見つけられませんでした。この理由を示すのは Go 1.24 以降の etcd です。",
        zh: "证书已送达，但发出警报的一方无法从它到达自己 CA 文件中的 CA。用 Go 1.24 及以上构建的 etcd 会给出这个原因。",
    },
    open: Phrase {
        en: "It does not say whether the certificate is of the wrong CA or the CA file of the other side is. A running etcd keeps the CA file of its start.",
        ja: "証明書の CA と相手側の CA ファイルのどちらが誤りかはわかりません。etcd は起動時の CA ファイルを使い続けます。",
        zh: "它没有说明是证书的 CA 有误，还是对方的 CA 文件有误。运行中的 etcd 一直使用启动时的 CA 文件。",
    },
};

static EXPIRED: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: expired certificate",
        "alert certificate expired",
        "ALERT_CERTIFICATE_EXPIRED",
        "alert number 45",
        "fatal alert: CertificateExpired",
        "fatal alert: certificate_expired",
        "AlertReceived(CertificateExpired",
    ],
    only: None,
    causes: &[
        (
            Client,
            &[
                "cert-expired",
                "client-cert-expired-rejected",
                "cert-not-yet-valid",
                "ca-expired",
                "clock-skew",
            ],
        ),
        (Server, &["cert-expired", "cert-not-yet-valid", "ca-expired", "clock-skew"]),
        (PeerIn, &["peer-cert-expired", "ca-expired", "clock-skew"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "by its clock the certificate is out of date",
        ja: "相手の時計では証明書の有効期間外です",
        zh: "按它的时钟，证书不在有效期内",
    },
    proves: Phrase {
        en: "By the clock of whoever sent the alert, the certificate or a CA above it has expired; Go sends the same alert when it is not valid yet.",
        ja: "アラートの送り手の時計では、証明書またはその上位の CA の期限が切れています。Go は有効期間前でも同じアラートを送ります。",
        zh: "按发出警报一方的时钟，此证书或其上级 CA 已过期；尚未生效时 Go 也发送同样的警报。",
    },
    open: Phrase {
        en: "It does not say whether the certificate or that clock is wrong.",
        ja: "証明書とその時計のどちらが誤りかはわかりません。",
        zh: "它没有说明是证书有误还是那个时钟有误。",
    },
};

static REVOKED: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: revoked certificate",
        "alert certificate revoked",
        "ALERT_CERTIFICATE_REVOKED",
        "alert number 44",
        "fatal alert: CertificateRevoked",
        "fatal alert: certificate_revoked",
        "AlertReceived(CertificateRevoked",
    ],
    only: None,
    causes: &[(Client, &["cert-revoked", "not-etcd"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "the certificate is revoked there",
        ja: "証明書は相手側で失効しています",
        zh: "该证书在对方处已被吊销",
    },
    proves: Phrase {
        en: "Whoever sent the alert compared the certificate with a revocation list. etcd itself closes the connection without this alert.",
        ja: "アラートの送り手が証明書を失効リストと照合しました。etcd 自身はこのアラートを送らずに接続を閉じます。",
        zh: "发出警报的一方将证书与吊销列表做了比对。etcd 本身不发此警报，而是直接关闭连接。",
    },
    open: Phrase {
        en: "It does not say that the server is etcd: a proxy in front of it can have sent it.",
        ja: "相手が etcd とは限りません。手前のプロキシが送った可能性もあります。",
        zh: "它不能说明对方就是 etcd，也可能是前面的代理发出的。",
    },
};

static UNSUPPORTED: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: unsupported certificate",
        "alert unsupported certificate",
        "ALERT_UNSUPPORTED_CERTIFICATE",
        "alert number 43",
        "fatal alert: UnsupportedCertificate",
        "fatal alert: unsupported_certificate",
        "AlertReceived(UnsupportedCertificate",
    ],
    only: None,
    causes: &[
        (Client, &["client-eku-missing", "key-unsupported", "weak-signature"]),
        (Server, &["server-eku-missing", "key-unsupported", "weak-signature"]),
        (PeerIn, &["peer-eku-incomplete", "key-unsupported"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "the certificate is not of a kind that it takes",
        ja: "相手が扱えない種類の証明書です",
        zh: "它不接受这种证书",
    },
    proves: Phrase {
        en: "Whoever sent the alert refused the usage or the algorithm of the certificate, not its issuer; OpenSSL says so for a wrong purpose.",
        ja: "発行者ではなく、用途またはアルゴリズムが拒否されました。OpenSSL は用途違いのときこれを送ります。",
        zh: "被拒绝的是证书的用途或算法，而不是颁发者；用途不符时 OpenSSL 会这样报告。",
    },
    open: Phrase {
        en: "It does not say which of the two it was.",
        ja: "そのどちらかはわかりません。",
        zh: "它没有说明是其中哪一个。",
    },
};

static UNKNOWN: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: unknown certificate",
        "alert certificate unknown",
        "ALERT_CERTIFICATE_UNKNOWN",
        "alert number 46",
        "fatal alert: CertificateUnknown",
        "fatal alert: certificate_unknown",
        "AlertReceived(CertificateUnknown",
    ],
    only: None,
    causes: &[
        (Client, &["client-cert-untrusted", "client-eku-missing", "cert-expired"]),
        (
            Server,
            &[
                "unknown-authority",
                "server-san-mismatch",
                "wrong-ca-file",
                "cert-expired",
                "self-signed-leaf",
            ],
        ),
        (PeerIn, &["peer-ca-mismatch", "peer-cert-expired", "peer-san-mismatch"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "something about the certificate was not acceptable",
        ja: "証明書に受け入れられない点があります",
        zh: "证书的某个方面不被接受",
    },
    proves: Phrase {
        en: "Whoever sent the alert refused the certificate. Java clients and browsers send this for an unknown CA and for a wrong name alike.",
        ja: "アラートの送り手が証明書を拒否しました。Java のクライアントやブラウザーは、未知の CA でも名前違いでもこれを送ります。",
        zh: "发出警报的一方拒绝了证书。Java 客户端和浏览器在 CA 未知和名称不符时都发送此警报。",
    },
    open: Phrase {
        en: "It does not say which check failed; the log of whoever sent it does.",
        ja: "どの検査に失敗したかはわかりません。送り手のログには書かれています。",
        zh: "它没有说明哪项检查失败；发出方的日志里会有。",
    },
};

static BAD: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: bad certificate",
        "remote error: tls: Bad certificate",
        "alert bad certificate",
        "ALERT_BAD_CERTIFICATE",
        "alert number 42",
        "fatal alert: BadCertificate",
        "fatal alert: bad_certificate",
        "AlertReceived(BadCertificate",
        "Certificate is bad",
        "remote error: bad certificate",
    ],
    only: None,
    causes: &[
        (
            Client,
            &[
                "client-cert-untrusted",
                "client-cert-required",
                "client-eku-missing",
                "cert-expired",
                "client-hostname-not-allowed",
                "client-cn-not-allowed",
                "trusted-ca-mismatch",
                "client-auth-without-ca",
                "missing-intermediate",
                "apiserver-client-cert-untrusted",
            ],
        ),
        (
            Server,
            &[
                "unknown-authority",
                "server-san-mismatch",
                "wrong-ca-file",
                "cert-expired",
                "cert-no-san",
                "ca-regenerated",
                "server-eku-missing",
                "missing-intermediate",
                "self-signed-leaf",
                "cacert-not-a-ca",
                "apiserver-cafile-mismatch",
                "ca-expired",
                "ca-basic-constraints",
                "ca-key-usage",
                "cert-not-yet-valid",
                "ca-not-yet-valid",
                "name-constraint-violated",
                "path-length-exceeded",
                "unknown-critical-extension",
                "weak-signature",
                "pem-malformed",
                "der-not-pem",
                "client-hostname-not-allowed",
                "client-cn-not-allowed",
            ],
        ),
        (
            PeerIn,
            &[
                "peer-ca-mismatch",
                "peer-san-mismatch",
                "peer-cert-expired",
                "peer-ca-missing",
                "peer-cn-not-allowed",
                "peer-hostname-not-allowed",
                "peer-eku-incomplete",
            ],
        ),
        (
            PeerOut,
            &[
                "peer-ca-mismatch",
                "peer-eku-incomplete",
                "peer-cert-expired",
                "peer-cn-not-allowed",
                "peer-hostname-not-allowed",
                "peer-plaintext",
            ],
        ),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "the certificate, or its absence, was refused",
        ja: "証明書、またはその欠如が拒否されました",
        zh: "证书（或没有证书）被拒绝",
    },
    proves: Phrase {
        en: "The refusal came from the other side, and the reason stands in its log, not in this one. Older etcd sends this for every reason, even when no certificate came.",
        ja: "拒否したのは相手側で、理由はこのログではなく相手のログにあります。古い etcd は、証明書が届かない場合も含めどの理由でもこれを送ります。",
        zh: "拒绝的是对方，原因写在对方的日志里，而不在这里。旧版 etcd 不论什么原因都发送它，没有收到证书时也一样。",
    },
    open: Phrase {
        en: "It does not say which check failed: issuer, names, dates, usage or allowed names.",
        ja: "発行者、名前、有効期間、用途、許可された名前のどの検査に失敗したかはわかりません。",
        zh: "它没有说明哪项检查失败：颁发者、名称、有效期、用途还是允许的名称。",
    },
};

static DENIED: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: access denied",
        "alert access denied",
        "ALERT_ACCESS_DENIED",
        "alert number 49",
        "fatal alert: AccessDenied",
        "fatal alert: access_denied",
    ],
    only: None,
    causes: &[(Client, &["not-etcd", "client-cn-not-allowed", "intercepting-proxy"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "the certificate is valid but not let in",
        ja: "証明書は有効ですが許可されていません",
        zh: "证书有效，但不被放行",
    },
    proves: Phrase {
        en: "Whoever sent the alert applied a rule of its own after verifying the certificate. etcd never sends this one.",
        ja: "アラートの送り手が、検証の後で独自の規則を適用しました。etcd がこれを送ることはありません。",
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
    ],
    only: None,
    causes: &[
        (Client, &["server-cert-unloadable"]),
        (Server, &["key-mismatch", "handshake-failed"]),
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
        zh: "etcd 在每次连接时重新读取证书和密钥，无法加载时一开始就发送此警报。",
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
        ja: "証明書はまだ見られていません。提示したバージョンと受け付けるバージョンが重なりません。etcd 3.5.0 から 3.5.7 は TLS 1.2 だけです。",
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
    ],
    only: None,
    causes: &[(Client, &["alpn-missing", "not-etcd"])],
    severity: Some(crate::judge::Severity::Error),
    decide: Decide::Check,
    what: Phrase {
        en: "it speaks none of the protocols offered (ALPN)",
        ja: "提示したプロトコル (ALPN) をどれも話しません",
        zh: "它不支持所提供的任何协议 (ALPN)",
    },
    proves: Phrase {
        en: "TLS itself works. etcd accepts h2 and http/1.1 only, and a server that refuses h2 is no etcd.",
        ja: "TLS 自体は動作します。etcd が受け付けるのは h2 と http/1.1 だけで、h2 を拒むサーバーは etcd ではありません。",
        zh: "TLS 本身可用。etcd 只接受 h2 和 http/1.1，拒绝 h2 的服务器不是 etcd。",
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
        zh: "证书与用来证明持有它的密钥不匹配，或同名 CA 的密钥不同。",
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
        zh: "没有双方都支持的密码套件、密钥交换组或签名算法。基于 OpenSSL 的服务器在 TLS 1.2 下缺少客户端证书时也发送它。",
    },
    open: Phrase {
        en: "It does not say which of these it was.",
        ja: "そのどれかはわかりません。",
        zh: "它没有说明是其中哪一项。",
    },
};

fn says_alert(text: &str) -> bool {
    ["alert", "ALERT", "Alert", "remote error"].iter().any(|word| text.contains(word))
}

static BROKEN: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: ",
        "remote error: alert(",
        "received fatal alert",
        "Received fatal alert",
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
        ja: "双方とも TLS を話し、相手側がアラートを送って中断しました。",
        zh: "双方都使用 TLS，对方以警报中断了连接。",
    },
    open: Phrase {
        en: "It does not say whether a program in between changed what was sent.",
        ja: "途中の何かが内容を変えたのかはわかりません。",
        zh: "它没有说明途中是否有程序改动了内容。",
    },
};
