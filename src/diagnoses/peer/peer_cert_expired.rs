//! A peer certificate has expired: the one that a member presents, our own of the pair given, or, in a check of clients, the one
//! that the configuration names.
//!
//! Go's text is that of any expired certificate; members read theirs again on each connection.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    diagnoses::server::validity::{self, Limit},
    facts::{ClientFault, Facts},
    message::{Prose, Text},
    x509::Reason,
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-cert-expired",
    severity: Severity::Error,
    side: Side::Peer,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A peer certificate has expired",
            why: "Members show this certificate to one another in both directions, and every member \
                  refuses one that has ended. The member drops out of the cluster as its connections \
                  break, and can't come back.",
            fix: "Renew the peer certificate with the same names and usages, and replace the file; \
                  no restart is needed.",
        },
        ja: Prose {
            title: "ピア証明書の有効期限が切れています",
            why: "メンバーはこの証明書を双方向の接続で互いに提示し、期限切れのものはどのメンバーも拒\
                  否します。確立済みの接続も、一度切れると再接続できないため、このメンバーはクラスター\
                  から外れて戻れなくなります。",
            fix: "同じ SAN と EKU でピア証明書を更新し、ファイルを置き換えてください。再起動は不要です。",
        },
        zh: Prose {
            title: "对等证书已过期",
            why: "成员之间双向都出示此证书，任何成员都会拒绝已过期的证书。\
                  随着连接断开，该成员会脱离集群并且无法重新加入。",
            fix: "按原有的 SAN 和 EKU 为对等证书续期并替换文件，无需重启。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let limit = Limit { reason: Reason::Expired, fault: ClientFault::Expired };
    if facts.among_peers() {
        validity::findings(facts, &DIAGNOSIS, &limit)
    } else {
        validity::of_peers(facts, &DIAGNOSIS, &limit)
    }
}
