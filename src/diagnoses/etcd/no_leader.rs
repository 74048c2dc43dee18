//! The cluster behind an endpoint has no leader: no quorum, so nothing can be written or read reliably.
//!
//! `Maintenance.Status` gives leader 0 and `etcdserver: no leader`. A member that never had a quorum doesn't even
//! answer TLS, which looks like `tls-stalled`.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    facts::{AbsentMember, Endpoint, Facts, Listener},
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
            why: "etcd elects a leader only while more than half of its members reach each other. Without \
                  one, writes and linearizable reads hang; a member that was started since then accepts \
                  connections and answers nothing.",
            fix: "Start the members that are down, or repair what keeps their peer URLs apart.",
        },
        ja: Prose {
            title: "このエンドポイントのクラスターにリーダーがいません",
            why: "etcd は、過半数のメンバーが互いに通信できる間だけリーダーを選出します。リーダーがいないと、\
                  書き込みと線形化可能な読み取りは止まります。その後に起動したメンバーは接続を受け付けても\
                  何も応答しません。",
            fix: "停止しているメンバーを起動するか、ピア URL 間の通信を妨げている原因を取り除いてください。",
        },
        zh: Prose {
            title: "该端点所在的集群没有领导者 (leader)",
            why: "只有过半数成员能互相通信时，etcd 才会选出领导者。没有领导者时，写入和线性一致读会一直挂起；\
                  此后启动的成员接受连接，却不作任何应答。",
            fix: "启动已停止的成员，或排除使它们的对等 URL 互不相通的原因。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let told = facts.endpoints.iter().filter(|endpoint| {
        endpoint.status().is_some_and(|status| status.leader == "0" && !status.version.is_empty())
    });
    let told = told.map(|endpoint| {
        let said =
            endpoint.status().map(|status| Value::list(status.errors.iter().map(Value::quoted)));
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Answer, Value::quoted("Maintenance.Status: leader 0"))
            .evidence(Label::System, said);
        let others = facts.endpoints.iter().filter(|other| !other.serves(facts));
        let finding = others.fold(finding, |finding, down| finding.also_about(down.subject()));
        // Every member answers this by itself, with a leader or without.
        absent(finding, endpoint, facts)
            .fix(Fix::etcdctl(facts, "endpoint status --write-out=table"))
    });
    let silent = facts.endpoints.iter().filter(|endpoint| endpoint.awaits_quorum());
    told.chain(silent.map(|endpoint| unaccepted(endpoint, facts))).collect()
}

/// etcd has bound the port and takes no connection: it does so only after it has joined a quorum.
fn unaccepted(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let waiting = endpoint.main().and_then(|main| main.listener.as_ref());
    let waiting =
        waiting.map(|seen| EvidenceMessage::QuorumAwaited { count: seen.unaccepted.into() });
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Seen, waiting)
        .evidence(Label::Waited, endpoint.waited())
        .evidence(Label::Setting, facts.settings.show("initial-cluster"));
    absent(finding, endpoint, facts).fix(Fix::run("journalctl -u etcd -n 50"))
}

/// Names the members that are lacking, how each of them fails, and what to start where.
fn absent(finding: Finding, endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let absent = facts.absent_members(endpoint);
    let lines = absent.iter().map(|member| {
        let name = member.name.as_deref().unwrap_or_default();
        member.how.clone().about(format!("{name} {}", member.url).trim_start())
    });
    let down = absent.iter().filter(|member| member.is_down);
    let start = |member: &AbsentMember| {
        let at = Listener::parse(&member.url).map(|url| url.authority());
        let start = Fix::run("systemctl start etcd").needs(Need::Root);
        start.on(at.unwrap_or_else(|| member.url.clone()))
    };
    finding.evidence(Label::Member, Value::list(lines)).fixes(down.map(start))
}
