//! What clients say last: that nothing came of it. The reason stands in another line, or nowhere.
//!
//! etcdctl throws grpc-go's warnings away unless `--debug` is given (`etcdctl/ctlv3/command/global.go`), and 3.4 never names a cause.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    unseen::WITHHELD,
    voice::Voice::{Client, PeerOut},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] = &[&UNREADY, &GAVE_UP];

static UNREADY: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["received context error while waiting for new LB policy update"],
    only: None,
    causes: &[(Client, &["tcp-timeout", "tls-stalled"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The client gave up while its first connection was still being made",
        ja: "最初の接続が確立する前に、クライアントは断念しました",
        zh: "客户端在首次连接建立之前就放弃了",
    },
    proves: Phrase {
        en: "No attempt had failed yet when the client's deadline passed: nothing answered, or the deadline was very short.",
        ja: "制限時間が過ぎた時点で、失敗した試行はまだありませんでした。応答がなかったか、制限時間が極端に短いかのどちらかです。",
        zh: "时限到时还没有任何一次尝试失败：没有应答，或时限过短。",
    },
    open: Phrase {
        en: "It does not say whether the connection or the TLS handshake was waiting.",
        ja: "待っていたのが接続か TLS ハンドシェイクかはわかりません。",
        zh: "它没有说明当时是在等待连接，还是在等待 TLS 握手。",
    },
};

static GAVE_UP: Complaint = Complaint {
    kind: Kind::Echo,
    said: &[
        "all SubConns are in TransientFailure",
        "waiting for new LB policy update",
        "code = DeadlineExceeded",
        "code = Unavailable",
        "failed to commit proposal",
        "Error: unhealthy cluster",
        "etcdclient: no available endpoints",
        "client: etcd cluster is unavailable or misconfigured",
        "etcd cluster is unavailable or misconfigured",
        "Error while dialing",
        "latest balancer error",
        "last connection error",
        "grpc: addrConn.createTransport failed to connect",
        "grpc: error while dialing",
        "Unable to create storage backend",
        "error creating storage factory",
        "etcd client connection not yet established",
        "etcd failed: reason withheld",
        "failed to check the health of member",
        "context deadline exceeded",
        "no healthy etcd endpoint",
        "grpc: timed out when dialing",
        "UNAVAILABLE: io exception",
        "transport is closing",
        "failed to connect to all addresses",
        "etcd connection failed",
        "Deadline Exceeded",
        "DEADLINE_EXCEEDED",
        "etcd cluster is not healthy",
        "Machines cache is empty",
        "No more machines in the cluster",
        "could not get etcd client",
        "waiting on etcd",
        "14 UNAVAILABLE",
        "StatusCode=\"Unavailable\"",
        "StatusCode.UNAVAILABLE",
        "transport error: transport error",
        "transport::Error(Transport",
        "connection is closing",
        "etcd cluster is unhealthy",
        "No connection established",
        "connection error: desc = ",
        "tcp connect error",
        "are all unreachable",
        "no reachable member",
        "connect to the etcd",
        "to connect to etcd",
        "connecting to etcd failed",
        "error trying to connect",
        "etcdserver: unhealthy cluster",
        "StatusRuntimeException: UNKNOWN",
        "StatusRuntimeException: UNAVAILABLE",
    ],
    only: Some(no_success),
    causes: &[
        (
            Client,
            &[
                WITHHELD,
                "unknown-authority",
                "client-cert-untrusted",
                "client-cert-required",
                "tcp-refused",
                "server-san-mismatch",
                "cert-expired",
                "tls-server-plain-url",
                "plaintext-server",
                "no-leader",
                "tcp-timeout",
                "tls-stalled",
                "dns-failure",
            ],
        ),
        (PeerOut, &[WITHHELD, "peer-ca-mismatch", "tcp-refused", "no-leader"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The client gave up without a word of the reason",
        ja: "クライアントは理由を示さずに断念しました",
        zh: "客户端没有说明原因就放弃了",
    },
    proves: Phrase {
        en: "The request was not answered before the client's own deadline; it had tried again and again.",
        ja: "クライアントは何度も試みましたが、自身の制限時間内に応答を得られませんでした。",
        zh: "客户端反复尝试，但在自己的时限内没有得到应答。",
    },
    open: Phrase {
        en: "It proves nothing about certificates: every failure ends like this, from a wrong port to a missing leader. etcdctl hides the reason unless --debug is given.",
        ja: "証明書については何も示しません。ポートの間違いからリーダー不在まで、どの失敗もこう終\
              わります。etcdctl は --debug がなければ理由を表示しません。",
        zh: "它不能说明证书有没有问题：从端口错误到没有领导者，各种故障最后都表现为这样。不加 --debug 时 etcdctl 会隐藏原因。",
    },
};

fn no_success(text: &str) -> bool {
    !text.contains("successfully") && !text.contains("took too long")
}
