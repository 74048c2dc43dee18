//! The files of kubeadm as the example, and the table of every layout.

use super::{Here, Lesson, Picture, Table, Topic, branch, run, say, words};

pub(super) static TOPIC: Topic = Topic {
    id: "files",
    aliases: &["pki", "layout", "layouts", "paths"],
    picture: Picture::Tree(&[
        branch(0, "/etc/kubernetes/pki/", "kubeadm", "kubeadm", "kubeadm"),
        branch(
            1,
            "ca.crt",
            "Kubernetes' CA, not etcd's",
            "Kubernetes の CA (etcd とは別)",
            "Kubernetes 的 CA（不是 etcd 的）",
        ),
        branch(
            1,
            "apiserver-etcd-client.crt",
            "kube-apiserver shows it to etcd",
            "kube-apiserver が etcd に提示",
            "kube-apiserver 向 etcd 出示",
        ),
        branch(1, "etcd/", "etcd's own files", "etcd のファイル", "etcd 自己的文件"),
        branch(2, "ca.crt", "checks all the others", "ほかのすべてを検証する", "验证其余所有证书"),
        branch(2, "ca.key", "only to issue new ones", "新しい証明書の発行用", "仅用于签发新证书"),
        branch(
            2,
            "server.crt",
            "port 2379, to clients",
            "2379 番、クライアント向け",
            "2379 端口，面向客户端",
        ),
        branch(
            2,
            "peer.crt",
            "port 2380, to members",
            "2380 番、メンバー間",
            "2380 端口，成员之间",
        ),
        branch(
            2,
            "healthcheck-client.crt",
            "for probes and etcdctl",
            "プローブと etcdctl 用",
            "用于探针和 etcdctl",
        ),
    ]),
    commands: &[
        run(
            "etcd-tls scan",
            words(
                "every certificate and key of this machine: who signed whom, what ends when",
                "このマシンのすべての証明書と鍵: 誰が誰に署名したか、いつ切れるか",
                "本机所有证书和私钥：谁签发了谁、何时到期",
            ),
        ),
        run(
            "grep -E -- '-file|cafile|certfile|keyfile' /etc/kubernetes/manifests/*.yaml",
            words("the paths in use", "実際に使われているパス", "实际使用的路径"),
        ),
        run(
            "etcd-tls explain healthcheck-client.crt",
            words("one file", "個々のファイルの説明", "说明单个文件"),
        ),
    ],
    see: &["cacert-cert-key", "client-peer-server", "wrong-ca-file"],
    table: Some(Table::Files),
    here: Some(Here::Files),
    en: Lesson {
        title: "Which certificate files etcd has, and what each one is for",
        passages: &[
            say(
                "A kubeadm control plane has two CAs: one for Kubernetes in /etc/kubernetes/pki, one for etcd in /etc/kubernetes/pki/etcd. Taking the first for the second is the most common mistake of all.",
            ),
            say(
                "Every certificate lies beside its key. Files ending in .crt or .pem may be public; .key files are secrets and belong to root with mode 0600. Other installers use other names for the same roles: the table below lists them.",
            ),
        ],
        comparison: "A company with two reception desks. The front desk (Kubernetes) and the archive (etcd) issue badges of their own, and the archive's door opens for the archive's badges only.",
        exam: &[
            "etcd's CA is /etc/kubernetes/pki/etcd/ca.crt.",
            "kube-apiserver's pair for etcd lies one folder up: /etc/kubernetes/pki/apiserver-etcd-client.*.",
            "Never guess a path: read it in /etc/kubernetes/manifests/etcd.yaml.",
        ],
    },
    ja: Lesson {
        title: "etcd の証明書ファイルにはどのようなものがあり、それぞれ何のためのものか",
        passages: &[
            say("kubeadm のコントロールプレーンには CA が 2 つあります。/etc/kubernetes/pki の \
                 Kubernetes 用と、/etc/kubernetes/pki/etcd の etcd 用です。この 2 つの取り違えが\
                 最も多い間違いです。"),
            say(
                "証明書の隣にはその鍵があります。.crt や .pem の証明書は公開してかまいませんが、.key は秘密で、所有者は root、パーミッションは 0600 にします。ほかのインストーラーでは同じ役割のファイルに別の名前が付きます。下の表を見てください。",
            ),
        ],
        comparison: "受付が 2 つある会社です。正面受付 (Kubernetes) と資料室 (etcd) は別々に入館\
              証を発行していて、資料室の扉は資料室の入館証でしか開きません。",
        exam: &[
            "etcd の CA は /etc/kubernetes/pki/etcd/ca.crt。",
            "kube-apiserver が etcd に使う組は 1 つ上のディレクトリの /etc/kubernetes/pki/apiserver-etcd-client.*。",
            "パスは推測せず、/etc/kubernetes/manifests/etcd.yaml で確かめる。",
        ],
    },
    zh: Lesson {
        title: "etcd 有哪些证书文件，各有什么用途",
        passages: &[
            say(
                "kubeadm 控制平面有两个 CA：/etc/kubernetes/pki 中的是 Kubernetes 的，/etc/kubernetes/pki/etcd 中的是 etcd 的。把前者当成后者是最常见的错误。",
            ),
            say(
                "每张证书旁边都有它的私钥。.crt 或 .pem 证书可以公开；.key 是秘密，应属 root 所有，\
                 权限 0600。其他安装工具对同样的用途使用不同的文件名，见下表。",
            ),
        ],
        comparison: "好比一家公司有两个前台：大门前台 (Kubernetes) 和档案室 (etcd) 各自签发通行证，而档案室的门只认档案室的通行证。",
        exam: &[
            "etcd 的 CA 是 /etc/kubernetes/pki/etcd/ca.crt。",
            "kube-apiserver 访问 etcd 的证书在上一层：/etc/kubernetes/pki/apiserver-etcd-client.*。",
            "不要猜路径，查看 /etc/kubernetes/manifests/etcd.yaml。",
        ],
    },
};
