//! What a CA is, and why a name alone makes none. RFC 5280 §6.

use super::{Lesson, Picture, Topic, branch, run, say, words};

pub(super) static TOPIC: Topic = Topic {
    id: "ca",
    aliases: &["certificate-authority", "chain", "trust", "trust-anchor"],
    picture: Picture::Tree(&[
        branch(
            0,
            "ca.crt + ca.key",
            "signs itself: the trust anchor",
            "自分に署名: トラストアンカー",
            "自签名：信任锚",
        ),
        branch(
            1,
            "intermediate.crt",
            "may sign in its name (optional)",
            "代わりに署名する (任意)",
            "可代为签发（可选）",
        ),
        branch(2, "server.crt", "signed by the intermediate", "中間 CA の署名", "由中间 CA 签发"),
        branch(1, "client.crt", "signed by the CA itself", "CA 自身の署名", "由 CA 直接签发"),
    ]),
    commands: &[
        run(
            "etcd-tls verify --cacert ca.crt --cert server.crt --host 10.0.0.7",
            words(
                "Go's verdict, and every path tried",
                "Go の判定と、試したすべての検証経路",
                "Go 的判定以及尝试过的每条路径",
            ),
        ),
        run(
            "etcd-tls scan /etc/kubernetes/pki",
            words("who signed whom", "誰が誰に署名したか", "谁签发了谁"),
        ),
        run(
            "etcd-tls ca init --ca-dir ca --cn etcd-ca",
            words("a new CA", "新しい CA を作る", "新建 CA"),
        ),
    ],
    see: &["unknown-authority", "ca-regenerated", "missing-intermediate", "self-signed-leaf"],
    table: None,
    here: None,
    en: Lesson {
        title: "CA: whoever signs certificates, and why you trust it",
        passages: &[
            say(
                "A certificate authority is a key that signs certificates, and a certificate of its own that others keep to check those signatures. What a program trusts is the list it was given: --cacert for clients, --trusted-ca-file for etcd.",
            ),
            say(
                "The name of a CA proves nothing; its signature does. A CA that is generated again under the same name has another key, and all that the old one signed is refused.",
            ),
            say(
                "With an intermediate CA between, the server has to send the intermediate along: its file holds the server's certificate first, the intermediate after it. The trust anchor itself is never sent.",
            ),
        ],
        comparison: "City hall issues identity cards with its seal. You know the seal, so you trust the cards. A new seal that looks alike but was cut again makes all older cards worthless.",
        exam: &[
            "ca.key is needed to sign only: keep it off the nodes when you can.",
            "openssl verify -CAfile ca.crt server.crt has to say OK.",
            "Never run `ca init` again to renew a certificate: renew the certificate.",
        ],
    },
    ja: Lesson {
        title: "CA: 証明書に署名する者と、それを信頼する理由",
        passages: &[
            say("認証局 (CA) は、証明書に署名する鍵と、その署名を確かめるためにほかの人に渡してお\
                 く CA 自身の証明書からなります。プログラムが信頼するのは渡された一覧だけです。ク\
                 ライアントなら --cacert、etcd なら --trusted-ca-file です。"),
            say("CA の名前は何の証明にもならず、証明になるのは署名だけです。同じ名前で作り直した \
                 CA は鍵が違うため、前の CA が署名したものはすべて拒否されます。"),
            say(
                "中間 CA がある場合、サーバーは中間証明書も送らなければなりません。ファイルにはサーバー証明書を先に、中間証明書をその後に入れます。トラストアンカー自身は送りません。",
            ),
        ],
        comparison: "市役所は印を押した身分証を発行します。その印を知っているから身分証を信じられます。見た目が同じでも彫り直した印に替われば、それまでの身分証はすべて通用しなくなります。",
        exam: &[
            "ca.key が必要なのは署名するときだけ。できればノードに置かない。",
            "openssl verify -CAfile ca.crt server.crt が OK になること。",
            "証明書の更新のために CA を作り直してはいけない。証明書だけを更新する。",
        ],
    },
    zh: Lesson {
        title: "CA：谁签发证书，为什么信任它",
        passages: &[
            say(
                "证书颁发机构 (CA) 是一把用来签发证书的密钥，外加它自己的一张证书，供他人验证签名。\
                 程序只信任交给它的 CA 列表：客户端是 --cacert，etcd 是 --trusted-ca-file。",
            ),
            say(
                "CA 的名称不能证明任何事，签名才能。用同样的名称重新生成的 CA，密钥已经不同，旧 CA 签发的一切都会被拒绝。",
            ),
            say(
                "如果中间还有中间 CA，服务器必须一并发送中间证书：文件里先是服务器证书，后是中间证书。信任锚本身从不发送。",
            ),
        ],
        comparison: "好比市政厅签发盖章的身份证。你认识这枚印章，所以相信证件。印章若重新刻过，即使看上去一样，以前的证件也全部作废。",
        exam: &[
            "ca.key 只在签发时需要，尽量不要放在节点上。",
            "openssl verify -CAfile ca.crt server.crt 必须显示 OK。",
            "为证书续期时不要重建 CA，只续期证书本身。",
        ],
    },
};
