//! The endpoint is a learner: it takes part in replication only, and refuses clients nearly everything.
//!
//! etcd `server/etcdserver/api/v3rpc/interceptor.go`: `rpc not supported for learner`.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts},
    message::{Label, Prose, Text, Value},
    observation::target::Origin,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "learner-endpoint",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This member is a learner and serves no clients yet",
            why: "A learner receives the log of the others and does not vote. It answers Status and \
                  serializable reads; linearizable reads, writes and snapshots for clients it refuses.",
            fix: "Dial a voting member, or promote this one once it has caught up.",
        },
        ja: Prose {
            title: "このメンバーは learner で、まだクライアントに応答しません",
            why: "learner はほかのメンバーのログを受け取るだけで、投票しません。Status と直列化可能な\
                  読み取りには答えますが、線形化可能な読み取りや書き込みなどは拒否します。",
            fix: "投票権のあるメンバーへ接続するか、追いついた時点でこのメンバーを昇格させてください。",
        },
        zh: Prose {
            title: "该成员是学习者 (learner)，尚不为客户端提供服务",
            why: "学习者只接收其他成员的日志，不参与投票。它会应答 Status 和可串行化读取，但拒绝线性\
                  一致读、写入等请求。",
            fix: "改为连接有投票权的成员，或在它追上进度后将其提升。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let learner = |endpoint: &&Endpoint<'_>| endpoint.status().is_some_and(|s| s.is_learner);
    let finding = |endpoint: &Endpoint<'_>| {
        let id = endpoint.status().map(|status| status.member_id.as_str()).unwrap_or_default();
        // One that only the member list names is on its way to become a voter.
        let listed = matches!(endpoint.origin(facts), Some(Origin::Members(_)));
        Finding::new(&DIAGNOSIS, endpoint.subject())
            .severity(if listed { Severity::Info } else { Severity::Error })
            .evidence(Label::Member, id)
            .evidence(
                Label::Answer,
                Value::quoted(
                    endpoint.read_error().map(|e| e.message.as_str()).unwrap_or_default(),
                ),
            )
            .fix(Fix::etcdctl(facts, "member promote").value(id))
    };
    facts.endpoints.iter().filter(learner).map(finding).collect()
}
