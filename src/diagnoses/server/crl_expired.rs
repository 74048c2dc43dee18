//! A revocation list that etcd uses announces a next update which has passed; etcd does not look at that date.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Subject},
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "crl-expired",
    severity: Severity::Warning,
    side: Side::Server,
    hardening: true,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The revocation list is out of date",
            why: "The list announces a next update that lies in the past. etcd does not look at \
                  that date: certificates revoked since then are still accepted.",
            fix: "Publish a new CRL at the same path; etcd reads it on the next connection.",
        },
        ja: Prose {
            title: "失効リスト (CRL) が次回更新日時を過ぎています",
            why: "CRL に記された次回更新日時 (nextUpdate) が過去になっています。etcd はこの日時を\
                  見ないため、それ以降に失効した証明書も受け入れてしまいます。",
            fix: "新しい CRL を発行して同じパスに置いてください (etcd は次の接続で読み直します)。",
        },
        zh: Prose {
            title: "吊销列表 (CRL) 已过下次更新时间",
            why: "CRL 中的下次更新时间 (nextUpdate) 已经过去。etcd 不检查这个时间，\
                  因此此后吊销的证书仍会被接受。",
            fix: "生成新的 CRL 放到同一路径，etcd 会在下次连接时读取。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let lists = ["client-crl-file", "peer-crl-file"].into_iter().filter_map(|name| {
        let crl = facts.settings.crl(name)?;
        let next_update = crl.next_update.filter(|next| *next < facts.now())?;
        let (_, setting) = facts.settings.get(name)?;
        let finding = Finding::new(&DIAGNOSIS, Subject::File(setting.value.clone()))
            .evidence(Label::NextUpdate, facts.show(next_update))
            .evidence(Label::LocalClock, facts.show(facts.now()))
            .evidence(Label::Issuer, crl.issuer)
            .evidence(Label::Setting, facts.settings.show(name));
        Some(finding)
    });
    lists.collect()
}
