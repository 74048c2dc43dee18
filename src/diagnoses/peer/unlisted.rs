//! Peers whose certificate lacks a name that the cluster wants, as two rooms tell them: by SAN and by CN.
//!
//! etcd holds both sides of a connection to the same list (`client/pkg/transport/listener.go`: `baseConfig` builds
//! the dialling side too).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix},
    facts::{Certificate, ClientFault, Endpoint, Facts, Presented, Subject},
    message::{Label, Value},
    x509::San,
};

/// Which of the two lists, and how a refusal for it is known.
pub(super) struct List {
    pub(super) setting: &'static str,
    pub(super) fault: ClientFault,
}

/// The certificates that the list leaves out: ours where a member turned it away, and those that members present.
pub(super) fn findings(facts: &Facts<'_>, room: &'static Diagnosis, list: &List) -> Vec<Finding> {
    if !facts.among_peers() {
        return Vec::new();
    }
    let own = facts.client.cert.zip(facts.client.leaf());
    let refused = facts.refused_for(list.fault).filter_map(|endpoint| {
        let (cert, leaf) = own?;
        let finding = Finding::new(room, Subject::File(cert.to_owned()));
        let finding = finding.also_about(endpoint.subject());
        Some(describe(facts, finding, leaf, endpoint, list))
    });
    let presented = facts.presented().filter(|(_, seen)| is_left_out(facts, seen, list));
    let presented = presented.filter_map(|(endpoint, presented)| {
        let leaf = presented.leaf()?;
        let ours = own.filter(|(_, own)| own.der == leaf.der);
        let finding = Finding::new(room, endpoint.subject());
        let ours = ours.map(|(cert, _)| Subject::File(cert.to_owned()));
        let finding = ours.into_iter().fold(finding, Finding::also_about);
        Some(describe(facts, finding, leaf, endpoint, list))
    });
    refused.chain(presented).collect()
}

fn is_left_out(facts: &Facts<'_>, presented: &Presented, list: &List) -> bool {
    let allowed = facts.allowed_names();
    let is_set = !facts.settings.list(list.setting).is_empty();
    let leaf = presented.leaf().filter(|_| is_set && presented.is_trusted());
    leaf.is_some_and(|leaf| allowed.admit(leaf, facts.go).is_err())
}

fn describe(
    facts: &Facts<'_>,
    finding: Finding,
    leaf: &Certificate,
    endpoint: &Endpoint<'_>,
    list: &List,
) -> Finding {
    let member = endpoint.presented.as_ref().and_then(|seen| seen.leaf());
    let member = member.filter(|member| member.der != leaf.der);
    let beside = member
        .map(|member| Value::list(std::iter::once(member.subject()).chain(member.names_display())));
    let by_name = list.fault == ClientFault::HostName;
    let wanted = facts.settings.list(list.setting);
    let wanted: Vec<San> =
        wanted.first().map(|name| San::Dns((*name).to_owned())).into_iter().collect();
    let renewal = match facts.settings.list(list.setting).first() {
        Some(_) if by_name => Fix::renew(facts, leaf, &wanted, &[]),
        Some(name) => facts
            .pair_of(leaf)
            .zip(facts.authority_of(leaf))
            .map(|(pair, ca)| Fix::renew_file(pair.cert, Some(pair.key), &ca).arg("--cn", name)),
        None => None,
    };
    finding
        .evidence(Label::Subject, leaf.subject())
        .evidence(Label::SubjectAltNames, Value::list(leaf.names_display()))
        .evidence(Label::Allowed, Value::list(facts.settings.list(list.setting)))
        .evidence(Label::Setting, facts.settings.show(list.setting))
        .evidence(Label::MemberCertificate, beside)
        .evidence(Label::Alert, endpoint.alert())
        .fixes(renewal)
}
