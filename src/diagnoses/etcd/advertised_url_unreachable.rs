//! A member advertises a client URL at which this machine reaches nothing.
//!
//! Clients that follow the member list (`--cluster`, client auto-sync) dial it all the same (etcd
//! `--advertise-client-urls`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    facts::{AdvertisedFault, Facts, Subject},
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "advertised-url-unreachable",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A member advertises a client URL that can't be reached from here",
            why: "The endpoint answered, but the member list names a client URL behind which nothing \
                  answers this machine: the member is down, or its --advertise-client-urls is of \
                  another time or another network. Whoever follows the list, such as `etcdctl \
                  --cluster` or a client that syncs its endpoints, fails there.",
            fix: "Start that member, or set its --advertise-client-urls to a URL that clients reach \
                  and restart it.",
        },
        ja: Prose {
            title: "メンバーが公開しているクライアント URL にここから到達できません",
            why: "エンドポイントは応答しましたが、メンバー一覧にあるクライアント URL からは応答がありません。\
                  そのメンバーが停止しているか、--advertise-client-urls が古いか、別のネットワークのものです。\
                  `etcdctl --cluster` やエンドポイントを同期するクライアントはここで失敗します。",
            fix: "そのメンバーを起動するか、--advertise-client-urls をクライアントから到達できる URL に\
                  直して再起動してください。",
        },
        zh: Prose {
            title: "从本机无法连接成员公布的客户端 URL",
            why: "该端点已应答，但成员列表中的某个客户端 URL 对本机没有任何应答：该成员已停止，\
                  或其 --advertise-client-urls 已过时，或属于另一个网络。\
                  `etcdctl --cluster` 或会同步端点的客户端都会在此失败。",
            fix: "启动该成员，或将其 --advertise-client-urls 改为客户端能连接的 URL 并重启。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let found = facts.misadvertised().into_iter().filter_map(|one| {
        let AdvertisedFault::Unreachable(why) = one.fault else { return None };
        // Of the member that answers, the URL that works is known.
        let own = one.by.status().is_some_and(|status| status.member_id == one.member.id);
        let right = Fix::run("etcd")
            .arg("--advertise-client-urls", one.by.with_tls(one.by.tls().is_some()))
            .needs(Need::Restart);
        let fix = if own { right } else { Fix::etcdctl(facts, "member list --write-out=table") };
        let finding = Finding::new(&DIAGNOSIS, Subject::Endpoint(one.url.to_owned()))
            .also_about(one.by.subject())
            .evidence(Label::Member, format!("{} ({})", one.member.name, one.member.id))
            .evidence(Label::System, why)
            .evidence(Label::Setting, facts.settings.show("advertise-client-urls"))
            .fix(fix);
        Some(finding)
    });
    found.collect()
}
