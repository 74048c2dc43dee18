//! A certificate that works now ends before the next backup is due.

use crate::{
    facts::{Endpoint, Facts, Subject, show_span},
    judge::{Diagnosis, Finding, Fix, Severity, Side},
    lang::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-ends-before-backup",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    logs: &[],
    text: Text {
        en: Prose {
            title: "A certificate ends before the next backup is due",
            why: "This backup will work, the next one, at the interval given, will not: the \
                  certificate shown has ended by then. Backups that stop are noticed when they are \
                  needed.",
            fix: "Renew the certificate before the next backup.",
        },
        ja: Prose {
            title: "次回のバックアップより前に証明書の有効期限が切れます",
            why: "今回のバックアップは成功しますが、指定された間隔の次回には、表示した証明書の期限が\
                  切れているため失敗します。止まったバックアップは、必要になったときに初めて気づかれます。",
            fix: "次回のバックアップまでに証明書を更新してください。",
        },
        zh: Prose {
            title: "证书会在下次备份之前到期",
            why: "这次备份会成功，但按给定的间隔，下次备份时所示证书已经到期，备份会失败。\
                  停掉的备份往往要等到需要时才被发现。",
            fix: "在下次备份之前续签该证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let ends = facts.ends_before_next_backup().into_iter().map(|(endpoint, certificate)| {
        let own = facts.client.cert.map(|cert| Subject::File(cert.to_owned()));
        let subject = endpoint.map(Endpoint::subject).or(own);
        let subject = subject.unwrap_or_else(|| Subject::Flag("--cert".to_owned()));
        let side = if endpoint.is_some() { Side::Server } else { Side::LocalFile };
        let renewal =
            if certificate.is_ca() { None } else { Fix::renew(facts, certificate, &[], &[]) };
        Finding::new(&DIAGNOSIS, subject)
            .side(side)
            .shows(Label::Subject, certificate.subject())
            .shows(Label::Remaining, show_span(certificate.not_after - facts.now()))
            .shows_validity(certificate, facts, endpoint)
            .fixes(renewal)
    });
    ends.collect()
}
