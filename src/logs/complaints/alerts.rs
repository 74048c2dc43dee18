//! Alerts: the other side refused, and named the reason by a number. RFC 8446 §6.2.
//!
//! Go: `alertText` in `crypto/tls/alert.go`; OpenSSL: `SSL_R_*_ALERT_*` in `ssl/ssl_err.c` (`sslv3 alert …` for the old numbers,
//! `tlsv1 alert …` and `tlsv13 alert …` for those that came later); rustls: `AlertDescription`; Java, `GnuTLS`: the RFC's names.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, PeerOut, Server},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] =
    &[&REQUIRED, &UNKNOWN_CA, &EXPIRED, &REVOKED, &UNSUPPORTED, &UNKNOWN, &BAD];

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
        "alert [116]",
        "SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT",
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
        ja: "サーバーは証明書を求めましたが、届きませんでした。サーバー証明書はその前に受け入れられています。",
        zh: "服务器要求证书，但没有收到。在此之前服务器自己的证书已被接受。",
    },
    open: Phrase {
        en: "It does not say why none was sent: not given, not loaded, or kept back because no CA that the server names had issued it.",
        ja: "送られなかった理由 (未指定、読み込めない、サーバーの示す CA の発行でないため送らなかった) はわかりません。",
        zh: "它没有说明为何没有发送：未指定、未加载，还是因为证书不是由服务器所列的 CA 签发而没有发送。",
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
        "fatal alert: unknown_ca",
        "AlertReceived(UnknownCA",
        "CA is unknown",
        "unknown CA (48)",
        "alert [48]",
        "SSL_ERROR_UNKNOWN_CA_ALERT",
        "CA not known",
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
        ja: "証明書は届きましたが、アラートの送信側は自分の CA ファイルまでの経路を見つけられませ\
              んでした。この理由を示すのは Go 1.24 以降でビルドされた etcd です。",
        zh: "证书已送达，但发出警报的一方无法由它追溯到自己 CA 文件中的 CA。用 Go 1.24 及以上版本构建的 etcd 会给出这个原因。",
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
        "alert [45]",
        "failed: Certificate is expired",
        "SSL_ERROR_EXPIRED_CERT_ALERT",
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
        ja: "アラートの送信側の時計では、証明書またはその上位の CA の期限が切れています。Go は有効期間前でも同じアラートを送ります。",
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
        "alert [44]",
        "SSL_ERROR_REVOKED_CERT_ALERT",
        "failed: Certificate was revoked",
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
        ja: "アラートの送信側が証明書を失効リストと照合しました。etcd 自身はこのアラートを送らずに接続を閉じます。",
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
        "alert [43]",
        "failed: Certificate is not supported",
        "SSL_ERROR_UNSUPPORTED_CERT_ALERT",
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
        ja: "発行者ではなく、用途またはアルゴリズムが拒否されました。OpenSSL は用途が合わないときにこれを送ります。",
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
        "alert [46]",
        "SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT",
        "failed: Unknown certificate",
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
        ja: "アラートの送信側が証明書を拒否しました。Java のクライアントやブラウザーは、未知の CA でも名前の不一致でもこれを送ります。",
        zh: "发出警报的一方拒绝了证书。Java 客户端和浏览器在 CA 未知和名称不符时都发送此警报。",
    },
    open: Phrase {
        en: "It does not say which check failed; the log of whoever sent it does.",
        ja: "どの検査に失敗したかはわかりません。送信側のログには書かれています。",
        zh: "它没有说明哪项检查失败；发出方的日志里会有。",
    },
};

static BAD: Complaint = Complaint {
    kind: Kind::Alert,
    said: &[
        "remote error: tls: bad certificate",
        "alert bad certificate",
        "ALERT_BAD_CERTIFICATE",
        "alert number 42",
        "fatal alert: BadCertificate",
        "fatal alert: bad_certificate",
        "AlertReceived(BadCertificate",
        "Certificate is bad",
        "remote error: bad certificate",
        "alert [42]",
        "SSL_ERROR_BAD_CERT_ALERT",
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
        ja: "証明書が拒否されたか、証明書がないために拒否されました",
        zh: "证书（或没有证书）被拒绝",
    },
    proves: Phrase {
        en: "The refusal came from the other side, and the reason stands in its log, not in this one. Older etcd sends this for every reason, even when no certificate came.",
        ja: "拒否したのは相手側で、理由はこのログではなく相手のログにあります。古い etcd は、証明書が届かない場合も含めどの理由でもこれを送ります。",
        zh: "拒绝的是对方，原因写在对方的日志里，而不在这里。旧版 etcd 不论什么原因都发送此警报，没有收到证书时也一样。",
    },
    open: Phrase {
        en: "It does not say which check failed: issuer, names, dates, usage or allowed names.",
        ja: "発行者、名前、有効期間、用途、許可された名前のどの検査に失敗したかはわかりません。",
        zh: "它没有说明哪项检查失败：颁发者、名称、有效期、用途还是允许的名称。",
    },
};
