//! A snapshot is a client request like any other: same port, same three files. etcdutl restores it, offline.

use super::{Here, Lesson, Picture, Topic, forward, last, name, run, say, stage, words};

pub(super) static TOPIC: Topic = Topic {
    id: "backup",
    aliases: &["snapshot", "restore", "snapshot-save"],
    picture: Picture::Flow(&[
        stage(
            &[
                name("etcdctl snapshot save /backup/etcd.db"),
                name("--endpoints https://127.0.0.1:2379 --cacert --cert --key"),
            ],
            forward(words(
                "one member, over mTLS",
                "1 つのメンバーから mTLS で",
                "通过 mTLS 连接一个成员",
            )),
        ),
        stage(
            &[name("/backup/etcd.db"), name("etcdutl snapshot status /backup/etcd.db")],
            forward(words(
                "offline: no port, no certificate",
                "オフライン: ポートも証明書も不要",
                "离线：无需端口和证书",
            )),
        ),
        last(&[
            name("etcdutl snapshot restore /backup/etcd.db --data-dir /var/lib/etcd-new"),
            words(
                "then point --data-dir and the hostPath there",
                "その後 --data-dir と hostPath をそこに向ける",
                "然后把 --data-dir 和 hostPath 指向那里",
            ),
        ]),
    ]),
    commands: &[
        run(
            "etcd-tls env --command 'snapshot save /backup/etcd.db'",
            words(
                "the whole line for this machine, tried first",
                "このマシン用の完全なコマンドを、動作を確かめたうえで表示する",
                "本机可用的完整命令（已经过测试）",
            ),
        ),
        run(
            "etcd-tls preflight --save /backup/etcd.db",
            words(
                "checks all that a backup needs, then takes it",
                "バックアップに必要なものを確かめてから取得する",
                "检查备份所需的一切，然后执行备份",
            ),
        ),
        run(
            "etcdutl snapshot status /backup/etcd.db -w table",
            words(
                "whether the file is whole (etcdctl up to 3.5)",
                "ファイルが完全か (3.5 までは etcdctl でも可)",
                "文件是否完整（3.5 及以前也可用 etcdctl）",
            ),
        ),
    ],
    see: &[
        "kubectl-exec",
        "cacert-cert-key",
        "snapshot-refused",
        "snapshot-damaged",
        "alarm-nospace",
    ],
    table: None,
    here: Some(Here::Backup),
    en: Lesson {
        title: "Backup and restore: the save needs certificates, the restore does not",
        passages: &[
            say(
                "snapshot save goes to one member's client port with --cacert, --cert and --key, exactly like endpoint health. If that works, the save works, as long as the user behind the certificate may read everything (root, where auth is on).",
            ),
            say(
                "snapshot restore works on the file alone and writes a new data directory; it never dials. From 3.6 on only etcdutl restores and shows the status; etcdctl just saves.",
            ),
            say(
                "After a restore etcd has to be started with the new directory: in a static pod change the hostPath volume (or --data-dir and its mount) and wait for the kubelet.",
            ),
        ],
        comparison: "Taking a copy at the bank needs your identity card at the counter. Putting the copy into a new folder at home needs nobody's permission.",
        exam: &[
            "ETCDCTL_API=3 etcdctl --endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/server.crt --key=/etc/kubernetes/pki/etcd/server.key snapshot save FILE",
            "Restore into a new directory, then edit the hostPath in /etc/kubernetes/manifests/etcd.yaml.",
            "Check the file at once: etcdutl snapshot status FILE.",
        ],
    },
    ja: Lesson {
        title: "バックアップと復元: 取得には証明書が必要、復元には不要",
        passages: &[
            say("snapshot save は endpoint health とまったく同じで、1 つのメンバーのクライアント\
                 ポートに --cacert、--cert、--key で接続します。それが通れば取得もできます。ただ\
                 し認証が有効なら、証明書のユーザーがすべてを読める必要があります (root)。"),
            say(
                "snapshot restore はファイルだけを使って新しいデータディレクトリを作り、どこにも接続しません。3.6 以降、復元と状態の表示は etcdutl だけができ、etcdctl は取得だけです。",
            ),
            say(
                "復元後は新しいディレクトリで etcd を起動します。static Pod なら hostPath ボリュー\
                 ム (または --data-dir とそのマウント) を変更し、kubelet を待ちます。",
            ),
        ],
        comparison: "銀行の窓口で写しを取るには身分証が要ります。その写しを自宅の新しいファイルに綴じるのに、誰の許可も要りません。",
        exam: &[
            "ETCDCTL_API=3 etcdctl --endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/server.crt --key=/etc/kubernetes/pki/etcd/server.key snapshot save ファイル",
            "新しいディレクトリに復元し、/etc/kubernetes/manifests/etcd.yaml の hostPath を書き換える。",
            "取得したらすぐに etcdutl snapshot status で確かめる。",
        ],
    },
    zh: Lesson {
        title: "备份与恢复：备份需要证书，恢复不需要",
        passages: &[
            say(
                "snapshot save 与 endpoint health 完全一样，用 --cacert、--cert、--key 连接一个成员的客户端端口。后者能用，前者就能用；启用认证时，证书对应的用户还必须能读取全部数据 (root)。",
            ),
            say("snapshot restore 只处理文件，生成新的数据目录，不连接任何服务器。从 3.6 起恢复和\
                 查看状态只能用 etcdutl，etcdctl 只负责保存。"),
            say(
                "恢复之后要用新目录启动 etcd：若是静态 Pod，则修改 hostPath 卷（或 --data-dir 及其挂载），然后等待 kubelet 重启该 Pod。",
            ),
        ],
        comparison: "好比在银行柜台复印资料需要身份证；把复印件放进家里的新文件夹，则无需任何人许可。",
        exam: &[
            "ETCDCTL_API=3 etcdctl --endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/server.crt --key=/etc/kubernetes/pki/etcd/server.key snapshot save 文件",
            "恢复到新目录，然后修改 /etc/kubernetes/manifests/etcd.yaml 中的 hostPath。",
            "备份后立即检查文件：etcdutl snapshot status。",
        ],
    },
};
