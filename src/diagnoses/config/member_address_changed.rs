//! A member listens for others at another address than the one that its cluster has stored.
//!
//! After the first start `--initial-advertise-peer-urls` changes nothing (etcd `server/etcdserver/bootstrap.go`): the others dial what
//! the member list holds.

use super::super::etcd::no_leader;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Settings, Subject},
    message::{Label, Prose, Text, Value},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "member-address-changed",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[&no_leader::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "The cluster has another peer URL for this member than its configuration",
            why: "Members connect to the peer URLs in the stored member list. After the first start \
                  --initial-advertise-peer-urls changes nothing there, so the other members can't reach \
                  this one at its new address.",
            fix: "Run `etcdctl member update` with the new peer URLs. If the cluster has no leader, bring the \
                  old address back first.",
        },
        ja: Prose {
            title: "クラスターに登録されたピア URL がこのメンバーの設定と異なります",
            why: "メンバーは、保存されたメンバー一覧のピア URL に接続します。初回起動の後は \
                  --initial-advertise-peer-urls を変えても一覧は変わらないため、ほかのメンバーは新しいアドレスの\
                  このメンバーに到達できません。",
            fix: "新しいピア URL を指定して `etcdctl member update` を実行してください。リーダーがいない場合は、先に元の\
                  アドレスに戻してください。",
        },
        zh: Prose {
            title: "集群中登记的对等 URL 与该成员的配置不同",
            why: "成员按已保存的成员列表中的对等 URL 互相连接。首次启动之后，修改 \
                  --initial-advertise-peer-urls 不会改变列表，因此其他成员无法在新地址访问该成员。",
            fix: "用新的对等 URL 执行 `etcdctl member update`。如果集群没有主节点，请先恢复原来的地址。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds.filter_map(|process| describe(process, facts)).collect()
}

fn describe(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let member = facts.moved_member(process)?;
    let (config, setting) = process.get("initial-advertise-peer-urls")?;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let leaderless = facts.leaderless().next().is_some();
    let severity = if leaderless { Severity::Error } else { Severity::Warning };
    let update = Fix::etcdctl(facts, "member update").value(&member.id);
    let update = update.arg("--peer-urls", &setting.value);
    let finding = super::finding(&DIAGNOSIS, process, subject, facts)
        .severity(severity)
        .evidence(Label::PeerUrls, Value::list(member.peer_urls.iter().map(String::as_str)))
        .evidence(Label::Setting, process.show("listen-peer-urls"))
        .evidence(Label::Setting, process.show("initial-advertise-peer-urls"))
        .fixes(Some(update).filter(|_| facts.is_served(process) && !leaderless));
    Some(finding)
}
