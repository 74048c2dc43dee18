//! Questions that learners ask, with short answers.

use super::{Lesson, Picture, Topic, answer, branch, run, words};

pub(super) static TOPIC: Topic = Topic {
    id: "faq",
    aliases: &["questions", "why"],
    picture: Picture::Tree(&[
        branch(0, "ca.crt", "trusted by etcd", "etcd が信頼する", "etcd 信任它"),
        branch(
            1,
            "healthcheck-client.crt",
            "clientAuth: let in",
            "clientAuth: 接続できる",
            "clientAuth：放行",
        ),
        branch(
            1,
            "server.crt",
            "serverAuth + clientAuth: let in too",
            "serverAuth + clientAuth: これも接続できる",
            "serverAuth + clientAuth：也放行",
        ),
        branch(
            1,
            "peer.crt",
            "serverAuth + clientAuth: let in too",
            "serverAuth + clientAuth: これも接続できる",
            "serverAuth + clientAuth：也放行",
        ),
        branch(
            0,
            "/etc/kubernetes/pki/ca.crt",
            "unknown to etcd",
            "etcd は知らない",
            "etcd 不认识",
        ),
        branch(
            1,
            "apiserver-kubelet-client.crt",
            "clientAuth, wrong CA: refused",
            "clientAuth だが CA が違う: 拒否",
            "有 clientAuth 但 CA 不对：拒绝",
        ),
    ]),
    commands: &[
        run(
            "etcd-tls check",
            words(
                "what is wrong here, and how to mend it",
                "ここで何が悪いか、どう直すか",
                "本机哪里有问题、如何修复",
            ),
        ),
        run(
            "journalctl -u etcd | etcd-tls explain --log -",
            words("what the lines of a log mean", "ログの各行の意味", "日志各行的含义"),
        ),
    ],
    see: &["eku", "gateway", "cacert-cert-key", "env", "rotation"],
    table: None,
    here: None,
    en: Lesson {
        title: "Frequent questions about etcd and certificates",
        passages: &[
            answer(
                "Why does server.crt work as a client certificate?",
                "Because nothing forbids it: etcd asks for a certificate of a CA that it trusts, with clientAuth, in date. kubeadm's server.crt has clientAuth for the gateway's sake. It is fine in an exam; in daily work use a client's own pair, which can be revoked alone.",
            ),
            answer(
                "Why does --cert ca.crt --key ca.key work sometimes?",
                "A CA certificate without EKU may be used for anything, and it leads to itself. Never do it: it takes the key that can sign anything to where it is not needed. Verifiers other than Go refuse it.",
            ),
            answer(
                "Why \"context deadline exceeded\" and not the reason?",
                "etcdctl's gRPC keeps trying until its time is up, and throws the reason away. etcdctl --debug shows some of it; etcd-tls check does the handshake itself.",
            ),
            answer(
                "Do I need ETCDCTL_API=3?",
                "Not since 3.4, where it is the default. It does no harm.",
            ),
            answer(
                "Which CA: /etc/kubernetes/pki/ca.crt or etcd/ca.crt?",
                "For etcd always /etc/kubernetes/pki/etcd/ca.crt. The other one is for kube-apiserver and kubelets.",
            ),
            answer(
                "Is a restart needed after renewing?",
                "For etcd's certificate and key no, for its CA file yes. See `etcd-tls explain rotation`.",
            ),
            answer(
                "Does the client certificate need my host name?",
                "No. Clients are judged by CA, date, usage and, where it is set, allowed names; the address they come from does not matter. Peers are different.",
            ),
        ],
        comparison: "A bouncer with one rule: cards of this club only. He does not ask whether it is a waiter's card or a guest's. That is convenient, until a waiter's card is lost.",
        exam: &[
            "server.crt and server.key work with etcdctl on a kubeadm node.",
            "The right CA is the one in etcd's --trusted-ca-file.",
            "Read the manifest first, then type the command.",
        ],
    },
    ja: Lesson {
        title: "etcd と証明書についてよくある質問",
        passages: &[
            answer(
                "なぜ server.crt がクライアント証明書として使えるのですか?",
                "禁じるものがないからです。etcd が求めるのは、信頼する CA が発行し、clientAuth があり、期限内の証明書です。kubeadm の server.crt にはゲートウェイのために clientAuth があります。試験では問題ありませんが、普段は単独で失効できる専用のクライアント証明書を使ってください。",
            ),
            answer(
                "なぜ --cert ca.crt --key ca.key で通ることがあるのですか?",
                "EKU のない CA 証明書は何にでも使え、自分自身にたどり着くからです。決してしないでください。何にでも署名できる鍵を、要らない場所に持ち出すことになります。Go 以外の検証では拒否されます。",
            ),
            answer(
                "なぜ理由ではなく \"context deadline exceeded\" と出るのですか?",
                "etcdctl の gRPC はタイムアウトまで再試行し、理由を捨ててしまいます。etcdctl \
                 --debug で一部が見えます。etcd-tls check は自分でハンドシェイクを行います。",
            ),
            answer(
                "ETCDCTL_API=3 は必要ですか?",
                "3.4 以降は 3 が既定なので不要です。付けても害はありません。",
            ),
            answer(
                "CA は /etc/kubernetes/pki/ca.crt と etcd/ca.crt のどちらですか?",
                "etcd には常に /etc/kubernetes/pki/etcd/ca.crt です。もう一方は kube-apiserver と kubelet のものです。",
            ),
            answer(
                "更新後に再起動は必要ですか?",
                "etcd の証明書と鍵なら不要、CA のファイルなら必要です。`etcd-tls explain rotation` を見てください。",
            ),
            answer(
                "クライアント証明書に自分のホスト名は必要ですか?",
                "不要です。クライアントは CA、期限、用途、そして設定があれば許可された名前で判定され、接続元のアドレスは関係ありません。ピアは別です。",
            ),
        ],
        comparison: "「このクラブの会員証だけ」という決まりしか知らない門番です。従業員の会員証か\
              客の会員証かは気にしません。便利ですが、従業員の会員証をなくすと困ります。",
        exam: &[
            "kubeadm のノードでは server.crt と server.key で etcdctl が使える。",
            "正しい CA は etcd の --trusted-ca-file にあるもの。",
            "まずマニフェストを読み、それからコマンドを打つ。",
        ],
    },
    zh: Lesson {
        title: "关于 etcd 与证书的常见问题",
        passages: &[
            answer(
                "为什么 server.crt 可以当客户端证书用？",
                "因为没有任何规则禁止这样做：etcd 要求的是由受信任 CA 签发、带 clientAuth、在有效\
                 期内的证书。kubeadm 的 server.crt 是为了网关而带有 clientAuth。考试中可以这样用；\
                 日常应使用可以单独吊销的专用客户端证书。",
            ),
            answer(
                "为什么 --cert ca.crt --key ca.key 有时也能用？",
                "没有 EKU 的 CA 证书可用于任何用途，而且能追溯到它自己。千万不要这样做：这会把能\
                 签发一切的私钥带到不需要它的地方。Go 以外的验证程序会拒绝它。",
            ),
            answer(
                "为什么显示 \"context deadline exceeded\" 而不是原因？",
                "etcdctl 的 gRPC 会一直重试到超时，并丢弃原因。etcdctl --debug 能看到一部分；etcd-tls check 会自己完成握手。",
            ),
            answer("需要 ETCDCTL_API=3 吗？", "3.4 起它就是默认值，不需要。写上也无害。"),
            answer(
                "CA 用 /etc/kubernetes/pki/ca.crt 还是 etcd/ca.crt？",
                "etcd 始终用 /etc/kubernetes/pki/etcd/ca.crt。另一个属于 kube-apiserver 和 kubelet。",
            ),
            answer(
                "续期后需要重启吗？",
                "etcd 的证书和私钥续期后不需要，更换 CA 文件后需要。见 `etcd-tls explain rotation`。",
            ),
            answer(
                "客户端证书需要包含我的主机名吗？",
                "不需要。客户端只按 CA、有效期、用途以及（若有设置）允许的名称来判断，与来源地址无关。对等成员则不同。",
            ),
        ],
        comparison: "好比只认“本俱乐部会员卡”的门卫，不问是员工卡还是客人卡。很方便，直到有人丢了员工卡。",
        exam: &[
            "在 kubeadm 节点上，server.crt 和 server.key 可用于 etcdctl。",
            "正确的 CA 是 etcd 的 --trusted-ca-file 中的那个。",
            "先看清单，再敲命令。",
        ],
    },
};
