//! The same flaws in the files that etcd and kube-apiserver are configured with: they keep the process from starting.
//!
//! That a file can't be opened is told by `file-unreadable`, whoever names it.

use super::{
    super::{network::tcp_refused, server::server_cert_unloadable},
    flaw::{self, Flaw},
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{
        Facts, Material, Named,
        file::{FileState, Form},
    },
    message::Label,
    observation::{Program, target::Origin},
};

/// What follows from a file that a server can't load.
pub(super) const CAUSES: [&Diagnosis; 2] =
    [&tcp_refused::DIAGNOSIS, &server_cert_unloadable::DIAGNOSIS];

/// The configured files with this flaw, each once.
pub(super) fn findings(room: &'static Diagnosis, facts: &Facts<'_>, flaw: Flaw) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for named in relevant(facts).filter(|named| of(named, facts) == Some(flaw)) {
        let subject = super::file(&named.file.path);
        let shown = crate::facts::show_setting(named.config, named.setting);
        if let Some(known) = findings.iter_mut().find(|finding| finding.subject == subject) {
            *known = known.clone().evidence(Label::Setting, shown);
            continue;
        }
        let severity =
            if facts.is_served(named.process) { Severity::Warning } else { Severity::Error };
        let finding = Finding::new(room, subject)
            .severity(severity)
            .side(Side::Config)
            .also_about(named.subject())
            .evidence(Label::Setting, shown)
            .fix(Fix::run("head -n 3").value(&named.file.path));
        let endpoints = facts.endpoints_of(named.process);
        findings.push(
            endpoints.fold(finding, |finding, endpoint| finding.also_about(endpoint.subject())),
        );
    }
    findings
}

/// Whether a flag's file came out of a configuration that is judged here.
pub(super) fn covers(material: &Material<'_>, facts: &Facts<'_>) -> bool {
    matches!(material.given.origin, Origin::Config { .. })
        && relevant(facts).any(|named| named.file.path == material.file.path)
}

fn relevant<'f, 'a>(facts: &'f Facts<'a>) -> impl Iterator<Item = Named<'f, 'a>> {
    facts.named_files().filter(|named| {
        let a_server = named.process.program != Program::Etcdctl;
        a_server && !named.setting.name.ends_with("crl-file") && !facts.is_elsewhere(named.process)
    })
}

fn of(named: &Named<'_, '_>, facts: &Facts<'_>) -> Option<Flaw> {
    let FileState::Read(content) = &named.file.state else { return None };
    match content.form {
        Form::Pem => {
            let name = named.setting.name.as_str();
            let flag = match name {
                "etcd-cafile" | "cacert" => "--cacert",
                "etcd-keyfile" | "key" => "--key",
                _ if name.ends_with("ca-file") => "--cacert",
                _ if name.ends_with("key-file") => "--key",
                _ => "--cert",
            };
            flaw::in_pem(flag, content, facts)
        }
        form => flaw::of_form(form),
    }
}
