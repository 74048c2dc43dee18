//! etcd's complaints of a disk or CPU that is too slow, and requests that time out because of it.
//!
//! etcd: `server/storage/wal/wal.go`, `server/etcdserver/raft.go`, `server/etcdserver/txn/util.go`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::Client,
};
use crate::{diagnoses::engine::Severity, message::Phrase};

pub(super) static ALL: &[&Complaint] = &[&DISK, &TOOK_LONG];

/// A request that timed out behind lines of a slow disk.
pub(in crate::logs) static TIMED_OUT: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[],
    severity: Some(Severity::Error),
    what: Phrase {
        en: "A request timed out while the disk or the CPU of the member was too slow",
        ja: "メンバーのディスクまたは CPU が遅い間に、リクエストがタイムアウトしました",
        zh: "成员的磁盘或 CPU 太慢时，请求超时",
    },
    ..DISK
};

static DISK: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "slow fdatasync",
        "sync duration of …expected less than",
        "failed to send out heartbeat on time",
        "server is likely overloaded",
        "server is overloaded likely from slow disk",
        "leader is overloaded likely from slow disk",
        "overloaded network (took too long)",
    ],
    only: None,
    causes: &[(Client, &["slow-storage", "no-leader"])],
    severity: Some(Severity::Warning),
    decide: Decide::Members,
    what: Phrase {
        en: "The disk or the CPU of this member is too slow for etcd",
        ja: "このメンバーのディスクまたは CPU が etcd には遅すぎます",
        zh: "此成员的磁盘或 CPU 对 etcd 来说太慢",
    },
    proves: Phrase {
        en: "etcd measured it itself. TLS and certificates are not involved.",
        ja: "etcd 自身が測定した結果です。TLS と証明書は関係ありません。",
        zh: "这是 etcd 自己测得的。与 TLS 和证书无关。",
    },
    open: Phrase {
        en: "It does not say whether the disk, the CPU or another program on the machine is the bottleneck.",
        ja: "ディスク、CPU、同じマシンのほかのプログラムのどれが原因かはわかりません。",
        zh: "它没有说明瓶颈是磁盘、CPU，还是同一台机器上的其他程序。",
    },
};

static TOOK_LONG: Complaint = Complaint {
    said: &[
        "apply entries took too long",
        "apply request took too long",
        "request took too long",
        "read index took too long",
        "took too long (",
        "waiting for ReadIndex response took too long",
        "took too long to execute",
        "request stats…took too long",
    ],
    only: Some(of_etcd),
    severity: Some(Severity::Info),
    what: Phrase {
        en: "A request took longer than etcd expects",
        ja: "リクエストに etcd の想定より長い時間がかかりました",
        zh: "请求花费的时间超过 etcd 的预期",
    },
    open: Phrase {
        en: "A single line is harmless, also on a healthy cluster. Many of them mean a slow disk, a busy CPU or very large requests.",
        ja: "正常なクラスターでも出る行で、1 行だけなら問題ありません。多数あれば、ディスクの遅さ、CPU の混雑、非常に大きなリクエストのいずれかです。",
        zh: "单独一行没有问题，正常的集群也会出现。若数量很多，说明磁盘慢、CPU 繁忙或请求非常大。",
    },
    ..DISK
};

/// Other programs have slow requests as well.
fn of_etcd(text: &str) -> bool {
    ["etcdserver", "expected-duration", "apply", "ReadIndex", "range request", "read-only"]
        .iter()
        .any(|word| text.contains(word))
}
