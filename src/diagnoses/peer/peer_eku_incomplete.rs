//! A peer certificate that is good for one direction only: members dial and are dialled with the same pair.
//!
//! Unless `--peer-client-cert-file` gives a second pair (etcd 3.5 and later; `client/pkg/transport/listener.go`). RFC 5280 §4.2.1.12.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{ClientFault, Endpoint, Facts, Presented, Subject, missing_usages},
    message::{Label, Prose, Text, Value},
    x509::{Certificate, Reason, Usage},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-eku-incomplete",
    severity: Severity::Error,
    side: Side::Peer,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A peer certificate is good for one direction only",
            why: "Members dial one another and are dialled with the same certificate, so that its \
                  extended key usage (EKU) needs serverAuth and clientAuth. Without clientAuth the \
                  other members turn its connections away; without serverAuth nobody can dial it, \
                  though it dials out and all seems healthy.",
            fix: "Issue the peer certificate again with serverAuth and clientAuth, or give the member \
                  a second pair as --peer-client-cert-file.",
        },
        ja: Prose {
            title: "ピア証明書の用途が片方向にしか対応していません",
            why: "メンバーは同じ証明書で互いに接続し、接続されるため、拡張鍵用途 (EKU) には serverAuth と \
                  clientAuth の両方が必要です。clientAuth がないと、ほかのメンバーへの接続が拒否されます。\
                  serverAuth がないと、誰もこのメンバーに接続できませんが、一見正常に見えます。",
            fix: "serverAuth と clientAuth を付けてピア証明書を再発行するか、--peer-client-cert-file \
                  で別の証明書を指定してください。",
        },
        zh: Prose {
            title: "对等证书的用途只适用于一个方向",
            why: "成员无论主动连接还是被连接，都用同一张证书，因此扩展密钥用途 (EKU) 需要同时包含 \
                  serverAuth 和 clientAuth。缺少 clientAuth 时，其他成员会拒绝它的连接；缺少 \
                  serverAuth 时，谁也连不上它，但它仍能主动连接，看上去一切正常。",
            fix: "重新签发同时包含 serverAuth 和 clientAuth 的对等证书，或用 \
                  --peer-client-cert-file 为成员指定第二对证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    if !facts.among_peers() {
        return Vec::new();
    }
    let own = own(facts);
    // One certificate that both sides present is one fault.
    let known = |leaf: &Certificate| {
        own.is_some() && facts.client.leaf().is_some_and(|own| own.der == leaf.der)
    };
    let served = facts.presented().filter_map(|(endpoint, presented)| {
        presented
            .leaf()
            .filter(|leaf| !known(leaf))
            .and_then(|_| served(facts, endpoint, presented))
    });
    let served: Vec<_> = served.collect();
    own.into_iter().chain(served).collect()
}

/// The certificate that we were given: refused for its usage, or good for dialling alone.
fn own(facts: &Facts<'_>) -> Option<Finding> {
    let (cert, leaf) = (facts.client.cert?, facts.client.leaf()?);
    let refused: Vec<_> = facts.refused_for(ClientFault::Usage).collect();
    let mut missing = missing_usages(leaf);
    if facts.is_dialling_pair() {
        missing.retain(|usage| *usage != Usage::ServerAuth);
    }
    let asked = facts.endpoints.iter().any(|endpoint| endpoint.request().is_some());
    if !asked {
        missing.retain(|usage| *usage != Usage::ClientAuth);
    }
    if missing.is_empty() && refused.is_empty() {
        return None;
    }
    let anchors = &facts.anchors.certificates;
    let above = facts.client.chain.iter().chain(anchors);
    let culprit = above.into_iter().find(|c| !missing_usages(c).is_empty()).unwrap_or(leaf);
    let alert = refused.first().and_then(|endpoint| endpoint.alert()).unwrap_or_default();
    let finding = Finding::new(&DIAGNOSIS, Subject::File(cert.to_owned()));
    let finding = describe(facts, finding, culprit).evidence(Label::Alert, alert);
    let same = facts.presented().filter(|(_, seen)| seen.leaf().is_some_and(|l| l.der == leaf.der));
    let concerned = refused.iter().map(|endpoint| endpoint.subject());
    let concerned = concerned.chain(same.map(|(endpoint, _)| endpoint.subject()));
    Some(concerned.fold(finding, Finding::also_about))
}

/// What a member presents: refused for its usage by whoever dials it, or of no use when it dials others.
fn served(facts: &Facts<'_>, endpoint: &Endpoint<'_>, presented: &Presented) -> Option<Finding> {
    let leaf = presented.leaf()?;
    let rejection = presented.rejection();
    let refused = rejection.is_some_and(|why| why.reason == Reason::IncompatibleUsage);
    let dials = endpoint.request().is_some()
        && facts.settings.get("peer-client-cert-file").is_none()
        && !leaf.allows(Usage::ClientAuth);
    let lacking = refused || (dials && presented.is_trusted());
    if !lacking {
        return None;
    }
    let at = rejection.and_then(|why| presented.at(&facts.anchors, why.at));
    let culprit = if missing_usages(leaf).is_empty() { at.unwrap_or(leaf) } else { leaf };
    let says = rejection.map(|why| why.message.as_str()).unwrap_or_default();
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject());
    Some(describe(facts, finding, culprit).evidence(Label::GoSays, Value::quoted(says)))
}

fn describe(facts: &Facts<'_>, finding: Finding, culprit: &Certificate) -> Finding {
    let both = [Usage::ServerAuth, Usage::ClientAuth];
    let lacking: Vec<_> = missing_usages(culprit).iter().map(|usage| usage.name()).collect();
    let renewal = if culprit.is_ca() { None } else { Fix::renew(facts, culprit, &[], &both) };
    finding
        .evidence(Label::Subject, culprit.subject())
        .evidence(Label::ExtendedKeyUsage, Value::list(culprit.extended_key_usage_display()))
        .evidence(Label::Required, Value::list(both.map(Usage::name)))
        .evidence(Label::Missing, Value::list(lacking))
        .fixes(renewal)
}
