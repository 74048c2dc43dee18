//! "I know nobody who signed this": the path from a certificate to a trusted CA could not be built.
//!
//! Go: `crypto/x509` `UnknownAuthorityError`; OpenSSL: `X509_V_ERR_*` in `crypto/x509/x509_txt.c`; Node names the same by their constants.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, Server},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] =
    &[&INSECURE, &CANNOT_SIGN, &OTHER_KEY, &SELF_SIGNED, &UNKNOWN, &UNSPECIFIC];

static INSECURE: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "cannot verify signature: insecure algorithm",
        "CA signature digest algorithm too weak",
        "CA md too weak",
        "CA_MD_TOO_WEAK",
        "Algorithm constraints check failed on signature algorithm",
        "insecure algorithm, such as RSA-MD5",
        "signed using an insecure algorithm",
        "UnsupportedSignatureAlgorithm",
        "involved algorithms has insufficient",
        "uses insecure algorithm",
    ],
    only: None,
    causes: &[(Client, &["weak-signature"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "its signature uses an algorithm that is no longer accepted",
        ja: "受け付けられなくなったアルゴリズムで署名されています",
        zh: "其签名使用了不再被接受的算法",
    },
    proves: Phrase {
        en: "The chain holds a certificate signed with SHA-1 or MD5, and this program's TLS library refuses that.",
        ja: "チェーンの中に SHA-1 または MD5 で署名された証明書があり、このプログラムの TLS ライブラリはそれを拒否します。",
        zh: "链中有以 SHA-1 或 MD5 签名的证书，而此程序的 TLS 库拒绝这种签名。",
    },
    open: Phrase {
        en: "It does not say which certificate of the chain it is.",
        ja: "チェーンのどの証明書かはわかりません。",
        zh: "它没有说明是链中的哪一张证书。",
    },
};

static CANNOT_SIGN: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "parent certificate cannot sign this kind of certificate",
        "certificate is not authorized to sign other certificates",
        "invalid CA certificate",
        "INVALID_CA",
        "key usage does not include certificate signing",
        "keyusage does not include certificate signing",
        "Basic Constraints of CA cert",
        "issuer is not a CA",
        "issuer certificate is not a CA",
        "basic constraints check failed",
        "EndEntityUsedAsCa",
        "UnauthorizedSigner",
        "SEC_ERROR_CA_CERT_INVALID",
    ],
    only: None,
    causes: &[(Client, &["ca-basic-constraints", "ca-key-usage", "cacert-not-a-ca"])],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "its issuer is not allowed to sign certificates",
        ja: "発行者の証明書に署名の権限がありません",
        zh: "其颁发者无权签发证书",
    },
    proves: Phrase {
        en: "An issuer with the right name was found, but it lacks CA:TRUE or the key usage keyCertSign.",
        ja: "名前の合う発行者は見つかりましたが、CA:TRUE または鍵用途 keyCertSign がありません。",
        zh: "找到了名称相符的颁发者，但它缺少 CA:TRUE 或密钥用途 keyCertSign。",
    },
    open: Phrase {
        en: "It does not say which of the two is missing; the texts are the same.",
        ja: "どちらが欠けているかは、文言が同じためわかりません。",
        zh: "两种情况的文字相同，无法看出缺少的是哪一个。",
    },
};

static OTHER_KEY: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "while trying to verify candidate authority certificate",
        "certificate signature failure",
        "CERT_SIGNATURE_FAILURE",
        "InvalidSignatureForPublicKey",
        "InvalidCertificate(BadSignature",
        "CertificateError: BadSignature",
        "Signature does not match.",
        "PKIX path validation failed…signature check failed",
        "The signature in the certificate is invalid",
        "x509: ECDSA verification failure",
        "crypto/rsa: verification error",
        "x509: Ed25519 verification failure",
        "not signed by CA certificate",
        "is not signed by corresponding CA",
        "not signed by the CA",
        "SEC_ERROR_BAD_SIGNATURE",
    ],
    only: None,
    causes: &[
        (Client, &["ca-regenerated", "unknown-authority"]),
        (Server, &["client-cert-untrusted", "ca-regenerated", "trusted-ca-mismatch"]),
        (PeerIn, &["peer-ca-mismatch", "ca-regenerated"]),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "a trusted CA has the issuer's name, but another key",
        ja: "信頼している CA は発行者と同名ですが、鍵が異なります",
        zh: "受信任的 CA 与颁发者同名，但密钥不同",
    },
    proves: Phrase {
        en: "The CA file holds a CA of the right name whose key did not sign this certificate: the CA was generated again, and one side still has the old one.",
        ja: "CA ファイルには同名の CA がありますが、その鍵はこの証明書に署名していません。CA が作り直され、片側に古いものが残っています。",
        zh: "CA 文件中有同名的 CA，但签发此证书的不是它的密钥：CA 被重新生成过，某一方仍在使用旧的。",
    },
    open: Phrase {
        en: "It does not say which side has the old one. A running etcd keeps the CA file that it read at its start.",
        ja: "どちらが古いかはわかりません。etcd は起動時に読んだ CA ファイルを使い続けます。",
        zh: "它没有说明哪一方是旧的。运行中的 etcd 一直使用启动时读取的 CA 文件。",
    },
};

static SELF_SIGNED: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "18 (self-signed certificate)",
        "18 (self signed certificate)",
        "error 18 ",
        "(18:self",
        "num=18",
        "DEPTH_ZERO_SELF_SIGNED_CERT",
        "certificate problem: self-signed certificate",
        "certificate problem: self signed certificate",
        "verify failed: self-signed certificate",
        "verify failed: self signed certificate",
        "CaUsedAsEndEntity",
        "self-signed certificate",
        "self signed certificate",
        "Self-signed certificate encountered",
        "SELF_SIGNED_CERT",
    ],
    only: Some(not_in_chain),
    causes: &[
        (Client, &["self-signed-leaf", "auto-tls", "unknown-authority", "intercepting-proxy"]),
        (Server, &["client-cert-untrusted", "self-signed-leaf"]),
        (PeerIn, &["peer-ca-mismatch", "self-signed-leaf"]),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "it is signed by itself and not trusted",
        ja: "自己署名であり、信頼されていません",
        zh: "它是自签名证书，且不受信任",
    },
    proves: Phrase {
        en: "The certificate presented is its own issuer, and the CA file does not hold it.",
        ja: "提示された証明書は自分自身が発行者で、CA ファイルに含まれていません。",
        zh: "出示的证书由自己签发，且不在 CA 文件中。",
    },
    open: Phrase {
        en: "It does not say whether a certificate was meant that a CA signed; etcd's --auto-tls makes such ones.",
        ja: "本来 CA が署名した証明書を使うはずだったかはわかりません。etcd の --auto-tls はこのような証明書を作ります。",
        zh: "它没有说明原本是否应使用 CA 签发的证书；etcd 的 --auto-tls 会生成这种证书。",
    },
};

/// OpenSSL's error 19 holds the words of error 18.
fn not_in_chain(text: &str) -> bool {
    const OTHERS: [&str; 4] =
        ["in certificate chain", "SELF_SIGNED_CERT_IN_CHAIN", "enerat", "Using insecure"];
    !OTHERS.iter().any(|other| text.contains(other))
}

static UNKNOWN: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "certificate signed by unknown authority",
        "unable to get local issuer certificate",
        "unable to get issuer certificate",
        "unable to verify the first certificate",
        "self-signed certificate in certificate chain",
        "self signed certificate in certificate chain",
        "UNABLE_TO_GET_ISSUER_CERT",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        "SELF_SIGNED_CERT_IN_CHAIN",
        "CERT_UNTRUSTED",
        "certificate not trusted",
        "CA chain cannot be verified",
        "UnknownIssuer",
        "CertNotTrusted",
        "PKIX path building failed",
        "unable to find valid certification path",
        "does not chain with any of the trust anchors",
        "No trusted certificate found",
        "certificate issuer is unknown",
        "certificate is NOT trusted",
        "SEC_ERROR_UNKNOWN_ISSUER",
        "SEC_ERROR_UNTRUSTED_ISSUER",
        "x509: certificate is not trusted",
        "RemoteCertificateChainErrors",
        "num=19",
        "num=20",
        "num=21",
        "issuer is not recognized",
        "doesn't have a known issuer",
        "terminated in a root certificate which is not trusted",
        "SEC_E_UNTRUSTED_ROOT",
        "CERT_TRUST_IS_UNTRUSTED_ROOT",
        "UntrustedRoot",
        "PartialChain",
        "failed to load system roots and no roots provided",
        "No trusted certificate is available",
        "certificate is not issued by a trusted",
    ],
    only: None,
    causes: &[
        (
            Client,
            &[
                "unknown-authority",
                "wrong-ca-file",
                "missing-intermediate",
                "self-signed-leaf",
                "cacert-not-a-ca",
                "pem-malformed",
                "der-not-pem",
                "intercepting-proxy",
                "auto-tls",
                "apiserver-cafile-mismatch",
            ],
        ),
        (
            Server,
            &[
                "client-cert-untrusted",
                "trusted-ca-mismatch",
                "missing-intermediate",
                "client-auth-without-ca",
                "apiserver-client-cert-untrusted",
                "gateway-eku-missing",
            ],
        ),
        (PeerIn, &["peer-ca-mismatch", "peer-ca-missing", "missing-intermediate"]),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "no CA that it trusts has signed it",
        ja: "信頼している CA の署名ではありません",
        zh: "它信任的 CA 均未签发该证书",
    },
    proves: Phrase {
        en: "With the CA file that this program read, no path leads from the certificate presented to a trusted CA.",
        ja: "このプログラムが読み込んだ CA ファイルでは、提示された証明書から信頼する CA までの経路がありません。",
        zh: "按此程序读取的 CA 文件，出示的证书无法追溯到任何受信任的 CA。",
    },
    open: Phrase {
        en: "It does not say which is wrong: the CA file (another CA, unreadable as PEM, read before it was replaced) or the certificate (another issuer, intermediate not sent).",
        ja: "CA ファイル (別の CA、PEM として読めない、差し替え前に読み込んだ) と証明書 (別の発行者、中間 CA を送っていない) のどちらが誤りかはわかりません。",
        zh: "它没有说明错在哪一边：CA 文件（是另一个 CA、不是可读的 PEM、在替换之前就已读取），还是证书（由别的 CA 签发、没有发送中间证书）。",
    },
};

static UNSPECIFIC: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "certificate verify failed",
        "CERTIFICATE_VERIFY_FAILED",
        "certificate verification failed",
        "certificate verify error",
        "failed to verify certificate",
        "failed to verify client certificate",
        "failed to verify client's certificate",
        "SSL certificate problem:",
        "SSL certificate verify result:",
        "invalid peer certificate",
        "InvalidCertificate(",
        "CertificateException",
        "PKIX path validation failed",
        "verify error:num=",
        "remote certificate is invalid",
        "certificate validation failed",
        "PKI verification of server certificate failed",
        "The certificate of …is not trusted",
        "certificate is not standards compliant",
        "Unable to verify certificate",
        "certificate could not be verified",
        "CertificateVerifyFailed",
        "Error in the certificate",
        "client certificate not trusted",
    ],
    only: None,
    causes: &[
        (
            Client,
            &[
                "unknown-authority",
                "server-san-mismatch",
                "cert-expired",
                "server-eku-missing",
                "cert-not-yet-valid",
                "self-signed-leaf",
                "chain-rejected",
            ],
        ),
        (
            Server,
            &["client-cert-untrusted", "cert-expired", "client-eku-missing", "chain-rejected"],
        ),
        (
            PeerIn,
            &["peer-ca-mismatch", "peer-cert-expired", "peer-eku-incomplete", "chain-rejected"],
        ),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "it could not be verified", ja: "検証できませんでした", zh: "无法通过验证"
    },
    proves: Phrase {
        en: "The refusal came from this side's own verification of the certificate presented.",
        ja: "提示された証明書をこちら側が検証した結果の拒否です。",
        zh: "是本端在验证所出示的证书时拒绝的。",
    },
    open: Phrase {
        en: "It does not say which check failed: the issuer, the names, the dates or the usage.",
        ja: "発行者、名前、有効期間、用途のどの検査に失敗したかはわかりません。",
        zh: "它没有说明哪一项检查失败：颁发者、名称、有效期还是用途。",
    },
};
