//! Handshakes that failed for another reason than a certificate: plain text where TLS is meant, no common version, no certificate at all.
//!
//! Go: `crypto/tls/conn.go`, `net/http/server.go`; grpc-go: `internal/transport/http2_client.go`; OpenSSL: `SSL_R_*`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, PeerOut, Server},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] = &[&GARBAGE, &PREFACE, &HUNG_UP, &STALLED];
/// What is told only where a line names nothing better.
pub(super) static UNSPECIFIC: &[&Complaint] = &[&UNCLEAR];

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
    kind: Kind::Cut,
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
        zh: "服务器未作任何 HTTP/2 应答就关闭了连接",
    },
    proves: Phrase {
        en: "Over https the handshake had succeeded: etcd hangs up like this when its CRL or, on the peer port, the source address speaks against the client. Over http it is a TLS port.",
        ja: "https ならハンドシェイクは成功しています。etcd は CRL や (ピアポートで) 接続元アドレ\
              スを理由にこのように切断します。http なら、接続先は TLS のポートです。",
        zh: "若是 https，握手已成功：etcd 因 CRL 或（对等端口上）来源地址而拒绝客户端时会这样断开。若是 http，则对方是 TLS 端口。",
    },
    open: Phrase {
        en: "It does not say which: no alert is sent. etcd's log at that time names the reason.",
        ja: "アラートがないため理由はわかりません。同じ時刻の etcd のログに理由があります。",
        zh: "由于没有警报，无法得知原因；etcd 当时的日志里有。",
    },
};

static HUNG_UP: Complaint = Complaint {
    kind: Kind::Cut,
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
        "/version\": EOF",
        "close_notify during handshake",
        "closing inbound before receiving peer's close_notify",
        "PR_END_OF_FILE_ERROR",
        "Server has terminated the connection abnormally",
        "Network closed for unknown reason",
        "Connection closed while performing TLS negotiation",
        "Connection closed while SSL/TLS handshake",
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
                "key-mismatch",
                "listen-advertise-scheme",
                "not-etcd",
                "client-cert-required",
                "client-cert-untrusted",
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
        ja: "TCP は通じています。平文の etcd は TLS に対してちょうどこのように応答し、バックエンドのないロードバランサーも同様です。",
        zh: "TCP 连接正常。以明文提供服务的 etcd 对 TLS 正是这样回应，没有后端的负载均衡器也一样。",
    },
    open: Phrase {
        en: "It does not say which; whether the port speaks plain HTTP decides.",
        ja: "そのどれかはわかりません。ポートが平文の HTTP に応答するかどうかで見分けられます。",
        zh: "它没有说明是哪一种；查看该端口是否使用明文 HTTP 即可判定。",
    },
};

static STALLED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "TLS handshake timeout",
        "authentication handshake failed: context deadline exceeded",
        "handshake timed out",
        "SSL connection timeout",
        "while waiting for connections to become ready",
        "failed to receive server preface within timeout",
        "error reading server preface: context deadline",
        "error reading server preface: timed out",
        "handshake operation timed out",
        "SSL wants a read first",
        "Layer6 timeout",
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
        ja: "証明書は拒否されていません。制限時間が過ぎるまで相手からの応答がありませんでした。",
        zh: "没有任何证书被拒绝：对方直到超时都没有回应。",
    },
    open: Phrase {
        en: "It does not say why. An etcd before its first quorum does this, and so does a port of another program.",
        ja: "理由はわかりません。過半数のメンバーがそろう前の etcd でも、別のプログラムのポートでもこうなります。",
        zh: "它没有说明原因。尚未首次达到法定人数的 etcd 会这样，别的程序的端口也会。",
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
        "Unable to establish SSL connection",
        "Failed to enable crypto",
        "SSL_set_tlsext_host_name failed",
        "General OpenSslEngine problem",
        "handshake failed with error",
        "TLS handshake error:",
        "SSLException",
        "SSL handshake failure",
    ],
    only: None,
    causes: &[
        (Client, &["handshake-failed", "not-etcd"]),
        (
            Server,
            &[
                "handshake-failed",
                "client-cert-required",
                "unknown-authority",
                "tls-server-plain-url",
                "tls-version-mismatch",
                "tls-cipher-mismatch",
            ],
        ),
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
        ja: "この行の文言は、このツールが知っている理由のどれにも当てはまりません。",
        zh: "这一行的文字不对应任何已知的原因。",
    },
};
