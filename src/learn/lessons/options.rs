//! Every TLS option on one page; the table is `learn::OPTIONS`.

use super::{Lesson, Picture, Table, Topic, forward, last, name, run, say, stage, words};

pub(super) static TOPIC: Topic = Topic {
    id: "options",
    aliases: &["flags", "option"],
    picture: Picture::Flow(&[
        stage(
            &[
                words(
                    "one option, three spellings",
                    "1 つのオプション、3 つの書き方",
                    "一个选项，三种写法",
                ),
                name("--trusted-ca-file=/etc/etcd/ca.crt"),
            ],
            forward(words("as a variable", "環境変数では", "写成变量")),
        ),
        stage(
            &[name("ETCD_TRUSTED_CA_FILE=/etc/etcd/ca.crt")],
            forward(words(
                "in --config-file, which switches the other two off",
                "--config-file では (ほかの 2 つは無効になる)",
                "写在 --config-file 中（另外两种失效）",
            )),
        ),
        last(&[name("client-transport-security:"), name("  trusted-ca-file: /etc/etcd/ca.crt")]),
    ]),
    commands: &[
        run(
            "etcd-tls explain --trusted-ca-file",
            words("one option", "個々のオプションの説明", "说明单个选项"),
        ),
        run(
            "etcd-tls explain ETCD_PEER_CERT_FILE",
            words("the same by its variable", "環境変数名でも調べられる", "也可以按变量名查询"),
        ),
        run(
            "etcd --help",
            words("what this release takes", "このリリースで使えるもの", "此版本支持的选项"),
        ),
    ],
    see: &[
        "env",
        "client-peer-server",
        "config-name-unknown",
        "config-key-misplaced",
        "config-shadowed",
    ],
    table: Some(Table::Options),
    here: None,
    en: Lesson {
        title: "Every TLS option of etcd, etcdctl and kube-apiserver",
        passages: &[
            say(
                "etcd's options come in two sets, for clients and for members; the second has peer- in front. --client-cert-auth is the switch for mTLS, and --trusted-ca-file turns it on as well.",
            ),
            say(
                "In a --config-file the TLS options stand in the sections client-transport-security and peer-transport-security, without peer-. Outside of them etcd passes over them without a word.",
            ),
        ],
        comparison: "The form at city hall exists on paper, at the counter and online. It asks the same questions; but hand in one of them only.",
        exam: &[
            "In a static pod the options stand under command: in the manifest; no quotes around values.",
            "Change one, save, and wait: the kubelet restarts the pod.",
            "crictl ps -a and crictl logs tell why it does not come up.",
        ],
    },
    ja: Lesson {
        title: "etcd、etcdctl、kube-apiserver のすべての TLS オプション",
        passages: &[
            say("etcd のオプションはクライアント向けとメンバー間の 2 組で、後者には peer- が付き\
                 ます。mTLS のスイッチは --client-cert-auth ですが、--trusted-ca-file を指定して\
                 も有効になります。"),
            say(
                "--config-file では、TLS のオプションを client-transport-security と peer-transport-security の中に、peer- なしで書きます。その外に書いたものは警告なしに無視されます。",
            ),
        ],
        comparison: "市役所の届け出に、紙、窓口、オンラインの 3 つの方法があるようなものです。聞\
              かれることは同じですが、出すのは 1 つだけにします。",
        exam: &[
            "static Pod ではマニフェストの command: の下に書く。値を引用符で囲まない。",
            "変更して保存したら待つ。kubelet が Pod を再起動する。",
            "起動しない理由は crictl ps -a と crictl logs でわかる。",
        ],
    },
    zh: Lesson {
        title: "etcd、etcdctl 和 kube-apiserver 的所有 TLS 选项",
        passages: &[
            say(
                "etcd 的选项分两组，一组面向客户端，一组用于成员之间，后者带 peer- 前缀。mTLS 的开关是 --client-cert-auth，而指定 --trusted-ca-file 也会启用它。",
            ),
            say(
                "在 --config-file 中，TLS 选项写在 client-transport-security 和 peer-transport-security 两节里，不带 peer-。写在外面的会被静默忽略。",
            ),
        ],
        comparison: "好比市政厅的同一份申请，可以交纸质表、去柜台或在线提交。内容一样，但只交一份。",
        exam: &[
            "静态 Pod 的选项写在清单的 command: 之下，值不要加引号。",
            "修改保存后等待，kubelet 会重启该 Pod。",
            "起不来的原因看 crictl ps -a 和 crictl logs。",
        ],
    },
};
