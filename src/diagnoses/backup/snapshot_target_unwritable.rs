//! The folder that the snapshot is to go to takes no new file from this user.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Subject},
    message::{Label, Prose, Say, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "snapshot-target-unwritable",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Nothing can be written to the folder of the snapshot",
            why: "The folder is missing, read-only, or not this user's to write to. A snapshot is \
                  written to a part file in the same folder and renamed when it is complete, so the \
                  folder itself has to be writable.",
            fix: "Make the folder, or give one that this user may write to.",
        },
        ja: Prose {
            title: "スナップショットの保存先ディレクトリに書き込めません",
            why: "ディレクトリが存在しないか、読み取り専用か、このユーザーに書き込み権限がありません。\
                  スナップショットは同じディレクトリ内の一時ファイルに書き込まれ、完成後に名前が変更\
                  されるため、ディレクトリ自体に書き込める必要があります。",
            fix: "ディレクトリを作成するか、このユーザーが書き込めるディレクトリを指定してください。",
        },
        zh: Prose {
            title: "无法写入快照所在的目录",
            why: "该目录不存在、只读，或此用户无权写入。快照先写入同一目录中的临时文件，\
                  完成后再改名，因此目录本身必须可写。",
            fix: "创建该目录，或指定此用户可写的目录。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let destination = facts.backup().and_then(|backup| backup.destination.as_ref());
    let refused = destination.and_then(|seen| Some((seen, seen.refused.as_ref()?)));
    let finding = refused.map(|(destination, why)| {
        Finding::new(&DIAGNOSIS, Subject::File(destination.folder.clone()))
            .evidence(Label::System, why.message())
            .evidence(Label::Viewer, format!("uid {}", facts.observation.viewer.uid))
            .fix(
                Fix::run("mkdir -p -m 700").value(&destination.folder).changes(&destination.folder),
            )
    });
    finding.into_iter().collect()
}
