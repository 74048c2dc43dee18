//! Users behind certificates: the common name is the user. etcd `server/auth/store.go`, `AuthInfoFromTLS`.

use super::{Lesson, Picture, Topic, forward, last, name, run, say, stage, words};

pub(super) static TOPIC: Topic = Topic {
    id: "auth",
    aliases: &["user", "users", "roles", "rbac", "authentication"],
    picture: Picture::Flow(&[
        stage(
            &[words("client certificate", "クライアント証明書", "客户端证书"), name("CN=backup")],
            forward(words("mTLS: may it come in?", "mTLS: 入ってよいか", "mTLS：可以进来吗？")),
        ),
        stage(
            &[words("etcd user", "etcd のユーザー", "etcd 用户"), name("backup")],
            forward(words("auth: what may it do?", "認証: 何をしてよいか", "auth：可以做什么？")),
        ),
        last(&[words("roles", "ロール", "角色"), name("root | read /registry/")]),
    ]),
    commands: &[
        run(
            "openssl x509 -in client.crt -noout -subject",
            words(
                "the name that etcd takes for the user",
                "etcd がユーザー名とみなす名前",
                "etcd 视为用户的名称",
            ),
        ),
        run(
            "etcdctl auth status",
            words(
                "whether auth is on (3.5 and later)",
                "認証が有効か (3.5 以降)",
                "是否启用认证（3.5 及以上）",
            ),
        ),
        run(
            "etcdctl user add backup --no-password && etcdctl user grant-role backup root",
            words(
                "a user for certificates only, with the role a snapshot needs",
                "証明書専用のユーザーに、スナップショットに必要なロールを与える",
                "仅用证书登录的用户，并授予快照所需的角色",
            ),
        ),
    ],
    see: &["auth-user-missing", "auth-permission-denied", "auth-cn-ignored", "gateway"],
    table: None,
    here: None,
    en: Lesson {
        title: "auth: after the certificate comes the user",
        passages: &[
            say(
                "mTLS decides who gets in. Without etcd's own auth that is all: whoever has a certificate of the trusted CA may read and write everything, whatever the certificate's name. kubeadm leaves it so.",
            ),
            say(
                "With `auth enable` each request needs a user. With --client-cert-auth the certificate's common name is that user, unless --user names another. The user has to exist and needs roles; snapshots, auth and member changes need the role root.",
            ),
            say(
                "Through the HTTP gateway and through a grpc-proxy the name of the client is not seen: etcd sees the gateway's certificate and refuses to take its name for the user.",
            ),
        ],
        comparison: "The hotel's front door opens for every guest's card (mTLS). The name on the card decides which rooms it opens (roles), once the hotel has switched its room locks on (auth enable).",
        exam: &[
            "\"permission denied\" comes after TLS: certificates are fine, the role is missing.",
            "CN of the client certificate = etcd user.",
            "Kubernetes' RBAC and etcd's auth have nothing to do with one another.",
        ],
    },
    ja: Lesson {
        title: "auth: 証明書の次はユーザー",
        passages: &[
            say("mTLS は誰を中に入れるかを決めます。etcd の認証が無効なら、確認はそれだけです。信\
                 頼された CA が発行した証明書を持つ者は、証明書の名前にかかわらず何でも読み書きで\
                 きます。kubeadm はこの状態のままです。"),
            say(
                "`auth enable` を実行すると、リクエストごとにユーザーが必要になります。--client-cert-auth が有効なら、--user がない限り証明書の CN がユーザー名です。そのユーザーが存在し、ロールを持っていなければなりません。スナップショット、認証、メンバーの変更には root ロールが必要です。",
            ),
            say("gRPC ゲートウェイや grpc-proxy を経由するとクライアントの名前は見えません。etcd \
                 から見えるのはゲートウェイの証明書で、その名前をユーザーとはみなしません。"),
        ],
        comparison: "ホテルの玄関はどの宿泊客のカードでも開きます (mTLS)。客室の錠を有効にすると (auth enable)、カードの名前によって開く部屋 (ロール) が決まります。",
        exam: &[
            "\"permission denied\" は TLS より後の話。証明書は正しく、ロールが足りない。",
            "クライアント証明書の CN = etcd のユーザー名。",
            "Kubernetes の RBAC と etcd の認証は無関係。",
        ],
    },
    zh: Lesson {
        title: "auth：证书之后还有用户",
        passages: &[
            say(
                "mTLS 决定谁能进来。如果没有启用 etcd 自身的认证，到此为止：持有受信任 CA 所签证书的人，无论证书上是什么名称，都能读写一切。kubeadm 就是这种状态。",
            ),
            say("执行 `auth enable` 之后，每个请求都需要用户。启用 --client-cert-auth 时，证书的 \
                 CN 就是用户，除非用 --user 指定别的。该用户必须存在并拥有角色；获取快照、管理认\
                 证和变更成员需要 root 角色。"),
            say(
                "经过 HTTP 网关或 grpc-proxy 时看不到客户端的名称：etcd 看到的是网关的证书，并且不会把它的名称当作用户。",
            ),
        ],
        comparison: "好比酒店：大门对每位客人的房卡都开 (mTLS)；启用客房门锁之后 (auth enable)，卡上的名字决定能开哪些房间（角色）。",
        exam: &[
            "\"permission denied\" 出现在 TLS 之后：证书没问题，缺的是角色。",
            "客户端证书的 CN = etcd 用户名。",
            "Kubernetes 的 RBAC 与 etcd 的认证互不相干。",
        ],
    },
};
