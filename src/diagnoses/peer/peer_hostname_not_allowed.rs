//! `--peer-cert-allowed-hostname` is set, and a peer certificate lists none of these names.
//!
//! By SAN alone, in both directions of every connection (etcd `client/pkg/transport/listener.go`).

use super::unlisted::{self, List};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{ClientFault, Facts},
    message::{Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-hostname-not-allowed",
    severity: Severity::Error,
    side: Side::Peer,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This peer certificate lists none of the host names that the cluster admits",
            why: "CA, dates and usage are right, but the members run with \
                  --peer-cert-allowed-hostname, and none of these names is among the certificate's \
                  SAN entries. They check it both when they are dialled and when they dial.",
            fix: "Issue the peer certificate again with an allowed name as SAN, or allow one of its \
                  names on every member and restart them.",
        },
        ja: Prose {
            title: "このピア証明書には、クラスターが許可するホスト名がありません",
            why: "CA、有効期間、用途に問題はありませんが、メンバーには --peer-cert-allowed-hostname が\
                  設定されており、証明書の SAN にその名前がありません。\
                  接続するときも接続されるときも確認されます。",
            fix: "許可されている名前を SAN に加えてピア証明書を再発行するか、全メンバーで証明書の名前を\
                  許可して再起動してください。",
        },
        zh: Prose {
            title: "此对等证书不含集群允许的任何主机名",
            why: "CA、有效期和用途都没有问题，但成员设置了 --peer-cert-allowed-hostname，\
                  而证书的 SAN 中没有其中任何一个名称。无论连接还是被连接，成员都会检查。",
            fix: "将允许的名称作为 SAN 重新签发对等证书，或在每个成员上允许该证书中的名称并重启。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let list = List { setting: "peer-cert-allowed-hostname", fault: ClientFault::HostName };
    unlisted::findings(facts, &DIAGNOSIS, &list)
}
