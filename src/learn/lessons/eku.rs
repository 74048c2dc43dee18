//! Extended key usage: as what a certificate may appear. RFC 5280 §4.2.1.12; Go nests the usages of the whole chain.

use super::{Lesson, Picture, Topic, branch, run, say, words};

pub(super) static TOPIC: Topic = Topic {
    id: "eku",
    aliases: &["extended-key-usage", "key-usage", "clientauth", "serverauth"],
    picture: Picture::Tree(&[
        branch(
            0,
            "ca.crt",
            "keyCertSign; better no EKU at all",
            "keyCertSign。EKU はないほうがよい",
            "keyCertSign；最好没有 EKU",
        ),
        branch(
            1,
            "server.crt",
            "serverAuth + clientAuth (gateway)",
            "serverAuth + clientAuth (ゲートウェイ)",
            "serverAuth + clientAuth（网关）",
        ),
        branch(
            1,
            "peer.crt",
            "serverAuth + clientAuth",
            "serverAuth + clientAuth",
            "serverAuth + clientAuth",
        ),
        branch(1, "client.crt", "clientAuth", "clientAuth", "clientAuth"),
    ]),
    commands: &[
        run(
            "openssl x509 -in CERT -noout -ext extendedKeyUsage,keyUsage",
            words("what a certificate may be used as", "証明書の用途", "证书允许的用途"),
        ),
        run(
            "etcd-tls verify --cacert ca.crt --cert client.crt --usage client",
            words(
                "whether etcd would take it from a client",
                "etcd がクライアント証明書として受け入れるか",
                "etcd 是否接受它作为客户端证书",
            ),
        ),
    ],
    see: &[
        "client-eku-missing",
        "server-eku-missing",
        "peer-eku-incomplete",
        "gateway-eku-missing",
    ],
    table: None,
    here: None,
    en: Lesson {
        title: "EKU: serverAuth and clientAuth, the roles that a certificate may play",
        passages: &[
            say(
                "Extended key usage lists roles. Who accepts a connection needs serverAuth, who dials needs clientAuth. A certificate without the extension may be used for anything.",
            ),
            say(
                "Members dial and are dialled, so peer.crt needs both. server.crt needs clientAuth because etcd's gateway dials its own member with it; --client-cert-file (3.5 and later) takes that burden off it.",
            ),
            say(
                "Go looks at the whole chain: a CA that has an EKU restricts all certificates below it to those roles.",
            ),
        ],
        comparison: "A driving licence with classes. Class B does not let you drive a lorry, however real the licence is; and a school that may train for class B only gives no class C.",
        exam: &[
            "\"certificate specifies an incompatible key usage\": an EKU is missing.",
            "kubeadm's server.crt has both roles: it works with etcdctl.",
            "In openssl it stands in extendedKeyUsage = serverAuth, clientAuth.",
        ],
    },
    ja: Lesson {
        title: "EKU: serverAuth と clientAuth、証明書が果たせる役割",
        passages: &[
            say(
                "拡張鍵用途 (EKU) は役割の一覧です。接続を受ける側には serverAuth、接続する側には clientAuth が必要です。この拡張がない証明書は何にでも使えます。",
            ),
            say(
                "メンバーは接続もし、接続も受けるので、peer.crt には両方が必要です。server.crt に clientAuth が要るのは、etcd のゲートウェイがこれで自分のメンバーに接続するからです。--client-cert-file (3.5 以降) を指定すれば不要になります。",
            ),
            say(
                "Go は証明書チェーン全体を見ます。CA に EKU があると、その下のすべての証明書がその役割に限られます。",
            ),
        ],
        comparison: "種別のある運転免許証です。本物の免許でも、普通免許で大型トラックは運転できません。普通免許しか扱えない教習所が大型免許を出すこともできません。",
        exam: &[
            "\"certificate specifies an incompatible key usage\" は EKU の不足。",
            "kubeadm の server.crt には両方の役割があり、etcdctl でも使える。",
            "openssl では extendedKeyUsage = serverAuth, clientAuth と書く。",
        ],
    },
    zh: Lesson {
        title: "EKU：serverAuth 与 clientAuth，证书可以扮演的角色",
        passages: &[
            say("扩展密钥用途 (EKU) 是一份角色列表。接受连接的一方需要 serverAuth，发起连接的一方\
                 需要 clientAuth。没有该扩展的证书可用于任何用途。"),
            say(
                "成员既发起又接受连接，所以 peer.crt 两者都要。server.crt 需要 clientAuth，是因为 etcd 的网关用它连接本成员；设置 --client-cert-file（3.5 及以上）后就不再需要。",
            ),
            say("Go 检查整条证书链：CA 若带有 EKU，其下所有证书都只限于这些角色。"),
        ],
        comparison: "好比分类别的驾照。驾照再真，小型车驾照也不能开大货车；只能培训小型车的驾校也发不了大型车驾照。",
        exam: &[
            "\"certificate specifies an incompatible key usage\"：缺少 EKU。",
            "kubeadm 的 server.crt 两种角色都有，可用于 etcdctl。",
            "在 openssl 中写作 extendedKeyUsage = serverAuth, clientAuth。",
        ],
    },
};
