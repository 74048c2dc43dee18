//! Files that the user who runs etcd or kube-apiserver can't read, or a directory on the way that this user can't pass.

use crate::{
    diagnoses::{
        config,
        engine::{Diagnosis, Finding, Fix, Need},
    },
    facts::{Closed, Facts, Subject, show_setting},
    message::Label,
    observation::access::ClosedPath,
};

/// One finding for each process, whatever the number of its files.
pub(super) fn findings(room: &'static Diagnosis, facts: &Facts<'_>) -> Vec<Finding> {
    facts.closed_files().iter().filter_map(|closed| describe(room, closed, facts)).collect()
}

fn describe(
    room: &'static Diagnosis,
    closed: &Closed<'_, '_>,
    facts: &Facts<'_>,
) -> Option<Finding> {
    let (_, _, first) = closed.files.first()?;
    let subject = Subject::File(first.path.clone());
    let finding = config::finding(room, closed.process, subject, facts)
        .side(crate::diagnoses::engine::Side::Config);
    let mut told: Vec<&str> = Vec::new();
    let mut finding = closed.files.iter().fold(finding, |finding, (config, setting, path)| {
        finding
            .also_about(Subject::File(path.path.clone()))
            .evidence(Label::Setting, show_setting(config, setting))
    });
    for (config, _, path) in &closed.files {
        if told.contains(&path.component.as_str()) {
            continue;
        }
        told.push(&path.component);
        let ClosedPath { component, uid, gid, mode, user, .. } = path;
        let stops = format!("{component} ({mode:04o}, uid {uid}, gid {gid})");
        finding = finding
            .evidence(Label::Stops, stops)
            .fix(opened(path, config.runner.gids.first().copied()));
        if told.len() == 1 {
            finding = finding.evidence(Label::Viewer, user);
        }
    }
    Some(finding.fixes(config::restart(closed.process)))
}

/// Gives a file to the user; lets the user's group pass a directory that others share. Nobody else gets in.
fn opened(path: &ClosedPath, group: Option<u32>) -> Fix {
    let ClosedPath { component, user, is_directory, .. } = path;
    let is_end = *component == path.path;
    let fix = match group.filter(|group| *group != 0) {
        Some(group) if *is_directory && !is_end => Fix::run("chgrp")
            .value(group)
            .value(component)
            .and(Fix::run("chmod g+x").value(component)),
        _ => Fix::run("chown").value(user).value(component),
    };
    fix.needs(Need::Root)
}
