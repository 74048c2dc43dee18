//! A member advertises a client URL whose scheme is not what its port speaks.
//!
//! Clients that follow the member list (`--cluster`, client auto-sync) take the advertised URL as it is (etcd
//! `--advertise-client-urls`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    facts::{AdvertisedFault, Facts, Subject},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "advertised-url-scheme",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A member advertises its client port with the wrong scheme",
            why: "The endpoint answered, but the member list says http:// where the port speaks TLS, or \
                  https:// where it does not. Whoever follows the list, such as `etcdctl --cluster` \
                  or a client that syncs its endpoints, fails there.",
            fix: "Set --advertise-client-urls to the scheme of --listen-client-urls and restart the \
                  member.",
        },
        ja: Prose {
            title: "メンバーが公開しているクライアント URL のスキームが実際と異なります",
            why: "エンドポイントは応答しましたが、メンバー一覧では TLS のポートが http:// に、または平文の\
                  ポートが https:// になっています。`etcdctl --cluster` やエンドポイントを同期する\
                  クライアントなど、一覧に従うものはここで失敗します。",
            fix: "--advertise-client-urls を --listen-client-urls と同じスキームにして、\
                  メンバーを再起動してください。",
        },
        zh: Prose {
            title: "成员公布的客户端 URL 的协议与端口实际使用的不符",
            why: "该端点已应答，但成员列表中 TLS 端口写成了 http://，或明文端口写成了 https://。\
                  凡是按列表连接的，例如 `etcdctl --cluster` 或会同步端点的客户端，都会在此失败。",
            fix: "将 --advertise-client-urls 的协议改为与 --listen-client-urls 一致，并重启该成员。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let found = facts.misadvertised().into_iter().filter_map(|one| {
        let AdvertisedFault::Scheme { tls } = one.fault else { return None };
        let rest = one.url.split_once("://").map(|(_, rest)| rest)?;
        let right = format!("{}://{rest}", if tls { "https" } else { "http" });
        let spoken = if tls { EvidenceMessage::TlsPort } else { EvidenceMessage::PlainPort };
        let finding = Finding::new(&DIAGNOSIS, Subject::Endpoint(one.url.to_owned()))
            .also_about(one.by.subject())
            .evidence(Label::Member, format!("{} ({})", one.member.name, one.member.id))
            .evidence(Label::Seen, spoken)
            .evidence(Label::Correct, &right)
            .evidence(Label::Setting, facts.settings.show("advertise-client-urls"))
            .fix(Fix::run("etcd").arg("--advertise-client-urls", right).needs(Need::Restart));
        Some(finding)
    });
    found.collect()
}
