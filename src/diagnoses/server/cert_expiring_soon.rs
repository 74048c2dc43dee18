//! A certificate in use ends soon: in a chain that a server presents, the anchor above it, or the client's own.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Presented, Subject, show_setting, show_span},
    message::{Label, Prose, Text},
    x509::{Certificate, Place},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-expiring-soon",
    severity: Severity::Warning,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A certificate expires soon",
            why: "From the end date shown here on, every handshake with this certificate fails. A renewed server or client certificate counts from the next \
                  connection on, a renewed CA only after a restart.",
            fix: "Renew it before that date with the same names and usages.",
        },
        ja: Prose {
            title: "証明書の有効期限が近づいています",
            why: "表示した有効期限を過ぎると、この証明書を使うハンドシェイクはすべて失敗します。サーバー証明書とクライアント証明書は次の接続で\
                  読み直されますが、CA 証明書を更新したときは再起動が必要です。",
            fix: "期限までに、同じ SAN と EKU で証明書を更新してください。",
        },
        zh: Prose {
            title: "证书即将过期",
            why: "超过所示的到期时间之后，使用该证书的握手都会失败。续期后的服务器证书和客\
                  户端证书从下次连接起生效，更换 CA 证书则需要重启。",
            fix: "在到期之前按原有的 SAN 和 EKU 为证书续期。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let served = facts.presented().filter(|(_, presented)| presented.is_trusted()).flat_map(
        |(endpoint, presented)| {
            let chain = presented.chain.iter().map(|due| (endpoint.subject(), due));
            let cacert = facts.flag("--cacert").zip(anchor(facts, presented));
            let cacert = cacert.map(|(given, due)| (Subject::File(given.given.value.clone()), due));
            let touched = endpoint.subject();
            chain
                .chain(cacert)
                .filter(|(_, due)| facts.is_due(due))
                .map(move |(subject, due)| warning(facts, subject, due).also_about(touched.clone()))
        },
    );
    let own = facts.client.cert.zip(facts.client.leaf()).filter(|(_, leaf)| facts.is_due(leaf));
    let own = own.map(|(cert, leaf)| {
        warning(facts, Subject::File(cert.to_owned()), leaf).side(Side::LocalFile)
    });
    let configured = facts.unseen_pairs().filter_map(|pair| {
        let leaf = pair.leaf().filter(|leaf| facts.is_due(leaf))?;
        let subject = Subject::File(pair.cert.file.path.clone());
        let shown = show_setting(pair.cert.config, pair.cert.setting);
        Some(warning(facts, subject, leaf).side(Side::LocalFile).evidence(Label::Setting, shown))
    });
    served.chain(own).chain(configured).collect()
}

fn warning(facts: &Facts<'_>, subject: Subject, due: &Certificate) -> Finding {
    let renewal = if due.is_ca() { None } else { Fix::renew(facts, due, &[], &[]) };
    Finding::new(&DIAGNOSIS, subject)
        .evidence(Label::Subject, due.subject())
        .evidence(Label::Remaining, show_span(due.not_after - facts.now()))
        .shows_validity(due, facts, None)
        .evidence(Label::OnDisk, facts.file_of(due).map(|file| file.path.as_str()))
        .fixes(renewal)
}

/// The anchor at the top of the path that was accepted, unless the server presented it as well.
fn anchor<'f>(facts: &'f Facts<'_>, presented: &'f Presented) -> Option<&'f Certificate> {
    let accepted = presented.chain_verdict.as_ref()?.paths.iter().find(|path| path.end.is_ok())?;
    let top = accepted.links.last().filter(|top| matches!(top, Place::Anchor(_)))?;
    let anchor = presented.at(&facts.anchors, *top)?;
    presented.chain.iter().all(|sent| sent.der != anchor.der).then_some(anchor)
}
