//! `--name`, `--initial-cluster` and `--initial-advertise-peer-urls` contradict each other, which etcd looks at on its first start.
//!
//! etcd `server/config/config.go`: `VerifyBootstrap`, `hasLocalMember`, `advertiseMatchesCluster`, `checkDuplicateURL`.

use super::super::network::{tcp_refused, tcp_reset};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    facts::{Disagreement, Facts, Settings, Subject},
    message::{Label, Prose, Text, Value},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "initial-cluster-mismatch",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "initial-cluster doesn't list this member as it is configured",
            why: "On its first start etcd looks for its own --name in --initial-cluster. The URLs \
                  there have to be those of --initial-advertise-peer-urls, and no URL may stand \
                  there twice; else etcd exits. Later the member list in its data directory counts.",
            fix: "Make name, initial-cluster and initial-advertise-peer-urls agree, then start etcd.",
        },
        ja: Prose {
            title: "initial-cluster の内容がこのメンバーの設定と食い違っています",
            why: "etcd は初回起動時に、自分の --name を --initial-cluster から探します。そこにある URL は \
                  --initial-advertise-peer-urls と同じでなければならず、同じ URL が 2 回現れてもいけま\
                  せん。違っていれば etcd は終了します。2 回目以降はデータディレクトリのメンバー一覧が使\
                  われます。",
            fix: "name、initial-cluster、initial-advertise-peer-urls を一致させてから etcd を起動してください。",
        },
        zh: Prose {
            title: "initial-cluster 与该成员的配置不一致",
            why: "etcd 首次启动时会在 --initial-cluster 中查找自己的 --name。其中的 URL 必须与 \
                  --initial-advertise-peer-urls 相同，同一 URL 也不能出现两次，否则 etcd 退出。\
                  之后以数据目录中的成员列表为准。",
            fix: "使 name、initial-cluster 与 initial-advertise-peer-urls 一致，然后启动 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds.filter_map(|process| describe(process, facts)).collect()
}

fn describe(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    // A member that has started once doesn't look at it again.
    if facts.has_started_before(process) == Some(true) || facts.is_served(process) {
        return None;
    }
    let disagreement = process.disagreement()?;
    let (config, setting) = process.get("initial-cluster")?;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let known_new = facts.has_started_before(process) == Some(false);
    let severity = if known_new { Severity::Error } else { Severity::Warning };
    let finding = super::finding(&DIAGNOSIS, process, subject, facts)
        .severity(severity)
        .evidence(Label::Setting, process.show("name"))
        .evidence(Label::Setting, process.show("initial-cluster"))
        .evidence(Label::Setting, process.show("initial-advertise-peer-urls"));
    let start = |fix: Option<Fix>| fix.map(|fix| fix.needs(Need::Restart));
    let replaced = |name: &str, value: &str| {
        let (config, setting) = process.get(name)?;
        super::replaced(config, setting, value)
    };
    let finding = match &disagreement {
        Disagreement::OwnName { name, known, meant } => {
            // The other members have the same list; a list of one is nobody else's.
            let shared = meant.filter(|_| known.len() > 1);
            let meant_name = shared.and_then(|meant| replaced("name", meant));
            let cluster = || replaced("initial-cluster", &renamed(&setting.value, *meant, name));
            finding
                .evidence(Label::Missing, format!("{name}="))
                .evidence(Label::Found, Value::list(known.iter().copied()))
                .fixes(start(meant_name.or_else(cluster)))
        }
        Disagreement::OwnUrls { listed, advertised, right } => finding
            .evidence(Label::Expected, Value::list(listed.iter().cloned()))
            .evidence(Label::Found, Value::list(advertised.iter().cloned()))
            .fixes(start(right.as_ref().and_then(|(option, value)| replaced(option, value)))),
        Disagreement::Twice { url } => finding.evidence(Label::Found, url.clone()),
    };
    Some(finding.fixes(super::restart(process)))
}

/// The list with this member's name: instead of the one at its URL.
fn renamed(list: &str, wrong: Option<&str>, name: &str) -> String {
    let entries = list.split(',').map(|entry| match (wrong, entry.trim().split_once('=')) {
        (Some(wrong), Some((known, url))) if known == wrong => format!("{name}={url}"),
        _ => entry.to_owned(),
    });
    entries.collect::<Vec<_>>().join(",")
}
