//! Connections that came to nothing before, or without, TLS: addresses, names, ports, the network between.
//!
//! The texts are those of the C library, of Go's `net`, of Node's `libuv` and of Java's `java.net`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, PeerOut},
};
use crate::{diagnoses::engine::Severity, message::Phrase};

pub(super) static ALL: &[&Complaint] =
    &[&ADDRESS, &NAME, &PEER_DOWN, &REFUSED, &NO_SOCKET, &UNREACHABLE, &RESET, &TIMEOUT];

static ADDRESS: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "missing port in address",
        ": invalid port",
        "invalid URL port",
        "does not have the form \"host:port\"",
        "URL address does not have the form",
        "must be a full URL",
        "invalid character …in host name",
        "too many colons in address",
        "lookup https//",
        "lookup http//",
        "lookup https:",
        "URL scheme must be http",
        "unsupported protocol scheme",
        "first path segment in URL cannot contain colon",
        "expected IP in URL for binding",
        "URL must not contain a path",
        "too many colons",
        "InvalidDNSNameError",
        "InvalidServerName",
        "invalid dns name",
    ],
    only: None,
    causes: &[(Client, &["endpoint-malformed"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "An address is not written as scheme://host:port",
        ja: "アドレスが スキーム://ホスト:ポート の形になっていません",
        zh: "地址没有写成 协议://主机:端口 的形式",
    },
    proves: Phrase {
        en: "Nothing was dialled: the text given could not be taken apart.",
        ja: "接続は試みられていません。指定された文字列を解釈できませんでした。",
        zh: "没有发起任何连接：给出的文字无法解析。",
    },
    open: Phrase {
        en: "It does not say which flag, variable or file it came from. etcdctl does not check endpoints and adds no port.",
        ja: "どのフラグ、変数、ファイルから来たかはわかりません。etcdctl はエンドポイントを検査せず、ポートも補いません。",
        zh: "它没有说明来自哪个标志、变量或文件。etcdctl 不检查端点，也不会补上端口。",
    },
};

static NAME: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "no such host",
        "server misbehaving",
        "Temporary failure in name resolution",
        "Name or service not known",
        "nodename nor servname provided",
        "getaddrinfo ENOTFOUND",
        "getaddrinfo EAI_AGAIN",
        "Could not resolve host",
        "UnknownHostException",
        "could not translate host name",
        "failed to lookup address information",
        "No address associated with hostname",
        "host not found in upstream",
        "name resolver error: produced zero addresses",
        "dns error",
        "unable to resolve host address",
        "UnresolvedAddressException",
        "Unable to resolve host",
        "DNS resolution failed",
        "could not be resolved",
        "No such host is known",
    ],
    only: None,
    causes: &[(Client, &["dns-failure"])],
    severity: None,
    decide: Decide::Name,
    what: Phrase {
        en: "A host name has no address here",
        ja: "ホスト名を解決できません",
        zh: "主机名在此处解析不到地址",
    },
    proves: Phrase {
        en: "The resolver of the machine or container that wrote this line gave no address; no connection was tried.",
        ja: "この行を書いたマシンまたはコンテナの名前解決が失敗し、接続は試みられていません。",
        zh: "写下这一行的机器或容器的解析器没有给出地址，因此没有尝试连接。",
    },
    open: Phrase {
        en: "Elsewhere the name can have an address: cluster names resolve inside the cluster only.",
        ja: "別の場所では解決できることもあります。クラスター内の名前はクラスター内でのみ解決されます。",
        zh: "在别处也许能解析该名称：集群内的名称只能在集群内解析。",
    },
};

/// A member that is not up yet says nothing about health while its peers start.
static PEER_DOWN: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["connection refused"],
    only: Some(of_a_peer),
    causes: &[(PeerOut, &["tcp-refused", "no-leader"])],
    severity: Some(Severity::Warning),
    decide: Decide::Members,
    what: Phrase {
        en: "Nothing listens at a peer's URL",
        ja: "ピア URL で何も待ち受けていません",
        zh: "对等成员的 URL 上没有程序监听",
    },
    proves: Phrase {
        en: "The peer's machine answered and refused: that member is not running, or listens elsewhere.",
        ja: "ピアのマシンは応答して拒否しました。そのメンバーが動いていないか、別の場所で待ち受けています。",
        zh: "对方机器有应答，但拒绝了连接：该成员未运行，或在别处监听。",
    },
    open: Phrase {
        en: "While a cluster starts this is normal for some seconds; a majority of members is enough.",
        ja: "クラスターの起動中の数秒間は、これが正常です。過半数のメンバーがいれば動作します。",
        zh: "集群启动时出现几秒钟是正常的；有过半数成员即可运行。",
    },
};

fn of_a_peer(text: &str) -> bool {
    ["peer", "rafthttp", "remote-member", "version of member"]
        .iter()
        .any(|word| text.contains(word))
}

static REFUSED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "connection refused",
        "ECONNREFUSED",
        "Couldn't connect to server",
        "Could not connect to server",
        "actively refused it",
        "ConnectionRefusedError",
        "Errno 111]",
        "connect:errno=111",
        "Connect call failed",
        "PR_CONNECT_REFUSED_ERROR",
    ],
    only: None,
    causes: &[(
        Client,
        &[
            "tcp-refused",
            "config-file-missing",
            "config-incomplete",
            "hostpath-missing",
            "listen-https-without-cert",
            "cipher-suite-unknown",
            "cipher-suites-no-http2",
            "advertised-url-unreachable",
        ],
    )],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "Nothing listens on this address and port",
        ja: "このアドレスとポートでは何も待ち受けていません",
        zh: "此地址和端口上没有程序监听",
    },
    proves: Phrase {
        en: "The machine answered and refused, so routing works; TLS and certificates were not reached.",
        ja: "マシンは応答して拒否したので経路は通じています。TLS や証明書には達していません。",
        zh: "机器有应答，但拒绝了连接，说明网络是通的；尚未到 TLS 和证书这一步。",
    },
    open: Phrase {
        en: "It does not say whether etcd is down, gave up at its start, or listens on another address or port.",
        ja: "etcd が停止しているのか、起動に失敗したのか、別のアドレスやポートで待ち受けているのかはわかりません。",
        zh: "它没有说明 etcd 是已停止、启动失败，还是在其他地址或端口监听。",
    },
};

static UNREACHABLE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "no route to host",
        "network is unreachable",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "host is down",
        "connect: operation not permitted",
        "connect: cannot assign requested address",
        "connect: invalid argument",
        "Errno 113]",
        "connect:errno=113",
        "Errno 101]",
    ],
    only: None,
    causes: &[(Client, &["tcp-unreachable"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "No way leads to this address",
        ja: "このアドレスへの経路がありません",
        zh: "此地址不可达",
    },
    proves: Phrase {
        en: "This machine or a router said at once that it cannot deliver.",
        ja: "このマシンまたはルーターが、到達できないと直ちに応答しました。",
        zh: "本机或路由器立即表示无法送达。",
    },
    open: Phrase {
        en: "It does not say whether a route is missing or a firewall rejects.",
        ja: "経路がないのか、ファイアウォールが拒否したのかはわかりません。",
        zh: "它没有说明是缺少路由还是防火墙拒绝。",
    },
};

static NO_SOCKET: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["connect: no such file or directory"],
    only: None,
    causes: &[(Client, &["tcp-unreachable"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The Unix socket of this endpoint does not exist",
        ja: "このエンドポイントの Unix ソケットが存在しません",
        zh: "此端点的 Unix 套接字不存在",
    },
    proves: Phrase {
        en: "The program found no file at this path in its own file system.",
        ja: "プログラム自身のファイルシステムには、このパスのファイルがありませんでした。",
        zh: "在程序自己的文件系统中，此路径没有文件。",
    },
    open: Phrase {
        en: "It does not say whether etcd is down or makes its socket elsewhere.",
        ja: "etcd が停止しているのか、別の場所にソケットを作るのかはわかりません。",
        zh: "它没有说明 etcd 是已停止，还是在别处创建套接字。",
    },
};

/// A peer that starts again resets what its old process had open; whether more is wrong, the next lines tell.
pub(super) static PEER_RESET: Complaint = Complaint {
    said: &["connection reset by peer", "broken pipe"],
    only: Some(of_a_stream),
    causes: &[(PeerOut, &["peer-plaintext", "tcp-reset", "peer-ca-mismatch"])],
    severity: Some(Severity::Warning),
    ..RESET
};

fn of_a_stream(text: &str) -> bool {
    [" on stream M", "rafthttp", "remote-peer-id", "remote-member-id"]
        .iter()
        .any(|word| text.contains(word))
}

static RESET: Complaint = Complaint {
    kind: Kind::Cut,
    said: &[
        "connection reset by peer",
        "Connection reset",
        "ECONNRESET",
        "broken pipe",
        "EPIPE",
        "forcibly closed by the remote host",
        "socket hang up",
        "rror in the pull function",
        "rror in the push function",
        "write:errno=104",
        "getpeername() failed with errno 107",
        "PR_CONNECT_RESET_ERROR",
    ],
    only: Some(of_a_handshake),
    causes: &[
        (
            Client,
            &[
                "tls-server-plain-url",
                "tcp-reset",
                "client-cert-untrusted",
                "client-cert-required",
                "cert-expired",
                "plaintext-server",
                "not-etcd",
                "cert-revoked",
                "key-mismatch",
                "apiserver-endpoint-scheme",
                "listen-advertise-scheme",
                "trusted-ca-mismatch",
                "client-auth-without-ca",
            ],
        ),
        (PeerIn, &["peer-plaintext", "peer-ca-mismatch", "tcp-reset"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The other side broke the connection off",
        ja: "相手側が接続を打ち切りました",
        zh: "对方中断了连接",
    },
    proves: Phrase {
        en: "The connection had been accepted before. etcdctl writes before it reads, so a refusal of its certificate can show as this instead of an alert.",
        ja: "接続自体は受け付けられていました。etcdctl は読み取りより先に書き込みを行うため、証明\
              書の拒否がアラートではなくこの形で現れることがあります。",
        zh: "连接此前已被接受。etcdctl 先写后读，因此证书被拒绝时可能表现为这样，而不是警报。",
    },
    open: Phrase {
        en: "It does not say who did it: etcd, a proxy, a load balancer without backends, or a firewall.",
        ja: "etcd、プロキシ、バックエンドのないロードバランサー、ファイアウォールのどれかはわかりません。",
        zh: "它没有说明是谁所为：etcd、代理、没有后端的负载均衡器，还是防火墙。",
    },
};

/// Programs lose connections for many reasons; here those count that never came to work, or that lead to etcd.
fn of_a_handshake(text: &str) -> bool {
    const WORDS: [&str; 23] = [
        "handshake",
        "preface",
        "balancer",
        "rejected connection",
        "SSL",
        "ssl",
        "TLS",
        "tls",
        "etcd",
        "2379",
        "2380",
        "/version",
        "createTransport",
        "https://",
        "peer",
        "ECONNRESET",
        "Recv failure",
        "Send failure",
        "errno",
        "Errno",
        "ResetError",
        "SocketException",
        " function",
    ];
    let said = text.replace("reset by peer", "");
    // stunnel counts what a connection carried.
    WORDS.iter().any(|word| said.contains(word)) && !text.contains("byte(s) sent to")
}

static TIMEOUT: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "i/o timeout",
        "connect: connection timed out",
        "Connection timed out",
        "ETIMEDOUT",
        "ConnectTimeoutException",
        "connect timed out",
        "Operation timed out",
        "Read timed out",
        "urlopen error timed out",
        "ConnectTimeout: timed out",
        "TimeoutError: timed out",
        "Connection to …timed out",
        "Client.Timeout exceeded while awaiting headers",
        "Connection failure: timed out",
        "etcd connection timeout",
        "Net::OpenTimeout",
        "Net::ReadTimeout",
        "connect:errno=110",
        "Errno 110]",
        "Layer4 timeout",
        "Client.Timeout or context cancellation",
    ],
    only: None,
    causes: &[(Client, &["tcp-timeout", "tls-stalled", "no-leader"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "No answer came in time",
        ja: "時間内に応答がありませんでした",
        zh: "在时限内没有应答",
    },
    proves: Phrase {
        en: "Nobody refused: packets were dropped, or the other side accepted and then said nothing.",
        ja: "拒否はされていません。パケットが捨てられたか、相手が受け付けた後に何も返しませんでした。",
        zh: "没有被拒绝：数据包被丢弃，或对方接受后没有任何回应。",
    },
    open: Phrase {
        en: "It does not say whether the connection was made. An etcd that waits for its first quorum accepts connections and stays silent.",
        ja: "接続が確立したかはわかりません。起動後に過半数のメンバーがそろうのを待つ etcd は、接続を受け付けたまま応答しません。",
        zh: "它没有说明连接是否建立。等待首次达到法定人数的 etcd 会接受连接但保持沉默。",
    },
};
