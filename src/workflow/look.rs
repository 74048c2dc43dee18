//! What is still to be looked at, as far as the facts say, and the loop that looks until they ask for nothing more.

use std::{cell::RefCell, net::IpAddr, path::PathBuf};

use futures_util::future::join_all;

use crate::{
    diagnoses,
    diagnoses::engine::{Verdict, judge},
    facts::{Facts, leads_to_any},
    observation::{ConfigFile, FileSeen, Observation, Target, backup::StreamSeen},
    observe::{
        config::{self, PROCESSES},
        etcd::{given_files, kubelet, snapshot::Snapshot},
        files::destination,
        target::{look_around, observe, viewer},
        wire::{credentials::Login, proxy, resolver},
    },
    x509::Certificate,
};

/// More endpoints than these are not asked of one proxy.
const MOST_PROXIED: usize = 3;

/// Something that explains more than what was seen so far.
#[derive(Debug)]
pub(super) enum Look {
    /// The etcd of this machine that turned us away: its settings explain it, and never become ours.
    Servers,
    /// The same etcd as others on this machine dial it.
    View { target: Box<Target>, configs: Vec<ConfigFile>, files: Vec<FileSeen> },
    /// What the kubelet of this machine has of etcd.
    Kubelet,
    /// The addresses of names in members' URLs.
    Names(Vec<String>),
    /// What the resolver of a member would make of another one's address.
    Diallers(Vec<(Certificate, IpAddr)>),
    /// What a proxy answers that clients would go through.
    Proxy { proxy: String, target: String },
    /// The snapshot stream of the endpoint that a backup is best taken from.
    Snapshot { url: String },
    /// The data directory that a restore would write.
    DataDirectory(PathBuf),
}

/// What is missing from an observation; nothing once everything was looked at.
pub(super) fn plan(facts: &Facts<'_>) -> Vec<Look> {
    if facts.has_unknown_servers() {
        return vec![Look::Servers];
    }
    match &facts.observation.backup {
        None => between_members(facts),
        Some(backup) if backup.source.is_some() => {
            let setting = facts.settings.get("data-dir").filter(|_| backup.data_dir.is_none());
            let path = setting.map(|(_, setting)| PathBuf::from(setting.path()));
            path.map(Look::DataDirectory).into_iter().collect()
        }
        Some(backup) => {
            let source = facts.snapshot_source().filter(|_| backup.stream.is_none());
            let url = source.map(|endpoint| endpoint.url().to_owned());
            let snapshot = url.map(|url| Look::Snapshot { url });
            of_clients(facts).chain(snapshot).collect()
        }
    }
}

/// Configured clients with all that is known of the configuration.
fn of_clients<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = Look> + 'f {
    let configs = &facts.observation.configs;
    let files = || {
        let seen = facts.observation;
        seen.files.iter().chain(&seen.neighbours).cloned().map(without_flags).collect()
    };
    facts.clients_to_dial().into_iter().map(move |target| Look::View {
        target: Box::new(target),
        configs: configs.clone(),
        files: files(),
    })
}

/// A file as configuration names it, whichever flag of this check named it as well.
fn without_flags(mut file: FileSeen) -> FileSeen {
    file.roles.retain(|role| !role.starts_with("--"));
    file
}

/// Clients, other members and names first: what the resolver has to say of members depends on them.
fn between_members(facts: &Facts<'_>) -> Vec<Look> {
    let seen = facts.observation;
    let mut looks: Vec<_> = of_clients(facts).collect();
    if let Some((target, configs)) = facts.peers_to_dial() {
        let lists = seen.files.iter().filter(|file| file.has_role("peer-crl-file"));
        let files = lists.cloned().collect();
        looks.push(Look::View { target: Box::new(target), configs, files });
    }
    if seen.kubelet.is_none() && facts.is_etcd_missing_here() {
        looks.push(Look::Kubelet);
    }
    let mut names = facts.member_names_to_look_up();
    names.retain(|name| !seen.names.iter().any(|known| known.name == *name));
    if !names.is_empty() {
        looks.push(Look::Names(names));
    }
    looks.extend(proxies(facts));
    if !looks.is_empty() {
        return looks;
    }
    let mut diallers = facts.diallers_to_look_up();
    diallers.retain(|(leaf, address)| {
        let is_same = |known: &crate::observation::endpoint::DiallerSeen| {
            known.address == *address && known.certificate.0 == leaf.der
        };
        !seen.diallers.iter().any(is_same)
    });
    if !diallers.is_empty() {
        looks.push(Look::Diallers(diallers));
    }
    looks
}

/// The proxies that were not asked yet; those of another machine's files can't be.
fn proxies(facts: &Facts<'_>) -> Vec<Look> {
    let here = facts.observation.target.root.is_none();
    let proxied = facts.proxied().into_iter().filter(|_| here);
    let mut looks = Vec::new();
    for proxied in proxied {
        let proxy = proxied.authority();
        let new = |target: &&String| facts.proxy_end(proxy, target).is_none();
        let targets = proxied.targets.iter().take(MOST_PROXIED).filter(new);
        looks.extend(
            targets.map(|target| Look::Proxy { proxy: proxy.to_owned(), target: target.clone() }),
        );
    }
    looks
}

/// An observation in the making, with what no observation may hold.
pub(super) struct Looking<'k> {
    pub(super) observation: Observation,
    pub(super) login: Option<Login>,
    /// The stream that was opened for a backup.
    pub(super) snapshot: Option<Snapshot>,
    /// Gets an observation of each endpoint as it becomes known.
    pub(super) known: &'k RefCell<dyn FnMut(&Observation) + 'k>,
}

/// What was seen of a cluster, and what is wrong with it.
pub type Checked<'f> = (Facts<'f>, Verdict);

/// Looks at every cluster until its facts ask for nothing more, and hands on facts and verdicts.
pub(super) async fn judge_all<R>(
    clusters: &mut [Looking<'_>],
    judged: impl FnOnce(&[Checked<'_>]) -> R,
) -> R {
    loop {
        let facts: Vec<_> = clusters.iter().map(|one| Facts::derive(&one.observation)).collect();
        let plans: Vec<_> = facts.iter().map(plan).collect();
        if plans.iter().all(Vec::is_empty) {
            return judged(&facts.into_iter().map(with_verdict).collect::<Vec<_>>());
        }
        drop(facts);
        join_all(clusters.iter_mut().zip(plans).map(|(one, looks)| one.look(looks))).await;
    }
}

/// Judges facts, and keeps them beside the verdict.
pub(super) fn with_verdict(facts: Facts<'_>) -> Checked<'_> {
    let verdict = judge(&diagnoses::all(), &facts);
    (facts, verdict)
}

impl Looking<'_> {
    /// Looks until the facts ask for nothing more, and hands on facts and verdict.
    pub(super) async fn judge<R>(&mut self, judged: impl FnOnce(&Facts<'_>, &Verdict) -> R) -> R {
        let mut looked_around = false;
        loop {
            let facts = Facts::derive(&self.observation);
            let looks = plan(&facts);
            if looks.is_empty() {
                let verdict = judge(&diagnoses::all(), &facts);
                if looked_around || verdict.root_cause().is_none() {
                    return judged(&facts, &verdict);
                }
                // What is wrong may be mended by what lies near.
                drop((verdict, facts));
                look_around(&mut self.observation);
                looked_around = true;
                continue;
            }
            drop(facts);
            self.look(looks).await;
        }
    }

    async fn look(&mut self, looks: Vec<Look>) {
        for look in looks {
            Box::pin(self.carry_out(look)).await;
        }
    }

    async fn carry_out(&mut self, look: Look) {
        let timeout = self.observation.target.timeout;
        match look {
            Look::Servers => {
                let target = &mut self.observation.target;
                target.situation.searched.push(PROCESSES.to_owned());
                let configs = config::processes_that(|configs| {
                    target.endpoints.iter().any(|given| leads_to_any(&given.value, configs))
                });
                self.observation.files.extend(given_files::look_at(&configs, &[]));
                self.observation.viewer = viewer(true);
                self.observation.configs = configs;
            }
            Look::View { target, configs, files } => {
                let known = |seen: &Observation| (self.known.borrow_mut())(seen);
                let view = observe(*target, configs, files, None, known).await;
                self.observation.took_ms += view.took_ms;
                let mut views = self.observation.views.iter_mut();
                match views.find(|known| known.target.peer && view.target.peer) {
                    Some(known) => {
                        known.target.endpoints.extend(view.target.endpoints);
                        known.endpoints.extend(view.endpoints);
                    }
                    None => self.observation.views.push(view),
                }
            }
            Look::Kubelet => {
                let seen = kubelet::look().await;
                self.observation.kubelet = Some(seen.unwrap_or_default());
            }
            Look::Names(names) => {
                let seen = resolver::look_up_names(names, timeout).await;
                self.observation.names.extend(seen);
            }
            Look::Diallers(diallers) => {
                let seen = resolver::look_up_diallers(diallers, timeout).await;
                self.observation.diallers.extend(seen);
            }
            Look::Proxy { proxy, target } => {
                let seen = proxy::ask(&proxy, &target, timeout).await;
                self.observation.proxies.push(seen);
            }
            Look::Snapshot { url } => {
                let login = self.login.clone();
                let opened = Snapshot::open(&self.observation, login, &url).await;
                let (opened, snapshot) = match opened {
                    Ok(snapshot) => (Ok(snapshot.total), Some(snapshot)),
                    Err(error) => (Err(error), None),
                };
                self.snapshot = snapshot;
                if let Some(backup) = &mut self.observation.backup {
                    backup.stream = Some(StreamSeen { endpoint: url, opened });
                }
            }
            Look::DataDirectory(path) => {
                let seen = destination::look_at_data_dir(&path);
                if let Some(backup) = &mut self.observation.backup {
                    backup.data_dir = Some(seen);
                }
            }
        }
    }
}
