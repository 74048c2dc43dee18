//! TLS that is configured and not used: listeners in the clear although certificates are given, and listeners in the clear at all.
//!
//! etcd: `server/embed/etcd.go` (`configurePeerListeners`, `configureClientListeners`), `server/embed/serve.go`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::Start,
};
use crate::{diagnoses::engine::Severity, message::Phrase};

pub(super) static ALL: &[&Complaint] = &[&PEER_PLAIN, &PLAIN, &INSECURE];

static PEER_PLAIN: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "scheme is HTTP while --peer-client-cert-auth is enabled",
        "scheme is HTTP while peer key/cert files are present",
        "The scheme of peer url …is HTTP while",
    ],
    only: None,
    causes: &[(Start, &["peer-plaintext", "tls-files-unused"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "The peer URL says http: the peer certificates that are configured are not used",
        ja: "ピア URL が http のため、設定されたピア証明書は使われません",
        zh: "对等 URL 为 http：已配置的对等证书不会被使用",
    },
    proves: Phrase {
        en: "etcd saw peer TLS settings and an http peer URL, and ignored the settings.",
        ja: "ピア用 TLS の設定と http のピア URL の両方があるため、etcd は TLS の設定を無視しました。",
        zh: "etcd 同时看到了对等 TLS 设置和 http 的对等 URL，并忽略了这些设置。",
    },
    open: Phrase {
        en: "It does not say what the other members dial.",
        ja: "ほかのメンバーが何に接続するかはわかりません。",
        zh: "它没有说明其他成员连接的是什么。",
    },
};

static PLAIN: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "scheme is HTTP while key and cert files are present",
        "scheme is HTTP while --client-cert-auth is enabled",
        "The scheme of client url …is HTTP while",
        "is HTTP while peer key/cert files are presented",
        "is HTTP while client key/cert files are presented",
        "Ignored key/cert files",
    ],
    only: None,
    causes: &[(Start, &["tls-files-unused", "plaintext-listener", "plaintext-server"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "The listen URL says http: the certificates that are configured are not used",
        ja: "待ち受け URL が http のため、設定された証明書は使われません",
        zh: "监听 URL 为 http：已配置的证书不会被使用",
    },
    proves: Phrase {
        en: "etcd saw certificates and an http client URL, ignored the certificates, and serves in the clear.",
        ja: "証明書と http のクライアント URL の両方があるため、etcd は証明書を無視し、平文で待ち受けます。",
        zh: "etcd 同时看到了证书和 http 的客户端 URL，忽略了证书，以明文提供服务。",
    },
    open: Phrase {
        en: "Other listen URLs of the same member can still be https.",
        ja: "同じメンバーの別の待ち受け URL は https のこともあります。",
        zh: "同一成员的其他监听 URL 仍可能是 https。",
    },
};

static INSECURE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "serving client traffic insecurely",
        "serving insecure client requests on",
        "serving grpc insecurely",
        "serving http insecurely",
    ],
    only: None,
    causes: &[(Start, &["plaintext-server", "plaintext-listener", "client-auth-off"])],
    severity: Some(Severity::Info),
    decide: Decide::Config,
    what: Phrase {
        en: "This listener speaks no TLS: clients have to dial http://",
        ja: "この待ち受けは TLS を使いません。クライアントは http:// で接続します",
        zh: "此监听端口不使用 TLS：客户端必须以 http:// 连接",
    },
    proves: Phrase {
        en: "etcd serves this address in the clear, because its listen URL says so.",
        ja: "待ち受け URL の指定どおり、etcd はこのアドレスを平文で提供しています。",
        zh: "按监听 URL 的设置，etcd 以明文在此地址提供服务。",
    },
    open: Phrase {
        en: "On loopback or behind a proxy that can be meant so.",
        ja: "ループバックやプロキシの背後では、意図した設定のこともあります。",
        zh: "在回环地址上或位于代理之后时，这可能是有意为之。",
    },
};
