//! The variables of etcdctl, of etcd, and of others with the same names.

use super::{Here, Lesson, Picture, Topic, forward, last, name, run, say, stage, words};

pub(super) static TOPIC: Topic = Topic {
    id: "env",
    aliases: &["environment", "variables", "ETCDCTL_API", "etcdctl-api"],
    picture: Picture::Flow(&[
        stage(
            &[
                words("on the command line", "コマンドライン", "命令行"),
                name("etcdctl --cacert ca.crt endpoint health"),
            ],
            forward(words("where it says nothing", "指定がなければ", "未指定时")),
        ),
        stage(
            &[
                words("in the environment", "環境変数", "环境变量"),
                name("export ETCDCTL_CACERT=ca.crt"),
            ],
            forward(words("where that says nothing", "それもなければ", "也未指定时")),
        ),
        last(&[words("built in", "既定値", "默认值"), name("127.0.0.1:2379, TLS off")]),
    ]),
    commands: &[
        run(
            "eval \"$(etcd-tls env)\"",
            words(
                "sets what etcdctl needs on this machine, tried first",
                "このマシンで etcdctl に必要な変数を、動作を確かめたうえで設定する",
                "设置本机 etcdctl 所需的变量（已经过测试）",
            ),
        ),
        run(
            "env | grep ETCDCTL_",
            words("what is set now", "いま設定されているもの", "当前已设置的变量"),
        ),
        run(
            "unset ${!ETCDCTL_*}",
            words("forgets all of them (bash)", "すべて消す (bash)", "全部清除 (bash)"),
        ),
    ],
    see: &["options", "config-shadowed", "config-conflict"],
    table: None,
    here: Some(Here::Environment),
    en: Lesson {
        title: "Environment variables: ETCDCTL_ for the client, ETCD_ for the server",
        passages: &[
            say(
                "etcdctl takes every global flag from the environment as well: ETCDCTL_ and the flag in capitals, dashes as underscores. --cacert is ETCDCTL_CACERT. etcd does the same with ETCD_: --trusted-ca-file is ETCD_TRUSTED_CA_FILE.",
            ),
            say(
                "Flag and variable for the same option: etcdctl takes the flag and warns; etcd refuses to start. With --config-file etcd reads neither flags nor variables.",
            ),
            say(
                "The prefixes are easily confused. ETCDCTL_CERT is a client's certificate; ETCD_CERT_FILE is the server's. Calico uses ETCD_CERT_FILE and ETCD_KEY_FILE for its own client pair. ETCDCTL_API=3 was needed up to 3.3 and does nothing since 3.4; ETCDCTL_CA_FILE and ETCDCTL_CERT_FILE belong to the old v2 API.",
            ),
        ],
        comparison: "A standing order at the hotel: what is written on the card at the reception (the environment) holds until you say something else at the desk (the flag). The ETCD_ card lies in another hotel: the server's.",
        exam: &[
            "export ETCDCTL_ENDPOINTS, ETCDCTL_CACERT, ETCDCTL_CERT, ETCDCTL_KEY once, then type etcdctl alone.",
            "ETCDCTL_API=3 does no harm, and is needed with etcdctl 3.3 and older only.",
            "sudo drops the environment: use sudo -E, or flags.",
        ],
    },
    ja: Lesson {
        title: "環境変数: クライアントは ETCDCTL_、サーバーは ETCD_",
        passages: &[
            say("etcdctl のグローバルフラグは環境変数でも指定できます。ETCDCTL_ に続けてフラグ名\
                 を大文字で書き、ハイフンはアンダースコアにします。--cacert は ETCDCTL_CACERT で\
                 す。etcd も同じで、--trusted-ca-file は ETCD_TRUSTED_CA_FILE です。"),
            say(
                "同じオプションをフラグと変数の両方で指定すると、etcdctl はフラグを使って警告し、etcd は起動しません。--config-file を使うと、etcd はフラグも変数も読みません。",
            ),
            say("接頭辞は間違えやすいものです。ETCDCTL_CERT はクライアント証明書、ETCD_CERT_FILE \
                 はサーバー証明書です。Calico は ETCD_CERT_FILE と ETCD_KEY_FILE を自分のクライア\
                 ント証明書に使います。ETCDCTL_API=3 が必要だったのは 3.3 までで、3.4 以降は何の\
                 効果もありません。ETCDCTL_CA_FILE と ETCDCTL_CERT_FILE は古い v2 API のものです。"),
        ],
        comparison: "ホテルの常連カードのようなものです。カードに書いた希望 (環境変数) は、フロントで別のことを言う (フラグ) まで有効です。ETCD_ のカードは別のホテル、つまりサーバーのものです。",
        exam: &[
            "ETCDCTL_ENDPOINTS、ETCDCTL_CACERT、ETCDCTL_CERT、ETCDCTL_KEY を一度 export すれば、あとは etcdctl だけで済む。",
            "ETCDCTL_API=3 は付けても害はない。必要なのは etcdctl 3.3 以前だけ。",
            "sudo は環境変数を消す。sudo -E を使うか、フラグで指定する。",
        ],
    },
    zh: Lesson {
        title: "环境变量：客户端用 ETCDCTL_，服务器用 ETCD_",
        passages: &[
            say(
                "etcdctl 的全局标志都可以用环境变量指定：ETCDCTL_ 加大写的标志名，连字符写作下划线。--cacert 对应 ETCDCTL_CACERT。etcd 同理使用 ETCD_：--trusted-ca-file 对应 ETCD_TRUSTED_CA_FILE。",
            ),
            say(
                "同一选项既有标志又有变量时：etcdctl 采用标志并发出警告；etcd 拒绝启动。使用 --config-file 时，etcd 既不读标志也不读变量。",
            ),
            say(
                "前缀容易混淆。ETCDCTL_CERT 是客户端证书，ETCD_CERT_FILE 是服务器证书。Calico 用 ETCD_CERT_FILE 和 ETCD_KEY_FILE 表示它自己的客户端证书。ETCDCTL_API=3 只在 3.3 及以前需要，自 3.4 起不再有任何作用；ETCDCTL_CA_FILE 和 ETCDCTL_CERT_FILE 属于旧的 v2 API。",
            ),
        ],
        comparison: "好比酒店的常客卡：卡上写好的要求（环境变量）一直有效，除非你在前台另有交代（\
              标志）。ETCD_ 那张卡在另一家酒店，也就是服务器那里。",
        exam: &[
            "先 export 一次 ETCDCTL_ENDPOINTS、ETCDCTL_CACERT、ETCDCTL_CERT、ETCDCTL_KEY，之后只需输入 etcdctl。",
            "ETCDCTL_API=3 写上无害，只有 etcdctl 3.3 及以前才需要。",
            "sudo 会丢弃环境变量：用 sudo -E，或直接写标志。",
        ],
    },
};
