//! The file to restore is no whole snapshot.
//!
//! etcd appends the SHA-256 of the database; `etcdutl snapshot restore` refuses a file whose hash is another (`etcdutl/snapshot`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Subject},
    message::{Label, Prose, Say, Text},
    observation::backup::SnapshotContent,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "snapshot-damaged",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This file is no whole snapshot",
            why: "A snapshot ends with the SHA-256 of all that stands before it. This file can't be \
                  read, is no database, has no hash, or another one: it was cut off or changed after \
                  it was taken.",
            fix: "Restore from another snapshot; a plain copy of member/snap/db can be restored with \
                  --skip-hash-check.",
        },
        ja: Prose {
            title: "このファイルは完全なスナップショットではありません",
            why: "スナップショットの末尾には、それより前の全内容の SHA-256 があります。このファイル\
                  は、読み取れない、データベースではない、ハッシュがない、ハッシュが一致しない、のい\
                  ずれかです。取得後に途中で切れたか、書き換えられています。",
            fix: "別のスナップショットから復元してください。member/snap/db の単純なコピーであれば \
                  --skip-hash-check を付けて復元できます。",
        },
        zh: Prose {
            title: "此文件不是完整的快照",
            why: "快照末尾是其前面全部内容的 SHA-256。此文件无法读取、不是数据库、没有哈希，\
                  或哈希不符：它在生成后被截断或改动过。",
            fix: "改用其他快照恢复；如果是 member/snap/db 的直接拷贝，可加 --skip-hash-check 恢复。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(source) = facts.backup().and_then(|backup| backup.source.as_ref()) else {
        return Vec::new();
    };
    // A copy of the database file can be restored, at one's own risk, if every page of it was found.
    let severity = match &source.content {
        SnapshotContent::Whole { .. } => return Vec::new(),
        SnapshotContent::NoHash { .. } if source.database.is_some() => Severity::Warning,
        _ => Severity::Error,
    };
    let finding = Finding::new(&DIAGNOSIS, Subject::File(source.path.clone()))
        .severity(severity)
        .evidence(Label::Found, source.content.message())
        .fix(Fix::run("etcdutl snapshot status").value(&source.path));
    vec![finding]
}
