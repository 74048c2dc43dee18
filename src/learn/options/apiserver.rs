//! What kube-apiserver is told about the way to etcd; it reads no environment variables.

use super::{Program::KubeApiserver, TlsOption, option, words};

pub(super) const OPTIONS: &[TlsOption] = &[
    option(
        KubeApiserver,
        "etcd-servers",
        &[],
        words("the client URLs of etcd", "etcd のクライアント URL", "etcd 的客户端 URL"),
        words(
            "http:// to an etcd with TLS, or a port that is not the client port.",
            "TLS の etcd に http:// を指定している、またはクライアントポートではない。",
            "对启用 TLS 的 etcd 写成 http://，或端口不是客户端端口。",
        ),
        &["apiserver-endpoint-scheme"],
    ),
    option(
        KubeApiserver,
        "etcd-cafile",
        &[],
        words(
            "the CA by which kube-apiserver verifies etcd",
            "kube-apiserver が etcd を検証するための CA",
            "kube-apiserver 用来验证 etcd 的 CA",
        ),
        words(
            "It is set to the cluster's CA (/etc/kubernetes/pki/ca.crt) instead of etcd's (/etc/kubernetes/pki/etcd/ca.crt).",
            "etcd の CA (/etc/kubernetes/pki/etcd/ca.crt) ではなく Kubernetes の CA (/etc/kubernetes/pki/ca.crt) が指定されている。",
            "写成了集群 CA (/etc/kubernetes/pki/ca.crt)，而不是 etcd 的 CA (/etc/kubernetes/pki/etcd/ca.crt)。",
        ),
        &["apiserver-cafile-mismatch"],
    ),
    option(
        KubeApiserver,
        "etcd-certfile",
        &[],
        words(
            "the client certificate that kube-apiserver shows to etcd",
            "kube-apiserver が etcd に提示するクライアント証明書",
            "kube-apiserver 向 etcd 出示的客户端证书",
        ),
        words(
            "It has to be issued by the CA in etcd's --trusted-ca-file; apiserver-kubelet-client.crt is not.",
            "etcd の --trusted-ca-file の CA が発行したものが必要です。apiserver-kubelet-client.crt は違います。",
            "必须由 etcd 的 --trusted-ca-file 中的 CA 签发；apiserver-kubelet-client.crt 不是。",
        ),
        &["apiserver-client-cert-untrusted"],
    ),
    option(
        KubeApiserver,
        "etcd-keyfile",
        &[],
        words(
            "the private key of --etcd-certfile",
            "--etcd-certfile の秘密鍵",
            "--etcd-certfile 的私钥",
        ),
        words(
            "It belongs to another certificate, or the pod does not mount its folder.",
            "別の証明書の鍵である、または Pod がそのディレクトリをマウントしていない。",
            "属于另一张证书，或 Pod 没有挂载其所在目录。",
        ),
        &["key-mismatch", "hostpath-missing"],
    ),
];
