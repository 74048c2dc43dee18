//! The server calls a client certificate expired that is valid by the local clock.
//!
//! Go's server sends `certificate_expired` for both ends of the validity (`crypto/tls` `processCertsFromClient`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    facts::{ClientFault, Facts, Subject},
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-cert-expired-rejected",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server takes your valid client certificate, or its CA, for expired",
            why: "The server answered certificate_expired, which Go also sends for a certificate \
                  that is not valid yet. By the local clock the certificate is valid. Either the two \
                  clocks differ, or the CA that the server holds has expired.",
            fix: "Set both clocks with NTP. If they agree, renew the CA in the server's --trusted-ca-file and restart etcd.",
        },
        ja: Prose {
            title: "サーバーは有効なクライアント証明書またはその CA を期限切れとみなしています",
            why: "サーバーは certificate_expired で応答しました (Go は有効期間前の証明書にもこの\
                  アラートを使います)。ローカル時刻では証明書は有効です。両者の時計がずれているか、\
                  サーバーの持つ CA が期限切れです。",
            fix: "両方の時刻を NTP で合わせてください。ずれがなければ、サーバーの --trusted-ca-file の CA を更新して etcd を再起動してください。",
        },
        zh: Prose {
            title: "服务器认为您的有效客户端证书或其 CA 已过期",
            why: "服务器以 certificate_expired 应答（对尚未生效的证书，Go 也发送这个警报）。\
                  按本机时钟，证书是有效的。要么两边的时钟不一致，要么服务器持有的 CA 已过期。",
            fix: "用 NTP 校准两边的时钟。如果时钟一致，请更新服务器 --trusted-ca-file 中的 CA 并重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some((cert, leaf)) = facts.client.cert.zip(facts.client.leaf()) else { return Vec::new() };
    let refused = facts.refused_for(ClientFault::ServerClock).map(|endpoint| {
        Finding::new(&DIAGNOSIS, Subject::File(cert.to_owned()))
            .also_about(endpoint.subject())
            .evidence(Label::Alert, endpoint.alert())
            .shows_validity(leaf, facts, Some(endpoint))
            .fix(Fix::run("timedatectl set-ntp true").needs(Need::Root))
    });
    refused.collect()
}
