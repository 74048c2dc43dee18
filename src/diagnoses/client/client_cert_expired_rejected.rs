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
            title: "The server's clock puts your client certificate outside its validity",
            why: "The server answered certificate_expired, which Go also sends for a certificate \
                  that is not valid yet. By the local clock the certificate is valid, so the two \
                  clocks differ.",
            fix: "Set the clocks of the server and of this machine with NTP.",
        },
        ja: Prose {
            title: "サーバーの時計ではクライアント証明書が有効期間外です",
            why: "サーバーは certificate_expired で応答しました (Go は有効期間前の証明書にもこの\
                  アラートを使います)。ローカル時刻では証明書は有効なので、両者の時計がずれています。",
            fix: "サーバーとこのマシンの時刻を NTP で合わせてください。",
        },
        zh: Prose {
            title: "按服务器的时钟，客户端证书不在有效期内",
            why: "服务器以 certificate_expired 应答（对尚未生效的证书，Go 也发送这个警报）。\
                  按本机时钟，证书是有效的，因此两边的时钟不一致。",
            fix: "用 NTP 校准服务器和本机的时钟。",
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
