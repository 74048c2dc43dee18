//! The client's certificate is on etcd's revocation list: the handshake completes, then the server closes.
//!
//! etcd compares serials after the handshake and closes without an alert (`client/pkg/transport/listener_tls.go`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{ClientFault, Endpoint, Facts, Subject},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-revoked",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd's revocation list turns this client certificate away",
            why: "The handshake succeeded, then the server closed the connection without an alert. \
                  On the client port only the check against --client-crl-file ends that way; it \
                  compares serial numbers and looks at nothing else.",
            fix: "Use another client certificate, or take the serial number off the list if it was \
                  revoked by mistake.",
        },
        ja: Prose {
            title: "クライアント証明書が etcd の失効リスト (CRL) により拒否されました",
            why: "ハンドシェイクは成功しましたが、その直後にサーバーがアラートなしで接続を閉じました。\
                  クライアントポートでこのように終わるのは --client-crl-file による失効確認だけで、\
                  etcd はシリアル番号しか比較しません。",
            fix: "別のクライアント証明書を使うか、誤って失効させた場合は CRL からそのシリアル番号を\
                  外してください。",
        },
        zh: Prose {
            title: "etcd 依据吊销列表 (CRL) 拒绝了客户端证书",
            why: "握手成功后，服务器没有发送警报就关闭了连接。在客户端端口上，\
                  只有 --client-crl-file 的吊销检查会这样结束，而 etcd 只比对序列号。",
            fix: "改用另一张客户端证书；如果是误吊销，则从 CRL 中移除该序列号。",
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
    let path = facts.settings.get(crl_file).map(|(_, setting)| setting.value.as_str());
    let finding = Finding::new(&DIAGNOSIS, subject).also_about(endpoint.subject());
    let finding = match revoked {
        Some(revoked) => finding
            .evidence(Label::Serial, revoked.serial_hex())
            .evidence(Label::Subject, revoked.subject())
            .evidence(Label::Issuer, revoked.issuer()),
        None => finding,
    };
    let spare = facts.spare_pair(endpoint);
    finding
        .evidence(Label::CrlFile, facts.settings.show(crl_file))
        .evidence(Label::Seen, EvidenceMessage::EndAfterHandshake)
        .fixes(spare.map(|spare| Fix::check_pair(facts, &spare)))
        .fixes(path.map(|path| Fix::run("openssl crl -inform DER -noout -text").arg("-in", path)))
}
