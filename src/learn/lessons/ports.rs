//! The ports of etcd, and what answers where. kOps numbers its clusters differently: field notes of `docs/guides/discovery.md`.

use super::{Here, Lesson, Picture, Topic, branch, run, say, words};

pub(super) static TOPIC: Topic = Topic {
    id: "ports",
    aliases: &["port", "2379", "2380", "2381"],
    picture: Picture::Tree(&[
        branch(
            0,
            "etcd",
            "one process, several doors",
            "1 つのプロセスに複数の扉",
            "一个进程，多扇门",
        ),
        branch(
            1,
            "2379",
            "clients: gRPC, mTLS; this is etcdctl's",
            "クライアント: gRPC、mTLS。etcdctl はここ",
            "客户端：gRPC、mTLS，etcdctl 用这个",
        ),
        branch(
            1,
            "2380",
            "members: HTTP/1.1, peer certificates",
            "メンバー間: HTTP/1.1、ピア証明書",
            "成员：HTTP/1.1，对等证书",
        ),
        branch(
            1,
            "2381",
            "metrics and health: plain HTTP",
            "メトリクスとヘルス: 平文の HTTP",
            "指标与健康：明文 HTTP",
        ),
        branch(
            1,
            "2382, 2383",
            "HTTP of its own (k3s, RKE2; Talos)",
            "HTTP 専用 (k3s、RKE2、Talos)",
            "单独的 HTTP（k3s、RKE2、Talos）",
        ),
        branch(
            0,
            "kOps",
            "main and events side by side",
            "main と events が並ぶ",
            "main 与 events 并存",
        ),
        branch(
            1,
            "4001, 4002",
            "clients of main and events",
            "main と events のクライアント",
            "main 和 events 的客户端",
        ),
        branch(
            1,
            "2380, 2381",
            "members of main and events",
            "main と events のメンバー間",
            "main 和 events 的成员",
        ),
    ]),
    commands: &[
        run(
            "ss -ltnp | grep etcd",
            words("where etcd listens here", "etcd が待ち受けている場所", "etcd 在本机监听的地址"),
        ),
        run(
            "etcd-tls probe 127.0.0.1:2379",
            words("what answers at a port", "ポートで何が応答するか", "端口上是什么在应答"),
        ),
        run(
            "curl http://127.0.0.1:2381/health",
            words(
                "health without any certificate, on the node itself",
                "証明書なしのヘルスチェック (ノード上で)",
                "在节点上无需证书的健康检查",
            ),
        ),
    ],
    see: &["client-peer-server", "peer-port", "metrics-port", "http-only-port", "client-port"],
    table: None,
    here: Some(Here::Ports),
    en: Lesson {
        title: "Ports: 2379 for clients, 2380 for members, 2381 for metrics",
        passages: &[
            say(
                "etcdctl, kube-apiserver and backups go to the client port. The peer port answers HTTP/1.1 to holders of a peer certificate and knows no gRPC. The metrics port speaks plain HTTP in most installations, and only on 127.0.0.1.",
            ),
            say(
                "A wrong port mostly looks like a TLS fault: https:// to 2381 gets \"first record does not look like a TLS handshake\", http:// to 2379 gets \"connection reset\" or silence.",
            ),
        ],
        comparison: "A post office: the counter for customers (2379), the yard where lorries from other offices dock (2380), and a board in the window that everybody can read (2381).",
        exam: &[
            "etcdctl: https://127.0.0.1:2379.",
            "2380 is never an endpoint for etcdctl.",
            "--listen-client-urls in the manifest says which addresses are really open.",
        ],
    },
    ja: Lesson {
        title: "ポート: 2379 はクライアント、2380 はメンバー間、2381 はメトリクス",
        passages: &[
            say("etcdctl、kube-apiserver、バックアップの接続先はクライアントポートです。ピアポー\
                 トはピア証明書の持ち主に HTTP/1.1 で応答し、gRPC には応答しません。メトリクスポー\
                 トは多くの場合、127.0.0.1 だけで待ち受け、平文の HTTP を使います。"),
            say(
                "ポートの間違いは TLS の障害のように見えます。2381 番に https:// で接続すると \"first record does not look like a TLS handshake\"、2379 番に http:// で接続すると \"connection reset\" か無応答になります。",
            ),
        ],
        comparison: "郵便局にたとえると、客の窓口 (2379)、ほかの局のトラックが着く搬入口 (2380)、誰でも読める掲示板 (2381) です。",
        exam: &[
            "etcdctl は https://127.0.0.1:2379。",
            "2380 番を etcdctl のエンドポイントにすることはない。",
            "実際に開いているアドレスはマニフェストの --listen-client-urls でわかる。",
        ],
    },
    zh: Lesson {
        title: "端口：2379 给客户端，2380 给成员，2381 给指标",
        passages: &[
            say(
                "etcdctl、kube-apiserver 和备份都连接客户端端口。对等端口用 HTTP/1.1 应答持有对等证书的一方，不提供 gRPC。指标端口在多数安装中是明文 HTTP，并且只监听 127.0.0.1。",
            ),
            say("端口写错时，看起来往往像 TLS 故障：用 https:// 连接 2381 会得到 \"first record \
                 does not look like a TLS handshake\"，用 http:// 连接 2379 会得到 \"connection \
                 reset\" 或毫无应答。"),
        ],
        comparison: "好比邮局：面向顾客的柜台 (2379)，其他邮局货车停靠的后院 (2380)，以及橱窗里人人可看的公告栏 (2381)。",
        exam: &[
            "etcdctl 用 https://127.0.0.1:2379。",
            "2380 从来不是 etcdctl 的端点。",
            "实际开放的地址见清单中的 --listen-client-urls。",
        ],
    },
};
