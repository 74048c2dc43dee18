//! The member answers, but its cluster has no leader: no quorum, so nothing can be written or read reliably.
//!
//! `Maintenance.Status` gives leader 0 and `etcdserver: no leader`. A member that never had a quorum doesn't even
//! answer TLS, which looks like `tls-stalled`.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "no-leader",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The cluster behind this endpoint has no leader",
            why: "TLS and the certificates are fine; this member answered. But it sees no leader, \
                  because fewer than half of the members reach each other. Writes and linearizable \
                  reads hang until a quorum is back.",
            fix: "Start the other members, or repair what keeps their peer URLs apart.",
        },
        ja: Prose {
            title: "このエンドポイントのクラスターにリーダーがいません",
            why: "TLS と証明書に問題はなく、このメンバーは応答しました。しかし互いに通信できる\
                  メンバーが過半数に満たないため、リーダーが見えません。\
                  過半数が戻るまで、書き込みと線形化可能な読み取りは止まったままになります。",
            fix: "ほかのメンバーを起動するか、ピア URL 間の通信を妨げている原因を取り除いてください。",
        },
        zh: Prose {
            title: "该端点所在的集群没有领导者 (leader)",
            why: "TLS 和证书都没有问题，该成员已经应答。但能互相通信的成员没有过半数，因此没有领导者。\
                  在恢复法定人数之前，写入和线性一致读会一直挂起。",
            fix: "启动其余成员，或排除使它们的对等 URL 互不相通的原因。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let leaderless = |endpoint: &&Endpoint<'_>| {
        endpoint.status().is_some_and(|status| status.leader == "0" && !status.version.is_empty())
    };
    let finding = |endpoint: &Endpoint<'_>| {
        let said =
            endpoint.status().map(|status| Value::list(status.errors.iter().map(Value::quoted)));
        let members = facts.endpoints.iter().filter(|other| !other.serves(facts));
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Answer, Value::quoted("Maintenance.Status: leader 0"))
            .evidence(Label::System, said);
        members
            .fold(finding, |finding, down| finding.also_about(down.subject()))
            .fix(Fix::etcdctl(facts, "member list --write-out=table"))
            .fix(Fix::etcdctl(facts, "endpoint status --cluster --write-out=table"))
    };
    let unserved = facts.endpoints.iter().filter(|endpoint| endpoint.awaits_quorum());
    let unserved = unserved.map(|endpoint| unaccepted(endpoint, facts));
    facts.endpoints.iter().filter(leaderless).map(finding).chain(unserved).collect()
}

/// etcd has bound the port and takes no connection: it does so only after it has joined a quorum.
fn unaccepted(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let waiting = endpoint.main().and_then(|main| main.listener.as_ref());
    let waiting =
        waiting.map(|seen| EvidenceMessage::QuorumAwaited { count: seen.unaccepted.into() });
    let peers = facts.settings.show("initial-cluster");
    Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Seen, waiting)
        .evidence(Label::Waited, endpoint.waited())
        .evidence(Label::Setting, peers)
        .fix(Fix::run("journalctl -u etcd -n 50"))
}
