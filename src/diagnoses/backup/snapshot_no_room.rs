//! The file system has less room than the snapshot takes.
//!
//! A snapshot is the whole database file, free pages included (etcd `server/storage/backend`, `Snapshot`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Subject},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "snapshot-no-room",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The file system has no room for the snapshot",
            why: "A snapshot is the whole database file, free pages included. The file system of the \
                  target has less room than that left for this user.",
            fix: "Make room or choose another folder; defragmenting the members makes the snapshot \
                  smaller.",
        },
        ja: Prose {
            title: "ファイルシステムにスナップショットを保存できる空き容量がありません",
            why: "スナップショットは空きページも含むデータベースファイル全体です。保存先のファイルシ\
                  ステムでこのユーザーが使える空き容量は、それより少なくなっています。",
            fix: "空き容量を確保するか、別のディレクトリを選んでください。メンバーをデフラグするとデータベースは小さくなります。",
        },
        zh: Prose {
            title: "文件系统没有足够空间存放快照",
            why: "快照是整个数据库文件，包括空闲页。目标文件系统留给此用户的空间不够。",
            fix: "腾出空间或选择其他目录；对成员做碎片整理可以减小快照。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let destination = facts.backup().and_then(|backup| backup.destination.as_ref());
    let room = destination.and_then(|seen| Some((seen, seen.free_bytes?)));
    let Some(((destination, free), needed)) = room.zip(facts.snapshot_bytes()) else {
        return Vec::new();
    };
    if free >= needed {
        return Vec::new();
    }
    let finding = Finding::new(&DIAGNOSIS, Subject::File(destination.folder.clone()))
        .evidence(Label::Required, EvidenceMessage::Bytes { bytes: needed.into() })
        .evidence(Label::Remaining, EvidenceMessage::Bytes { bytes: free.into() })
        .fix(Fix::run("df -h").value(&destination.folder))
        .fix(Fix::etcdctl(facts, "defrag"));
    vec![finding]
}
