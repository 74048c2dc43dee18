//! A certificate that works now ends before the next backup is due.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Subject, show_span},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-ends-before-backup",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A certificate ends before the next backup is due",
            why: "The next backup, at the interval given, will fail: the certificate shown has \
                  ended by then. Backups that stop are noticed when they are \
                  needed.",
            fix: "Renew the certificate before the next backup.",
        },
        ja: Prose {
            title: "次回のバックアップより前に証明書の有効期限が切れます",
            why: "指定された間隔で次のバックアップを実行するときには、表示した証\
                  明書の期限が切れているため失敗します。バックアップが止まっていることには、必要にな\
                  ったときに初めて気づくものです。",
            fix: "次回のバックアップまでに証明書を更新してください。",
        },
        zh: Prose {
            title: "证书会在下次备份之前到期",
            why: "按给定的间隔，到下次备份时所示证书已经到期，届时备份会失败。备份\
                  中断了，往往要等到需要恢复时才会发现。",
            fix: "在下次备份之前为该证书续期。",
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
            .evidence(Label::Subject, certificate.subject())
            .evidence(Label::Remaining, show_span(certificate.not_after - facts.now()))
            .shows_validity(certificate, facts, endpoint)
            .fixes(renewal)
    });
    ends.collect()
}
