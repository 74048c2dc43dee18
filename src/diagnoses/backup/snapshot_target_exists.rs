//! Something stands where the snapshot is to go, and a good backup is never overwritten.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Subject},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "snapshot-target-exists",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The file that the snapshot is to go to is there already",
            why: "An older backup is the best that there is until the new one is complete, so \
                  nothing is overwritten.",
            fix: "Give another file name, or move the old file away.",
        },
        ja: Prose {
            title: "スナップショットの保存先ファイルがすでに存在します",
            why: "新しいバックアップが完成するまでは古いものが頼りになるため、上書きはしません。",
            fix: "別のファイル名を指定するか、古いファイルを移動してください。",
        },
        zh: Prose {
            title: "快照的目标文件已经存在",
            why: "在新备份完成之前，旧备份是唯一可靠的备份，因此不会覆盖任何文件。",
            fix: "换一个文件名，或将旧文件移走。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let destination = facts.backup().and_then(|backup| backup.destination.as_ref());
    let there = destination.filter(|destination| destination.exists);
    let finding = there.map(|destination| {
        let away = format!("{}.old", destination.path);
        Finding::new(&DIAGNOSIS, Subject::File(destination.path.clone()))
            .evidence(Label::Found, &destination.path)
            .fix(Fix::run("mv -n").value(&destination.path).value(away))
    });
    finding.into_iter().collect()
}
