//! The certificate is for someone else: names and addresses that do not match, CNs and host names that etcd does not allow.
//!
//! Go: `HostnameError` in `crypto/x509/verify.go`; etcd: `checkCertSAN` in `client/pkg/transport/listener_tls.go`, `baseConfig` in
//! `listener.go` for the allowed names.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, Listener, PeerIn, PeerOut, Server},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] = &[&NOT_ALLOWED, &NO_NAMES, &SOURCE, &MISMATCH];

static NOT_ALLOWED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "client certificate authentication failed",
        "CommonName authentication failed",
        "failed to match CN",
    ],
    only: None,
    causes: &[
        (Client, &["client-hostname-not-allowed", "client-cn-not-allowed", "peer-cn-not-allowed"]),
        (PeerIn, &["peer-cn-not-allowed", "peer-hostname-not-allowed"]),
    ],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "etcd's list of allowed names does not hold this certificate",
        ja: "etcd の許可リストにこの証明書の名前がありません",
        zh: "etcd 允许的名称中没有此证书的名称",
    },
    proves: Phrase {
        en: "Chain and usage are in order. What failed is the allowed CN or the allowed host name of etcd's settings, which holds for certificates of both sides.",
        ja: "チェーンと用途に問題はありませんが、名前が etcd の設定で許可された CN またはホスト名\
              に合いません。この検査は双方の証明書に対して行われます。",
        zh: "证书链与用途均无问题。不符合的是 etcd 设置中允许的 CN 或主机名，该检查对双方证书都生效。",
    },
    open: Phrase {
        en: "It does not say which of the two is set. A host name is compared with the SANs only, never with the CN.",
        ja: "どちらが設定されているかはわかりません。ホスト名は SAN とだけ照合され、CN は参照されません。",
        zh: "它没有说明设置的是哪一个。主机名只与 SAN 比较，从不与 CN 比较。",
    },
};

static NO_NAMES: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "relies on legacy Common Name field",
        "certificate is not valid for any names",
        "No subject alternative names present",
        "x509: certificate is not valid for any",
        "no names were found in certificate",
    ],
    only: None,
    causes: &[
        (Client, &["cert-no-san", "server-san-mismatch"]),
        (PeerIn, &["cert-no-san", "peer-san-mismatch"]),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "it lists no names, and its CN does not count",
        ja: "名前の一覧 (SAN) がなく、CN は参照されません",
        zh: "它没有列出任何名称 (SAN)，而 CN 不作数",
    },
    proves: Phrase {
        en: "The chain was not the problem up to here: the certificate has no SAN entry of the kind that was dialled.",
        ja: "ここまでのチェーンに問題はありませんが、接続先と同じ種類の SAN が証明書にありません。",
        zh: "到此为止证书链没有问题：证书中没有与所连接目标同类的 SAN 条目。",
    },
    open: Phrase {
        en: "Clients older than Go 1.15 still accept such a certificate.",
        ja: "Go 1.15 より古いクライアントは、このような証明書をまだ受け入れます。",
        zh: "早于 Go 1.15 的客户端仍会接受这种证书。",
    },
};

static SOURCE: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &["does not match any of DNSNames", "does not match any of the IP"],
    only: None,
    causes: &[
        (Server, &["client-san-mismatch", "peer-san-mismatch"]),
        (Listener, &["peer-san-mismatch", "client-san-mismatch"]),
        (PeerIn, &["peer-san-mismatch"]),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "none of its names leads to the address that it came from",
        ja: "どの名前も接続元アドレスと一致しません",
        zh: "它的任何名称都对不上来源地址",
    },
    proves: Phrase {
        en: "The handshake succeeded. Then etcd compared the source address with the certificate's SANs, as it does for peers and on an https metrics port.",
        ja: "ハンドシェイクは成功しました。その後 etcd が接続元アドレスを SAN と照合しました (ピアと https のメトリクスポートで行われます)。",
        zh: "握手已成功。随后 etcd 将来源地址与证书的 SAN 比对，这发生在对等端口和 https 指标端口上。",
    },
    open: Phrase {
        en: "It does not say whether the certificate is wrong or the address was changed on the way (NAT).",
        ja: "証明書の誤りか、途中 (NAT) でアドレスが変わったのかはわかりません。",
        zh: "它没有说明是证书有误，还是地址在途中被 NAT 改变。",
    },
};

static MISMATCH: Complaint = Complaint {
    kind: Kind::Refusal,
    said: &[
        "x509: certificate is valid for ",
        "because it doesn't contain any IP SANs",
        "certificate is valid for …, not ",
        "hostname mismatch",
        "IP address mismatch",
        "no alternative certificate subject name matches",
        "subjectAltName does not match",
        "does not match target host",
        "doesn't match any of the subject alternative names",
        "ERR_TLS_CERT_ALTNAME_INVALID",
        "does not match certificate's altnames",
        "No subject alternative DNS name matching",
        "No subject alternative names matching",
        "No name matching ",
        "NotValidForName",
        "certificate not valid for name",
        "CertNotValidForName",
        "name in the certificate does not match",
        "certificate's owner does not match hostname",
        "SSL_ERROR_BAD_CERT_DOMAIN",
        "RemoteCertificateNameMismatch",
        "cert name mismatch",
        "certificate host mismatch",
        "SSL certificate does not match \"",
        "did not match expected name",
        "did not match expected CN",
        "hostname verification failed",
        "commonName does not match hostname",
        "doesn't match requested host name",
        "is not in peer certificate",
        "common name does not match",
        "certificate name does not match",
        "CN name does not match the passed value",
        "SEC_E_WRONG_PRINCIPAL",
        "does not match the server name",
        "Host name verification failed",
        "hostname '…' doesn't match",
        "hostname …doesn't match either of",
    ],
    only: None,
    causes: &[
        (Client, &["server-san-mismatch", "cert-no-san"]),
        (Server, &["peer-san-mismatch", "client-san-mismatch"]),
        (PeerIn, &["peer-san-mismatch"]),
        (PeerOut, &["peer-san-mismatch", "server-san-mismatch"]),
    ],
    severity: None,
    decide: Decide::Verify,
    what: Phrase {
        en: "it does not list the name or address that was compared",
        ja: "照合した名前またはアドレスが記載されていません",
        zh: "它没有列出所比对的名称或地址",
    },
    proves: Phrase {
        en: "The chain leads to a trusted CA; only the name is wrong. A client compares what it dialled; a peer port compares where the connection came from.",
        ja: "チェーンは信頼する CA に達しており、誤りは名前だけです。クライアントは接続先を、ピアポートは接続元を照合します。",
        zh: "证书链可以追溯到受信任的 CA，只有名称不符。客户端比对的是连接目标，对等端口比对的是来源地址。",
    },
    open: Phrase {
        en: "It does not say which of the two is wrong: the SANs, or the address used. Behind NAT a member's address differs from its own.",
        ja: "SAN と使用したアドレスのどちらが誤りかはわかりません。NAT の先ではメンバーのアドレスが変わります。",
        zh: "它没有说明是 SAN 有误还是所用地址有误。经过 NAT 时成员的地址会改变。",
    },
};
