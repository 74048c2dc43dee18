//! The end-entity certificate of one side has expired: the server's as it was presented, or the client's own file.
//!
//! Go's text is the same for a CA in the path; that one is `ca-expired`.

use super::validity::{self, Limit};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{ClientFault, Facts},
    message::{Prose, Text},
    x509::Reason,
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-expired",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The certificate has expired",
            why: "Go compares a certificate's end date with the local clock and breaks off the \
                  handshake when it has passed. etcd reads its certificate and key again on every \
                  connection, so a renewed pair works without a restart.",
            fix: "Renew the certificate with the same names and usages, and replace the file.",
        },
        ja: Prose {
            title: "証明書の有効期限が切れています",
            why: "Go は証明書の有効期限を手元の時計と比べ、過ぎていればハンドシェイクを打ち切ります。\
                  etcd は接続のたびに証明書と秘密鍵を読み直すため、更新後の再起動は不要です。",
            fix: "同じ SAN と EKU で証明書を更新し、元のファイルを置き換えてください。",
        },
        zh: Prose {
            title: "证书已过期",
            why: "Go 会将证书的到期时间与本机时钟比较，一旦过期就中止握手。\
                  etcd 每次建立连接都会重新读取证书和私钥，因此续期后无需重启。",
            fix: "按原有的 SAN 和 EKU 为证书续期，并替换原文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    // Among members it is `peer-cert-expired`.
    if facts.among_peers() {
        return Vec::new();
    }
    let limit = Limit { reason: Reason::Expired, fault: ClientFault::Expired };
    validity::findings(facts, &DIAGNOSIS, &limit)
}
