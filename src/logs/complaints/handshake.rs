//! Handshakes that failed for another reason than a certificate: plain text where TLS is meant, no common version, no certificate at all.
//!
//! Go: `crypto/tls/conn.go`, `net/http/server.go`; grpc-go: `internal/transport/http2_client.go`; OpenSSL: `SSL_R_*`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, PeerOut, Server},
};
use crate::lang::Phrase;

pub(super) static ALL: &[&Complaint] = &[
    &NO_CERTIFICATE,
    &PEER_PORT,
    &PLAIN_CALLER,
    &PLAIN_SERVER,
    &NOT_TLS,
    &FRAME,
    &CONTENT,
    &VERSION,
    &CIPHER,
    &ALPN,
    &SIGNATURE,
    &OTHER_KEYS,
    &GARBAGE,
    &PREFACE,
    &HUNG_UP,
    &STALLED,
    &UNCLEAR,
];

static NO_CERTIFICATE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "tls: client didn't provide a certificate",
        "peer did not return a certificate",
        "PEER_DID_NOT_RETURN_A_CERTIFICATE",
        "client sent no required SSL certificate",
        "No required SSL certificate was sent",
        "NoCertificatesPresented",
        "peer sent no certificates",
        "Empty client certificate chain",
        "Empty server certificate chain",
        "null cert chain",
        "No certificate was found",
        "no client certificate",
        "client certificate required",
    ],
    only: None,
    causes: &[
        (Client, &["client-cert-required"]),
        (
            Server,
            &[
                "client-cert-required",
                "key-not-given",
                "file-missing",
                "key-mismatch",
                "key-encrypted",
                "bundle-order",
                "pem-malformed",
                "file-empty",
                "flags-swapped",
                "der-not-pem",
                "pem-wrong-type",
                "key-unsupported",
                "intercepting-proxy",
            ],
        ),
        (PeerIn, &["peer-plaintext", "client-cert-required", "peer-port"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The server demands a client certificate, and the client sent none",
        ja: "サーバーはクライアント証明書を求めましたが、クライアントは送りませんでした",
        zh: "服务器要求客户端证书，但客户端没有发送",
    },
    proves: Phrase {
        en: "The client had accepted the server's certificate, or does not look at it, and answered the request for its own with nothing.",
        ja: "クライアントはサーバーの証明書を受け入れたか見ておらず、自分の証明書の要求に何も返しませんでした。",
        zh: "客户端已接受服务器的证书（或根本不看），对索要自己证书的请求没有给出任何内容。",
    },
    open: Phrase {
        en: "It does not say why: no --cert and --key, files that could not be loaded, or a browser, curl or probe that has none.",
        ja: "理由 (--cert と --key がない、ファイルを読み込めない、証明書を持たないブラウザー、curl、プローブ) はわかりません。",
        zh: "它没有说明原因：没有 --cert 和 --key、文件无法加载，或是没有证书的浏览器、curl、探针。",
    },
};

static PEER_PORT: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["Server.Serve failed to complete security handshake from"],
    only: Some(plain_inside),
    causes: &[(Client, &["peer-port"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "A client speaks gRPC to the peer port",
        ja: "クライアントがピアポートに gRPC で接続しています",
        zh: "有客户端用 gRPC 连接对等端口",
    },
    proves: Phrase {
        en: "TLS had worked already: behind it the peer port's gRPC server wants a second handshake that no client makes.",
        ja: "TLS は成功しています。その内側でピアポートの gRPC サーバーが、クライアントの行わない二度目のハンドシェイクを求めます。",
        zh: "TLS 已经成功：其后对等端口的 gRPC 服务器要求第二次握手，而客户端不会进行。",
    },
    open: Phrase {
        en: "It does not name the client's program; its address is in the line.",
        ja: "クライアントのプログラムは不明ですが、アドレスは行に示されています。",
        zh: "它没有指出客户端是哪个程序；其地址在该行中。",
    },
};

fn plain_inside(text: &str) -> bool {
    text.contains("first record does not look like")
}

static PLAIN_CALLER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "lient sent an HTTP request to an HTTPS server",
        "plain HTTP request was sent to HTTPS port",
        "SSL routines::http request",
        "ssl3_get_record:http request",
        "SSL_R_HTTP_REQUEST",
        "HTTP_REQUEST]",
    ],
    only: None,
    causes: &[
        (
            Client,
            &[
                "tls-server-plain-url",
                "apiserver-endpoint-scheme",
                "advertised-url-scheme",
                "listen-advertise-scheme",
            ],
        ),
        (PeerIn, &["peer-plaintext"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "A client speaks plain HTTP to a TLS port",
        ja: "クライアントが TLS のポートに平文の HTTP で接続しています",
        zh: "有客户端用明文 HTTP 连接 TLS 端口",
    },
    proves: Phrase {
        en: "The port speaks TLS, and the URL used says http or has no scheme.",
        ja: "ポートは TLS ですが、使われた URL は http かスキームなしです。",
        zh: "端口使用 TLS，而所用 URL 是 http 或没有协议。",
    },
    open: Phrase {
        en: "It does not say where the URL came from; --advertise-client-urls with http does this to clients that follow it.",
        ja: "URL の出所はわかりません。--advertise-client-urls が http だと、それに従うクライアントで起こります。",
        zh: "它没有说明 URL 的来源；--advertise-client-urls 写成 http 会使跟随它的客户端如此。",
    },
};

static PLAIN_SERVER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "server gave HTTP response to HTTPS client",
        "plaintext connection?",
        "looks like an HTTP response",
    ],
    only: None,
    causes: &[
        (Client, &["plaintext-server", "metrics-port", "not-etcd"]),
        (PeerOut, &["peer-plaintext"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The server answers plain HTTP where TLS was expected",
        ja: "TLS を期待した接続に、サーバーが平文の HTTP で応答しています",
        zh: "期望 TLS 的连接得到了明文 HTTP 应答",
    },
    proves: Phrase {
        en: "The URL used says https, and the port speaks plain HTTP. No certificate was involved.",
        ja: "使われた URL は https ですが、ポートは平文の HTTP です。証明書は関係していません。",
        zh: "所用 URL 是 https，而端口使用明文 HTTP，与证书无关。",
    },
    open: Phrase {
        en: "It does not say whether that port is etcd's client port, its metrics port or another program's.",
        ja: "そのポートが etcd のクライアントポートか、メトリクスポートか、別のプログラムのものかはわかりません。",
        zh: "它没有说明该端口是 etcd 的客户端端口、指标端口，还是别的程序的端口。",
    },
};

static NOT_TLS: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "first record does not look like a TLS handshake",
        "wrong version number",
        "WRONG_VERSION_NUMBER",
        "unknown protocol",
        "UNKNOWN_PROTOCOL",
        "Unsupported or unrecognized SSL message",
        "Unrecognized SSL message",
        "not an SSL/TLS record",
        "InvalidContentType",
        "InvalidMessage(",
        "received corrupt message",
        "packet length too long",
        "PACKET_LENGTH_TOO_LONG",
        "unexpected TLS packet was received",
        "packet with illegal or unsupported version",
        "tlsv1 alert protocol unexpected",
    ],
    only: Some(about_tls),
    causes: &[
        (
            Client,
            &[
                "not-etcd",
                "metrics-port",
                "plaintext-server",
                "tls-garbage",
                "tls-server-plain-url",
            ],
        ),
        (
            Server,
            &[
                "tls-server-plain-url",
                "advertised-url-scheme",
                "listen-advertise-scheme",
                "apiserver-endpoint-scheme",
                "tls-garbage",
            ],
        ),
        (PeerIn, &["peer-plaintext"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "One side speaks TLS, the other does not",
        ja: "一方は TLS を話し、もう一方は話していません",
        zh: "一方使用 TLS，另一方没有",
    },
    proves: Phrase {
        en: "The first bytes that came from the other side are no TLS record. In a server's log the client dialled with http; in a client's log the port serves plain text.",
        ja: "相手から来た最初のバイト列が TLS ではありません。サーバーのログならクライアントが http で接続し、クライアントのログならポートが平文です。",
        zh: "对方发来的最初字节不是 TLS 记录。在服务器日志中，说明客户端以 http 连接；在客户端日志中，说明端口使用明文。",
    },
    open: Phrase {
        en: "It does not say what was spoken instead. A plaintext etcd answers TLS with a closed connection, so this is often another program or the metrics port.",
        ja: "代わりに何が話されたかはわかりません。平文の etcd は TLS に対して接続を閉じるだけなので、別のプログラムやメトリクスポートであることが多くあります。",
        zh: "它没有说明实际使用的是什么。明文的 etcd 遇到 TLS 会直接关闭连接，所以这往往是别的程序或指标端口。",
    },
};

fn about_tls(text: &str) -> bool {
    [
        "TLS",
        "tls",
        "SSL",
        "ssl",
        "handshake",
        "InvalidContentType",
        "InvalidMessage",
        "corrupt message",
    ]
    .iter()
    .any(|word| text.contains(word))
}

static FRAME: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "http2: frame too large",
        "frame header looked like an HTTP/1.1 header",
        "malformed HTTP response",
        "malformed HTTP status code",
    ],
    only: None,
    causes: &[(Client, &["metrics-port", "not-etcd", "tls-server-plain-url"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The server answers HTTP/1 where gRPC was expected",
        ja: "gRPC を期待した接続に、サーバーが HTTP/1 で応答しています",
        zh: "期望 gRPC 的连接得到了 HTTP/1 应答",
    },
    proves: Phrase {
        en: "The connection works, and what answers is no gRPC server: etcd's metrics port, or another program.",
        ja: "接続は成功し、応答したのは gRPC サーバーではありません。etcd のメトリクスポートか別のプログラムです。",
        zh: "连接可用，但应答的不是 gRPC 服务器：是 etcd 的指标端口或别的程序。",
    },
    open: Phrase {
        en: "It does not say which of the two.",
        ja: "そのどちらかはわかりません。",
        zh: "它没有说明是哪一个。",
    },
};

static CONTENT: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "received unexpected content-type",
        "received the unexpected content-type",
        "unexpected HTTP status code received from server",
        "HTTP status code 4",
        "HTTP status code 5",
    ],
    only: None,
    causes: &[(Client, &["not-etcd", "http-only-port", "metrics-port"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "A web server answered in place of etcd's gRPC",
        ja: "etcd の gRPC ではなく、Web サーバーが応答しました",
        zh: "应答的是 Web 服务器，而不是 etcd 的 gRPC",
    },
    proves: Phrase {
        en: "TLS and HTTP/2 work. What answers does not know gRPC calls: a proxy, another service, or the port of --listen-client-http-urls.",
        ja: "TLS と HTTP/2 は動作しています。応答したのは gRPC を知らない相手 (プロキシ、別のサービス、--listen-client-http-urls のポート) です。",
        zh: "TLS 和 HTTP/2 都可用。应答者不认识 gRPC 调用：可能是代理、别的服务，或 --listen-client-http-urls 的端口。",
    },
    open: Phrase {
        en: "It does not say which; 404 with text/plain points to etcd's own ports.",
        ja: "そのどれかはわかりません。404 と text/plain なら etcd 自身のポートが疑われます。",
        zh: "它没有说明是哪一种；404 加 text/plain 指向 etcd 自己的端口。",
    },
};

static VERSION: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "tls: protocol version not supported",
        "tls: client offered only unsupported versions",
        "tls: server selected unsupported protocol version",
        "tls: no supported versions satisfy",
        "unsupported protocol",
        "UNSUPPORTED_PROTOCOL",
        "no protocols available",
        "NO_PROTOCOLS_AVAILABLE",
        "version too low",
        "No appropriate protocol",
        "PeerIncompatible(ServerDoesNotSupport",
        "PeerIncompatible(Tls1",
        "PeerIncompatible(SupportedVersions",
        "Server chose TLSv1",
        "The server selected protocol version",
    ],
    only: Some(about_versions),
    causes: &[(Client, &["tls-version-mismatch"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "No TLS version suits both sides",
        ja: "双方に共通の TLS バージョンがありません",
        zh: "没有双方都支持的 TLS 版本",
    },
    proves: Phrase {
        en: "The handshake ended at its first message; certificates were not looked at.",
        ja: "ハンドシェイクは最初のメッセージで終わり、証明書は見られていません。",
        zh: "握手在第一条消息就结束了，没有查看证书。",
    },
    open: Phrase {
        en: "It does not say which side is to be changed.",
        ja: "どちらを変えるべきかはわかりません。",
        zh: "它没有说明应更改哪一方。",
    },
};

fn about_versions(text: &str) -> bool {
    !text.contains("protocol scheme")
}

static CIPHER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "no cipher suite supported by both client and server",
        "peer doesn't support any of the certificate's signature algorithms",
        "server chose an unconfigured cipher suite",
        "client doesn't support selected",
        "no shared cipher",
        "NO_SHARED_CIPHER",
        "no suitable signature algorithm",
        "NO_SUITABLE_SIGNATURE_ALGORITHM",
        "no cipher suites in common",
        "no ECDHE curve supported by both",
        "NoCipherSuitesInCommon",
        "NoKxGroupsInCommon",
        "NoSignatureSchemesInCommon",
        "Could not negotiate a supported cipher suite",
        "No supported cipher suites have been found",
        "no ciphers available",
    ],
    only: None,
    causes: &[(Client, &["tls-cipher-mismatch"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "No cipher suite, group or signature algorithm suits both sides",
        ja: "双方に共通の暗号スイート、グループ、署名アルゴリズムがありません",
        zh: "没有双方都支持的密码套件、密钥交换组或签名算法",
    },
    proves: Phrase {
        en: "Both sides speak TLS and share a version; trust was not looked at yet.",
        ja: "双方とも TLS を話しバージョンは共通ですが、信頼の検証には達していません。",
        zh: "双方都使用 TLS 且版本相同，尚未检查信任关系。",
    },
    open: Phrase {
        en: "It does not say whether --cipher-suites, the kind of the server's key or the client's own list is the narrow one.",
        ja: "--cipher-suites、サーバーの鍵の種類、クライアントの設定のどれが狭すぎるかはわかりません。",
        zh: "它没有说明过窄的是 --cipher-suites、服务器密钥的类型，还是客户端自己的列表。",
    },
};

static ALPN: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "missing selected ALPN property",
        "cannot check peer: missing selected ALPN",
        "server selected unadvertised ALPN",
        "client requested unsupported application protocols",
    ],
    only: None,
    causes: &[(Client, &["alpn-missing", "not-etcd"])],
    severity: Some(crate::judge::Severity::Error),
    decide: Decide::Check,
    what: Phrase {
        en: "The two sides agreed on no application protocol (ALPN)",
        ja: "双方がアプリケーションプロトコル (ALPN) で合意していません",
        zh: "双方没有就应用协议 (ALPN) 达成一致",
    },
    proves: Phrase {
        en: "The handshake worked, and the server did not choose h2. grpc-go from 1.67 on refuses that; etcd always chooses it, so something stands in between.",
        ja: "ハンドシェイクは成功しましたが、サーバーが h2 を選びませんでした。grpc-go 1.67 以降は拒否します。etcd は必ず h2 を選ぶので、間に何かがあります。",
        zh: "握手成功，但服务器没有选择 h2。grpc-go 1.67 起会拒绝。etcd 总会选择 h2，因此中间另有程序。",
    },
    open: Phrase {
        en: "It does not name the proxy or load balancer that ends TLS.",
        ja: "TLS を終端しているプロキシやロードバランサーの名前はわかりません。",
        zh: "它没有指出终结 TLS 的代理或负载均衡器。",
    },
};

static SIGNATURE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "invalid signature by the server certificate",
        "invalid signature by the client certificate",
        "InvalidCertificate(BadSignature)",
        "bad signature",
        "BAD_SIGNATURE",
    ],
    only: Some(about_tls),
    causes: &[(Client, &["server-signature-invalid", "key-mismatch"]), (Server, &["key-mismatch"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The other side could not prove that it holds its certificate's key",
        ja: "相手は証明書の鍵を持っていることを示せませんでした",
        zh: "对方无法证明自己持有证书的密钥",
    },
    proves: Phrase {
        en: "The signature over the handshake was not made with the key of the certificate presented.",
        ja: "ハンドシェイクの署名が、提示された証明書の鍵によるものではありません。",
        zh: "握手上的签名不是由所出示证书的密钥生成。",
    },
    open: Phrase {
        en: "It does not say whether the wrong key was loaded or a program in between changed the messages.",
        ja: "誤った鍵が読み込まれたのか、途中で内容が変えられたのかはわかりません。",
        zh: "它没有说明是加载了错误的密钥，还是途中有程序改动了消息。",
    },
};

/// Seen with OpenSSL 3.0, Python and Node against etcd 3.6: their alert comes under keys that Go has left behind.
static OTHER_KEYS: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["local error: tls: bad record MAC"],
    only: None,
    causes: &[
        (Client, &["tls-garbage", "intercepting-proxy", "handshake-failed"]),
        (
            Server,
            &[
                "unknown-authority",
                "server-san-mismatch",
                "cert-expired",
                "self-signed-leaf",
                "server-eku-missing",
                "cert-no-san",
                "cert-not-yet-valid",
                "ca-regenerated",
                "tls-garbage",
            ],
        ),
        (PeerIn, &["peer-ca-mismatch", "tls-garbage"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The client broke the handshake off in a way that this server could not decrypt",
        ja: "クライアントが、このサーバーの復号できない形でハンドシェイクを打ち切りました",
        zh: "客户端以此服务器无法解密的方式中断了握手",
    },
    proves: Phrase {
        en: "TLS 1.3 was under way. Clients made with OpenSSL (curl, Python, Node) leave this line when they refuse the server's certificate.",
        ja: "TLS 1.3 の途中でした。OpenSSL を使うクライアント (curl、Python、Node) がサーバーの証明書を拒否すると、この行が残ります。",
        zh: "当时正在进行 TLS 1.3 握手。基于 OpenSSL 的客户端（curl、Python、Node）拒绝服务器证书时会留下这一行。",
    },
    open: Phrase {
        en: "It does not say why the certificate was refused; the client's own message does.",
        ja: "証明書を拒否した理由はわかりません。クライアント側のメッセージに書かれています。",
        zh: "它没有说明拒绝证书的原因；客户端自己的消息里有。",
    },
};

static GARBAGE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "tls: oversized record received",
        "tls: unsupported SSLv2 handshake",
        "tls: received record with version",
        "tls: unexpected message",
        "bad record mac",
        "local error: tls: ",
    ],
    only: None,
    causes: &[(Client, &["tls-garbage", "handshake-failed", "intercepting-proxy"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "What came from the other side is no proper TLS",
        ja: "相手から届いた内容が正しい TLS ではありません",
        zh: "对方发来的内容不是正确的 TLS",
    },
    proves: Phrase {
        en: "Bytes arrived that break the record format or the order of the handshake.",
        ja: "レコード形式またはハンドシェイクの順序に反するバイト列が届きました。",
        zh: "收到的字节违反了记录格式或握手顺序。",
    },
    open: Phrase {
        en: "It does not say whether another protocol is spoken there or a program in between damaged the stream.",
        ja: "別のプロトコルなのか、途中で壊されたのかはわかりません。",
        zh: "它没有说明那里使用的是别的协议，还是途中有程序破坏了数据流。",
    },
};

static PREFACE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "error reading server preface: EOF",
        "error reading server preface: unexpected EOF",
        "last connection error: connection closed",
        "failed to receive server preface",
        "server preface…EOF",
        "connection closed before server preface received",
    ],
    only: None,
    causes: &[(
        Client,
        &[
            "tls-server-plain-url",
            "peer-port",
            "cert-revoked",
            "crl-missing",
            "advertised-url-scheme",
            "listen-advertise-scheme",
            "client-san-mismatch",
            "metrics-port",
            "not-etcd",
        ],
    )],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The server closed the connection before it said anything in HTTP/2",
        ja: "サーバーが HTTP/2 で何も返さないまま接続を閉じました",
        zh: "服务器在 HTTP/2 中还没有任何回应就关闭了连接",
    },
    proves: Phrase {
        en: "Over https the handshake had succeeded: etcd hangs up like this when its CRL or, on the peer port, the source address speaks against the client. Over http it is a TLS port.",
        ja: "https ならハンドシェイクは成功しています。etcd は CRL や (ピアポートで) 接続元アドレスを理由にこのように切断します。http なら TLS のポートです。",
        zh: "若是 https，握手已成功：etcd 因 CRL 或（对等端口上）来源地址而拒绝客户端时会这样断开。若是 http，则对方是 TLS 端口。",
    },
    open: Phrase {
        en: "It does not say which: no alert is sent. etcd's log at that time names the reason.",
        ja: "アラートがないため理由はわかりません。同じ時刻の etcd のログに理由があります。",
        zh: "由于没有警报，无法得知原因；etcd 当时的日志里有。",
    },
};

static HUNG_UP: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "authentication handshake failed: EOF",
        "authentication handshake failed: unexpected EOF",
        "authentication handshake failed: read tcp",
        "authentication handshake failed: write tcp",
        "unexpected eof while reading",
        "UNEXPECTED_EOF_WHILE_READING",
        "EOF occurred in violation of protocol",
        "SSL_ERROR_SYSCALL",
        "before secure TLS connection was established",
        "Remote host terminated the handshake",
        "Remote host closed connection during handshake",
        "tls handshake eof",
        "TLS connection was non-properly terminated",
        "without sending TLS close_notify",
        "peer closed connection without sending",
        "SSL peer shut down incorrectly",
        "closed connection while SSL handshaking",
        "handshake failed with EOF",
        "SSL handshake failure",
        "/version\": EOF",
    ],
    only: None,
    causes: &[
        (
            Client,
            &[
                "plaintext-server",
                "tcp-reset",
                "cert-revoked",
                "server-cert-unloadable",
                "not-etcd",
            ],
        ),
        (PeerOut, &["peer-plaintext", "peer-san-mismatch", "tcp-reset"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The server hung up during the handshake without an alert",
        ja: "サーバーがハンドシェイク中にアラートなしで切断しました",
        zh: "服务器在握手期间未发警报就断开了",
    },
    proves: Phrase {
        en: "TCP works. An etcd that serves plain text answers TLS in just this way; so does a load balancer without backends.",
        ja: "TCP は通じています。平文の etcd は TLS に対してまさにこう応じ、バックエンドのないロードバランサーも同様です。",
        zh: "TCP 可用。以明文提供服务的 etcd 对 TLS 正是这样回应，没有后端的负载均衡器也一样。",
    },
    open: Phrase {
        en: "It does not say which; whether the port speaks plain HTTP decides.",
        ja: "そのどれかはわかりません。ポートが平文の HTTP を話すかどうかで決まります。",
        zh: "它没有说明是哪一种；该端口是否使用明文 HTTP 可以判定。",
    },
};

static STALLED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "TLS handshake timeout",
        "authentication handshake failed: context deadline exceeded",
        "handshake timed out",
        "Handshake timed out",
        "SSL connection timeout",
        "tls handshake timeout",
        "while waiting for connections to become ready",
        "failed to receive server preface within timeout",
        "error reading server preface: context deadline",
        "error reading server preface: timed out",
    ],
    only: None,
    causes: &[(Client, &["tls-stalled", "no-leader", "tcp-timeout"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The connection was accepted, but the handshake got no answer",
        ja: "接続は受け付けられましたが、ハンドシェイクに応答がありません",
        zh: "连接被接受，但握手没有得到应答",
    },
    proves: Phrase {
        en: "No certificate was refused: the other side was silent until the deadline.",
        ja: "証明書は拒否されていません。期限まで相手が沈黙しました。",
        zh: "没有证书被拒绝：对方直到期限都保持沉默。",
    },
    open: Phrase {
        en: "It does not say why. An etcd before its first quorum does this, and so does a port of another program.",
        ja: "理由はわかりません。最初のクォーラム前の etcd も、別のプログラムのポートもこうなります。",
        zh: "它没有说明原因。尚未首次达成法定人数的 etcd 会这样，别的程序的端口也会。",
    },
};

static UNCLEAR: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "transport: authentication handshake failed",
        "SSL_do_handshake() failed",
        "SSLHandshakeException",
        "TLS handshake error from",
        "TLS_error:",
        "TLS handshake failed",
        "SSL handshake failed",
        "SSL_connect: ",
        "ssl.SSLError",
        "AlertDescription",
        "rejected connection",
    ],
    only: None,
    causes: &[
        (Client, &["handshake-failed", "not-etcd"]),
        (PeerIn, &["handshake-failed", "peer-ca-mismatch"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "A TLS handshake failed",
        ja: "TLS のハンドシェイクに失敗しました",
        zh: "TLS 握手失败",
    },
    proves: Phrase {
        en: "A connection was made, and the handshake on it did not end well.",
        ja: "接続は確立し、その上のハンドシェイクが失敗しました。",
        zh: "连接已建立，但其上的握手没有成功。",
    },
    open: Phrase {
        en: "The words in this line name no reason that is known here.",
        ja: "この行の文言には、ここで知られている理由がありません。",
        zh: "这一行的文字没有给出此处已知的原因。",
    },
};
