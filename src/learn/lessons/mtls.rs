//! The whole of it: two sides, two certificates, two checks. RFC 8446 §2.

use super::{Lesson, Picture, Topic, back, both, forward, name, run, say, words};

pub(super) static TOPIC: Topic = Topic {
    id: "mtls",
    aliases: &["tls", "mutual-tls", "handshake"],
    picture: Picture::Exchange {
        left: &[
            name("etcdctl"),
            name("--cacert ca.crt"),
            name("--cert client.crt"),
            name("--key client.key"),
        ],
        right: &[
            name("etcd"),
            name("--cert-file server.crt"),
            name("--key-file server.key"),
            name("--trusted-ca-file ca.crt"),
        ],
        arrows: &[
            forward(words("1 hello", "1 あいさつ", "1 打招呼")),
            back(name("2 server.crt")),
            back(words("3 and yours?", "3 あなたは?", "3 你的证书呢？")),
            forward(name("4 client.crt")),
            both(words("5 encrypted", "5 暗号化通信", "5 加密通信")),
        ],
    },
    commands: &[
        run(
            "etcd-tls check -o ladder",
            words(
                "the same ladder for this machine's etcd, with the place where it breaks",
                "このマシンの etcd について同じ手順を表示し、どこで止まるかを示す",
                "针对本机 etcd 显示同样的步骤，并指出断在哪里",
            ),
        ),
        run(
            "openssl s_client -connect 127.0.0.1:2379 -CAfile ca.crt -cert client.crt -key client.key",
            words(
                "the handshake by hand; \"Acceptable client certificate CA names\" is step 3",
                "手動でのハンドシェイク。\"Acceptable client certificate CA names\" が手順 3",
                "手动握手；\"Acceptable client certificate CA names\" 即第 3 步",
            ),
        ),
    ],
    see: &["cacert-cert-key", "client-peer-server", "unknown-authority", "client-cert-required"],
    table: None,
    here: None,
    en: Lesson {
        title: "Mutual TLS: both sides show a certificate and check the other's",
        passages: &[
            say(
                "In ordinary TLS only the server proves who it is. In mutual TLS the client does too. Each side has three things: its own certificate, the private key that belongs to it, and the CA certificate by which it checks the other.",
            ),
            say(
                "Step 2 is checked by the client: does a CA in --cacert lead to server.crt, does its SAN list the name that was dialled, is it in date? Step 4 is checked by the server: does a CA in --trusted-ca-file lead to client.crt, does it carry clientAuth, is it in date, is it revoked?",
            ),
            say(
                "Whoever refuses hangs up with a TLS alert. In TLS 1.3 the server's refusal arrives after the handshake, so etcdctl mostly says only \"context deadline exceeded\". The key itself is never sent: it signs the handshake, which proves that its owner is there.",
            ),
        ],
        comparison: "Two people meet who both carry an identity card from city hall. Each looks at the seal of the city hall (the CA), at the name (SAN) and at the date. The private key is the face: nobody can hand it over, and it proves that the card is yours.",
        exam: &[
            "Three files for a client: --cacert checks the server, --cert and --key prove who you are.",
            "\"certificate signed by unknown authority\" means the side that says it does not know the other's CA.",
            "\"context deadline exceeded\" hides the reason; the server's log and etcd-tls check tell it.",
        ],
    },
    ja: Lesson {
        title: "相互 TLS (mTLS): 双方が証明書を見せ合い、互いに確かめる",
        passages: &[
            say("ふつうの TLS では、自分の身元を証明するのはサーバーだけです。相互 TLS ではクライ\
                 アントも証明します。どちらの側も 3 つのものを持ちます。自分の証明書、それと対に\
                 なる秘密鍵、そして相手を確かめるための CA 証明書です。"),
            say("手順 2 で相手を確かめるのはクライアントです。--cacert の CA から server.crt にた\
                 どり着けるか、接続先の名前が SAN にあるか、期限内かを見ます。手順 4 で相手を確か\
                 めるのはサーバーです。--trusted-ca-file の CA から client.crt にたどり着けるか、\
                 clientAuth があるか、期限内か、失効していないかを見ます。"),
            say(
                "拒否する側は TLS のアラートを送って切断します。TLS 1.3 ではサーバーからの拒否がハンドシェイクの後に届くため、etcdctl には \"context deadline exceeded\" としか出ないことがほとんどです。鍵そのものは決して送られません。ハンドシェイクに署名することで、持ち主本人であることを示します。",
            ),
        ],
        comparison: "市役所が発行した身分証を持つ二人が会う場面です。互いに市役所の印 (CA)、名前 \
              (SAN)、有効期限を確かめます。秘密鍵は本人の顔にあたります。人に渡すことはで\
              きず、その身分証が自分のものであることを示します。",
        exam: &[
            "クライアントのファイルは 3 つ。--cacert は相手を確かめ、--cert と --key は自分を証明する。",
            "\"certificate signed by unknown authority\" は、そう報告した側が相手の CA を知らないという意味。",
            "\"context deadline exceeded\" だけでは理由がわからない。サーバーのログか etcd-tls check で調べる。",
        ],
    },
    zh: Lesson {
        title: "双向 TLS (mTLS)：双方都出示证书，并互相检查",
        passages: &[
            say(
                "普通 TLS 只有服务器证明自己的身份，双向 TLS 中客户端也要证明。每一方都有三样东西：自己的证书、与之配对的私钥，以及用来检查对方的 CA 证书。",
            ),
            say(
                "第 2 步由客户端检查：--cacert 中的 CA 能否验证 server.crt，SAN 是否包含所连接的名称，是否在有效期内。第 4 步由服务器检查：--trusted-ca-file 中的 CA 能否验证 client.crt，是否有 clientAuth，是否在有效期内，是否已被吊销。",
            ),
            say(
                "拒绝的一方发送 TLS 警报后断开。在 TLS 1.3 中，服务器的拒绝在握手之后才到达，所以 \
                 etcdctl 往往只显示 \"context deadline exceeded\"。私钥本身从不发送：它用于对握手\
                 签名，以此证明出示证书的一方确实持有它。",
            ),
        ],
        comparison: "好比两个人见面，都带着市政厅签发的身份证。双方互看市政厅的印章 (CA)、姓名 (SAN) 和有效期。私钥就像本人的脸：无法转交他人，却能证明这张证件是你的。",
        exam: &[
            "客户端需要三个文件：--cacert 检查对方，--cert 和 --key 证明自己。",
            "\"certificate signed by unknown authority\" 表示说这句话的一方不认识对方的 CA。",
            "\"context deadline exceeded\" 隐藏了原因；看服务器日志或用 etcd-tls check。",
        ],
    },
};
