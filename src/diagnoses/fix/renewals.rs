//! Certificates renewed by whoever made them, as commands to paste: kubeadm's by kubeadm, others by their own CA.

use std::path::Path;

use crate::{
    diagnoses::engine::{Fix, Need},
    facts::Facts,
    observation::{ConfigKind, Program},
    x509::Certificate,
};

/// etcd's certificates in a kubeadm node's `pki`, and what `kubeadm certs renew` calls them (kubeadm
/// `cmd/kubeadm/app/phases/certs/certlist.go`).
const BY_KUBEADM: [(&str, &str); 4] = [
    ("etcd/server.crt", "etcd-server"),
    ("etcd/peer.crt", "etcd-peer"),
    ("etcd/healthcheck-client.crt", "etcd-healthcheck-client"),
    ("apiserver-etcd-client.crt", "apiserver-etcd-client"),
];
/// How long the kubelet may take to notice that a manifest is gone (its `fileCheckFrequency`), in seconds.
const FILE_CHECK: u32 = 20;

impl Fix {
    /// Renews certificates with their names and usages. kubeadm's static pods are restarted afterwards, as its documentation
    /// demands: not every component reads a renewed certificate by itself.
    pub fn renewals(facts: &Facts<'_>, leaves: &[&Certificate]) -> Vec<Self> {
        let (by_kubeadm, others): (Vec<_>, Vec<_>) = leaves
            .iter()
            .map(|leaf| (kubeadm_name(facts, leaf), *leaf))
            .partition(|(name, _)| name.is_some());
        let mut names: Vec<&str> = by_kubeadm.into_iter().filter_map(|(name, _)| name).collect();
        if names.len() > 1 && names.len() == kubeadm_certificates(facts).len() {
            names = vec!["all"];
        }
        let renew = |name: &&str| Self::run("kubeadm certs renew").value(name).needs(Need::Root);
        let renewed = names.iter().map(renew).reduce(Self::and);
        let restarted = renewed.as_ref().and_then(|_| restart_static_pods(facts));
        let by_their_ca =
            others.into_iter().filter_map(|(_, leaf)| Self::renew(facts, leaf, &[], &[]));
        renewed.into_iter().chain(restarted).chain(by_their_ca).collect()
    }
}

impl Fix {
    /// Starts the members that are configured here again: their static pods, or their unit.
    pub fn restart_members(facts: &Facts<'_>) -> Option<Self> {
        let runs_in = |kind: ConfigKind| {
            let mut etcds = facts.processes().filter(|one| one.program == Program::Etcd);
            etcds.any(|process| process.configs().any(|config| config.kind == kind))
        };
        restart_static_pods(facts).or_else(|| {
            let by_unit = runs_in(ConfigKind::Unit) || runs_in(ConfigKind::Environment);
            by_unit.then(Self::restart)
        })
    }
}

/// The certificates for etcd of a kubeadm node that are at hand, by path.
pub(in crate::diagnoses) fn kubeadm_certificates<'a>(facts: &Facts<'a>) -> Vec<&'a str> {
    let runs_static_pods = facts
        .processes()
        .any(|process| process.configs().any(|config| config.kind == ConfigKind::Manifest));
    let mut paths: Vec<&str> = facts
        .files()
        .map(|file| file.path.as_str())
        .filter(|path| runs_static_pods && in_kubeadms_pki(path).is_some())
        .collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

fn kubeadm_name(facts: &Facts<'_>, leaf: &Certificate) -> Option<&'static str> {
    let path = facts.file_of(leaf)?.path.as_str();
    in_kubeadms_pki(path).filter(|_| kubeadm_certificates(facts).contains(&path))
}

fn in_kubeadms_pki(path: &str) -> Option<&'static str> {
    let found =
        BY_KUBEADM.iter().find(|(end, _)| Path::new(path).ends_with(Path::new("pki").join(end)));
    found.map(|(_, name)| *name)
}

/// Takes the manifests away until the kubelet has stopped the pods, and puts them back.
fn restart_static_pods(facts: &Facts<'_>) -> Option<Fix> {
    let mut manifests: Vec<&Path> = facts
        .processes()
        .flat_map(|process| process.configs())
        .filter(|config| config.kind == ConfigKind::Manifest)
        .map(|config| Path::new(&config.path))
        .collect();
    manifests.dedup();
    let folder = manifests.first()?.parent()?;
    let aside = folder.parent()?;
    let name = |path: &&Path| path.file_name().map(|name| aside.join(name));
    let moved: Vec<_> = manifests.iter().filter_map(name).collect();
    let away = manifests.iter().fold(Fix::run("mv"), |fix, path| fix.value(path.display()));
    let back = moved.iter().fold(Fix::run("mv"), |fix, path| fix.value(path.display()));
    let pause = Fix::run("sleep").value(FILE_CHECK);
    let away = away.value(aside.display()).needs(Need::Root).needs(Need::Restart);
    Some(away.and(pause).and(back.value(folder.display())))
}
