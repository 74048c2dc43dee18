//! The data directory that a restore would fill is not empty.
//!
//! `etcdutl snapshot restore` refuses it (`etcdutl/snapshot/v3_snapshot.go`: `data-dir … not empty or could not be read`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    facts::{Facts, Subject},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "data-dir-occupied",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The data directory to restore into is not empty",
            why: "A restore makes a new data directory and refuses one that holds something. The \
                  member that uses it has to be stopped first, or it would go on writing to files \
                  that are moved away under it.",
            fix: "Stop etcd, move the old directory away, then restore.",
        },
        ja: Prose {
            title: "復元先のデータディレクトリが空ではありません",
            why: "復元は新しいデータディレクトリを作成する処理で、空でないディレクトリは拒否されます。\
                  そのディレクトリを使用中のメンバーは先に停止する必要があります。停止しないと、移動\
                  したファイルへ書き込み続けてしまいます。",
            fix: "etcd を停止し、古いディレクトリを移動してから復元してください。",
        },
        zh: Prose {
            title: "要恢复到的数据目录不是空的",
            why: "恢复操作会新建数据目录，并拒绝使用已有内容的目录。必须先停止正在使用该目录的成员，\
                  否则该成员会继续写入被移走的文件。",
            fix: "停止 etcd，移走旧目录，然后再恢复。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let data_dir = facts.backup().and_then(|backup| backup.data_dir.as_ref());
    let occupied = data_dir.filter(|seen| seen.occupied);
    let finding = occupied.map(|seen| {
        let away = format!("{}.old", seen.path.trim_end_matches('/'));
        Finding::new(&DIAGNOSIS, Subject::File(seen.path.clone()))
            .evidence(Label::Setting, facts.settings.show("data-dir"))
            .evidence(Label::Found, &seen.path)
            .fix(Fix::run("systemctl stop etcd").needs(Need::Root).needs(Need::Restart))
            .fix(Fix::run("mv -n").value(&seen.path).value(away).changes(&seen.path))
    });
    finding.into_iter().collect()
}
