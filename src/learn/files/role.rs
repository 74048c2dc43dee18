//! What a file is for, in three languages.

use super::super::words;
use crate::message::Phrase;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The one CA of etcd.
    EtcdCa,
    /// The CA of etcd's client port, where peers have another.
    ClientCa,
    /// The CA of etcd's peers, where clients have another.
    PeerCa,
    /// What etcd shows to clients.
    Server,
    /// What members show to one another.
    Peer,
    /// One pair for both.
    ServerAndPeer,
    /// A client for health checks and for people.
    HealthClient,
    /// A client for people: etcdctl.
    Admin,
    /// kube-apiserver's client pair.
    ApiserverClient,
    /// A client pair of the programs on one node.
    NodeClient,
    /// For the metrics port.
    Metrics,
    /// Kubernetes' own CA.
    ClusterCa,
    /// Kubernetes' own, nothing of etcd's.
    Kubernetes,
    /// Where etcd's options stand.
    Settings,
    /// Where kube-apiserver's options stand.
    ApiserverSettings,
}

impl Role {
    /// What a reader calls it.
    pub fn title(self) -> Phrase {
        match self {
            Self::EtcdCa => words("etcd's CA", "etcd の CA", "etcd 的 CA"),
            Self::ClientCa => {
                words("CA of the client port", "クライアントポートの CA", "客户端端口的 CA")
            }
            Self::PeerCa => words("CA of the members", "メンバー間の CA", "成员之间的 CA"),
            Self::Server => words("server", "サーバー証明書", "服务器证书"),
            Self::Peer => words("peer", "ピア証明書", "对等证书"),
            Self::ServerAndPeer => {
                words("server and peer", "サーバー証明書兼ピア証明書", "服务器兼对等证书")
            }
            Self::HealthClient => words(
                "client for health checks",
                "ヘルスチェック用クライアント証明書",
                "健康检查用客户端证书",
            ),
            Self::Admin => {
                words("client for etcdctl", "etcdctl 用クライアント証明書", "etcdctl 用客户端证书")
            }
            Self::ApiserverClient => words(
                "client of kube-apiserver",
                "kube-apiserver のクライアント証明書",
                "kube-apiserver 的客户端证书",
            ),
            Self::NodeClient => {
                words("client of this node", "このノードのクライアント証明書", "本节点的客户端证书")
            }
            Self::Metrics => words("metrics", "メトリクス用", "指标专用"),
            Self::ClusterCa => words(
                "Kubernetes' CA, not etcd's",
                "Kubernetes の CA (etcd のものではない)",
                "Kubernetes 的 CA（不是 etcd 的）",
            ),
            Self::Kubernetes => words("not for etcd", "etcd 用ではない", "与 etcd 无关"),
            Self::Settings => words("etcd's options", "etcd のオプション", "etcd 的选项"),
            Self::ApiserverSettings => words(
                "kube-apiserver's options",
                "kube-apiserver のオプション",
                "kube-apiserver 的选项",
            ),
        }
    }

    /// What it is for and who reads it.
    pub fn purpose(self) -> Phrase {
        match self {
            Self::EtcdCa => words(
                "Everyone measures the others by this certificate: etcd its clients and peers, clients the server. The key signs new certificates and is needed for nothing else; etcd itself never reads it.",
                "全員がこの証明書で相手を確かめます。etcd はクライアントとピアを、クライアントはサーバーを検証します。鍵は新しい証明書に署名するときだけ使い、etcd 自身は読みません。",
                "各方都用这张证书验证对方：etcd 验证客户端和对等成员，客户端验证服务器。私钥只用于签发新证书，etcd 自己从不读取。",
            ),
            Self::ClientCa => words(
                "Clients verify etcd by it, and etcd its clients. Members have a CA of their own, so this is the file for --cacert.",
                "クライアントが etcd を、etcd がクライアントを検証する CA です。メンバー間には別の CA があり、--cacert に指定するのはこちらです。",
                "客户端用它验证 etcd，etcd 也用它验证客户端。成员之间另有 CA，--cacert 应指定这个文件。",
            ),
            Self::PeerCa => words(
                "Members verify one another by it, on port 2380. It is the wrong file for --cacert.",
                "2380 番ポートでメンバー同士が検証し合う CA です。--cacert に指定するのはこれではありません。",
                "成员之间在 2380 端口用它互相验证。不要把它用作 --cacert。",
            ),
            Self::Server => words(
                "etcd shows it to clients on port 2379. It carries serverAuth and mostly clientAuth, so it works as a client certificate too; keep to a client's own pair all the same.",
                "etcd が 2379 番ポートでクライアントに提示します。serverAuth に加え、たいてい clientAuth もあるためクライアント証明書としても使えますが、専用の証明書を使ってください。",
                "etcd 在 2379 端口向客户端出示。它有 serverAuth，通常也有 clientAuth，所以也能当客户端证书用，但仍应使用专用的客户端证书。",
            ),
            Self::Peer => words(
                "A member shows it to members on port 2380, as server and as client: it needs serverAuth, clientAuth and the member's address in its SAN.",
                "2380 番ポートでメンバーが互いに提示します。サーバーとクライアントを兼ねるため、serverAuth と clientAuth、そして SAN にメンバーのアドレスが必要です。",
                "成员在 2380 端口互相出示，既作服务器又作客户端，因此需要 serverAuth、clientAuth，以及 SAN 中的成员地址。",
            ),
            Self::ServerAndPeer => words(
                "One pair for clients and members: etcd shows it on both ports.",
                "クライアント向けとメンバー間の両方で同じ組を使います。",
                "同一对文件同时用于客户端端口和成员之间。",
            ),
            Self::HealthClient => words(
                "Made for the liveness probe of etcd's pod, and the usual pair for etcdctl on this machine. Where etcd has no auth it may do all that any client may.",
                "etcd の Pod の liveness probe 用ですが、このマシンで etcdctl を使うときにも使います。etcd の認証が無効なら、ほかのクライアントと同じく何でもできます。",
                "为 etcd Pod 的存活探针而生成，在本机使用 etcdctl 时也用它。etcd 未启用认证时，它与其他客户端证书一样拥有全部权限。",
            ),
            Self::Admin => words(
                "The pair for etcdctl: --cert and --key.",
                "etcdctl の --cert と --key に指定する組です。",
                "用于 etcdctl 的 --cert 和 --key。",
            ),
            Self::ApiserverClient => words(
                "kube-apiserver shows it to etcd: --etcd-certfile and --etcd-keyfile. Issued by the CA that etcd trusts.",
                "kube-apiserver が etcd に提示します (--etcd-certfile と --etcd-keyfile)。発行元は etcd が信頼する CA です。",
                "kube-apiserver 向 etcd 出示（--etcd-certfile 和 --etcd-keyfile），由 etcd 信任的 CA 签发。",
            ),
            Self::NodeClient => words(
                "kube-apiserver or the network plugin on this node shows it to etcd.",
                "このノードの kube-apiserver やネットワークプラグインが etcd に提示します。",
                "本节点上的 kube-apiserver 或网络插件向 etcd 出示。",
            ),
            Self::Metrics => words(
                "For the metrics listener only, with a CA of its own.",
                "メトリクスポート専用で、CA も別です。",
                "仅用于指标监听器，使用单独的 CA。",
            ),
            Self::ClusterCa => words(
                "It signs kube-apiserver and kubelets. With --cacert it ends in \"certificate signed by unknown authority\", for etcd has a CA of its own.",
                "kube-apiserver と kubelet の CA です。etcd には別の CA があるので、--cacert に指定すると \"certificate signed by unknown authority\" になります。",
                "签发 kube-apiserver 和 kubelet 的证书。etcd 有自己的 CA，把它用作 --cacert 会得到 \"certificate signed by unknown authority\"。",
            ),
            Self::Kubernetes => words(
                "It belongs to Kubernetes' own components. etcd does not trust its issuer.",
                "Kubernetes のほかのコンポーネントのものです。発行元は etcd に信頼されません。",
                "属于 Kubernetes 的其他组件，etcd 不信任其颁发者。",
            ),
            Self::Settings => words(
                "The paths of all certificates of etcd stand here; after a change etcd has to start again (the kubelet restarts a static pod by itself).",
                "etcd の証明書のパスはここに書かれています。変更後は etcd の再起動が必要です \
                 (static Pod は kubelet が自動で再起動します)。",
                "etcd 所有证书的路径都写在这里；修改后需要重启 etcd（静态 Pod 由 kubelet 自动重启）。",
            ),
            Self::ApiserverSettings => words(
                "--etcd-servers, --etcd-cafile, --etcd-certfile and --etcd-keyfile stand here.",
                "--etcd-servers、--etcd-cafile、--etcd-certfile、--etcd-keyfile はここに書かれています。",
                "--etcd-servers、--etcd-cafile、--etcd-certfile 和 --etcd-keyfile 写在这里。",
            ),
        }
    }

    /// The options that name it: of etcd and its clients.
    pub fn options(self) -> &'static [&'static str] {
        match self {
            Self::EtcdCa => {
                &["--trusted-ca-file", "--peer-trusted-ca-file", "--cacert", "--etcd-cafile"]
            }
            Self::ClientCa => &["--trusted-ca-file", "--cacert", "--etcd-cafile"],
            Self::PeerCa => &["--peer-trusted-ca-file"],
            Self::Server => &["--cert-file", "--key-file"],
            Self::Peer => &["--peer-cert-file", "--peer-key-file"],
            Self::ServerAndPeer => {
                &["--cert-file", "--key-file", "--peer-cert-file", "--peer-key-file"]
            }
            Self::HealthClient | Self::Admin => &["--cert", "--key"],
            Self::ApiserverClient => &["--etcd-certfile", "--etcd-keyfile"],
            Self::NodeClient => &["--etcd-certfile", "--etcd-keyfile", "--cert", "--key"],
            Self::Metrics
            | Self::ClusterCa
            | Self::Kubernetes
            | Self::Settings
            | Self::ApiserverSettings => &[],
        }
    }
}
