//! The section `peer-transport-security`: the same among members, on port 2380. Here every member is server and client.

use super::{HALF_A_PAIR, Program::Etcd, TlsOption, option, words};

pub(super) const OPTIONS: &[TlsOption] = &[
    option(
        Etcd,
        "peer-cert-file",
        &[],
        words(
            "the certificate that a member shows to members, as server and as client, on port 2380",
            "2380 番ポートでメンバー同士が提示し合う証明書 (サーバーとしてもクライアントとしても)",
            "成员之间在 2380 端口互相出示的证书（既作服务器又作客户端）",
        ),
        words(
            "It lacks serverAuth or clientAuth, or the address that other members see is not in its SAN.",
            "serverAuth か clientAuth がない、またはほかのメンバーから見える接続元アドレスが SAN にない。",
            "缺少 serverAuth 或 clientAuth，或 SAN 不含其他成员看到的来源地址。",
        ),
        &["peer-eku-incomplete", "peer-san-mismatch", "peer-cert-expired"],
    ),
    option(
        Etcd,
        "peer-key-file",
        &[],
        words(
            "the private key of --peer-cert-file",
            "--peer-cert-file の秘密鍵",
            "--peer-cert-file 的私钥",
        ),
        words(
            "The server's key was written here: two files of similar names were exchanged.",
            "名前の似たサーバー側の鍵が指定されている。",
            "误写成名称相近的服务器私钥。",
        ),
        &["key-mismatch"],
    ),
    option(
        Etcd,
        "peer-client-cert-auth",
        &[],
        words(
            "a member that dials has to show a certificate",
            "接続してくるメンバーに証明書を求める",
            "要求连接过来的成员出示证书",
        ),
        words(
            "Left off, anyone who reaches port 2380 can join in the cluster's traffic.",
            "無効のままだと、2380 番ポートに届く誰もがクラスター内の通信に加われます。",
            "若不启用，任何能访问 2380 端口的人都能参与集群内部通信。",
        ),
        &["peer-auth-off"],
    ),
    option(
        Etcd,
        "peer-trusted-ca-file",
        &[],
        words(
            "the CAs whose peer certificates this member accepts",
            "このメンバーが受け入れるピア証明書の CA",
            "本成员接受哪些 CA 签发的对等证书",
        ),
        words(
            "Members were given different CAs, or the file was changed without a restart.",
            "メンバーごとに CA が異なる、または変更後に再起動していない。",
            "各成员的 CA 不同，或修改后没有重启。",
        ),
        &["peer-ca-missing", "peer-ca-mismatch"],
    ),
    option(
        Etcd,
        "peer-crl-file",
        &[],
        words(
            "the list of revoked peer certificates",
            "失効させたピア証明書の一覧 (CRL)",
            "已吊销的对等证书列表 (CRL)",
        ),
        words(
            "As --client-crl-file: DER for 3.6 and later, and a missing file refuses every peer.",
            "--client-crl-file と同じく、3.6 以降は DER。ファイルがないとすべてのピアが拒否されます。",
            "与 --client-crl-file 相同：3.6 及以上为 DER，缺失时所有对等成员都会被拒绝。",
        ),
        &["crl-missing"],
    ),
    option(
        Etcd,
        "peer-cert-allowed-cn",
        &[],
        words(
            "peers have to have one of these common names; several since 3.5.15 and 3.6.0",
            "ピア証明書の CN がこのどれかであること。複数指定は 3.5.15 と 3.6.0 から",
            "对等证书的 CN 必须是其中之一；自 3.5.15 和 3.6.0 起可写多个",
        ),
        words(
            "It excludes --peer-cert-allowed-hostname: with both etcd does not start.",
            "--peer-cert-allowed-hostname とは併用できず、両方あると etcd は起動しません。",
            "不能与 --peer-cert-allowed-hostname 同时使用，否则 etcd 无法启动。",
        ),
        &["peer-cn-not-allowed", "config-options-exclusive"],
    ),
    option(
        Etcd,
        "peer-cert-allowed-hostname",
        &[],
        words(
            "peers have to list one of these names in the SAN; several since 3.5.15 and 3.6.0",
            "ピア証明書の SAN にこの名前のどれかがあること。複数指定は 3.5.15 と 3.6.0 から",
            "对等证书的 SAN 必须包含其中一个名称；自 3.5.15 和 3.6.0 起可写多个",
        ),
        words(
            "One member's certificate has no such name, and it alone falls out of the cluster.",
            "ある 1 つのメンバーの証明書にだけ名前がなく、そのメンバーだけがクラスターから外れる。",
            "若某个成员的证书不含该名称，只有该成员会脱离集群。",
        ),
        &["peer-hostname-not-allowed", "config-options-exclusive"],
    ),
    option(
        Etcd,
        "peer-client-cert-file",
        &[[3, 5, 0]],
        words(
            "the certificate with which a member dials members, instead of --peer-cert-file",
            "メンバーがほかのメンバーに接続するときの証明書 (--peer-cert-file の代わり)",
            "成员连接其他成员时使用的证书，代替 --peer-cert-file",
        ),
        words(
            "It needs clientAuth; --peer-cert-file then needs serverAuth only.",
            "clientAuth が必要です。その場合 --peer-cert-file は serverAuth だけで足ります。",
            "需要 clientAuth；此时 --peer-cert-file 只需要 serverAuth。",
        ),
        &["peer-eku-incomplete"],
    ),
    option(
        Etcd,
        "peer-client-key-file",
        &[[3, 5, 0]],
        words(
            "the private key of --peer-client-cert-file",
            "--peer-client-cert-file の秘密鍵",
            "--peer-client-cert-file 的私钥",
        ),
        HALF_A_PAIR,
        &["config-incomplete"],
    ),
    option(
        Etcd,
        "peer-auto-tls",
        &[],
        words(
            "members make themselves self-signed certificates when --peer-cert-file is not given",
            "--peer-cert-file がないとき、メンバーが自己署名証明書を自分で作る",
            "未指定 --peer-cert-file 时，成员自行生成自签名证书",
        ),
        words(
            "The traffic is encrypted, but nobody's identity is proved.",
            "通信は暗号化されますが、相手が誰かは証明されません。",
            "通信会被加密，但无法证明任何一方的身份。",
        ),
        &["auto-tls"],
    ),
    TlsOption {
        former: Some("experimental-peer-skip-client-san-verification"),
        ..option(
            Etcd,
            "peer-skip-client-san-verification",
            &[[3, 6, 0]],
            words(
                "does not hold the address that a peer dials from to its certificate's SAN",
                "接続元アドレスとピア証明書の SAN を照合しない",
                "不将对等成员的来源地址与其证书的 SAN 比对",
            ),
            words(
                "Needed behind NAT. Up to 3.5 it is called --experimental-peer-skip-client-san-verification, a name that 3.7 no longer takes.",
                "NAT の背後では必要です。3.5 までの名前は --experimental-peer-skip-client-san-verification で、3.7 では使えません。",
                "位于 NAT 之后时需要。3.5 及以前名为 --experimental-peer-skip-client-san-verification，3.7 不再接受该名称。",
            ),
            &["peer-san-mismatch"],
        )
    },
];
