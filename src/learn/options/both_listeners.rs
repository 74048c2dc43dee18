//! What holds for clients and members alike: suites, versions, and the life of certificates that etcd makes itself.

use super::{Program::Etcd, TlsOption, option, words};

pub(super) const OPTIONS: &[TlsOption] = &[
    option(
        Etcd,
        "cipher-suites",
        &[],
        words(
            "the TLS 1.2 cipher suites that etcd offers; empty leaves the choice to Go",
            "etcd が提供する TLS 1.2 の暗号スイート。空なら Go に任せる",
            "etcd 提供的 TLS 1.2 密码套件；留空则由 Go 决定",
        ),
        words(
            "Without an ECDHE suite with AES-128-GCM, HTTP/2 does not work. TLS 1.3 has no choice of suites, and together with --tls-min-version TLS1.3 etcd does not start.",
            "ECDHE + AES-128-GCM のスイートがないと HTTP/2 が動きません。TLS 1.3 では選べず、--tls-min-version TLS1.3 と併用すると etcd は起動しません。",
            "没有 ECDHE + AES-128-GCM 套件时 HTTP/2 无法工作。TLS 1.3 的套件不能选择；本选项与 \
             --tls-min-version TLS1.3 同时使用时 etcd 无法启动。",
        ),
        &[
            "tls-cipher-mismatch",
            "cipher-suites-no-http2",
            "cipher-suite-unknown",
            "weak-cipher-suites",
        ],
    ),
    option(
        Etcd,
        "tls-min-version",
        &[[3, 4, 25], [3, 5, 8], [3, 6, 0]],
        words(
            "the oldest TLS version that etcd speaks; 1.2 by default",
            "etcd が受け入れる最も古い TLS バージョン。既定は 1.2",
            "etcd 接受的最低 TLS 版本，默认 1.2",
        ),
        words(
            "TLS1.3 shuts out old clients, among them those of releases before this option.",
            "TLS1.3 にすると古いクライアントが接続できなくなります。",
            "设为 TLS1.3 会使旧客户端无法连接。",
        ),
        &["tls-version-mismatch", "tls-version-unknown"],
    ),
    option(
        Etcd,
        "tls-max-version",
        &[[3, 4, 25], [3, 5, 8], [3, 6, 0]],
        words(
            "the newest TLS version that etcd speaks; Go's by default",
            "etcd が受け入れる最も新しい TLS バージョン。既定は Go に従う",
            "etcd 接受的最高 TLS 版本，默认由 Go 决定",
        ),
        words(
            "TLS1.2 here and a client that wants 1.3 find no version in common.",
            "TLS1.2 に制限すると、1.3 だけに対応するクライアントとは共通のバージョンがありません。",
            "限制为 TLS1.2 时，只接受 1.3 的客户端找不到共同版本。",
        ),
        &["tls-version-mismatch", "tls-version-unknown"],
    ),
    option(
        Etcd,
        "self-signed-cert-validity",
        &[[3, 5, 0]],
        words(
            "how many years the certificates of --auto-tls and --peer-auto-tls last",
            "--auto-tls と --peer-auto-tls の証明書の有効年数",
            "--auto-tls 和 --peer-auto-tls 所生成证书的有效年数",
        ),
        words(
            "It counts only when the certificate is made: existing files in DATA-DIR/fixtures are used until they are deleted.",
            "証明書を作るときだけ効きます。DATA-DIR/fixtures にある既存のファイルは、削除するまで使われます。",
            "仅在生成证书时生效；DATA-DIR/fixtures 下已有的文件在删除之前会一直使用。",
        ),
        &["auto-tls", "cert-expired"],
    ),
];
