//! Revocation as etcd does it. etcd `client/pkg/transport/listener_tls.go`.

use super::{Lesson, Picture, Topic, forward, last, name, run, say, stage, words};

pub(super) static TOPIC: Topic = Topic {
    id: "crl",
    aliases: &["revocation", "revoke", "revoked"],
    picture: Picture::Flow(&[
        stage(
            &[
                words(
                    "the CA revokes a serial number",
                    "CA がシリアル番号を失効させる",
                    "CA 吊销一个序列号",
                ),
                name("etcd-tls ca revoke client.crt"),
            ],
            forward(words("writes the list, DER", "一覧を DER で書き出す", "写出 DER 格式的列表")),
        ),
        stage(
            &[
                name("--client-crl-file ca.crl"),
                words(
                    "read again at every connection",
                    "接続のたびに読み直される",
                    "每次连接都会重新读取",
                ),
            ],
            forward(words(
                "is a serial of the client's chain on it?",
                "クライアントのチェーンのシリアル番号があるか",
                "客户端证书链的序列号在列表中吗？",
            )),
        ),
        last(&[
            words("on it: etcd hangs up", "あり: etcd が切断する", "在：etcd 断开连接"),
            words("not on it: let in", "なし: 接続を許可", "不在：放行"),
        ]),
    ]),
    commands: &[
        run(
            "etcd-tls ca revoke --ca-dir ca pki/old.crt && etcd-tls ca crl --ca-dir ca --out ca.crl",
            words(
                "revokes, and writes the list as etcd reads it",
                "失効させ、etcd が読める形で CRL を書き出す",
                "吊销，并按 etcd 能读的格式写出列表",
            ),
        ),
        run(
            "openssl crl -inform DER -in ca.crl -noout -text",
            words("what is on the list", "一覧の内容", "列表内容"),
        ),
        run(
            "openssl crl -in ca.pem -outform DER -out ca.crl",
            words("PEM into DER", "PEM を DER に変換する", "将 PEM 转为 DER"),
        ),
    ],
    see: &["cert-revoked", "crl-missing", "crl-expired", "options"],
    table: None,
    here: None,
    en: Lesson {
        title: "CRL: how etcd learns that a certificate was revoked",
        passages: &[
            say(
                "etcd reads one list of revoked serial numbers, --client-crl-file for clients and --peer-crl-file for members. It compares serial numbers only: neither the list's signature nor its issuer nor its next update is looked at, so keep the file to root.",
            ),
            say(
                "From 3.6 on the list has to be DER; PEM, which most tools write, makes etcd refuse every client that shows a certificate. So does a missing file. An empty list revokes nobody, and is a good start.",
            ),
            say(
                "Nobody else in Kubernetes reads this list. Short-lived certificates need no revocation: they end by themselves.",
            ),
        ],
        comparison: "The list of blocked bank cards at the till. Only the card's number counts; and when the list is lost, this till takes no card at all.",
        exam: &[
            "kubeadm sets up no revocation list.",
            "To lock a client out without one: a new CA, or auth with roles.",
            "The file is read at every connection: no restart.",
        ],
    },
    ja: Lesson {
        title: "CRL: 証明書の失効を etcd に知らせる方法",
        passages: &[
            say(
                "etcd は失効したシリアル番号の一覧を読みます。クライアント用は --client-crl-file、メンバー用は --peer-crl-file です。比べるのはシリアル番号だけで、CRL の署名も発行者も次回更新も見ません。ですからファイルは root だけが書けるようにします。",
            ),
            say(
                "3.6 以降、CRL は DER でなければなりません。多くのツールが書く PEM では、証明書を提示したクライアントがすべて拒否されます。ファイルがない場合も同じです。空の CRL は誰も失効させないので、最初に置いておくとよいでしょう。",
            ),
            say(
                "Kubernetes のほかのコンポーネントはこの一覧を読みません。有効期間の短い証明書なら、自然に切れるので失効の必要がありません。",
            ),
        ],
        comparison: "レジにある使用停止カードの一覧です。見るのはカード番号だけで、一覧をなくしたレジはどのカードも受け付けません。",
        exam: &[
            "kubeadm は CRL を設定しない。",
            "CRL なしで締め出すには、CA を替えるか、ロールによる認証を使う。",
            "ファイルは接続のたびに読まれるので、再起動は不要。",
        ],
    },
    zh: Lesson {
        title: "CRL：如何让 etcd 知道证书已被吊销",
        passages: &[
            say(
                "etcd 读取一份已吊销序列号的列表：客户端用 --client-crl-file，成员用 --peer-crl-file。它只比较序列号，不看列表的签名、颁发者和下次更新时间，因此该文件应只允许 root 修改。",
            ),
            say(
                "从 3.6 起列表必须是 DER 格式；多数工具写出的 PEM 会使所有出示证书的客户端被拒绝，文件缺失也一样。空列表不吊销任何人，适合作为起点。",
            ),
            say("Kubernetes 的其他组件都不读这份列表。短期证书不需要吊销，到期自然失效。"),
        ],
        comparison: "好比收银台的停用卡名单：只看卡号；名单丢了，这个收银台就什么卡都不收。",
        exam: &[
            "kubeadm 不配置吊销列表。",
            "没有列表时，要排除某个客户端，可以更换 CA，或启用认证并使用角色。",
            "文件在每次连接时读取，无需重启。",
        ],
    },
};
