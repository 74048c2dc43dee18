//! What is wrong with the certificate itself: its dates, its usage, its form, the CAs above it.
//!
//! Go: `CertificateInvalidError` in `crypto/x509/verify.go`; OpenSSL: `crypto/x509/x509_txt.c`; rustls: `CertificateError`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, Server},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] =
    &[&REVOKED, &NO_LIST, &NOT_YET, &EXPIRED, &USAGE_OF_CLIENT, &USAGE];

static REVOKED: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "transport: certificate serial …revoked",
        "certificate revoked",
        "CERT_REVOKED",
        "Certificate has been revoked",
        "CertificateRevokedException",
        "InvalidCertificate(Revoked",
        "certificate is revoked",
        "certificate chain is revoked",
        "SEC_ERROR_REVOKED_CERTIFICATE",
        "CRYPT_E_REVOKED",
    ],
    only: Some(no_alert),
    causes: &[(Client, &["cert-revoked"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "its serial number is on the revocation list",
        ja: "シリアル番号が失効リスト (CRL) に載っています",
        zh: "其序列号在吊销列表 (CRL) 中",
    },
    proves: Phrase {
        en: "The certificate, or a CA above it, is listed in the CRL that this program read. etcd compares serial numbers and nothing else.",
        ja: "証明書またはその上位の CA が、このプログラムの読んだ CRL に載っています。etcd はシリアル番号だけを比べます。",
        zh: "此证书或其上级 CA 列在该程序读取的 CRL 中。etcd 只比较序列号。",
    },
    open: Phrase {
        en: "It does not say whether that was meant: a list of another CA can hold the same number.",
        ja: "意図した失効かどうかはわかりません。別の CA のリストに同じ番号があることもあります。",
        zh: "它没有说明这是否有意为之：别的 CA 的列表也可能含有相同的序列号。",
    },
};

/// An alert of this name is told as one.
fn no_alert(text: &str) -> bool {
    !text.contains("alert") && !text.contains("remote error")
}

static NO_LIST: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "unable to get certificate CRL",
        "CRL has expired",
        "CRL is not yet valid",
        "UNABLE_TO_GET_CRL",
        "CRL_HAS_EXPIRED",
        "UnknownRevocationStatus",
        "ExpiredRevocationList",
        "x509: malformed crl",
        "Could not determine revocation status",
        "Unable to determine revocation status",
        "CRYPT_E_NO_REVOCATION_CHECK",
        "CRYPT_E_REVOCATION_OFFLINE",
    ],
    only: None,
    causes: &[(Client, &["crl-missing", "crl-expired"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "the revocation list that it is to be compared with can't be used",
        ja: "照合すべき失効リスト (CRL) が使えません",
        zh: "用于比对的吊销列表 (CRL) 无法使用",
    },
    proves: Phrase {
        en: "This program checks revocation, and has no current list of the certificate's issuer that it can read.",
        ja: "このプログラムは失効を確認しますが、発行者の有効な CRL を読めません。",
        zh: "此程序会检查吊销状态，但没有可读取的、由颁发者签发的有效列表。",
    },
    open: Phrase {
        en: "It says nothing about the certificate itself. etcd reads a CRL in DER form only and ignores its dates; others do not.",
        ja: "証明書そのものについては何も示しません。etcd は DER 形式の CRL だけを読み、日付を見ませんが、ほかのプログラムは違います。",
        zh: "它没有说明证书本身有无问题。etcd 只读取 DER 格式的 CRL 且不看日期，其他程序则不同。",
    },
};

static NOT_YET: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "has expired or is not yet valid…is before ",
        "certificate is not yet valid",
        "CERT_NOT_YET_VALID",
        "InvalidCertificate(NotValidYet",
        "NotValidYet",
        "CertificateNotYetValid",
        "not yet activated",
        "not yet valid certificate",
        "not yet been activated",
        "certificate not valid yet",
    ],
    only: None,
    causes: &[
        (Client, &["cert-not-yet-valid", "clock-skew", "ca-not-yet-valid"]),
        (PeerIn, &["peer-cert-expired", "clock-skew", "ca-not-yet-valid"]),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "by this machine's clock it is not valid yet",
        ja: "このマシンの時計ではまだ有効期間前です",
        zh: "按本机时钟它尚未生效",
    },
    proves: Phrase {
        en: "The certificate, or a CA above it, begins later than the clock of the machine that wrote this line.",
        ja: "証明書またはその上位の CA の有効期間の開始が、この行を書いたマシンの時計より後です。",
        zh: "此证书或其上级 CA 的生效时间晚于写下这一行的机器的时钟。",
    },
    open: Phrase {
        en: "It does not say whether the certificate or the clock is wrong, nor which certificate of the chain it is.",
        ja: "証明書と時計のどちらが誤りか、チェーンのどの証明書かはわかりません。",
        zh: "它没有说明是证书还是时钟有误，也没有说明是链中的哪一张证书。",
    },
};

static EXPIRED: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "CERT_HAS_EXPIRED",
        "InvalidCertificate(Expired",
        "CertExpired",
        "ExpiredContext",
        "certificate expired:",
        "CertificateExpiredException",
        "uses expired certificate",
        "certificate chain uses expired",
        "SEC_ERROR_EXPIRED",
        "SSL client certificate has expired",
        "certificate is expired",
        "ertificate has expired",
        "certificate of …has expired",
        "validity check failed",
        "certificate …is expired",
        "certificate has ended",
        "not within its validity period",
        "SEC_E_CERT_EXPIRED",
        "SEC_ERROR_EXPIRED_ISSUER",
        "NotTimeValid",
    ],
    only: None,
    causes: &[
        (Client, &["cert-expired", "ca-expired", "clock-skew", "cert-not-yet-valid"]),
        (PeerIn, &["peer-cert-expired", "cert-expired", "ca-expired", "clock-skew"]),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "by this machine's clock it has expired",
        ja: "このマシンの時計では有効期限が切れています",
        zh: "按本机时钟它已过期",
    },
    proves: Phrase {
        en: "The certificate, or a CA above it, ends earlier than the clock of the machine that wrote this line. etcd reads a renewed leaf at the next connection.",
        ja: "証明書またはその上位の CA の有効期限は、この行を書いたマシンの時計より前です。etcd は更新された証明書を次の接続で読み直します。",
        zh: "此证书或其上级 CA 的到期时间早于写下这一行的机器的时钟。etcd 会在下一次连接时读取续期后的证书。",
    },
    open: Phrase {
        en: "Go's text is the same for a leaf, an intermediate and a root. With client certificates on, etcd's gateway logs its own server certificate here, from its own address.",
        ja: "Go の文言は末端、中間 CA、ルートで同じです。クライアント証明書が必須のとき、etcd のゲートウェイは自分のサーバー証明書についてこの行を自分のアドレスで残します。",
        zh: "Go 对终端证书、中间证书和根证书给出的文字相同。要求客户端证书时，etcd 的网关也会留下\
              这一行：来源是 etcd 自身的地址，过期的是它自己的服务器证书。",
    },
};

/// Java says which of the two it wanted, and with it who speaks.
static USAGE_OF_CLIENT: Complaint = Complaint {
    said: &["Extended key usage does not permit use for TLS client"],
    causes: &[(Client, &["client-eku-missing", "gateway-eku-missing"])],
    ..USAGE
};

static USAGE: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "incompatible key usage",
        "unsupported certificate purpose",
        "unsuitable certificate purpose",
        "INVALID_PURPOSE",
        "InvalidPurpose",
        "RequiredEkuNotFound",
        "KeyUsage does not allow",
        "key usage violation",
        "SEC_ERROR_INADEQUATE_CERT_TYPE",
        "SEC_ERROR_INADEQUATE_KEY_USAGE",
        "does not match the intended purpose",
        "does not allow digital signatures",
        "Extended key usage does not permit use for TLS server",
    ],
    only: Some(not_of_a_ca),
    causes: &[
        (Client, &["server-eku-missing"]),
        (Server, &["client-eku-missing", "gateway-eku-missing"]),
        (PeerIn, &["peer-eku-incomplete"]),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "it is not meant for this use",
        ja: "この用途向けの証明書ではありません",
        zh: "它不是用于此用途的证书",
    },
    proves: Phrase {
        en: "The certificate, or a CA above it, has an extended key usage (EKU) that lacks the role it was used in: serverAuth for a server, clientAuth for a client.",
        ja: "証明書またはその上位の CA の拡張鍵用途 (EKU) に、使われた役割 (サーバーは serverAuth、クライアントは clientAuth) がありません。",
        zh: "此证书或其上级 CA 的扩展密钥用途 (EKU) 缺少当前所需的用途：服务器需要 serverAuth，客户端需要 clientAuth。",
    },
    open: Phrase {
        en: "It does not say which certificate of the chain it is. From etcd's own address it is the gateway with the server certificate.",
        ja: "チェーンのどの証明書かはわかりません。etcd 自身のアドレスからなら、サーバー証明書を使うゲートウェイです。",
        zh: "它没有说明是链中的哪一张证书。若来自 etcd 自身的地址，则是使用服务器证书的网关。",
    },
};

fn not_of_a_ca(text: &str) -> bool {
    !text.contains("certificate signing")
}
