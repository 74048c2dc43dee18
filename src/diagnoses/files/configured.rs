//! The same flaws in the files that etcd and kube-apiserver are configured with: they keep the process from starting.
//!
//! That a file can't be opened is told by `file-unreadable`, whoever names it.

use super::{
    super::{network::tcp_refused, server::server_cert_unloadable},
    der_not_pem,
    flaw::{self, Flaw},
    pem_malformed, swap,
};
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    facts::{
        Facts, Material, Named,
        file::{FileState, Form},
    },
    message::{Label, Value},
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
            .evidence(Label::Found, labels(&named))
            .fixes(mended(&named, flaw, facts));
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

/// What the file holds, by the names of its blocks.
fn labels(named: &Named<'_, '_>) -> Value {
    let blocks = named.file.content().map(|content| content.blocks.as_slice()).unwrap_or_default();
    Value::list(blocks.iter().map(|block| block.label.as_str()))
}

/// The file in the form that is needed, beside the old one, where that can be made of it; else another file.
fn mended(named: &Named<'_, '_>, flaw: Flaw, facts: &Facts<'_>) -> Vec<Fix> {
    let path = named.file.path.as_str();
    let flag = flag_of(named);
    let content = named.file.content();
    let (command, converted) = match (flaw, content) {
        (Flaw::NotPem, Some(content)) => {
            let converted = format!("{path}.pem");
            let tool = der_not_pem::converter(content.form, flag);
            let command = tool.map(|tool| Fix::run(tool).arg("-in", path).arg("-out", &converted));
            (command, converted)
        }
        (Flaw::Malformed, Some(content)) => {
            let fixed = format!("{path}.fixed.pem");
            let command = pem_malformed::mend(path, flag == "--key", content);
            (command.map(|command| command.into_file(&fixed)), fixed)
        }
        _ => (None, String::new()),
    };
    let edit = Edit::name_file(facts, named.config, named.setting, &converted);
    let (Some(command), Some(edit)) = (command, edit) else {
        return Fix::for_named(facts, named);
    };
    let protect = (flag == "--key").then(|| Fix::run("chmod 600").value(&converted));
    let command = command.changes(path);
    std::iter::once(command).chain(protect).chain(Fix::edits([edit])).collect()
}

/// The flag of etcdctl that is read in the same way.
fn flag_of(named: &Named<'_, '_>) -> &'static str {
    match named.setting.name.as_str() {
        "etcd-cafile" | "cacert" => "--cacert",
        "etcd-keyfile" | "key" => "--key",
        name if name.ends_with("ca-file") => "--cacert",
        name if name.ends_with("key-file") => "--key",
        _ => "--cert",
    }
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
        Form::Pem if swap::partner(named).is_some() => Some(Flaw::Swapped),
        Form::Pem => flaw::in_pem(flag_of(named), content, facts),
        form => flaw::of_form(form),
    }
}
