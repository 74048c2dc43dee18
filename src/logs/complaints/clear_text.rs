//! One side speaks TLS and the other does not, or not in the way that this port wants it.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, PeerOut, Server},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] =
    &[&NO_CERTIFICATE, &PEER_PORT, &PLAIN_CALLER, &PLAIN_SERVER, &NOT_TLS, &FRAME, &CONTENT];

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
        "SSL_ERROR_NO_CERTIFICATE",
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
        ja: "クライアントはサーバー証明書を受け入れたか、または検証しておらず、自分の証明書の要求には何も返しませんでした。",
        zh: "客户端已接受服务器的证书（或根本不看），但在被要求出示自己的证书时没有发送任何证书。",
    },
    open: Phrase {
        en: "It does not say why: no --cert and --key, files that could not be loaded, or a browser, curl or probe that has none.",
        ja: "理由 (--cert と --key がない、ファイルを読み込めない、証明書を持たないブラウザー、curl、プローブ) はわかりません。",
        zh: "它没有说明原因：没有 --cert 和 --key、文件无法加载，还是客户端本来就没有证书（浏览器、curl、探针）。",
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
        ja: "TLS は成功しています。その内側でピアポートの gRPC サーバーが、クライアントの行わない 2 度目のハンドシェイクを求めます。",
        zh: "TLS 握手已经成功；其后对等端口的 gRPC 服务器要求第二次握手，而客户端不会进行。",
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
        "SSL routines::http request",
        "ssl3_get_record:http request",
        "SSL_R_HTTP_REQUEST",
        "HTTP_REQUEST]",
        "malformed HTTP response …x15…x03",
        "Hex dump for first 5 bytes: 1503",
        "plain HTTP request",
        "SSL_HTTP_REQUEST",
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
        zh: "它没有说明 URL 的来源；--advertise-client-urls 写成 http 时，按它连接的客户端就会这样。",
    },
};

static PLAIN_SERVER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "server gave HTTP response to HTTPS client",
        "plaintext connection?",
        "looks like an HTTP response",
        "oversized record received with length 20527",
        "SSL_ERROR_RX_RECORD_TOO_LONG",
        "Hex dump for first 5 bytes: 48545450",
        "SSL/TLS record: 48545450",
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
        "Received record packet of unknown type",
        "NotSslRecordException",
        "SEC_E_INVALID_TOKEN",
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
        ja: "一方は TLS を使い、もう一方は使っていません",
        zh: "一方使用 TLS，另一方没有",
    },
    proves: Phrase {
        en: "The first bytes that came from the other side are no TLS record. In a server's log the client dialled with http; in a client's log the port serves plain text.",
        ja: "相手から来た最初のバイト列が TLS ではありません。サーバーのログならクライアントが \
              http で接続しており、クライアントのログならポートが平文です。",
        zh: "对方发来的最初字节不是 TLS 记录。在服务器日志中，说明客户端以 http 连接；在客户端日志中，说明端口使用明文。",
    },
    open: Phrase {
        en: "It does not say what was spoken instead. A plaintext etcd answers TLS with a closed connection, so this is often another program or the metrics port.",
        ja: "代わりにどのプロトコルが使われたかはわかりません。平文の etcd は TLS に対して接続を\
              閉じるだけなので、別のプログラムやメトリクスポートであることが多くあります。",
        zh: "它没有说明实际使用的是什么。明文的 etcd 遇到 TLS 会直接关闭连接，所以这往往是别的程序或指标端口。",
    },
};

pub(super) fn about_tls(text: &str) -> bool {
    [
        "TLS",
        "tls",
        "SSL",
        "ssl",
        "handshake",
        "InvalidContentType",
        "InvalidMessage",
        "corrupt message",
        "record packet",
        "NotSslRecord",
        "SEC_E_",
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
        "First received frame was not SETTINGS",
        "http2 exception",
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
        zh: "连接正常，但应答的不是 gRPC 服务器：是 etcd 的指标端口或别的程序。",
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
        "returns server error [",
        "upstream connect error",
        "Server response was not valid JSON",
        "Unimplemented desc = unknown service",
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
        ja: "TLS と HTTP/2 は動作しています。応答したのは gRPC に対応していない相手 (プロキシ、別\
              のサービス、--listen-client-http-urls のポート) です。",
        zh: "TLS 和 HTTP/2 都正常。应答方不认识 gRPC 调用：可能是代理、别的服务，或 --listen-client-http-urls 的端口。",
    },
    open: Phrase {
        en: "It does not say which; 404 with text/plain points to etcd's own ports.",
        ja: "そのどれかはわかりません。404 と text/plain なら etcd 自身のポートが疑われます。",
        zh: "它没有说明是哪一种；404 加 text/plain 指向 etcd 自己的端口。",
    },
};
