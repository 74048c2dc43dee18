//! Lines that look like trouble and are none: something opened a connection and left.
//!
//! etcd logs the end of an unfinished handshake as EOF, at debug level only since 3.5.24 and 3.6.6 (etcd-io/etcd#9285, #20749).

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    places,
    unseen::WITHHELD,
    voice::Voice::{Client, PeerIn},
};
use crate::{diagnoses::engine::Severity, message::Phrase};

pub(super) static FIRST: &[&Complaint] = &[&STOPS, &CLOSED_HERE, &LEFT, &PROBE, &TAKEN_BACK];

/// etcd is told to end. That is no complaint, but what follows from it is none either.
static STOPS: Complaint = Complaint {
    kind: Kind::Turn,
    said: &["signal; shutting down", "signal, shutting down"],
    ..STOPPED
};

/// A connection that came in while etcd closed its listener.
static CLOSED_HERE: Complaint = Complaint {
    said: &["rejected connection…use of closed network connection"],
    what: Phrase {
        en: "etcd closed its listener while this connection came in",
        ja: "この接続が届いたとき、etcd は待ち受けを閉じているところでした",
        zh: "这个连接到来时，etcd 正在关闭监听端口",
    },
    proves: Phrase {
        en: "etcd itself closed the connection because it was ending; nobody was refused.",
        ja: "etcd が終了するために自ら接続を閉じました。誰も拒否されていません。",
        zh: "etcd 正在退出，自行关闭了连接；没有任何一方被拒绝。",
    },
    ..STOPPED
};

/// etcd's own gateway finds its server gone while both are ending.
pub(in crate::logs) static STOPPED: Complaint = Complaint {
    kind: Kind::Harmless,
    said: &[],
    only: None,
    causes: &[(Client, &["server-stopping"])],
    severity: Some(Severity::Info),
    decide: Decide::Members,
    what: Phrase {
        en: "etcd was told to stop; its own gateway can't reach it any more",
        ja: "etcd は停止を指示され、自身のゲートウェイから到達できなくなりました",
        zh: "etcd 已被要求停止，它自己的网关无法再连接到它",
    },
    proves: Phrase {
        en: "The signal to stop stands just before this line in the same log.",
        ja: "同じログの直前に停止のシグナルが記録されています。",
        zh: "同一日志中，停止信号就在这一行之前。",
    },
    open: Phrase {
        en: "It does not say who sent the signal, nor whether etcd was started again.",
        ja: "誰がシグナルを送ったか、etcd が再び起動されたかはわかりません。",
        zh: "它没有说明是谁发出了信号，也没有说明 etcd 是否重新启动。",
    },
};

/// etcd knows the server name only after it has read the `ClientHello`: whoever left then had begun a handshake.
static LEFT: Complaint = Complaint {
    kind: Kind::Fault,
    said: PROBE.said,
    only: Some(has_name),
    causes: &[
        (
            Client,
            &[
                WITHHELD,
                "unknown-authority",
                "server-san-mismatch",
                "cert-expired",
                "client-cert-required",
                "tls-stalled",
            ],
        ),
        (PeerIn, &[WITHHELD, "peer-ca-mismatch", "peer-san-mismatch", "peer-cert-expired"]),
    ],
    severity: None,
    decide: Decide::Watch,
    what: Phrase {
        en: "A client began a TLS handshake and left without a word",
        ja: "クライアントが TLS ハンドシェイクを始め、何も告げずに切断しました",
        zh: "客户端开始了 TLS 握手，随后一言不发地断开",
    },
    proves: Phrase {
        en: "etcd knows the server name that the client asked for, so it read the ClientHello: this was no mere TCP probe.",
        ja: "etcd はクライアントが求めたサーバー名を知っているので、ClientHello を読んでいます。単なる TCP プローブではありません。",
        zh: "etcd 知道客户端请求的服务器名称，说明已读到 ClientHello：这不只是 TCP 探测。",
    },
    open: Phrase {
        en: "It does not say whether the client gave up, ended, or refused the server's certificate without an alert; the client's own log does.",
        ja: "クライアントが断念したのか、終了したのか、アラートなしにサーバー証明書を拒否したのかはわかりません。クライアント自身のログにあります。",
        zh: "它没有说明客户端是放弃了、退出了，还是没有发出警报就拒绝了服务器的证书；客户端自己的日志里有。",
    },
};

/// The name stands behind the error in etcd up to 3.4, before it in later ones.
fn has_name(text: &str) -> bool {
    places::server_name(text).is_some_and(|name| !name.is_empty())
}

/// A load balancer or a probe that connects and hangs up.
static PROBE: Complaint = Complaint {
    kind: Kind::Harmless,
    said: &[
        "rejected connection…\"EOF\"",
        "rejected connection…\"error\":\"read tcp …connection reset by peer",
        "rejected connection…(error \"read tcp …connection reset by peer",
        "TLS handshake error from …: EOF",
        "TLS handshake error from …: read tcp …connection reset by peer",
        "rejected connection…i/o timeout",
        "TLS handshake error from …i/o timeout",
        "complete security handshake from …: EOF",
        "complete security handshake from …connection reset by peer",
        "peer closed connection in SSL handshake",
        "Connection closed during SSL handshake",
        "Timeout during SSL handshake",
        "client closed connection while SSL handshaking",
        "recv() failed (104…while SSL handshaking",
        "TLS handshake error from …unexpected EOF",
        "SSL_accept…unexpected eof while reading",
        "SSL_accept…Connection reset by peer",
        "Error in handshake: The TLS connection was non-properly",
        "Error in handshake: Error in the pull function",
    ],
    only: Some(came_in),
    causes: &[(Client, &["tcp-probe"])],
    severity: Some(Severity::Info),
    decide: Decide::Watch,
    what: Phrase {
        en: "Something opened a connection and left before the handshake was over; that is how TCP health checks look",
        ja: "ハンドシェイクが終わる前に接続が閉じられました。TCP のヘルスチェックではこうなります",
        zh: "有程序建立连接后在握手完成前断开，TCP 健康检查就是这样",
    },
    proves: Phrase {
        en: "The port was reached, and the other side hung up by itself, without an alert.",
        ja: "ポートには到達しており、相手側がアラートなしに自分から切断しました。",
        zh: "端口可以连通，对方没有发出警报就自行断开。",
    },
    open: Phrase {
        en: "It does not say who it was. If a client at this address can't connect, look at the client's log.",
        ja: "相手が何かはわかりません。このアドレスのクライアントが接続できない場合は、クライアント側のログを見てください。",
        zh: "它没有说明对方是谁。如果此地址的客户端无法连接，请查看客户端的日志。",
    },
};

/// An upstream that hangs up on nginx is another matter.
fn came_in(text: &str) -> bool {
    !text.contains("to upstream")
}

/// grpc-go cancels dials that it no longer needs, and kube-apiserver logs each of them (siderolabs/talos#12542).
static TAKEN_BACK: Complaint = Complaint {
    kind: Kind::Harmless,
    said: &[
        "authentication handshake failed: context canceled",
        "Error while dialing: dial tcp …operation was canceled",
        "Error while dialing dial tcp …operation was canceled",
        "Error while dialing: dial tcp…context canceled",
        "failed to write client preface…use of closed network connection",
        "error reading server preface…use of closed network connection",
        "authentication handshake failed…use of closed network connection",
        "createTransport failed to connect…use of closed network connection",
    ],
    only: None,
    causes: &[(Client, &["dial-cancelled"])],
    severity: Some(Severity::Info),
    decide: Decide::Watch,
    what: Phrase {
        en: "The client itself called this connection off before it stood",
        ja: "接続が確立する前に、クライアント自身が接続を取りやめました",
        zh: "客户端在连接建立之前自行取消了连接",
    },
    proves: Phrase {
        en: "Nobody refused anything: the client closed or used another address, and cancelled what was still under way.",
        ja: "何も拒否されていません。クライアントが終了したか、別のアドレスを使ったため、確立途中の接続が取り消されました。",
        zh: "没有任何一方拒绝连接：客户端关闭了连接或改用其他地址，因而取消了正在建立的连接。",
    },
    open: Phrase {
        en: "It does not say whether the client got what it wanted elsewhere; if requests fail as well, the lines around tell why.",
        ja: "クライアントがほかの接続で目的を果たせたかどうかはわかりません。リクエストも失敗しているなら、理由は前後の行にあります。",
        zh: "它没有说明客户端是否通过其他连接达到了目的；如果请求也失败了，原因在前后的行里。",
    },
};
