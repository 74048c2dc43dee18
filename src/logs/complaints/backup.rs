//! What etcdctl and etcdutl say when a snapshot is not taken or not restored.
//!
//! etcd: `etcdutl/snapshot/v3_snapshot.go`, `client/v3/snapshot`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::Client,
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] = &[&DAMAGED, &OCCUPIED, &NO_ROOM];

static DAMAGED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["snapshot missing hash", "expected sha256 [", "snapshot file integrity check failed"],
    only: None,
    causes: &[(Client, &["snapshot-damaged"])],
    severity: None,
    decide: Decide::File,
    what: Phrase {
        en: "The snapshot file is not whole",
        ja: "スナップショットファイルが完全ではありません",
        zh: "快照文件不完整",
    },
    proves: Phrase {
        en: "The checksum that etcd writes at the end of a snapshot is absent or wrong.",
        ja: "etcd がスナップショットの末尾に書くチェックサムがないか、一致しません。",
        zh: "etcd 写在快照末尾的哈希不存在或不一致。",
    },
    open: Phrase {
        en: "A file copied out of a data directory has no checksum either; it is restored with --skip-hash-check.",
        ja: "データディレクトリからコピーしたファイルにもチェックサムはありません。その場合は --skip-hash-check で復元します。",
        zh: "从数据目录复制出来的文件同样没有哈希，恢复时应加上 --skip-hash-check。",
    },
};

static OCCUPIED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["data-dir …not empty or could not be read", "data-dir …exists", "data-dir …not empty"],
    only: None,
    causes: &[(Client, &["data-dir-occupied"])],
    severity: None,
    decide: Decide::File,
    what: Phrase {
        en: "The snapshot was not restored: the data directory is not empty",
        ja: "データディレクトリが空でないため、スナップショットは復元されませんでした",
        zh: "数据目录不为空，快照没有恢复",
    },
    proves: Phrase {
        en: "etcd restores into a new directory only, so that nothing is overwritten.",
        ja: "etcd は上書きを避けるため、新しいディレクトリにしか復元しません。",
        zh: "为避免覆盖数据，etcd 只恢复到新的目录。",
    },
    open: Phrase {
        en: "It does not say whether what lies there is still needed.",
        ja: "そこにあるものがまだ必要かはわかりません。",
        zh: "它没有说明目录中的内容是否仍然需要。",
    },
};

static NO_ROOM: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["no space left on device"],
    only: Some(of_a_snapshot),
    causes: &[(Client, &["snapshot-no-room"])],
    severity: None,
    decide: Decide::File,
    what: Phrase {
        en: "The snapshot was not written: the file system is full",
        ja: "ファイルシステムに空きがなく、スナップショットは書き込まれませんでした",
        zh: "文件系统已满，快照没有写入",
    },
    proves: Phrase {
        en: "etcd sent the snapshot; there was no room for it where it was to go.",
        ja: "etcd はスナップショットを送りましたが、書き込み先に空きがありませんでした。",
        zh: "etcd 已发送快照，但目标位置没有空间。",
    },
    open: Phrase {
        en: "It does not say how much room the whole snapshot needs.",
        ja: "スナップショット全体に必要な容量はわかりません。",
        zh: "它没有说明整个快照需要多少空间。",
    },
};

fn of_a_snapshot(text: &str) -> bool {
    [".part:", "snapshot"].iter().any(|word| text.contains(word))
}
