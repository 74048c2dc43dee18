//! The section `client-transport-security`: what etcd shows to clients, and what it wants of them.

use super::{HALF_A_PAIR, Program::Etcd, TlsOption, option, words};

pub(super) const OPTIONS: &[TlsOption] = &[
    option(
        Etcd,
        "cert-file",
        &[],
        words(
            "the certificate that etcd shows to clients on port 2379",
            "2379 番ポートで etcd がクライアントに提示する証明書",
            "etcd 在 2379 端口向客户端出示的证书",
        ),
        words(
            "A dialled name is missing from its SAN, it has expired, or it lacks clientAuth that the gateway needs. Without it an https URL keeps etcd from starting.",
            "接続先の名前が SAN にない、期限切れ、ゲートウェイに必要な clientAuth がない、など。未指定で https の URL を使うと etcd は起動しません。",
            "SAN 缺少所连接的名称、证书过期，或缺少网关需要的 clientAuth。未指定而使用 https URL 时 etcd 无法启动。",
        ),
        &[
            "server-san-mismatch",
            "cert-expired",
            "gateway-eku-missing",
            "listen-https-without-cert",
        ],
    ),
    option(
        Etcd,
        "key-file",
        &[],
        words("the private key of --cert-file", "--cert-file の秘密鍵", "--cert-file 的私钥"),
        words(
            "It belongs to another certificate, is encrypted, or etcd's user may not read it. Certificate and key are read again at every handshake.",
            "別の証明書の鍵である、暗号化されている、etcd のユーザーが読めない、など。証明書と鍵はハンドシェイクのたびに読み直されます。",
            "属于另一张证书、被加密，或 etcd 的运行用户无权读取。证书和私钥在每次握手时重新读取。",
        ),
        &["key-mismatch", "key-encrypted", "file-unreadable", "server-cert-unloadable"],
    ),
    option(
        Etcd,
        "client-cert-auth",
        &[],
        words(
            "turns mTLS on: every client has to show a certificate",
            "mTLS を有効にする: すべてのクライアントに証明書を求める",
            "启用 mTLS：每个客户端都必须出示证书",
        ),
        words(
            "Without --trusted-ca-file etcd measures clients by the system's CAs and turns all of them away.",
            "--trusted-ca-file がないと、etcd はシステムの CA でクライアントを検証するため、すべてのクライアントが拒否されます。",
            "没有 --trusted-ca-file 时，etcd 用系统根证书验证客户端，会拒绝所有客户端。",
        ),
        &["client-cert-required", "client-auth-without-ca", "client-auth-off"],
    ),
    option(
        Etcd,
        "trusted-ca-file",
        &[],
        words(
            "the CAs whose client certificates etcd accepts; given, it turns mTLS on by itself",
            "etcd が受け入れるクライアント証明書の CA。指定するだけで mTLS が有効になる",
            "etcd 接受哪些 CA 签发的客户端证书；只要指定就会启用 mTLS",
        ),
        words(
            "It is the wrong CA, or a new CA was added to the file and etcd was not restarted: this file is read once, at start.",
            "CA を取り違えている、または新しい CA を追加したのに etcd を再起動していない (このファイルは起動時に一度だけ読まれます)。",
            "用错了 CA，或在文件中添加新 CA 后没有重启 etcd：该文件只在启动时读取一次。",
        ),
        &["client-cert-untrusted", "trusted-ca-mismatch", "ca-pool-stale"],
    ),
    option(
        Etcd,
        "client-crl-file",
        &[],
        words(
            "the list of revoked client certificates",
            "失効させたクライアント証明書の一覧 (CRL)",
            "已吊销的客户端证书列表 (CRL)",
        ),
        words(
            "etcd 3.6 and later read DER only: a list in PEM, or a missing one, refuses every client. It is read again at every connection, and its own expiry is not looked at.",
            "etcd 3.6 以降は DER だけを読みます。PEM の CRL や存在しない CRL では、すべてのクライ\
             アントが拒否されます。接続のたびに読み直され、CRL 自体の期限は確認されません。",
            "etcd 3.6 及以上只读 DER：PEM 格式或缺失的列表会使所有客户端被拒绝。每次连接都会重新读取，且不检查列表自身的有效期。",
        ),
        &["cert-revoked", "crl-missing", "crl-expired"],
    ),
    option(
        Etcd,
        "client-cert-allowed-hostname",
        &[],
        words(
            "a client certificate has to list one of these names in its SAN; several since 3.5.15 and 3.6.0",
            "クライアント証明書の SAN に、この名前のどれかが必要。複数指定は 3.5.15 と 3.6.0 から",
            "客户端证书的 SAN 必须包含其中一个名称；自 3.5.15 和 3.6.0 起可写多个",
        ),
        words(
            "The gateway's certificate has to list a name too. The log says only \"certificate authentication failed\".",
            "ゲートウェイが使う証明書にもこの名前が必要です。ログには \"certificate authentication failed\" としか出ません。",
            "网关使用的证书也必须包含该名称。日志只写 \"certificate authentication failed\"。",
        ),
        &["client-hostname-not-allowed"],
    ),
    option(
        Etcd,
        "client-cert-file",
        &[[3, 5, 0]],
        words(
            "the certificate with which etcd's own gateway logs in to this member, instead of --cert-file",
            "etcd 内蔵のゲートウェイが自メンバーに接続するときの証明書 (--cert-file の代わり)",
            "etcd 自带网关登录本成员时使用的证书，代替 --cert-file",
        ),
        words(
            "It is often taken for the CA of clients. It has to be issued by a CA in --trusted-ca-file.",
            "クライアントの CA とよく間違えられます。--trusted-ca-file の CA が発行したものでなければなりません。",
            "常被误认为是客户端的 CA。它必须由 --trusted-ca-file 中的 CA 签发。",
        ),
        &["gateway-eku-missing"],
    ),
    option(
        Etcd,
        "client-key-file",
        &[[3, 5, 0]],
        words(
            "the private key of --client-cert-file",
            "--client-cert-file の秘密鍵",
            "--client-cert-file 的私钥",
        ),
        HALF_A_PAIR,
        &["config-incomplete"],
    ),
    option(
        Etcd,
        "auto-tls",
        &[],
        words(
            "etcd makes itself a self-signed certificate for clients when --cert-file is not given",
            "--cert-file がないとき、etcd がクライアント向けの自己署名証明書を自分で作る",
            "未指定 --cert-file 时，etcd 自行生成面向客户端的自签名证书",
        ),
        words(
            "There is no CA that a client could trust, and the certificate ends after a year.",
            "クライアントが信頼できる CA がなく、証明書は 1 年で切れます。",
            "没有客户端可以信任的 CA，证书一年后过期。",
        ),
        &["auto-tls"],
    ),
];
