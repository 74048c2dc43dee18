//! What etcd says when a member and its cluster disagree about the member: at its start, and when it joins.
//!
//! etcd: `server/etcdserver/bootstrap.go`, `server/etcdserver/api/membership`, `server/config/config.go`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, Start},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] = &[&LOST, &INITIAL, &MOVED, &CLUSTER];

static LOST: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "has already been bootstrapped",
        "member has been bootstrapped",
        "was lost after restart",
        "was previously running, but is now running without",
        "is out of range [lastIndex(0)]. Was the raft log corrupted, truncated, or lost",
    ],
    only: None,
    causes: &[(Client, &["data-dir-lost", "initial-cluster-mismatch"])],
    severity: None,
    decide: Decide::Members,
    what: Phrase {
        en: "The cluster knows this member, and its data directory does not hold its data",
        ja: "クラスターはこのメンバーを知っていますが、データディレクトリにそのデータがありません",
        zh: "集群认识这个成员，但它的数据目录里没有它的数据",
    },
    proves: Phrase {
        en: "Its peers answered, so the peer connections and their certificates work. etcd refuses to join a second time.",
        ja: "ピアは応答したので、ピア接続と証明書は動作しています。etcd は二度目の参加を拒否します。",
        zh: "其他成员有应答，说明对等连接和证书正常。etcd 拒绝第二次加入。",
    },
    open: Phrase {
        en: "It does not say whether the data was deleted, or lies in another directory than --data-dir names.",
        ja: "データが削除されたのか、--data-dir とは別のディレクトリにあるのかはわかりません。",
        zh: "它没有说明数据是被删除了，还是在 --data-dir 之外的目录中。",
    },
};

static INITIAL: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "has different advertised URLs in the cluster and advertised peer URLs list",
        "couldn't find local name",
        "--initial-cluster has",
        "--initial-cluster must include",
        "--initial-advertise-peer-urls has",
        "member count is unequal",
        "mismatch member ID",
        "unmatched member while checking PeerURLs",
        "error validating peerURLs",
        "has duplicate peerURLs",
        "duplicate urls found in cluster config",
        "duplicate URL in cluster config",
        "bad cluster config",
        "initial-cluster must be",
    ],
    only: Some(not_moved),
    causes: &[(Start, &["initial-cluster-mismatch", "member-address-changed"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "--initial-cluster, --name and the advertised peer URL do not fit together, or not the cluster; etcd does not start",
        ja: "--initial-cluster、--name、公開するピア URL が互いに、またはクラスターと一致せず、etcd は起動しません",
        zh: "--initial-cluster、--name 与公布的对等 URL 彼此或与集群不一致，etcd 无法启动",
    },
    proves: Phrase {
        en: "etcd compared them before it served anybody. TLS was not the reason.",
        ja: "etcd はサービスを始める前にこれらを照合しました。TLS は原因ではありません。",
        zh: "etcd 在开始服务之前就比较了它们。原因不在 TLS。",
    },
    open: Phrase {
        en: "It does not say which of the settings is the old one.",
        ja: "どの設定が古いのかはわかりません。",
        zh: "它没有说明哪一项设置是旧的。",
    },
};

/// The same words of a member that is known under another URL.
fn not_moved(text: &str) -> bool {
    !text.contains("not a member of the etcd cluster")
}

static MOVED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "is a not a member of the etcd cluster",
        "is not a member of the etcd cluster",
        "not a member of the etcd cluster",
        "cannot find local etcd member",
    ],
    only: None,
    causes: &[(Client, &["member-address-changed", "data-dir-lost", "initial-cluster-mismatch"])],
    severity: None,
    decide: Decide::Members,
    what: Phrase {
        en: "The address of this machine is none that the cluster has stored for its members",
        ja: "このマシンのアドレスは、クラスターに保存されたどのメンバーのものでもありません",
        zh: "这台机器的地址不是集群为任何成员保存的地址",
    },
    proves: Phrase {
        en: "The member list was read, and the address expected is not in it.",
        ja: "メンバー一覧は読めましたが、期待したアドレスがありません。",
        zh: "已读到成员列表，但其中没有所期望的地址。",
    },
    open: Phrase {
        en: "It does not say whether the machine's address changed, or the member was removed.",
        ja: "マシンのアドレスが変わったのか、メンバーが削除されたのかはわかりません。",
        zh: "它没有说明是机器的地址变了，还是成员被移除了。",
    },
};

static CLUSTER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "cluster ID mismatch",
        "request cluster ID mismatch",
        "cluster-id mismatch",
        "request sent was ignored",
        "the member has been permanently removed",
    ],
    only: None,
    causes: &[(Client, &["cluster-id-mismatch"])],
    severity: None,
    decide: Decide::Members,
    what: Phrase {
        en: "Two members take themselves for different clusters",
        ja: "2 つのメンバーが互いを別のクラスターとみなしています",
        zh: "两个成员认为彼此属于不同的集群",
    },
    proves: Phrase {
        en: "Their peer connections work; the cluster ids in their data directories differ.",
        ja: "ピア接続は動作していますが、データディレクトリのクラスター ID が異なります。",
        zh: "它们之间的对等连接正常，但数据目录中的集群 ID 不同。",
    },
    open: Phrase {
        en: "It does not say which one is the stray: often a member that was bootstrapped anew with an old address.",
        ja: "どちらが誤りかはわかりません。古いアドレスのまま新規に作り直されたメンバーであることが多くあります。",
        zh: "它没有说明哪一个不属于本集群：常见的是用旧地址重新引导的成员。",
    },
};
