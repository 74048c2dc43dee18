//! `--peer-cert-allowed-cn` is set, and a peer certificate has another CN.
//!
//! Exact comparison, in both directions of every connection (etcd `client/pkg/transport/listener.go`).

use super::unlisted::{self, List};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{ClientFault, Facts},
    message::{Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-cn-not-allowed",
    severity: Severity::Error,
    side: Side::Peer,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The cluster does not admit the common name of this peer certificate",
            why: "CA, dates and usage are right, but the members run with --peer-cert-allowed-cn, and \
                  the certificate has another CN. They compare it exactly, both when they are dialled \
                  and when they dial; the log says `client certificate authentication failed`.",
            fix: "Issue the peer certificate with the allowed CN, or allow this one on every member \
                  and restart them.",
        },
        ja: Prose {
            title: "このピア証明書の CN はクラスターで許可されていません",
            why: "CA、有効期間、用途に問題はありませんが、メンバーには --peer-cert-allowed-cn が設定されて\
                  おり、証明書の CN が異なります。接続するときも接続されるときも完全一致で比較され、\
                  ログには `client certificate authentication failed` と残ります。",
            fix: "許可されている CN でピア証明書を発行し直すか、全メンバーでこの CN を許可して\
                  再起動してください。",
        },
        zh: Prose {
            title: "集群不允许此对等证书的 CN",
            why: "CA、有效期和用途都没有问题，但成员设置了 --peer-cert-allowed-cn，而证书的 CN 与之不同。\
                  无论连接还是被连接，成员都做精确比较；日志中写的是 \
                  `client certificate authentication failed`。",
            fix: "用允许的 CN 签发对等证书，或在每个成员上允许此 CN 并重启。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let list = List { setting: "peer-cert-allowed-cn", fault: ClientFault::CommonName };
    unlisted::findings(facts, &DIAGNOSIS, &list)
}
