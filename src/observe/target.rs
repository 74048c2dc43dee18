//! Everything that a target names: its files and endpoints, what its members advertise, and what lies nearby if that could explain a
//! failure.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use futures_util::stream::{FuturesUnordered, StreamExt};
use time::OffsetDateTime;

use super::{
    config,
    etcd::{
        cluster::{self, AdvertisedUrl},
        endpoint::Prober,
        given_files::{self, GivenFiles},
        server_log,
    },
    files::{access, data_dir, neighbours as beside},
    wire::{
        credentials::Login,
        turns::{self, Turns},
    },
};
use crate::{
    etcd::{option::FILES, proxy},
    observation::{
        ConfigFile, EndpointSeen, FileSeen, Observation, SCHEMA, Setting, Target, Viewer,
        endpoint::{Connection, IdentityDefect, NotTried},
        target::{Given, Origin},
    },
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
        closed: access::closed(&configs, Path::new(target.root.as_deref().unwrap_or("/"))),
        data_dirs: data_dir::of(&configs),
        running: Vec::new(),
        configs,
        environment: environment(),
        proxies: Vec::new(),
        system_anchors: None,
        endpoints: Vec::new(),
        advertised: Vec::new(),
        names: Vec::new(),
        diallers: Vec::new(),
        also: Vec::new(),
        views: Vec::new(),
        kubelet: None,
        backup: None,
        took_ms: 0.0,
        target,
    };
    let prober = Prober::new(&observation, identity, login);
    let mut round = Round { prober: &prober, problem, looked_around: false };
    let urls = observation.target.endpoints.iter().map(|given| given.value.clone()).collect();
    let mut seen = round.visit(urls, &mut observation, &mut known).await;
    if observation.target.cluster {
        let listed = cluster::beyond(&seen, observation.target.peer);
        let urls = listed.iter().map(|listed| listed.url.clone()).collect();
        let given =
            |listed: AdvertisedUrl| Given { value: listed.url, origin: Origin::Members(listed.by) };
        observation.target.endpoints.extend(listed.into_iter().map(given));
        seen.extend(round.visit(urls, &mut observation, &mut known).await);
    }
    if !observation.target.peer {
        // Endpoints that used up their time leave a moment: a port that is closed says so at once.
        let left = observation.target.timeout.saturating_sub(start.elapsed());
        let left = left.max(Duration::from_millis(200));
        let identity = prober.credentials.identity.as_ref();
        observation.advertised = cluster::look_at_advertised(&seen, identity, left).await;
    }
    let log = observation.target.server_log.clone().map(PathBuf::from);
    server_log::look(&mut seen, log.as_deref()).await;
    observation.endpoints = seen;
    observation.system_anchors = prober.credentials.anchors.relevant(&observation.endpoints);
    observation.took_ms = start.elapsed().as_secs_f64() * 1000.0;
    observation
}

/// Endpoints that are visited at once.
struct Round<'p> {
    prober: &'p Prober,
    /// Why our certificate can't be presented.
    problem: Option<IdentityDefect>,
    looked_around: bool,
}

impl Round<'_> {
    /// Visits all; each is known by itself as soon as it is over.
    async fn visit(
        &mut self,
        urls: Vec<String>,
        observation: &mut Observation,
        known: &mut impl FnMut(&Observation),
    ) -> Vec<EndpointSeen> {
        let prober = self.prober;
        let turns = Turns::new();
        let mut ahead = urls.iter().enumerate().peekable();
        let mut visits = FuturesUnordered::new();
        let mut seen = Vec::with_capacity(urls.len());
        loop {
            let (index, mut endpoint) = tokio::select! {
                biased;
                Some(visited) = visits.next() => visited,
                Some(place) = turns.next(), if ahead.peek().is_some() => {
                    visits.extend(ahead.next().map(|(index, url)| {
                        turns::hold(place, prober.observe(index, url))
                    }));
                    continue;
                }
                else => break,
            };
            let tls = endpoint.main().and_then(|main| main.tls.as_ref());
            let asked = tls.is_some_and(|tls| tls.request.is_some());
            if let Some(problem) = self.problem.as_ref().filter(|_| asked) {
                endpoint.not_tried.push(NotTried::ClientCertificate(problem.clone()));
            }
            let configured = !observation.configs.is_empty();
            let matter = || {
                !went_well(&endpoint)
                    && (configured || files_matter(&endpoint, self.problem.is_some()))
            };
            if !self.looked_around && matter() {
                look_around(observation);
                self.looked_around = true;
            }
            observation.endpoints = vec![endpoint];
            observation.system_anchors =
                prober.credentials.anchors.relevant(&observation.endpoints);
            known(observation);
            seen.extend(observation.endpoints.drain(..).map(|endpoint| (index, endpoint)));
        }
        seen.sort_by_key(|(index, _)| *index);
        seen.into_iter().map(|(_, endpoint)| endpoint).collect()
    }
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

/// Whether etcd answered a linearizable read, or a peer listed its members: nothing has to be explained then.
fn went_well(seen: &EndpointSeen) -> bool {
    let listed = |main: &Connection| main.answer("/members").is_some_and(|a| a.status == Some(200));
    seen.etcd.as_ref().is_some_and(|etcd| matches!(etcd.read, Some(Ok(()))))
        || seen.main().is_some_and(listed)
}

/// Whether other files could explain a failure: TLS got as far as certificates, or ours can't be presented.
fn files_matter(seen: &EndpointSeen, own_problem: bool) -> bool {
    let tls = seen.main().and_then(|main| main.tls.as_ref());
    own_problem || tls.is_some_and(|tls| !tls.chain.is_empty())
}

/// Looks at whatever could explain a failure or mend it: the etcd of this machine that listens at an endpoint, and the files beside those
/// that are given or configured.
pub(crate) fn look_around(observation: &mut Observation) {
    if observation.configs.is_empty() && observation.running.is_empty() {
        let endpoints = observation.target.endpoints.iter().map(|given| given.value.as_str());
        observation.running = config::listening_at(&local_ports(endpoints));
        let files = given_files::look_at(&observation.running, &[]).into_iter();
        let known = |file: &FileSeen| observation.files.iter().any(|known| known.path == file.path);
        let files = files.map(|file| FileSeen { roles: Vec::new(), ..file });
        observation.neighbours.extend(files.filter(|file| !known(file)));
    }
    let more = neighbours(observation);
    observation.neighbours.extend(more);
}

/// The ports of endpoints that lead to this machine.
fn local_ports<'e>(endpoints: impl Iterator<Item = &'e str>) -> Vec<u16> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let is_here = |host: &str| {
        let own = |address: IpAddr| {
            address.is_loopback() || interfaces.iter().any(|one| one.ip() == address)
        };
        host == "localhost" || host.trim_matches(['[', ']']).parse().is_ok_and(own)
    };
    let here = endpoints.filter_map(|url| {
        let authority = url.rsplit("//").next()?.trim_end_matches('/');
        let (host, port) = authority.rsplit_once(':')?;
        is_here(host).then(|| port.parse().ok()).flatten()
    });
    here.collect()
}

fn neighbours(observation: &Observation) -> Vec<FileSeen> {
    let target = &observation.target;
    let given = [&target.cacert, &target.cert, &target.key].into_iter().flatten();
    let given = given.map(|given| given.value.as_str());
    // Around what a configuration names there may be what it should name.
    let configs = observation.configs.iter().chain(&observation.running);
    let named = configs.flat_map(|config| &config.settings);
    let named = named.filter(|setting| FILES.contains(&setting.name.as_str()));
    let named = named.map(Setting::path).filter(|path| !path.is_empty());
    let mut given: Vec<&Path> = given.chain(named).map(Path::new).collect();
    given.dedup_by(|one, other| one.parent() == other.parent());
    let own: Vec<PathBuf> = observation
        .files
        .iter()
        .chain(&observation.neighbours)
        .map(|file| PathBuf::from(&file.path))
        .collect();
    beside::look(&given, &own)
}

/// Who looks; with its own addresses where a configuration can be held against them.
pub(crate) fn viewer(with_addresses: bool) -> Viewer {
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

/// The variables about proxies that etcdctl would find here.
fn environment() -> Vec<Setting> {
    let set = proxy::VARIABLES.iter().filter_map(|name| Some((*name, std::env::var(name).ok()?)));
    set.filter_map(|(name, value)| config::proxy_variable(name, &value, 0)).collect()
}
