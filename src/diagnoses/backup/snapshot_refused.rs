//! The endpoint answers, and gives no snapshot.
//!
//! With authentication on, `Maintenance.Snapshot` is root's alone (etcd `server/etcdserver/api/v3rpc/maintenance.go`,
//! `authMaintenanceServer`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts, Subject},
    message::{Label, Prose, Say, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "snapshot-refused",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd does not give this client a snapshot",
            why: "The endpoint answers, but the snapshot stream did not open or its first block did \
                  not come. With authentication on, only a user with the role root may take one, \
                  whatever keys it may read.",
            fix: "Take the snapshot as a user with the role root, or from another endpoint.",
        },
        ja: Prose {
            title: "etcd がこのクライアントにスナップショットを渡しません",
            why: "エンドポイントは応答しますが、スナップショットのストリームが開かないか、最初のブロックが\
                  届きませんでした。認証が有効な場合、読めるキーに関係なく、root ロールを持つユーザーしか\
                  スナップショットを取得できません。",
            fix: "root ロールを持つユーザーで取得するか、別のエンドポイントから取得してください。",
        },
        zh: Prose {
            title: "etcd 不向此客户端提供快照",
            why: "该端点有应答，但快照流没有打开，或第一个数据块没有到达。启用认证后，无论用户能读哪\
                  些键，只有拥有 root 角色的用户才能获取快照。",
            fix: "以拥有 root 角色的用户获取快照，或改从其他端点获取。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let stream = facts.backup().and_then(|backup| backup.stream.as_ref());
    let Some((stream, error)) = stream.and_then(|s| Some((s, s.opened.as_ref().err()?))) else {
        return Vec::new();
    };
    let user = facts.endpoints.iter().find_map(|endpoint| endpoint.own_user());
    let cn = || facts.client.leaf().and_then(Certificate::common_name);
    let name = user.map(|user| user.name.clone()).or_else(cn).unwrap_or_default();
    let finding = Finding::new(&DIAGNOSIS, Subject::Endpoint(stream.endpoint.clone()))
        .evidence(Label::Answer, error.message())
        .evidence(Label::User, &name);
    vec![if error.answer().is_some_and(|answer| answer.code == "PermissionDenied") {
        finding.fix(Fix::etcdctl(facts, "user grant-role").value(name).value("root"))
    } else {
        finding.fix(Fix::etcdctl(facts, "endpoint status --cluster --write-out=table"))
    }]
}
