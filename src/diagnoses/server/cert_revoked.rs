//! The client's certificate is on etcd's revocation list: the handshake completes, then the server closes.
//!
//! etcd compares serials after the handshake and closes without an alert (`client/pkg/transport/listener_tls.go`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{ClientFault, Endpoint, Facts, Subject},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-revoked",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The certificate is on a revocation list",
            why: "etcd compares the serial numbers of the certificates that a client or member presents \
                  with --client-crl-file or --peer-crl-file. It does so after the handshake, looks at \
                  nothing else, and closes the connection without an alert.",
            fix: "Use another certificate, or take the serial number off the list if it was revoked by \
                  mistake.",
        },
        ja: Prose {
            title: "証明書が失効リスト (CRL) に載っています",
            why: "etcd は、クライアントやメンバーが提示した証明書のシリアル番号を --client-crl-file または \
                  --peer-crl-file と照合します。照合はハンドシェイクの後に行われ、シリアル番号以外は見ず、\
                  アラートを送らずに接続を閉じます。",
            fix: "別の証明書を使うか、誤って失効させた場合は CRL からそのシリアル番号を外してください。",
        },
        zh: Prose {
            title: "证书在吊销列表 (CRL) 中",
            why: "etcd 会把客户端或成员出示的证书的序列号与 --client-crl-file 或 --peer-crl-file 比对。比对在握\
                  手之后进行，只看序列号，命中时不发送警报就关闭连接。",
            fix: "改用另一张证书；如果是误吊销，则从 CRL 中移除该序列号。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(cert) = facts.client.cert else { return Vec::new() };
    facts
        .refused_for(ClientFault::Revoked)
        .map(|endpoint| refused(facts, endpoint, Subject::File(cert.to_owned())))
        .collect()
}

fn refused(facts: &Facts<'_>, endpoint: &Endpoint<'_>, subject: Subject) -> Finding {
    let crl_file = facts.section().crl;
    let crl = facts.settings.crl(crl_file);
    let listed = crl.and_then(|crl| facts.client.chain.iter().find(|sent| crl.revokes(sent)));
    let revoked = listed.or_else(|| facts.client.leaf());
    let finding = Finding::new(&DIAGNOSIS, subject).also_about(endpoint.subject());
    let finding = match revoked {
        Some(revoked) => finding
            .evidence(Label::Serial, revoked.serial_hex())
            .evidence(Label::Subject, revoked.subject())
            .evidence(Label::Issuer, revoked.issuer()),
        None => finding,
    };
    finding
        .evidence(Label::CrlFile, facts.settings.show(crl_file))
        .evidence(Label::Seen, EvidenceMessage::EndAfterHandshake)
        .fixes(Fix::another_pair(facts, endpoint))
}
