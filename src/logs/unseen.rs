//! Diagnoses that only log lines show: no observation holds them, so the catalogue has no room for them.

use crate::{
    diagnoses::engine::{Diagnosis, Severity, Side},
    message::{Prose, Text},
};

/// All of them.
pub static ALL: &[&Diagnosis] =
    &[&REASON_WITHHELD, &SLOW_STORAGE, &DATA_DIR_LOST, &APISERVER_DOWN, &ETCDCTL_V2_API];

/// The id of lines that hold no reason.
pub const WITHHELD: &str = "reason-withheld";

static REASON_WITHHELD: Diagnosis = Diagnosis {
    id: WITHHELD,
    severity: Severity::Info,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This line does not name a reason",
            why: "A client writes this after any failure, from a wrong port to an expired certificate. etcdctl hides the reason unless --debug is given, and a server never learns why a client hung up.",
            fix: "Look for a line that names a reason in the same log, run etcdctl again with --debug, or run `etcd-tls check` with the same endpoints and files.",
        },
        ja: Prose {
            title: "この行には理由が書かれていません",
            why: "ポートの間違いから証明書の期限切れまで、どの失敗でもクライアントはこの行を出します。etcdctl は --debug を付けないと理由を表示せず、クライアントが切断した理由はサーバーに伝わりません。",
            fix: "同じログで理由を述べている行を探すか、etcdctl に --debug を付けて再実行するか、同じエンドポイントとファイルで `etcd-tls check` を実行します。",
        },
        zh: Prose {
            title: "这一行没有写明原因",
            why: "从端口错误到证书过期，任何失败之后客户端都会写出这一行。不加 --debug 时 etcdctl 会隐藏原因，服务器也无从得知客户端断开的理由。",
            fix: "在同一日志中查找写明原因的行，给 etcdctl 加上 --debug 再运行一次，或用相同的端点和文件运行 `etcd-tls check`。",
        },
    },
    detect: |_| Vec::new(),
};

static SLOW_STORAGE: Diagnosis = Diagnosis {
    id: "slow-storage",
    severity: Severity::Warning,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The disk or the CPU of an etcd member is too slow",
            why: "etcd syncs every write to disk before it answers. If the disk or the CPU is busy, requests time out and the leader misses its heartbeats. TLS and certificates are not involved.",
            fix: "Put etcd's data directory on a local SSD that nothing else writes to, give etcd more CPU, and compare `etcd_disk_wal_fsync_duration_seconds` with 10 ms.",
        },
        ja: Prose {
            title: "etcd メンバーのディスクまたは CPU が遅すぎます",
            why: "etcd は応答する前にすべての書き込みをディスクに同期します。ディスクや CPU が混雑していると、リクエストはタイムアウトし、リーダーのハートビートも遅れます。TLS と証明書は関係ありません。",
            fix: "etcd のデータディレクトリをほかに書き込みのないローカル SSD に置き、etcd の CPU を増やし、`etcd_disk_wal_fsync_duration_seconds` が 10 ミリ秒以内か確認します。",
        },
        zh: Prose {
            title: "etcd 成员的磁盘或 CPU 太慢",
            why: "etcd 在应答之前会把每次写入同步到磁盘。磁盘或 CPU 繁忙时，请求会超时，领导者也会错过心跳。这与 TLS 和证书无关。",
            fix: "把 etcd 的数据目录放在没有其他程序写入的本地 SSD 上，给 etcd 更多 CPU，并检查 `etcd_disk_wal_fsync_duration_seconds` 是否在 10 毫秒以内。",
        },
    },
    detect: |_| Vec::new(),
};

static DATA_DIR_LOST: Diagnosis = Diagnosis {
    id: "data-dir-lost",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A member of this cluster starts with an empty or foreign data directory",
            why: "The cluster knows this member, but its data directory does not hold its data: it was deleted, replaced, or another path is configured. etcd refuses to join twice.",
            fix: "Check that --data-dir names the old directory; if the data is gone, run `etcdctl member remove` and `member add` on a healthy member, and start this one with --initial-cluster-state existing.",
        },
        ja: Prose {
            title: "クラスターのメンバーが、空または別のデータディレクトリで起動しています",
            why: "クラスターはこのメンバーを知っていますが、データディレクトリにそのデータがありません。削除または差し替えられたか、別のパスが設定されています。etcd は二重の参加を拒否します。",
            fix: "--data-dir が元のディレクトリを指しているか確認します。データが失われていれば、正常なメンバーで `etcdctl member remove` と `member add` を実行し、--initial-cluster-state existing で起動します。",
        },
        zh: Prose {
            title: "集群的一个成员以空的或别处的数据目录启动",
            why: "集群知道这个成员，但它的数据目录里没有它的数据：数据被删除、被替换，或配置了别的路径。etcd 拒绝重复加入。",
            fix: "检查 --data-dir 是否指向原来的目录；如果数据已丢失，在正常的成员上运行 `etcdctl member remove` 和 `member add`，再以 --initial-cluster-state existing 启动此成员。",
        },
    },
    detect: |_| Vec::new(),
};

static APISERVER_DOWN: Diagnosis = Diagnosis {
    id: "apiserver-down",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "kube-apiserver does not answer",
            why: "This line is about kube-apiserver, not about etcd. kube-apiserver ends when it can't reach etcd, so etcd is a common reason, but this line does not prove it.",
            fix: "On a control plane node read kube-apiserver's own log (`crictl ps -a`, `crictl logs`), and run `etcd-tls check` there to see whether it can reach etcd.",
        },
        ja: Prose {
            title: "kube-apiserver が応答しません",
            why: "この行は etcd ではなく kube-apiserver についてのものです。kube-apiserver は etcd に接続できないと終了するため、etcd が原因であることも多いのですが、この行だけではわかりません。",
            fix: "コントロールプレーンのノードで kube-apiserver のログ (`crictl ps -a`、`crictl logs`) を確認し、etcd に接続できるかどうかをそのノードの `etcd-tls check` で調べます。",
        },
        zh: Prose {
            title: "kube-apiserver 没有应答",
            why: "这一行说的是 kube-apiserver，而不是 etcd。kube-apiserver 无法连接 etcd 时会退出，所以 etcd 是常见的原因，但这一行不能证明这一点。",
            fix: "在控制平面节点上查看 kube-apiserver 自己的日志（`crictl ps -a`、`crictl logs`），并在该节点运行 `etcd-tls check`，确认能否连接 etcd。",
        },
    },
    detect: |_| Vec::new(),
};

static ETCDCTL_V2_API: Diagnosis = Diagnosis {
    id: "etcdctl-v2-api",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The command and etcdctl speak different versions of etcd's API",
            why: "etcdctl up to 3.3 speaks v2 unless ETCDCTL_API=3 is set. v2 and v3 have other commands and other flags: --ca-file, --cert-file and --key-file belong to v2; --cacert, --cert and --key belong to v3.",
            fix: "Run the command with `ETCDCTL_API=3` and with --cacert, --cert and --key, or install an etcdctl of the cluster's release.",
        },
        ja: Prose {
            title: "コマンドと etcdctl の API バージョンが違います",
            why: "3.3 までの etcdctl は ETCDCTL_API=3 を設定しない限り v2 を使います。v2 と v3 ではコマンドもフラグも違い、--ca-file、--cert-file、--key-file は v2、--cacert、--cert、--key は v3 のものです。",
            fix: "`ETCDCTL_API=3` を設定し、--cacert、--cert、--key を使って実行するか、クラスターと同じリリースの etcdctl をインストールします。",
        },
        zh: Prose {
            title: "命令与 etcdctl 使用的 API 版本不同",
            why: "3.3 及更早的 etcdctl 默认使用 v2，除非设置 ETCDCTL_API=3。v2 和 v3 的命令与标志都不同：--ca-file、--cert-file、--key-file 属于 v2，--cacert、--cert、--key 属于 v3。",
            fix: "设置 `ETCDCTL_API=3` 并使用 --cacert、--cert、--key 运行该命令，或安装与集群版本相同的 etcdctl。",
        },
    },
    detect: |_| Vec::new(),
};
