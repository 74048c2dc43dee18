//! What there is to say of what a server offers, beside the judge that says it.

crate::message::word_set! { OfferNote, "One remark on what a server offers.";
    Unresolved: "The name can't be resolved.", "名前を解決できません。", "无法解析该名称。";
    Unreachable: "Nobody answers at this address.", "このアドレスからの応答がありません。", "该地址没有应答。";
    Plaintext: "The port speaks HTTP in clear text, no TLS.", "このポートは平文の HTTP で、TLS ではありません。", "该端口使用明文 HTTP，没有 TLS。";
    NotTls: "What answers here does not speak TLS.", "ここで応答しているのは TLS ではありません。", "此处的应答方不使用 TLS。";
    Silent: "The port takes connections and then says nothing.", "接続は受け付けますが、その後何も返しません。", "端口接受连接，但之后没有任何应答。";
    HungUp: "The server hangs up as soon as TLS begins.", "TLS ハンドシェイクを始めるとサーバーが切断します。", "TLS 一开始服务器就断开连接。";
    NoModernVersion:
        "Neither TLS 1.2 nor TLS 1.3 is offered: etcd's clients speak nothing older.",
        "TLS 1.2 も TLS 1.3 も提供されません。etcd のクライアントはそれより古いバージョンに対応していません。",
        "既不提供 TLS 1.2 也不提供 TLS 1.3，而 etcd 的客户端不使用更旧的版本。";
    NoHttp2:
        "HTTP/2 (ALPN h2) is not chosen: etcd's gRPC needs it.",
        "HTTP/2 (ALPN h2) が選択されません。etcd の gRPC に必要です。",
        "未协商出 HTTP/2 (ALPN h2)，而 etcd 的 gRPC 需要它。";
    NoHttp2Suite:
        "No cipher suite is left that HTTP/2 allows: an ephemeral key exchange with AEAD (RFC 9113, section 9.2.2).",
        "HTTP/2 が許す暗号スイート (一時鍵交換と AEAD) がありません (RFC 9113 9.2.2 節)。",
        "没有 HTTP/2 允许的密码套件（临时密钥交换加 AEAD，RFC 9113 第 9.2.2 节）。";
    NoMandatorySuite:
        "TLS 1.2 lacks an ECDHE suite with AES-128-GCM-SHA256, which HTTP/2 makes mandatory; etcd given such a list of --cipher-suites does not serve its clients.",
        "TLS 1.2 に HTTP/2 必須の ECDHE + AES-128-GCM-SHA256 がありません。--cipher-suites をそのように指定した etcd はクライアントに応答できません。",
        "TLS 1.2 缺少 HTTP/2 强制要求的 ECDHE + AES-128-GCM-SHA256；--cipher-suites 如此设置的 etcd 无法为客户端服务。";
    OldVersions:
        "TLS 1.1 or older is offered; nothing in etcd needs it.",
        "TLS 1.1 以前が提供されています。etcd には不要です。",
        "提供 TLS 1.1 或更旧的版本，etcd 并不需要。";
    BrokenSuites:
        "Suites with RC4, 3DES, or a key exchange without forward secrecy are offered.",
        "RC4、3DES、または前方秘匿性のない鍵交換のスイートが提供されています。",
        "提供了使用 RC4、3DES 或不具备前向保密的密钥交换的套件。";
    NoClientCertificate: "Clients are not asked for a certificate.", "クライアント証明書を要求しません。", "不要求客户端证书。";
    NameNotListed:
        "The certificate presented to the dialled name does not list it.",
        "接続に使った名前が、提示された証明書に含まれていません。",
        "所连接的名称未列在出示的证书中。";
    NamesDiffer:
        "Another certificate is presented when the name in SNI differs.",
        "SNI の名前によって別の証明書が提示されます。",
        "SNI 名称不同时出示的证书不同。";
}
