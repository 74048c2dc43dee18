//! The two doors of a member: `ETCD_CERT_FILE` is for the one, `ETCD_PEER_CERT_FILE` for the other. etcd `server/embed/config.go`.

use super::{Here, Lesson, Picture, Topic, both, forward, last, name, run, say, stage, words};

pub(super) static TOPIC: Topic = Topic {
    id: "client-peer-server",
    aliases: &["peer", "server", "client", "peers"],
    picture: Picture::Flow(&[
        stage(
            &[
                words(
                    "etcdctl, kube-apiserver: clients",
                    "etcdctl、kube-apiserver: クライアント",
                    "etcdctl、kube-apiserver：客户端",
                ),
                name("--cacert  --cert  --key"),
            ],
            forward(words(
                "2379: client certificate up, server certificate down",
                "2379: クライアント証明書とサーバー証明書を交換",
                "2379：交换客户端证书与服务器证书",
            )),
        ),
        stage(
            &[
                words("member A", "メンバー A", "成员 A"),
                name("2379  ETCD_CERT_FILE  ETCD_KEY_FILE  ETCD_TRUSTED_CA_FILE"),
                name("2380  ETCD_PEER_CERT_FILE  ETCD_PEER_KEY_FILE  ETCD_PEER_TRUSTED_CA_FILE"),
            ],
            both(words(
                "2380: peer certificates, both ways",
                "2380: ピア証明書を互いに提示",
                "2380：双方互相出示对等证书",
            )),
        ),
        last(&[
            words("member B", "メンバー B", "成员 B"),
            name("2380  ETCD_PEER_CERT_FILE  ETCD_PEER_KEY_FILE  ETCD_PEER_TRUSTED_CA_FILE"),
        ]),
    ]),
    commands: &[
        run(
            "tr '\\0' '\\n' < /proc/$(pidof etcd)/cmdline | grep -E 'cert|key|ca'",
            words(
                "the files that the running etcd was told",
                "動作中の etcd に渡されたファイル",
                "运行中的 etcd 所用的文件",
            ),
        ),
        run(
            "etcd-tls check --cluster",
            words(
                "all members from the client's side",
                "クライアント側から見た全メンバー",
                "从客户端一侧检查所有成员",
            ),
        ),
        run(
            "etcd-tls check --peer --endpoints https://MEMBER:2380 --cacert PEER-CA --cert PEER.crt --key PEER.key",
            words(
                "a peer port as another member dials it",
                "ほかのメンバーと同じようにピアポートへ接続する",
                "像其他成员一样连接对等端口",
            ),
        ),
    ],
    see: &["ports", "options", "eku", "peer-port", "peer-san-mismatch"],
    table: None,
    here: Some(Here::Listeners),
    en: Lesson {
        title: "Client, server, peer: a member has two doors with separate files",
        passages: &[
            say(
                "etcd listens twice. Port 2379 is for clients: there it is the server and shows ETCD_CERT_FILE (--cert-file). Port 2380 is for members: there each one is server and client at once and shows ETCD_PEER_CERT_FILE (--peer-cert-file) in both roles.",
            ),
            say(
                "The settings come in two equal sets, the second with PEER in its names. They share nothing: ETCD_TRUSTED_CA_FILE checks clients, ETCD_PEER_TRUSTED_CA_FILE checks members, and the two may be different CAs.",
            ),
            say(
                "A client certificate never appears in etcd's settings for its doors. ETCD_CLIENT_CERT_FILE is something else again: what etcd's own gateway shows to its own member.",
            ),
        ],
        comparison: "A shop with two doors. Customers come in by the front, where the shop shows its licence (server certificate) and they show a member's card (client certificate). Suppliers come in at the back, where both show a trade pass (peer certificate).",
        exam: &[
            "2379: --cert-file, --key-file, --trusted-ca-file. 2380: the same names with peer- in front.",
            "A peer certificate needs serverAuth and clientAuth.",
            "etcdctl always goes to 2379, with a client certificate.",
        ],
    },
    ja: Lesson {
        title: "クライアント、サーバー、ピア: メンバーには扉が 2 つあり、ファイルも別",
        passages: &[
            say("etcd は 2 か所で待ち受けます。2379 番はクライアント用で、etcd はサーバーとして \
                 ETCD_CERT_FILE (--cert-file) を提示します。2380 番はメンバー用で、互いにサーバー\
                 とクライアントを兼ね、どちらの役でも ETCD_PEER_CERT_FILE (--peer-cert-file) を提\
                 示します。"),
            say("設定は同じ形のものが 2 組あり、2 つ目には PEER が付きます。共有されるものはあり\
                 ません。ETCD_TRUSTED_CA_FILE はクライアントを、ETCD_PEER_TRUSTED_CA_FILE はメン\
                 バーを確かめるもので、CA が違っていてもかまいません。"),
            say(
                "待ち受けの設定にクライアント証明書は出てきません。ETCD_CLIENT_CERT_FILE はまた別のもので、etcd 内蔵のゲートウェイが自分のメンバーに提示する証明書です。",
            ),
        ],
        comparison: "扉が 2 つある店です。客は表から入り、店は営業許可証 (サーバー証明書) を、客\
              は会員証 (クライアント証明書) を見せます。仕入れ先は裏口から入り、互いに業者\
              証 (ピア証明書) を見せ合います。",
        exam: &[
            "2379 は --cert-file、--key-file、--trusted-ca-file。2380 は同じ名前の前に peer- が付く。",
            "ピア証明書には serverAuth と clientAuth の両方が必要。",
            "etcdctl の接続先は常に 2379。クライアント証明書を使う。",
        ],
    },
    zh: Lesson {
        title: "客户端、服务器、对等：成员有两扇门，文件各自独立",
        passages: &[
            say("etcd 在两处监听。2379 端口面向客户端：etcd 是服务器，出示 ETCD_CERT_FILE \
                 (--cert-file)。2380 端口面向成员：每个成员既是服务器又是客户端，两种角色都出示 \
                 ETCD_PEER_CERT_FILE (--peer-cert-file)。"),
            say(
                "配置分为形式相同的两组，第二组名称中带 PEER。两组互不共享：ETCD_TRUSTED_CA_FILE 检查客户端，ETCD_PEER_TRUSTED_CA_FILE 检查成员，两者可以是不同的 CA。",
            ),
            say(
                "监听器的配置里没有客户端证书。ETCD_CLIENT_CERT_FILE 又是另一回事：它是 etcd 自带网关向本成员出示的证书。",
            ),
        ],
        comparison: "好比有两扇门的商店。顾客走正门：商店出示营业执照（服务器证书），顾客出示会员卡（客户端证书）。供货商走后门：双方互相出示通行证（对等证书）。",
        exam: &[
            "2379：--cert-file、--key-file、--trusted-ca-file。2380：同名选项前加 peer-。",
            "对等证书需要 serverAuth 和 clientAuth。",
            "etcdctl 总是连接 2379，使用客户端证书。",
        ],
    },
};
