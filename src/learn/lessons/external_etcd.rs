//! etcd on machines of its own: what has to be copied to the control plane, and what must not be.

use super::{Lesson, Picture, Topic, back, forward, name, run, say, words};

pub(super) static TOPIC: Topic = Topic {
    id: "external-etcd",
    aliases: &["external", "apiserver", "kube-apiserver"],
    picture: Picture::Exchange {
        left: &[
            words("control plane", "コントロールプレーン", "控制平面"),
            name("--etcd-servers"),
            name("--etcd-cafile"),
            name("--etcd-certfile"),
            name("--etcd-keyfile"),
        ],
        right: &[
            words("etcd hosts", "etcd ホスト", "etcd 主机"),
            name("--cert-file"),
            name("--trusted-ca-file"),
            words("ca.key stays here", "ca.key はここに残す", "ca.key 留在这里"),
        ],
        arrows: &[
            back(words("copy: ca.crt", "コピー: ca.crt", "复制：ca.crt")),
            back(words("copy: client pair", "コピー: クライアントの組", "复制：客户端证书与私钥")),
            forward(name("https, mTLS, 2379")),
        ],
    },
    commands: &[
        run(
            "scp ca.crt apiserver-etcd-client.crt apiserver-etcd-client.key root@CONTROL-PLANE:/etc/kubernetes/pki/",
            words(
                "these three, and never ca.key",
                "コピーするのはこの 3 つ。ca.key は決して含めない",
                "只复制这三个，绝不复制 ca.key",
            ),
        ),
        run(
            "etcd-tls check --endpoints https://ETCD:2379 --cacert ca.crt --cert apiserver-etcd-client.crt --key apiserver-etcd-client.key",
            words(
                "from the control plane, before kubeadm init",
                "kubeadm init の前に、コントロールプレーンから確かめる",
                "在 kubeadm init 之前，从控制平面检查",
            ),
        ),
        run(
            "grep etcd- /etc/kubernetes/manifests/kube-apiserver.yaml",
            words(
                "what kube-apiserver uses",
                "kube-apiserver が使っているもの",
                "kube-apiserver 使用的配置",
            ),
        ),
    ],
    see: &[
        "files",
        "apiserver-cafile-mismatch",
        "apiserver-client-cert-untrusted",
        "apiserver-endpoint-scheme",
    ],
    table: None,
    here: None,
    en: Lesson {
        title: "External etcd: three files go to the control plane",
        passages: &[
            say(
                "With external etcd the control plane is a client and nothing more. It needs etcd's CA certificate, a client pair that this CA issued, and the URLs; kubeadm takes them in etcd.external: endpoints, caFile, certFile, keyFile.",
            ),
            say(
                "There is no etcd.yaml among the manifests then, no healthcheck-client, and kubeadm certs renew leaves etcd's own certificates alone: whoever runs etcd renews them.",
            ),
            say(
                "The server certificates have to list the names by which the control plane dials, and a load balancer in between has to pass TLS through.",
            ),
        ],
        comparison: "A branch office that works with the archive of the head office: it gets a badge and a picture of the archive's seal, but never the machine that makes badges.",
        exam: &[
            "ClusterConfiguration: etcd.external with endpoints, caFile, certFile, keyFile.",
            "`kubectl get pods -n kube-system` shows no etcd pod: etcd is external.",
            "ps aux | grep etcd on the control plane finds only kube-apiserver's flags.",
        ],
    },
    ja: Lesson {
        title: "外部 etcd: コントロールプレーンに渡すファイルは 3 つ",
        passages: &[
            say(
                "外部 etcd では、コントロールプレーンはただのクライアントです。必要なのは etcd の CA 証明書、その CA が発行したクライアント証明書と鍵、そして URL です。kubeadm では etcd.external の endpoints、caFile、certFile、keyFile に書きます。",
            ),
            say(
                "マニフェストに etcd.yaml はなく、healthcheck-client もありません。kubeadm certs renew は etcd 自身の証明書を更新しないので、etcd の運用者が更新します。",
            ),
            say(
                "サーバー証明書には、コントロールプレーンが接続に使う名前が必要です。途中のロードバランサーは TLS をそのまま通さなければなりません。",
            ),
        ],
        comparison: "本社の資料室を使う支店のようなものです。支店には入館証と資料室の印の見本が渡されますが、入館証を作る機械は渡されません。",
        exam: &[
            "ClusterConfiguration の etcd.external に endpoints、caFile、certFile、keyFile を書く。",
            "`kubectl get pods -n kube-system` に etcd の Pod がなければ外部 etcd。",
            "コントロールプレーンで ps aux | grep etcd をしても、kube-apiserver のフラグしか見つからない。",
        ],
    },
    zh: Lesson {
        title: "外部 etcd：交给控制平面的三个文件",
        passages: &[
            say("使用外部 etcd 时，控制平面只是客户端。它需要 etcd 的 CA 证书、由该 CA 签发的客户\
                 端证书与私钥，以及 URL；kubeadm 写在 etcd.external 的 endpoints、caFile、\
                 certFile、keyFile 中。"),
            say("此时清单目录中没有 etcd.yaml，也没有 healthcheck-client，kubeadm certs renew 不\
                 会为 etcd 自己的证书续期，这由运维 etcd 的人负责。"),
            say("服务器证书必须包含控制平面连接时使用的名称，中间的负载均衡器必须原样透传 TLS。"),
        ],
        comparison: "好比使用总部档案室的分公司：分公司拿到通行证和档案室印章的样本，但绝不会拿到制作通行证的机器。",
        exam: &[
            "在 ClusterConfiguration 的 etcd.external 中写 endpoints、caFile、certFile、keyFile。",
            "`kubectl get pods -n kube-system` 中没有 etcd Pod，说明是外部 etcd。",
            "在控制平面上 ps aux | grep etcd 只能找到 kube-apiserver 的标志。",
        ],
    },
};
