//! Looks at the outside world and fills an observation; never judges.
//!
//! Every wait has a deadline. Requests and credentials are written only to servers that the strict verdict accepts.

mod absence;
mod alert;
mod anchors;
mod curve;
mod denial;
mod dial;
mod endpoint;
mod endpoint_url;
mod etcd;
mod exchange;
mod files;
mod foreign_key;
mod form;
mod given_files;
mod handshake;
mod hello;
mod http1;
mod http2;
pub(crate) mod key;
mod keystore;
mod kubeconfig;
mod neighbours;
mod offer;
pub(crate) mod pem;
mod pem_defect;
mod presented;
mod signing_key;
mod suites;
mod tree;
mod walk;
mod watched;

pub(crate) use etcd::Login;
pub(crate) use files::read_bytes;
pub(crate) use given_files::look_at;
pub(crate) use offer::ask_all;
pub(crate) use presented::presented;
pub(crate) use tree::{look_at as look_at_entry, look_into, walk as walk_tree};

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use futures_util::stream::{FuturesUnordered, StreamExt};
use rustls::sign::CertifiedKey;
use time::OffsetDateTime;

use self::{anchors::Anchors, endpoint::Prober, given_files::GivenFiles};
use crate::{
    observation::{ConfigFile, EndpointSeen, FileSeen, Observation, SCHEMA, Target, Viewer},
    trust::Go,
};

/// Looks at everything that a target names. `known` gets an observation of each endpoint alone, as it becomes known.
pub(crate) async fn observe(
    target: Target,
    configs: Vec<ConfigFile>,
    files: Vec<FileSeen>,
    login: Option<Login>,
    mut known: impl FnMut(&Observation),
) -> Observation {
    let start = tokio::time::Instant::now();
    let mut given = GivenFiles::load(&target, files);
    let (identity, problem) = given.identity();
    let mut observation = Observation {
        schema: SCHEMA.to_owned(),
        recorded_by: concat!("etcd-tls ", env!("CARGO_PKG_VERSION")).to_owned(),
        when: OffsetDateTime::now_utc(),
        viewer: viewer(!configs.is_empty()),
        files: given.seen,
        neighbours: given.beside,
        configs,
        system_anchors: None,
        endpoints: Vec::new(),
        took_ms: 0.0,
        target,
    };
    let prober = prober(&observation, identity, login);
    let urls: Vec<String> =
        observation.target.endpoints.iter().map(|given| given.value.clone()).collect();
    let mut visits: FuturesUnordered<_> =
        urls.iter().enumerate().map(|(index, url)| prober.observe(index, url)).collect();
    let mut seen = Vec::with_capacity(urls.len());
    let mut looked_around = false;
    while let Some((index, mut endpoint)) = visits.next().await {
        let asked = endpoint
            .main()
            .and_then(|main| main.tls.as_ref())
            .is_some_and(|tls| tls.request.is_some());
        if let Some(problem) = problem.as_ref().filter(|_| asked) {
            endpoint.not_tried.push(format!("presenting the client certificate: {problem}"));
        }
        if !looked_around && !went_well(&endpoint) && files_matter(&endpoint, problem.is_some()) {
            let more = look_around(&observation);
            observation.neighbours.extend(more);
            looked_around = true;
        }
        observation.endpoints = vec![endpoint];
        observation.system_anchors = prober.anchors.relevant(&observation.endpoints);
        known(&observation);
        seen.extend(observation.endpoints.drain(..).map(|endpoint| (index, endpoint)));
    }
    seen.sort_by_key(|(index, _)| *index);
    observation.endpoints = seen.into_iter().map(|(_, endpoint)| endpoint).collect();
    observation.system_anchors = prober.anchors.relevant(&observation.endpoints);
    observation.took_ms = start.elapsed().as_secs_f64() * 1000.0;
    observation
}

/// Lets this process hold a connection or two to each of so many endpoints at once, as far as the system allows.
pub(crate) fn make_room(endpoints: usize) {
    let wanted = 64 + 2 * endpoints as u64;
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    if limit.current.is_some_and(|current| current < wanted) {
        let current = limit.maximum.map_or(Some(wanted), |maximum| Some(wanted.min(maximum)));
        // Where it is refused, the connections beyond the limit say so themselves.
        let _ = rustix::process::setrlimit(
            rustix::process::Resource::Nofile,
            rustix::process::Rlimit { current, ..limit },
        );
    }
}

fn prober(
    observation: &Observation,
    identity: Option<Arc<CertifiedKey>>,
    login: Option<Login>,
) -> Prober {
    let target = &observation.target;
    let go = target.go.as_deref().and_then(Go::parse).unwrap_or(Go::DEFAULT);
    let cacert = target.cacert.as_ref();
    let cacert =
        cacert.and_then(|given| observation.files.iter().find(|file| file.path == given.value));
    Prober {
        anchors: Anchors::new(cacert, observation.when, go),
        identity,
        skip_verify: target.insecure_skip_tls_verify,
        login,
        implies_tls: target.implies_tls(),
        timeout: target.timeout,
    }
}

/// Whether etcd answered a linearizable read: nothing has to be explained then.
fn went_well(seen: &EndpointSeen) -> bool {
    seen.etcd.as_ref().is_some_and(|etcd| matches!(etcd.read, Some(Ok(()))))
}

/// Whether other files could explain a failure: TLS got as far as certificates, or ours can't be presented.
fn files_matter(seen: &EndpointSeen, own_problem: bool) -> bool {
    let tls = seen.main().and_then(|main| main.tls.as_ref());
    own_problem || tls.is_some_and(|tls| !tls.chain.is_empty())
}

fn look_around(observation: &Observation) -> Vec<FileSeen> {
    let target = &observation.target;
    let given: Vec<&Path> = [&target.cacert, &target.cert, &target.key]
        .into_iter()
        .flatten()
        .map(|given| Path::new(&given.value))
        .collect();
    let own: Vec<PathBuf> = observation
        .files
        .iter()
        .chain(&observation.neighbours)
        .map(|file| PathBuf::from(&file.path))
        .collect();
    neighbours::look(&given, &own)
}

/// Who looks; with its own addresses where a configuration can be held against them.
fn viewer(with_addresses: bool) -> Viewer {
    let groups = rustix::process::getgroups().unwrap_or_default();
    let gids = std::iter::once(rustix::process::getegid())
        .chain(groups)
        .map(rustix::process::Gid::as_raw)
        .collect();
    // Not to know them is no failure: what needs them is then left unsaid.
    let interfaces = with_addresses.then(|| if_addrs::get_if_addrs().unwrap_or_default());
    let addresses = interfaces.into_iter().flatten().map(|one| one.ip()).collect();
    Viewer { uid: rustix::process::geteuid().as_raw(), gids, addresses }
}
