//! The three files of every client, and which of them checks whom.

use super::super::Here;
use super::{Lesson, Picture, Topic, back, forward, name, run, say, words};

pub(super) static TOPIC: Topic = Topic {
    id: "cacert-cert-key",
    aliases: &["three-files", "ca-cert-key"],
    picture: Picture::Exchange {
        left: &[
            words("you (etcdctl)", "自分 (etcdctl)", "你 (etcdctl)"),
            words("--cacert  checks them", "--cacert  相手を確かめる", "--cacert  检查对方"),
            words("--cert    names you", "--cert    自分を名乗る", "--cert    表明身份"),
            words("--key     proves it", "--key     それを証明する", "--key     加以证明"),
        ],
        right: &[name("etcd"), name("server.crt"), name("ca.crt")],
        arrows: &[
            back(words(
                "server.crt: --cacert decides",
                "server.crt を --cacert で検証",
                "server.crt 由 --cacert 判断",
            )),
            forward(words(
                "--cert: its ca.crt decides",
                "--cert を相手の ca.crt で検証",
                "--cert 由对方的 ca.crt 判断",
            )),
            forward(words("signature by --key", "--key による署名", "--key 的签名")),
        ],
    },
    commands: &[
        run(
            "openssl verify -CAfile CACERT SERVER.crt",
            words(
                "whether --cacert leads to the server's certificate",
                "--cacert でサーバー証明書を検証できるか",
                "--cacert 能否验证服务器证书",
            ),
        ),
        run(
            "openssl x509 -in CERT -noout -pubkey | sha256sum; openssl pkey -in KEY -pubout | sha256sum",
            words(
                "the same sum twice: the key belongs to the certificate",
                "同じ値なら、鍵と証明書は対になっている",
                "两次结果相同即私钥与证书配对",
            ),
        ),
        run(
            "etcd-tls inspect CERT KEY",
            words("the same in words", "同じことを言葉で表示する", "用文字说明同样的内容"),
        ),
    ],
    see: &["files", "wrong-ca-file", "key-mismatch", "flags-swapped"],
    table: None,
    here: Some(Here::Client),
    en: Lesson {
        title: "--cacert, --cert, --key: one checks the other side, two prove your own",
        passages: &[
            say(
                "--cacert holds the certificate of the CA that issued the server's certificate. It is public, and it says nothing about you. --cert is your own certificate, also public. --key is your private key, the only secret of the three.",
            ),
            say(
                "--cert and --key belong together: the public half of the key stands in the certificate. --cacert belongs to the other side: your own certificate may come from another CA, as long as the server trusts that one.",
            ),
        ],
        comparison: "At the border: --cacert is the list of countries whose passports you accept, --cert is your passport, --key is your face. Holding up the list instead of the passport (--cert ca.crt) gets nobody across.",
        exam: &[
            "kubeadm: --cacert /etc/kubernetes/pki/etcd/ca.crt, not /etc/kubernetes/pki/ca.crt.",
            "kubeadm: --cert and --key from /etc/kubernetes/pki/etcd/ (server.* or healthcheck-client.*).",
            "The paths stand in /etc/kubernetes/manifests/etcd.yaml: grep file there.",
        ],
    },
    ja: Lesson {
        title: "--cacert、--cert、--key: 1 つは相手を確かめ、2 つは自分を証明する",
        passages: &[
            say("--cacert はサーバー証明書を発行した CA の証明書です。公開してよいもので、自分に\
                 ついては何も示しません。--cert は自分の証明書で、これも公開されます。--key は自\
                 分の秘密鍵で、3 つのうち秘密にするのはこれだけです。"),
            say(
                "--cert と --key は対になっていて、鍵の公開側が証明書に入っています。--cacert は相手側のものです。サーバーが信頼していれば、自分の証明書は別の CA のものでもかまいません。",
            ),
        ],
        comparison: "入国審査にたとえると、--cacert は「どの国のパスポートを認めるか」の一覧、--cert は自分のパスポート、--key は自分の顔です。パスポートの代わりに一覧を出しても (--cert ca.crt) 通れません。",
        exam: &[
            "kubeadm の --cacert は /etc/kubernetes/pki/etcd/ca.crt。/etc/kubernetes/pki/ca.crt ではない。",
            "kubeadm の --cert と --key は /etc/kubernetes/pki/etcd/ にある (server.* か healthcheck-client.*)。",
            "パスは /etc/kubernetes/manifests/etcd.yaml に書いてある。grep file で調べる。",
        ],
    },
    zh: Lesson {
        title: "--cacert、--cert、--key：一个检查对方，两个证明自己",
        passages: &[
            say(
                "--cacert 是签发服务器证书的 CA 的证书，可以公开，与你的身份无关。--cert 是你自己的证书，同样可以公开。--key 是你的私钥，三者中只有它是秘密。",
            ),
            say(
                "--cert 与 --key 配对：私钥对应的公钥写在证书里。--cacert 属于对方：只要服务器信任，你自己的证书可以由另一个 CA 签发。",
            ),
        ],
        comparison: "好比过境：--cacert 是“认可哪些国家护照”的清单，--cert 是你的护照，--key 是你的脸。把清单当护照出示（--cert ca.crt）是过不去的。",
        exam: &[
            "kubeadm 的 --cacert 是 /etc/kubernetes/pki/etcd/ca.crt，不是 /etc/kubernetes/pki/ca.crt。",
            "kubeadm 的 --cert 和 --key 在 /etc/kubernetes/pki/etcd/（server.* 或 healthcheck-client.*）。",
            "路径写在 /etc/kubernetes/manifests/etcd.yaml 中，用 grep file 查找。",
        ],
    },
};
