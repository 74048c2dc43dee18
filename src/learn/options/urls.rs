//! The URLs whose scheme says whether TLS is spoken, and the gateway behind them.

use super::{Program::Etcd, TlsOption, option, words};

pub(super) const OPTIONS: &[TlsOption] = &[
    option(
        Etcd,
        "listen-client-urls",
        &[],
        words(
            "where etcd takes clients; https:// is what turns TLS on",
            "etcd がクライアントを待ち受ける場所。https:// にすると TLS になる",
            "etcd 监听客户端的地址；写 https:// 才会启用 TLS",
        ),
        words(
            "http:// drops every certificate option without a word. A host name is no address to bind.",
            "http:// だと証明書のオプションは警告なしに無視されます。待ち受けにはホスト名ではなくアドレスを書きます。",
            "写 http:// 时所有证书选项都被静默忽略。此处应写地址，不能写主机名。",
        ),
        &["plaintext-server", "listen-https-without-cert"],
    ),
    option(
        Etcd,
        "advertise-client-urls",
        &[],
        words(
            "the client URLs that etcd tells others, who then dial them",
            "etcd が公開するクライアント URL。相手はここに接続する",
            "etcd 告知其他各方的客户端 URL，各方据此连接",
        ),
        words(
            "Its host has to be in the SAN of --cert-file, and its scheme has to be that of --listen-client-urls.",
            "ホストは --cert-file の証明書の SAN と、スキームは --listen-client-urls と一致していなければなりません。",
            "主机必须在 --cert-file 的 SAN 中，协议必须与 --listen-client-urls 一致。",
        ),
        &[
            "advertised-url-unreachable",
            "advertised-url-scheme",
            "listen-advertise-scheme",
            "address-not-in-san",
        ],
    ),
    option(
        Etcd,
        "listen-peer-urls",
        &[],
        words(
            "where etcd takes members, port 2380",
            "etcd がメンバーを待ち受ける場所 (2380 番ポート)",
            "etcd 监听其他成员的地址（2380 端口）",
        ),
        words(
            "http:// here leaves the cluster's own traffic in clear text.",
            "http:// だとクラスター内の通信が平文になります。",
            "写 http:// 时集群内部通信为明文。",
        ),
        &["peer-plaintext"],
    ),
    option(
        Etcd,
        "initial-advertise-peer-urls",
        &[],
        words(
            "the peer URLs that this member tells the others at its first start",
            "初回起動時にほかのメンバーへ伝えるピア URL",
            "首次启动时告知其他成员的对等 URL",
        ),
        words(
            "Its host has to be in the SAN of --peer-cert-file. Later changes go through `etcdctl member update`.",
            "ホストは --peer-cert-file の SAN に必要です。後から変えるには `etcdctl member update` を使います。",
            "主机必须在 --peer-cert-file 的 SAN 中。之后修改要用 `etcdctl member update`。",
        ),
        &["peer-san-mismatch", "listen-advertise-scheme"],
    ),
    option(
        Etcd,
        "listen-metrics-urls",
        &[],
        words(
            "a port of its own for /metrics and /health, often http://127.0.0.1:2381",
            "/metrics と /health 専用のポート。多くは http://127.0.0.1:2381",
            "/metrics 和 /health 的专用端口，常为 http://127.0.0.1:2381",
        ),
        words(
            "etcdctl that is pointed here gets no gRPC.",
            "etcdctl をここに向けても gRPC は使えません。",
            "etcdctl 指向此端口时没有 gRPC 可用。",
        ),
        &["metrics-port"],
    ),
    option(
        Etcd,
        "listen-client-http-urls",
        &[[3, 4, 25], [3, 5, 8], [3, 6, 0]],
        words(
            "moves HTTP (health, version, gateway) to a port of its own; the client port then speaks gRPC only",
            "HTTP (health、version、ゲートウェイ) を別のポートに分け、クライアントポートは gRPC だけにする",
            "把 HTTP（health、version、网关）移到单独端口，客户端端口只提供 gRPC",
        ),
        words(
            "etcdctl that is pointed at it gets HTTP/1.1 only. Before 3.5.32, 3.6.13 and 3.7.0 it also kept --client-crl-file from being enforced (GHSA-3wh4-j44w-pg92).",
            "etcdctl をここに向けると HTTP/1.1 しか返りません。3.5.32、3.6.13、3.7.0 より前では --client-crl-file も効かなくなります (GHSA-3wh4-j44w-pg92)。",
            "etcdctl 指向它时只有 HTTP/1.1。3.5.32、3.6.13、3.7.0 之前还会使 --client-crl-file 失效 (GHSA-3wh4-j44w-pg92)。",
        ),
        &["http-only-port", "version-advisory"],
    ),
    option(
        Etcd,
        "enable-grpc-gateway",
        &[],
        words(
            "serves the JSON paths below /v3/, on by default",
            "/v3/ 以下の JSON の API を提供する。既定で有効",
            "提供 /v3/ 下的 JSON 接口，默认启用",
        ),
        words(
            "The gateway dials its own member, with --client-cert-file or the server's certificate: that one needs clientAuth.",
            "ゲートウェイは --client-cert-file かサーバー証明書で自分のメンバーに接続するため、その証明書に clientAuth が必要です。",
            "网关用 --client-cert-file 或服务器证书连接本成员，因此该证书需要 clientAuth。",
        ),
        &["gateway-eku-missing", "auth-cn-ignored"],
    ),
];
