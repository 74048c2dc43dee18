//! Which file is read when, and the order in which a CA is replaced. etcd `client/pkg/transport`, `TLSInfo.ServerConfig`.

use super::{Lesson, Picture, Topic, forward, last, name, run, say, stage, words};

pub(super) static TOPIC: Topic = Topic {
    id: "rotation",
    aliases: &["renew", "renewal", "rotate", "expiry", "reload", "restart"],
    picture: Picture::Flow(&[
        stage(
            &[
                words("1  trust both", "1  両方を信頼する", "1  同时信任两者"),
                name("ca.crt = old CA + new CA"),
            ],
            forward(words(
                "restart every etcd and every client",
                "すべての etcd とクライアントを再起動",
                "重启所有 etcd 和客户端",
            )),
        ),
        stage(
            &[
                words("2  new certificates", "2  新しい証明書", "2  新证书"),
                name("server.crt peer.crt client.crt"),
            ],
            forward(words(
                "etcd needs no restart; clients mostly do",
                "etcd は再起動不要。クライアントは多くの場合必要",
                "etcd 无需重启；客户端大多需要",
            )),
        ),
        last(&[
            words("3  trust the new one only", "3  新しい CA だけを信頼する", "3  只信任新 CA"),
            name("ca.crt = new CA"),
            words("restart again", "もう一度再起動", "再次重启"),
        ]),
    ]),
    commands: &[
        run(
            "kubeadm certs check-expiration",
            words(
                "when kubeadm's certificates end",
                "kubeadm の証明書の期限",
                "kubeadm 证书的到期时间",
            ),
        ),
        run(
            "kubeadm certs renew etcd-server",
            words(
                "renews one; also etcd-peer, etcd-healthcheck-client, apiserver-etcd-client",
                "1 つだけ更新する。ほかに etcd-peer、etcd-healthcheck-client、apiserver-etcd-client",
                "续期一张；另有 etcd-peer、etcd-healthcheck-client、apiserver-etcd-client",
            ),
        ),
        run(
            "etcd-tls ca check-rotation --ca-dir ca",
            words(
                "what is due; exit code 1 if something is",
                "更新時期が来たもの。あれば終了コード 1",
                "需要续期的证书；有则退出码为 1",
            ),
        ),
        run(
            "etcd-tls ca rollover --help",
            words(
                "a new CA without downtime, step by step",
                "無停止で CA を切り替える手順",
                "不停机更换 CA 的步骤",
            ),
        ),
    ],
    see: &["cert-expired", "cert-expiring-soon", "ca-pool-stale", "served-cert-differs"],
    table: None,
    here: None,
    en: Lesson {
        title: "Rotation: what etcd reads again by itself, and what needs a restart",
        passages: &[
            say(
                "etcd reads its certificate and key again at every handshake: replace the files, and the next connection gets the new ones. The CA file, allowed names, cipher suites and versions are read once, at start. The revocation list is read at every connection.",
            ),
            say(
                "kube-apiserver reads its etcd client pair again by itself too, but connections that stand are kept: restart it (move its manifest away and back) to be sure. A static pod restarts when its manifest changes, not when a certificate does.",
            ),
            say(
                "A CA is replaced in three steps, and each is finished everywhere before the next begins: trust both, issue anew, trust the new one only. Skip the first and the cluster falls apart while you work.",
            ),
        ],
        comparison: "Changing the lock of a house with ten flats: first a lock that takes old and new keys, then everybody gets a new key, and only then the old ones stop working.",
        exam: &[
            "kubeadm certs renew all, then restart the control plane's static pods.",
            "kubeadm certificates last one year; `kubeadm upgrade` renews them.",
            "A new CA needs restarts, a new certificate mostly does not.",
        ],
    },
    ja: Lesson {
        title: "ローテーション: etcd が自動で読み直すものと、再起動が必要なもの",
        passages: &[
            say(
                "etcd は証明書と鍵をハンドシェイクのたびに読み直します。ファイルを置き換えれば、次の接続から新しいものが使われます。CA のファイル、許可する名前、暗号スイート、バージョンは起動時に一度だけ読みます。CRL は接続のたびに読みます。",
            ),
            say("kube-apiserver も etcd 用のクライアント証明書を読み直しますが、確立済みの接続は\
                 残ります。確実にするには再起動します (マニフェストを一度移動して戻す)。static \
                 Pod が再起動するのはマニフェストが変わったときで、証明書が変わったときではありま\
                 せん。"),
            say("CA の交換は 3 段階で、それぞれを全体で終えてから次に進みます。両方を信頼する、再\
                 発行する、新しいほうだけを信頼する、の順です。最初の段階を飛ばすと、作業中にクラ\
                 スターが分断されます。"),
        ],
        comparison: "十世帯が住む建物の錠を替えるときと同じです。まず新旧どちらの鍵でも開く錠にし、全員に新しい鍵を渡し、それから古い鍵を使えなくします。",
        exam: &[
            "kubeadm certs renew all の後、コントロールプレーンの static Pod を再起動する。",
            "kubeadm の証明書は 1 年。`kubeadm upgrade` で更新される。",
            "CA を替えたら再起動が必要。証明書だけならたいてい不要。",
        ],
    },
    zh: Lesson {
        title: "轮换：etcd 会自动重新读取哪些文件，更换哪些文件需要重启",
        passages: &[
            say("etcd 每次握手都重新读取证书和私钥：替换文件后，下一个连接就用新的。CA 文件、允许\
                 的名称、密码套件和版本只在启动时读取一次。吊销列表每次连接都读取。"),
            say(
                "kube-apiserver 也会自动重新读取访问 etcd 的客户端证书，但已建立的连接会保留；要确保生效就重启它（把清单移走再移回）。静态 Pod 在清单变化时重启，证书变化时不会。",
            ),
            say(
                "更换 CA 分三步，每一步都要在所有地方完成后才能进行下一步：同时信任两者，重新签发，只信任新的。跳过第一步，集群会在操作途中分裂。",
            ),
        ],
        comparison: "好比给住着十户人家的楼换锁：先换一把新旧钥匙都能开的锁，再给每户发新钥匙，最后才让旧钥匙失效。",
        exam: &[
            "先 kubeadm certs renew all，再重启控制平面的静态 Pod。",
            "kubeadm 的证书有效期一年，`kubeadm upgrade` 会续期。",
            "换 CA 需要重启，只换证书大多不需要。",
        ],
    },
};
