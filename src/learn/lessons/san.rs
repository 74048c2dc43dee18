//! Names in certificates: which are compared with what. RFC 9525 §6; etcd `client/pkg/transport/listener_tls.go` for peers.

use super::{Lesson, Picture, Topic, back, forward, name, run, say, words};

pub(super) static TOPIC: Topic = Topic {
    id: "san",
    aliases: &["sans", "subject-alt-name", "subjectaltname", "cn"],
    picture: Picture::Exchange {
        left: &[
            words("you dial", "接続先", "连接目标"),
            name("https://10.0.0.7:2379"),
            words("looked for: IP 10.0.0.7", "探すもの: IP 10.0.0.7", "查找：IP 10.0.0.7"),
        ],
        right: &[
            name("server.crt"),
            name("SAN  DNS:master-1"),
            name("     IP:10.0.0.7"),
            words("CN   not looked at", "CN   見ない", "CN   不查看"),
        ],
        arrows: &[
            forward(words("I want 10.0.0.7", "10.0.0.7 に用がある", "我找 10.0.0.7")),
            back(words("my names: SAN", "自分の名前: SAN", "我的名称：SAN")),
        ],
    },
    commands: &[
        run(
            "openssl x509 -in server.crt -noout -ext subjectAltName",
            words("the names of a file", "ファイルにある名前", "文件中的名称"),
        ),
        run(
            "etcd-tls inspect https://127.0.0.1:2379",
            words("the names that the server shows", "サーバーが提示する名前", "服务器出示的名称"),
        ),
        run(
            "etcd-tls ca issue server etcd-0 --ca-dir ca --san 10.0.0.7 --san etcd-0.etcd.svc",
            words(
                "a certificate with these names",
                "これらの名前を持つ証明書を発行する",
                "签发包含这些名称的证书",
            ),
        ),
    ],
    see: &["server-san-mismatch", "cert-no-san", "san-ip-as-dns", "peer-san-mismatch"],
    table: None,
    here: None,
    en: Lesson {
        title: "SAN: the names under which a server may be dialled",
        passages: &[
            say(
                "A client compares the host of the endpoint with the subjectAltName entries: an IP address with IP entries only, a name with DNS entries only. The common name (CN) does not count since Go 1.15. Dial another name, and the certificate is wrong for it even though nothing else is.",
            ),
            say(
                "A server certificate should list every advertised client URL's host, localhost, 127.0.0.1 and ::1, and the service names in Kubernetes. A client certificate needs no SAN at all.",
            ),
            say(
                "Among members it runs the other way round too: the listener holds the address that the peer dials from to the SAN of the peer's certificate. Without any SAN it lets everybody pass; behind NAT it sees an address that no certificate lists.",
            ),
        ],
        comparison: "A hotel guest asks at the desk for \"room 7\" or for \"Ms Sato\". The desk looks into the register under exactly that word. That Ms Sato lives in room 7 helps only if both stand there.",
        exam: &[
            "\"certificate is valid for A, not B\": dial A, or reissue with B in the SAN.",
            "An IP address has to be entered as IP, not as DNS.",
            "CN is for etcd's user names, never for host names.",
        ],
    },
    ja: Lesson {
        title: "SAN: サーバーに接続するときに使える名前",
        passages: &[
            say("クライアントはエンドポイントのホストを subjectAltName と照合します。IP アドレス\
                 は IP 型の項目とだけ、名前は DNS 型の項目とだけ比べます。CN は Go 1.15 以降では\
                 参照されません。別の名前で接続すると、ほかに何の問題がなくてもその証明書は通りま\
                 せん。"),
            say(
                "サーバー証明書には、公開するクライアント URL のホスト、localhost、127.0.0.1、::1、Kubernetes の Service 名を入れます。クライアント証明書に SAN は要りません。",
            ),
            say("メンバー間では逆向きの照合もあります。待ち受ける側が、接続元のアドレスをピア証明\
                 書の SAN と照合します。SAN がまったくなければ誰でも通り、NAT の背後にあるメンバー\
                 は、どの証明書にもないアドレスから接続してきたように見えます。"),
        ],
        comparison: "ホテルのフロントで「7 号室」または「佐藤さん」を尋ねるようなものです。フロントは言われたとおりの言葉を名簿で探します。佐藤さんが 7 号室にいることは、両方が書いてあって初めて役に立ちます。",
        exam: &[
            "\"certificate is valid for A, not B\" が出たら、A に接続するか、SAN に B を入れて再発行する。",
            "IP アドレスは DNS 型ではなく IP 型で入れる。",
            "CN は etcd のユーザー名に使うもので、ホスト名には使われない。",
        ],
    },
    zh: Lesson {
        title: "SAN：可以用哪些名称连接服务器",
        passages: &[
            say(
                "客户端把端点的主机与 subjectAltName 比对：IP 地址只与 IP 类型的条目比，名称只与 DNS 类型的条目比。自 Go 1.15 起不再看通用名 (CN)。换一个名称连接，即使其他一切正常，证书也不匹配。",
            ),
            say(
                "服务器证书应列出每个公布的客户端 URL 的主机、localhost、127.0.0.1、::1，以及 Kubernetes 中的 Service 名称。客户端证书不需要 SAN。",
            ),
            say(
                "成员之间还有反方向的检查：监听方把对等成员的来源地址与其证书的 SAN 比对。完全没有 SAN 时一律放行；在 NAT 之后，看到的地址不在任何证书里。",
            ),
        ],
        comparison: "好比在酒店前台询问“7 号房”或“王女士”。前台只按你说的词在登记簿里查找。王女士\
              住在 7 号房这件事，只有两项都登记了才有用。",
        exam: &[
            "\"certificate is valid for A, not B\"：改连 A，或在 SAN 中加入 B 重新签发。",
            "IP 地址必须写成 IP 类型，而不是 DNS 类型。",
            "CN 用于 etcd 的用户名，从不用于主机名。",
        ],
    },
};
