//! How a member that starts the first time reaches a discovery service, which is an etcd cluster of its own.

use super::{Program::Etcd, TlsOption, option, words};

pub(super) const OPTIONS: &[TlsOption] = &[
    option(
        Etcd,
        "discovery-cacert",
        &[[3, 6, 0]],
        words(
            "the CA that verifies the discovery service",
            "ディスカバリーサービスを検証する CA",
            "验证发现服务的 CA",
        ),
        words(
            "It has nothing to do with this cluster's own CA.",
            "このクラスター自身の CA とは関係ありません。",
            "与本集群自己的 CA 无关。",
        ),
        &["unknown-authority"],
    ),
    option(
        Etcd,
        "discovery-cert",
        &[[3, 6, 0]],
        words(
            "the client certificate for the discovery service",
            "ディスカバリーサービスに提示するクライアント証明書",
            "向发现服务出示的客户端证书",
        ),
        words(
            "It is used at the first start only.",
            "使われるのは初回起動時だけです。",
            "仅在首次启动时使用。",
        ),
        &["client-cert-untrusted"],
    ),
    option(
        Etcd,
        "discovery-key",
        &[[3, 6, 0]],
        words(
            "the private key of --discovery-cert",
            "--discovery-cert の秘密鍵",
            "--discovery-cert 的私钥",
        ),
        words(
            "It has to belong to that certificate.",
            "その証明書と対になっていなければなりません。",
            "必须与该证书配对。",
        ),
        &["key-mismatch"],
    ),
    option(
        Etcd,
        "discovery-insecure-transport",
        &[[3, 6, 0]],
        words(
            "lets discovery go without TLS, on by default",
            "ディスカバリーで TLS を使わないことを許可する。既定で有効",
            "允许发现过程不使用 TLS，默认启用",
        ),
        words(
            "The token of the cluster travels in clear text.",
            "クラスターのトークンが平文で流れます。",
            "集群令牌会以明文传输。",
        ),
        &[],
    ),
    option(
        Etcd,
        "discovery-insecure-skip-tls-verify",
        &[[3, 6, 0]],
        words(
            "does not verify the discovery service",
            "ディスカバリーサービスを検証しない",
            "不验证发现服务",
        ),
        words(
            "Anyone in between can hand out another cluster.",
            "通信経路の途中にいる者が別のクラスターを返せてしまいます。",
            "中间人可以返回另一个集群。",
        ),
        &[],
    ),
];
