//! Endpoints of two clusters were given as one: one of them was bootstrapped anew, or is somebody else's.
//!
//! The cluster id is made from the initial members and the initial-cluster-token (etcd `server/etcdserver/api/membership`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cluster-id-mismatch",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This endpoint belongs to another cluster than the others",
            why: "Each endpoint answered by itself, but they report different cluster ids. A client \
                  that is given both reads and writes now here, now there. One of them was \
                  bootstrapped anew, with an empty data directory, or belongs elsewhere.",
            fix: "Take the stray endpoint off the list, or remove its data and let it join the \
                  cluster with `etcdctl member add`.",
        },
        ja: Prose {
            title: "このエンドポイントはほかとは別のクラスターに属しています",
            why: "どのエンドポイントも単独では応答しましたが、クラスター ID が異なります。両方を指定した\
                  クライアントの読み書きは、そのつど別のクラスターに向かいます。一方が空のデータで\
                  作り直されたか、別の場所のものです。",
            fix: "余分なエンドポイントを一覧から外すか、そのデータを消して `etcdctl member add` で\
                  クラスターに参加させてください。",
        },
        zh: Prose {
            title: "该端点与其他端点不属于同一个集群",
            why: "每个端点都各自应答，但它们报告的集群 ID 不同。同时使用二者的客户端会时而读写这\
                  里，时而读写那里。其中之一是用空的数据目录重新引导的，或属于另一个集群。",
            fix: "从列表中去掉不属于该集群的端点，或清除其数据并用 `etcdctl member add` 让它加入集群。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(main) = facts.main_cluster() else { return Vec::new() };
    let expected = facts.of_main_cluster().next().map(|one| format!("{main} ({})", one.url()));
    let expected = expected.unwrap_or_default();
    let strays = facts.endpoints.iter().filter_map(|endpoint| {
        let id = endpoint.cluster_id().filter(|id| *id != main)?;
        let rest = facts.endpoints.iter().filter(|other| other.url() != endpoint.url());
        let rest: Vec<&str> = rest.map(Endpoint::url).collect();
        let without = Fix::check(facts, &[("--endpoints", &rest.join(","))]);
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::ClusterId, format!("{id} ({})", endpoint.url()))
            .evidence(Label::Expected, &expected)
            .fix(without);
        Some(finding)
    });
    strays.collect()
}
