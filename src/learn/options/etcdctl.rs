//! What etcdctl is told about the way to etcd; etcd-tls takes the same names and variables.

use super::{Program::Etcdctl, TlsOption, option, words};

pub(super) const OPTIONS: &[TlsOption] = &[
    option(
        Etcdctl,
        "endpoints",
        &[],
        words(
            "the client URLs to dial; 127.0.0.1:2379 by default",
            "接続先のクライアント URL。既定は 127.0.0.1:2379",
            "要连接的客户端 URL，默认 127.0.0.1:2379",
        ),
        words(
            "http:// drops all certificate options silently. Without a scheme TLS is spoken only when a certificate option is given. 2380 and 2381 are other ports.",
            "http:// だと証明書のオプションは警告なしに無視されます。スキームなしでは、証明書のオプションがあるときだけ TLS になります。2380 と 2381 は別のポートです。",
            "写 http:// 时所有证书选项被静默忽略。不写协议时，只有给出证书选项才使用 TLS。2380 和 2381 是别的端口。",
        ),
        &["tls-server-plain-url", "endpoint-malformed", "peer-port", "metrics-port"],
    ),
    option(
        Etcdctl,
        "cacert",
        &[],
        words(
            "the CA by which etcdctl verifies the server",
            "etcdctl がサーバーを検証するための CA",
            "etcdctl 用来验证服务器的 CA",
        ),
        words(
            "Left out, the system's CAs are asked, which know nothing of yours. Kubernetes' /etc/kubernetes/pki/ca.crt is another CA than etcd's.",
            "省くとシステムの CA が使われ、プライベート CA は含まれません。/etc/kubernetes/pki/ca.crt は etcd の CA とは別物です。",
            "省略时使用系统根证书，其中没有你的 CA。/etc/kubernetes/pki/ca.crt 不是 etcd 的 CA。",
        ),
        &["unknown-authority", "wrong-ca-file", "ca-regenerated", "cacert-not-a-ca"],
    ),
    option(
        Etcdctl,
        "cert",
        &[],
        words(
            "the client certificate that etcdctl shows to etcd",
            "etcdctl が etcd に提示するクライアント証明書",
            "etcdctl 向 etcd 出示的客户端证书",
        ),
        words(
            "It comes from another CA than etcd trusts, has expired, or lacks clientAuth. The server's log says why.",
            "etcd が信頼しない CA のもの、期限切れ、clientAuth なし、など。理由はサーバーのログに出ます。",
            "由 etcd 不信任的 CA 签发、已过期，或缺少 clientAuth。原因写在服务器日志里。",
        ),
        &["client-cert-required", "client-cert-untrusted", "client-eku-missing"],
    ),
    option(
        Etcdctl,
        "key",
        &[],
        words("the private key of --cert", "--cert の秘密鍵", "--cert 的私钥"),
        words(
            "It belongs to another certificate, or only root may read it: use sudo.",
            "別の証明書の鍵である、または root しか読めない (sudo が必要)。",
            "属于另一张证书，或只有 root 能读（需要 sudo）。",
        ),
        &["key-mismatch", "key-not-given", "file-unreadable", "flags-swapped"],
    ),
    option(
        Etcdctl,
        "insecure-skip-tls-verify",
        &[],
        words(
            "does not verify the server at all",
            "サーバーをまったく検証しない",
            "完全不验证服务器",
        ),
        words(
            "It does not replace --cert and --key: a server with mTLS still refuses.",
            "--cert と --key の代わりにはならず、mTLS のサーバーには拒否されます。",
            "不能代替 --cert 和 --key：启用 mTLS 的服务器仍会拒绝。",
        ),
        &["client-cert-required"],
    ),
    option(
        Etcdctl,
        "insecure-transport",
        &[],
        words(
            "lets an endpoint without scheme go without TLS, on by default",
            "スキームのないエンドポイントで TLS を使わないことを許可する。既定で有効",
            "允许不写协议的端点不使用 TLS，默认启用",
        ),
        words(
            "Set to false, an endpoint without scheme is dialled with TLS even where no certificate option is given.",
            "false にすると、証明書のオプションがなくてもスキームなしのエンドポイントに TLS で接続します。",
            "设为 false 时，即使没有证书选项，也会用 TLS 连接不写协议的端点。",
        ),
        &["tls-server-plain-url"],
    ),
    option(
        Etcdctl,
        "discovery-srv",
        &[],
        words(
            "finds the endpoints by the DNS SRV records of a domain",
            "ドメインの DNS SRV レコードからエンドポイントを探す",
            "通过域名的 DNS SRV 记录查找端点",
        ),
        words(
            "Certificates then have to list that domain or the names in its records.",
            "証明書に、そのドメインかレコード中の名前が必要です。",
            "证书必须包含该域名或记录中的名称。",
        ),
        &["dns-failure", "server-san-mismatch"],
    ),
    option(
        Etcdctl,
        "insecure-discovery",
        &[],
        words(
            "takes SRV records of plaintext endpoints too, on by default",
            "平文のエンドポイントの SRV レコードも受け入れる。既定で有効",
            "也接受明文端点的 SRV 记录，默认启用",
        ),
        words(
            "Whoever forges DNS answers can turn TLS off.",
            "DNS の応答を偽造されると、TLS を使わない接続に誘導されてしまいます。",
            "伪造 DNS 应答即可绕过 TLS。",
        ),
        &["plaintext-server"],
    ),
    option(
        Etcdctl,
        "user",
        &[],
        words(
            "name and password of an etcd user, where auth is on",
            "etcd の認証が有効なときのユーザー名とパスワード",
            "启用认证时的 etcd 用户名和密码",
        ),
        words(
            "With auth on and no --user, the CN of the client certificate is the user.",
            "認証が有効で --user がないときは、クライアント証明書の CN がユーザー名になります。",
            "启用认证而没有 --user 时，客户端证书的 CN 就是用户名。",
        ),
        &["auth-login-failed", "auth-user-missing", "auth-permission-denied"],
    ),
    option(
        Etcdctl,
        "password",
        &[],
        words("the password of --user", "--user のパスワード", "--user 的密码"),
        words(
            "Everybody on the machine sees it in the process list; ETCDCTL_PASSWORD keeps it out of there.",
            "プロセス一覧から誰にでも見えます。ETCDCTL_PASSWORD なら見えません。",
            "会出现在进程列表中；用 ETCDCTL_PASSWORD 可以避免。",
        ),
        &["auth-login-failed"],
    ),
];
