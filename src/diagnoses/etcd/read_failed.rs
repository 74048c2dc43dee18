//! etcd answers, has a leader, and still can't read: whatever no other room explains.
//!
//! A linearizable read goes through the leader (etcd `server/etcdserver/v3_server.go`, `linearizableReadNotify`); authentication,
//! a missing leader and learners have rooms of their own.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "read-failed",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd answers, but a read fails",
            why: "The member answered, and it knows a leader. A linearizable \
                  read was refused or got no answer in time: the leader is unreachable from this \
                  member, just lost, or overloaded.",
            fix: "Check again, then look at the log and the disk of this member and of the leader.",
        },
        ja: Prose {
            title: "etcd は応答しますが、読み取りに失敗します",
            why: "メンバーは応答し、リーダーを認識しています。しかし線形化可能な読み取りが\
                  拒否されたか、時間内に応答がありませんでした。リーダーに到達できないか、失われた直後か、\
                  過負荷です。",
            fix: "もう一度確認し、このメンバーとリーダーのログとディスクを調べてください。",
        },
        zh: Prose {
            title: "etcd 有应答，但读取失败",
            why: "该成员已应答，也知道领导者是谁。但线性一致读被拒绝或超时无应答：该成\
                  员无法连到领导者、集群刚刚失去领导者，或负载过高。",
            fix: "再检查一次，然后查看该成员和领导者的日志与磁盘。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let failing = |endpoint: &&Endpoint<'_>| {
        let led = endpoint.status().is_some_and(|s| s.leader != "0" && !s.is_learner);
        endpoint.is_etcd() && led && endpoint.read_error().is_some_and(|e| !is_auth(&e.code))
    };
    let finding = |endpoint: &Endpoint<'_>| {
        let error = endpoint.read_error();
        let said = error.map(|error| format!("{} {}", error.code, error.message));
        // The leader may be among those that don't answer.
        let members = facts.endpoints.iter().filter(|other| !other.serves(facts));
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject());
        members
            .fold(finding, |finding, down| finding.also_about(down.subject()))
            .evidence(Label::Answer, Value::quoted(said.unwrap_or_default().trim()))
            .evidence(Label::Waited, endpoint.waited())
            .fix(Fix::etcdctl(facts, "endpoint status --cluster --write-out=table"))
    };
    facts.endpoints.iter().filter(failing).map(finding).collect()
}

/// Codes with which etcd's authentication refuses (`server/etcdserver/api/v3rpc/rpctypes/error.go`).
fn is_auth(code: &str) -> bool {
    matches!(code, "PermissionDenied" | "Unauthenticated" | "InvalidArgument")
}
