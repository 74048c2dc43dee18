//! etcdctl inside etcd's own pod: paths are those of the container.

use super::{Lesson, Picture, Topic, forward, last, name, run, say, stage, words};

pub(super) static TOPIC: Topic = Topic {
    id: "kubectl-exec",
    aliases: &["kubectl", "exec", "crictl", "pod"],
    picture: Picture::Flow(&[
        stage(
            &[name("kubectl -n kube-system exec etcd-NODE -- etcdctl ...")],
            forward(words(
                "needs a kube-apiserver that works",
                "動いている kube-apiserver が必要",
                "需要正常的 kube-apiserver",
            )),
        ),
        stage(
            &[
                words("the container of etcd", "etcd のコンテナ", "etcd 的容器"),
                name("/etc/kubernetes/pki/etcd/ca.crt"),
                words(
                    "sees its volumes only",
                    "マウントされたボリュームだけが見える",
                    "只能看到挂载的卷",
                ),
            ],
            forward(name("https://127.0.0.1:2379")),
        ),
        last(&[words(
            "etcd, in the same network",
            "同じネットワークにいる etcd",
            "同一网络中的 etcd",
        )]),
    ]),
    commands: &[
        run(
            "etcd-tls env --kubectl",
            words(
                "the whole line, with the paths that the container sees",
                "コンテナ内のパスで書いた完全なコマンド",
                "使用容器内路径的完整命令",
            ),
        ),
        run(
            "etcd-tls env --crictl",
            words(
                "the same when kube-apiserver is down",
                "kube-apiserver が停止しているとき用",
                "kube-apiserver 不可用时的同样命令",
            ),
        ),
        run(
            "kubectl -n kube-system exec etcd-NODE -- etcdctl --cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key endpoint health",
            words("kubeadm's paths", "kubeadm のパス", "kubeadm 的路径"),
        ),
    ],
    see: &["backup", "files", "hostpath-missing"],
    table: None,
    here: None,
    en: Lesson {
        title: "kubectl exec: etcdctl inside etcd's pod",
        passages: &[
            say(
                "The pod already holds etcdctl of the right release and the certificates, so nothing has to be installed. The paths are those inside the container; with kubeadm they equal the host's, because the hostPath volumes keep the names.",
            ),
            say(
                "Newer images hold no shell (upstream's since 3.5.7): no sh -c, no pipes, no $VARIABLES inside. Each word goes behind -- as it is. A snapshot saved there lands in the container: save it below /var/lib/etcd, which is a volume.",
            ),
            say(
                "When kube-apiserver is down, kubectl is of no use: crictl exec on the node does the same.",
            ),
        ],
        comparison: "Asking the archivist inside the archive to fetch a file: no key needed at the door, but he knows the shelves by their inside numbers only.",
        exam: &[
            "The pod is called etcd-NODENAME, in kube-system.",
            "No shell in the image: give etcdctl and its flags directly behind --.",
            "With kube-apiserver down: crictl ps, crictl exec.",
        ],
    },
    ja: Lesson {
        title: "kubectl exec: etcd の Pod の中で etcdctl を使う",
        passages: &[
            say("Pod には正しいリリースの etcdctl と証明書がそろっているので、何もインストールす\
                 る必要がありません。パスはコンテナ内のものです。kubeadm では hostPath ボリューム\
                 が同じ名前でマウントするため、ホストと同じになります。"),
            say("新しいイメージにはシェルがありません (公式イメージは 3.5.7 以降)。sh -c もパイプ\
                 も変数展開も使えず、-- の後にコマンドと引数をそのまま並べます。そこで取得したス\
                 ナップショットはコンテナの中に残るので、ボリュームである /var/lib/etcd の下に保\
                 存します。"),
            say(
                "kube-apiserver が停止していると kubectl は使えません。ノード上の crictl exec で同じことができます。",
            ),
        ],
        comparison: "資料室の中にいる係に取ってきてもらうようなものです。入口の鍵は要りませんが、係は中の棚番号しか知りません。",
        exam: &[
            "Pod の名前は etcd-ノード名。Namespace は kube-system。",
            "イメージにシェルはない。-- の後に etcdctl とフラグを直接書く。",
            "kube-apiserver が停止していたら crictl ps と crictl exec。",
        ],
    },
    zh: Lesson {
        title: "kubectl exec：在 etcd 的 Pod 中使用 etcdctl",
        passages: &[
            say("Pod 里已有对应版本的 etcdctl 和证书，无需安装任何东西。路径是容器内的路径；\
                 kubeadm 的 hostPath 卷保持同名，所以与宿主机上的路径相同。"),
            say(
                "较新的镜像中没有 shell（官方镜像自 3.5.7 起）：不能用 sh -c、管道或变量展开，-- 之后的每个词原样传入。在其中保存的快照留在容器里，应保存到 /var/lib/etcd 下，那里是卷。",
            ),
            say("kube-apiserver 不可用时 kubectl 也无法使用，可在节点上用 crictl exec。"),
        ],
        comparison: "好比请档案室里的管理员取文件：进门不需要钥匙，但他只认得里面的架号。",
        exam: &[
            "Pod 名为 etcd-节点名，位于 kube-system。",
            "镜像中没有 shell，直接在 -- 后写 etcdctl 及标志。",
            "kube-apiserver 不可用时用 crictl ps 和 crictl exec。",
        ],
    },
};
