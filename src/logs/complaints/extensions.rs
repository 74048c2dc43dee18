//! What a certificate says about itself and what it may be used for, where that is refused: constraints, extensions, keys, form.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::Client,
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] =
    &[&CONSTRAINED, &TOO_LONG, &EXTENSION, &WEAK_KEY, &UNSUPPORTED_KEY, &MALFORMED, &REJECTED];

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
        "violates the signer's constraints",
    ],
    only: None,
    causes: &[(Client, &["name-constraint-violated"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "a CA above it may not sign for this name",
        ja: "上位の CA にこの名前の証明書への署名が許可されていません",
        zh: "其上级 CA 不得为此名称签发证书",
    },
    proves: Phrase {
        en: "A CA in the path carries name constraints that do not admit one of the certificate's names.",
        ja: "経路上の CA に名前制約があり、証明書の名前の 1 つがそれに反します。",
        zh: "证书链中的某个 CA 带有名称约束，不允许证书中的某个名称。",
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
        zh: "证书链中某个 CA 的路径长度约束小于其下中间 CA 的数量。",
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
        ja: "検証側の知らない critical 拡張があります",
        zh: "它含有验证方不认识的关键扩展",
    },
    proves: Phrase {
        en: "A certificate in the chain marks an extension as critical, and this library has no rule for it.",
        ja: "チェーンの証明書に critical とされた拡張があり、このライブラリはそれを扱えません。",
        zh: "链中的某张证书将一个扩展标为关键，而此库不知道如何处理它。",
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
    severity: Some(crate::diagnoses::engine::Severity::Error),
    decide: Decide::Verify,
    what: Phrase {
        en: "a key in its chain is too short",
        ja: "チェーン内の鍵が短すぎます",
        zh: "其证书链中有过短的密钥",
    },
    proves: Phrase {
        en: "This program's TLS library refuses keys of this size; others still take them.",
        ja: "このプログラムの TLS ライブラリはこの長さの鍵を拒否します。受け付けるライブラリもまだあります。",
        zh: "此程序的 TLS 库拒绝这种长度的密钥；其他库可能仍接受。",
    },
    open: Phrase {
        en: "It does not say whether the leaf or a CA has that key.",
        ja: "末端の証明書と CA のどちらの鍵かはわかりません。",
        zh: "它没有说明是终端证书还是 CA 的密钥。",
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
        "BAD_ECC_CERT",
        "UNSUPPORTED_ELLIPTIC_CURVE",
        "WRONG_CURVE",
        "wrong curve",
        "Unknown named curve",
        "Only named ECParameters supported",
        "The curve is unsupported",
        "unsupported curve",
        "File does not contain valid private key",
        "InvalidKeySpecException",
        "could not find a PKCS #8 private key",
        "not find a PKCS#8 private key",
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
        zh: "文件或证书可以读取，被拒绝的是其算法、曲线或封装格式。",
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
        "x509: certificate contained",
        "x509: failed to parse",
        "x509: cannot parse",
        "x509: SAN …is malformed",
        "x509: zero or negative",
        "x509: RSA ",
        "x509: missing ",
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
        zh: "尝试过构建证书链，但因信任、名称、有效期、用途之外的规则而放弃。",
    },
    open: Phrase {
        en: "Other verifiers have other rules and may accept the same chain.",
        ja: "規則の異なるプログラムなら同じチェーンを受け入れることもあります。",
        zh: "其他验证程序的规则不同，可能接受同一条链。",
    },
};
