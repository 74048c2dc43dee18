//! Why a server certificate needs clientAuth: etcd dials itself. etcd `server/embed/serve.go`.

use super::{Lesson, Picture, Topic, forward, last, name, run, say, stage, words};

pub(super) static TOPIC: Topic = Topic {
    id: "gateway",
    aliases: &["grpc-gateway", "grpc-proxy", "json"],
    picture: Picture::Flow(&[
        stage(
            &[
                name("curl https://127.0.0.1:2379/v3/kv/range"),
                words("shows client.crt", "client.crt を提示", "出示 client.crt"),
            ],
            forward(name("HTTP/1.1, JSON")),
        ),
        stage(
            &[
                words("gateway inside etcd", "etcd 内蔵のゲートウェイ", "etcd 内的网关"),
                words(
                    "shows --client-cert-file, else server.crt",
                    "--client-cert-file、なければ server.crt を提示",
                    "出示 --client-cert-file，否则出示 server.crt",
                ),
            ],
            forward(words("gRPC, to its own member", "gRPC、自分のメンバーへ", "gRPC，连接本成员")),
        ),
        last(&[
            words("the same etcd", "同じ etcd", "同一个 etcd"),
            words(
                "wants clientAuth and a CA in --trusted-ca-file",
                "clientAuth と --trusted-ca-file の CA を求める",
                "要求 clientAuth 和 --trusted-ca-file 中的 CA",
            ),
        ]),
    ]),
    commands: &[
        run(
            "curl --cacert ca.crt --cert client.crt --key client.key https://127.0.0.1:2379/v3/maintenance/status -d '{}'",
            words(
                "a request through the gateway",
                "ゲートウェイ経由のリクエスト",
                "经由网关的请求",
            ),
        ),
        run(
            "openssl x509 -in server.crt -noout -ext extendedKeyUsage",
            words(
                "whether the server certificate has clientAuth",
                "サーバー証明書に clientAuth があるか",
                "服务器证书是否有 clientAuth",
            ),
        ),
    ],
    see: &["eku", "auth", "gateway-eku-missing", "client-hostname-not-allowed", "auth-cn-ignored"],
    table: None,
    here: None,
    en: Lesson {
        title: "Gateway: etcd as its own client",
        passages: &[
            say(
                "The JSON paths under /v3/ are served by a gateway inside etcd. It dials its own member over gRPC with the server's TLS settings, and shows --client-cert-file, or the server certificate when that is not set.",
            ),
            say(
                "Therefore the server certificate needs clientAuth, has to come from a CA in --trusted-ca-file, and must not be caught by the revocation list or the allowed host names. Else etcdctl works and JSON requests fail, with \"rejected connection\" from 127.0.0.1 in the log.",
            ),
            say(
                "Three ways out: issue the server certificate with both usages; give --client-cert-file and --client-key-file (3.5 and later); or switch the gateway off with --enable-grpc-gateway=false.",
            ),
        ],
        comparison: "A translator employed by the hotel takes guests' wishes to the kitchen. The kitchen asks for a badge from him too; if he has only the hotel's own sign, somebody has to allow that sign as a badge.",
        exam: &[
            "kubeadm gives server.crt both usages for this reason.",
            "etcdctl speaks gRPC and never goes through the gateway.",
            "\"remote error: tls: bad certificate\" from 127.0.0.1 in etcd's log: think of the gateway.",
        ],
    },
    ja: Lesson {
        title: "ゲートウェイ: etcd が自分自身のクライアントになる",
        passages: &[
            say(
                "/v3/ 以下の JSON の API は etcd 内蔵のゲートウェイが提供します。ゲートウェイはサーバーの TLS 設定を使って gRPC で自分のメンバーに接続し、--client-cert-file、なければサーバー証明書を提示します。",
            ),
            say("そのため、サーバー証明書は clientAuth を含み、--trusted-ca-file の CA が発行した\
                 もので、CRL や許可するホスト名の検査にも通らなければなりません。満たさないと \
                 etcdctl は使えても JSON のリクエストは失敗し、ログには 127.0.0.1 からの \"\
                 rejected connection\" が出ます。"),
            say("解決方法は 3 つあります。サーバー証明書を両方の用途で発行するか、\
                 --client-cert-file と --client-key-file を指定するか (3.5 以降)、\
                 --enable-grpc-gateway=false でゲートウェイを止めます。"),
        ],
        comparison: "ホテル専属の通訳が、客の注文を厨房に伝えるようなものです。厨房は通訳にも名札を求めます。ホテルの看板しか持っていなければ、それを名札として認めてもらう必要があります。",
        exam: &[
            "kubeadm の server.crt に両方の用途があるのはこのため。",
            "etcdctl は gRPC を使い、ゲートウェイを通らない。",
            "etcd のログに 127.0.0.1 からの \"remote error: tls: bad certificate\" があれば、ゲートウェイを疑う。",
        ],
    },
    zh: Lesson {
        title: "网关：etcd 充当自己的客户端",
        passages: &[
            say(
                "/v3/ 下的 JSON 接口由 etcd 内的网关提供。它使用服务器的 TLS 配置，通过 gRPC 连接本成员，出示 --client-cert-file，未设置时出示服务器证书。",
            ),
            say(
                "因此服务器证书需要 clientAuth，必须由 --trusted-ca-file 中的 CA 签发，并且不能被吊销列表或允许的主机名拦下。否则 etcdctl 可用而 JSON 请求失败，日志中出现来自 127.0.0.1 的 \"rejected connection\"。",
            ),
            say(
                "三种解决办法：签发同时具有两种用途的服务器证书；设置 --client-cert-file 和 --client-key-file（3.5 及以上）；或用 --enable-grpc-gateway=false 关闭网关。",
            ),
        ],
        comparison: "好比酒店雇的翻译把客人的要求转告厨房。厨房也要看翻译的工牌；如果他只有酒店的招牌，就得有人认可这块招牌能当工牌用。",
        exam: &[
            "kubeadm 的 server.crt 具有两种用途，原因就在于此。",
            "etcdctl 使用 gRPC，从不经过网关。",
            "etcd 日志中出现来自 127.0.0.1 的 \"remote error: tls: bad certificate\" 时，要想到网关。",
        ],
    },
};
