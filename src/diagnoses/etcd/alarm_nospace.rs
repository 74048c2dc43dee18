//! The backend quota is used up: reads work, every write is refused.
//!
//! etcd raises the alarm by itself and keeps it until someone disarms it (`server/etcdserver/apply.go`); `etcdctl
//! endpoint health` of 3.4 doesn't show it.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "alarm-nospace",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd has used up its space quota and refuses every write",
            why: "The database file reached --quota-backend-bytes, so etcd raised the alarm NOSPACE. \
                  Reads go on working, which hides it. The alarm stays until it is disarmed, even \
                  when there is room again.",
            fix: "Compact the history, defragment each member, then disarm the alarm.",
        },
        ja: Prose {
            title: "etcd が容量の上限に達し、すべての書き込みを拒否しています",
            why: "データベースファイルが --quota-backend-bytes に達したため、etcd は NOSPACE アラームを\
                  発報しました。読み取りは引き続き成功するので気づきにくい状態です。\
                  空きができても、解除するまでアラームは残ります。",
            fix: "履歴を圧縮し、各メンバーをデフラグしてからアラームを解除してください。",
        },
        zh: Prose {
            title: "etcd 的空间配额已用完，拒绝一切写入",
            why: "数据库文件达到了 --quota-backend-bytes，etcd 因此触发 NOSPACE 告警。\
                  读取仍然正常，所以不易察觉。即使腾出了空间，告警也会一直保留到被解除为止。",
            fix: "压缩历史版本，对每个成员做碎片整理，然后解除告警。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let raised = |endpoint: &&Endpoint<'_>| {
        let by_status = endpoint
            .status()
            .is_some_and(|status| status.errors.iter().any(|error| error.contains("NOSPACE")));
        by_status || endpoint.alarms().any(|alarm| alarm == "NOSPACE")
    };
    let finding = |endpoint: &Endpoint<'_>| {
        let revision = endpoint.status().map(|status| status.revision).filter(|known| *known > 0);
        let size = endpoint
            .status()
            .map(|status| EvidenceMessage::Bytes { bytes: status.db_size_bytes.into() });
        Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Alarm, "NOSPACE")
            .evidence(Label::DatabaseSize, size)
            .fixes(revision.map(|revision| Fix::etcdctl(facts, "compact").value(revision)))
            .fix(Fix::etcdctl(facts, "defrag"))
            .fix(Fix::etcdctl(facts, "alarm disarm"))
    };
    facts.endpoints.iter().filter(raised).map(finding).collect()
}
