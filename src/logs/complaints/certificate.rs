//! What is wrong with the certificate itself: its dates, its usage, its form, the CAs above it.
//!
//! Go: `CertificateInvalidError` in `crypto/x509/verify.go`; OpenSSL: `crypto/x509/x509_txt.c`; rustls: `CertificateError`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, Server},
};
use crate::lang::Phrase;

pub(super) static ALL: &[&Complaint] = &[
    &REVOKED,
    &NO_LIST,
    &NOT_YET,
    &EXPIRED,
    &USAGE,
    &CONSTRAINED,
    &TOO_LONG,
    &EXTENSION,
    &WEAK_KEY,
    &UNSUPPORTED_KEY,
    &MALFORMED,
    &REJECTED,
];

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
        zh: "它没有说明这是否有意为之：别的 CA 的列表也可能含有相同的号码。",
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
        "x509: malformed CRL",
        "Could not determine revocation status",
        "Unable to determine revocation status",
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
        ja: "証明書そのものについては何も示しません。etcd は DER 形式の CRL だけを読み、日付を見ませんが、他のプログラムは違います。",
        zh: "它对证书本身没有说明任何问题。etcd 只读取 DER 格式的 CRL 且不看日期，其他程序则不同。",
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
        ja: "証明書またはその上位の CA の有効開始は、この行を書いたマシンの時計より後です。",
        zh: "此证书或其上级 CA 的起始时间晚于写下这一行的机器的时钟。",
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
        "certificate has expired",
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
    ],
    only: None,
    causes: &[
        (Client, &["cert-expired", "ca-expired", "clock-skew"]),
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
        zh: "此证书或其上级 CA 的截止时间早于写下这一行的机器的时钟。etcd 会在下一次连接时读取更新后的证书。",
    },
    open: Phrase {
        en: "Go's text is the same for a leaf, an intermediate and a root. With client certificates on, etcd's gateway logs its own server certificate here, from its own address.",
        ja: "Go の文言は末端、中間 CA、ルートで同じです。クライアント証明書が必須のとき、etcd のゲートウェイは自分のサーバー証明書についてこの行を自分のアドレスで残します。",
        zh: "Go 对叶证书、中间证书和根证书的文字相同。要求客户端证书时，etcd 的网关会以自身地址为自己的服务器证书留下这一行。",
    },
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
        "Extended key usage does not permit",
        "KeyUsage does not allow",
        "key usage violation",
        "SEC_ERROR_INADEQUATE_CERT_TYPE",
        "SEC_ERROR_INADEQUATE_KEY_USAGE",
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
        zh: "此证书或其上级 CA 的扩展密钥用途 (EKU) 缺少其所用的角色：服务器需要 serverAuth，客户端需要 clientAuth。",
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

static CONSTRAINED: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "is not authorized to sign for this name",
        "permitted subtree violation",
        "excluded subtree violation",
        "PERMITTED_VIOLATION",
        "EXCLUDED_VIOLATION",
        "NameConstraintViolation",
        "name constraints check failed",
        "violates name constraints",
        "not permitted by any constraint",
        "is excluded by constraint",
    ],
    only: None,
    causes: &[(Client, &["name-constraint-violated"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "a CA above it may not sign for this name",
        ja: "上位の CA にこの名前への署名が許されていません",
        zh: "其上级 CA 不得为此名称签发证书",
    },
    proves: Phrase {
        en: "A CA in the path carries name constraints that do not admit one of the certificate's names.",
        ja: "経路上の CA に名前制約があり、証明書の名前の一つがそれに反します。",
        zh: "路径中的某个 CA 带有名称约束，不允许证书中的某个名称。",
    },
    open: Phrase {
        en: "It does not say whether the name or the constraint is wrong.",
        ja: "名前と制約のどちらが誤りかはわかりません。",
        zh: "它没有说明是名称有误还是约束有误。",
    },
};

static TOO_LONG: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "too many intermediates for path length constraint",
        "path length constraint exceeded",
        "PATH_LENGTH_EXCEEDED",
        "PathLenConstraintViolated",
        "path length exceeded",
        "violated path length",
    ],
    only: None,
    causes: &[(Client, &["path-length-exceeded"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "there are more CAs above it than one of them allows",
        ja: "上位の CA の段数が許された数を超えています",
        zh: "其上级 CA 的层数超过了其中一个 CA 的限制",
    },
    proves: Phrase {
        en: "A CA in the path has a path length constraint smaller than the number of intermediates below it.",
        ja: "経路上の CA のパス長制約が、その下の中間 CA の数より小さくなっています。",
        zh: "路径中某个 CA 的路径长度约束小于其下中间 CA 的数量。",
    },
    open: Phrase {
        en: "It does not name that CA.",
        ja: "どの CA かはわかりません。",
        zh: "它没有指出是哪个 CA。",
    },
};

static EXTENSION: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "unhandled critical extension",
        "UNHANDLED_CRITICAL_EXTENSION",
        "UnhandledCriticalExtension",
        "UnsupportedCriticalExtension",
        "unrecognized critical extension",
        "unknown critical extension",
    ],
    only: None,
    causes: &[(Client, &["unknown-critical-extension"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "it holds a critical extension that the verifier does not know",
        ja: "検証側の知らない重要 (critical) 拡張があります",
        zh: "它含有验证方不认识的关键扩展",
    },
    proves: Phrase {
        en: "A certificate in the chain marks an extension as critical, and this library has no rule for it.",
        ja: "チェーンの証明書に critical とされた拡張があり、このライブラリはそれを扱えません。",
        zh: "链中的某张证书将一个扩展标为关键，而此库没有处理它的规则。",
    },
    open: Phrase {
        en: "It does not name the extension.",
        ja: "どの拡張かはわかりません。",
        zh: "它没有指出是哪个扩展。",
    },
};

static WEAK_KEY: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "-bit keys are insecure",
        "EE certificate key too weak",
        "CA certificate key too weak",
        "ee key too small",
        "ca key too small",
        "EE_KEY_TOO_SMALL",
        "CA_KEY_TOO_SMALL",
        "Algorithm constraints check failed on keysize",
        "RSA key size too small",
        "dh key too small",
    ],
    only: None,
    causes: &[(Client, &["weak-key"])],
    severity: Some(crate::judge::Severity::Error),
    decide: Decide::Verify,
    what: Phrase {
        en: "a key in its chain is too short",
        ja: "チェーン内の鍵が短すぎます",
        zh: "其链中有密钥过短",
    },
    proves: Phrase {
        en: "This program's TLS library refuses keys of this size; others still take them.",
        ja: "このプログラムの TLS ライブラリはこの長さの鍵を拒否します。受け付けるものもまだあります。",
        zh: "此程序的 TLS 库拒绝这种长度的密钥；其他库可能仍接受。",
    },
    open: Phrase {
        en: "It does not say whether the leaf or a CA has that key.",
        ja: "末端証明書と CA のどちらの鍵かはわかりません。",
        zh: "它没有说明是叶证书还是 CA 的密钥。",
    },
};

static UNSUPPORTED_KEY: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "x509: unsupported elliptic curve",
        "unsupported elliptic curve",
        "unknown private key type",
        "unknown public key algorithm",
        "unsupported public key algorithm",
        "UnsupportedSignatureAlgorithmForPublicKey",
        "algid parse error, not a sequence",
        "unsupported key type",
        "failed to parse private key as RSA, ECDSA, or EdDSA",
    ],
    only: None,
    causes: &[(Client, &["key-unsupported"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "The key is of a kind that this TLS library does not take",
        ja: "この TLS ライブラリが扱えない種類の鍵です",
        zh: "此 TLS 库不支持这种密钥",
    },
    proves: Phrase {
        en: "The file or the certificate was read; its algorithm, curve or container is what is refused.",
        ja: "ファイルまたは証明書は読めており、拒否されたのはアルゴリズム、曲線または格納形式です。",
        zh: "文件或证书可以读取，被拒绝的是其算法、曲线或容器格式。",
    },
    open: Phrase {
        en: "Another library may take it: Java wants PKCS#8 where Go takes PKCS#1, and OpenSSL knows more curves than both.",
        ja: "別のライブラリなら扱えることもあります。Java は PKCS#8 を求め、Go は PKCS#1 も読み、OpenSSL はより多くの曲線を扱います。",
        zh: "别的库也许接受：Java 要求 PKCS#8，Go 也接受 PKCS#1，而 OpenSSL 支持的曲线更多。",
    },
};

static MALFORMED: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "tls: failed to parse certificate from server",
        "tls: failed to parse client certificate",
        "x509: malformed",
        "x509: invalid",
        "x509: negative serial number",
        "x509: trailing data",
        "BadEncoding",
        "InvalidCertificate(BadDer",
        "Could not parse certificate",
    ],
    only: Some(not_of_a_file),
    causes: &[(Client, &["cert-malformed", "pem-wrong-type"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "its encoding does not follow the rules",
        ja: "符号化が規則に反しています",
        zh: "其编码不符合规则",
    },
    proves: Phrase {
        en: "The bytes of a certificate could not be parsed by this library.",
        ja: "証明書のバイト列をこのライブラリが解釈できませんでした。",
        zh: "此库无法解析证书的字节。",
    },
    open: Phrase {
        en: "A more lenient library may still read it; `openssl x509 -text` does not prove that Go will.",
        ja: "寛容なライブラリなら読めることもあり、`openssl x509 -text` で読めても Go で読めるとは限りません。",
        zh: "更宽松的库也许能读取；`openssl x509 -text` 能读并不说明 Go 能读。",
    },
};

fn not_of_a_file(text: &str) -> bool {
    !text.contains("tbs certificate") && !text.contains("invalid signature")
}

static REJECTED: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "signature check attempts limit reached",
        "cannot verify signature: algorithm unimplemented",
        "x509: no valid chains built",
        "x509: signature algorithm specifies an ",
        "certificate chain too long",
        "CERT_CHAIN_TOO_LONG",
        "no valid chains built",
    ],
    only: None,
    causes: &[(Client, &["chain-rejected"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "its chain breaks a rule of the verifier",
        ja: "チェーンが検証側の規則に反しています",
        zh: "其证书链违反了验证方的规则",
    },
    proves: Phrase {
        en: "A path was tried and given up for a rule other than trust, names, dates and usage.",
        ja: "経路は試されましたが、信頼、名前、有効期間、用途以外の規則で退けられました。",
        zh: "尝试了路径，但因信任、名称、有效期、用途之外的规则而放弃。",
    },
    open: Phrase {
        en: "Other verifiers have other rules and may accept the same chain.",
        ja: "規則の異なる検証器なら同じチェーンを受け入れることもあります。",
        zh: "其他验证器的规则不同，可能接受同一条链。",
    },
};
