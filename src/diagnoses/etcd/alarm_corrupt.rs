//! A member's data differs from that of the others: etcd raised the alarm CORRUPT.
//!
//! Found by the initial or the periodic corruption check (etcd `server/etcdserver/corrupt.go`).

use super::read_failed;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "alarm-corrupt",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[&read_failed::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "etcd has found that the data of its members differs",
            why: "A corruption check saw different hashes of the same revision, so etcd raised the \
                  alarm CORRUPT, and every request is refused. A snapshot of the wrong member would \
                  carry the damage on.",
            fix: "Find the member that differs with `endpoint hashkv`, replace it from a good one, \
                  then disarm the alarm.",
        },
        ja: Prose {
            title: "etcd がメンバー間のデータの不一致を検出しました",
            why: "整合性の検査で同じリビジョンのハッシュが異なったため、etcd は CORRUPT アラームを発報し、\
                  すべてのリクエストを拒否しています。壊れたメンバーのスナップショットには\
                  破損が引き継がれます。",
            fix: "`endpoint hashkv` でハッシュの異なるメンバーを見つけ、正常なメンバーから作り直して\
                  から、アラームを解除してください。",
        },
        zh: Prose {
            title: "etcd 发现各成员的数据不一致",
            why: "损坏检查发现同一修订版本的哈希不同，etcd 因此触发 CORRUPT 告警，并拒绝所有请求。若\
                  从损坏的成员获取快照，损坏的数据会一并保存下来。",
            fix: "用 `endpoint hashkv` 找出不一致的成员，从正常成员重建它，然后解除告警。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let raised = |endpoint: &&Endpoint<'_>| {
        let by_status = endpoint
            .status()
            .is_some_and(|status| status.errors.iter().any(|error| error.contains("CORRUPT")));
        by_status || endpoint.alarms().any(|alarm| alarm == "CORRUPT")
    };
    let finding = |endpoint: &Endpoint<'_>| {
        Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Alarm, "CORRUPT")
            .fix(Fix::etcdctl(facts, "endpoint hashkv --cluster --write-out=table"))
            .fix(Fix::etcdctl(facts, "alarm disarm"))
    };
    facts.endpoints.iter().filter(raised).map(finding).collect()
}
