//! Which endpoints to connect to and which files to use when nobody said so: what the configuration and nearby directories give.

use std::{net::IpAddr, path::Path};

use crate::{
    etcd::FilePair,
    facts::{ClientFiles, Listener, Settings},
    observation::{
        ConfigFile, ConfigKind, FileSeen, Program, Setting, Target, Viewer,
        target::{Given, Origin},
    },
    x509::Go,
};

/// The options that name a program's certificate and key for etcd, the one meant for clients first.
const PAIRS: [FilePair; 4] =
    [FilePair::ETCDCTL, FilePair::APISERVER, FilePair::SERVER_CLIENT, FilePair::SERVER];

/// More pairs than any node has clients.
const MOST_PAIRS: usize = 12;

/// Endpoints, and the files for etcdctl.
#[derive(Debug, Clone, Default)]
pub(super) struct Chosen {
    pub(super) endpoints: Vec<Given>,
    /// What only a container or a process of another user advertises.
    pub(super) left_out: Vec<Given>,
    pub(super) cacert: Option<Given>,
    /// Certificate and key, best first.
    pub(super) pairs: Vec<(Given, Given)>,
}

/// Chooses endpoints from the configuration, and the least privileged files that fit them.
pub(super) fn choose_client_files(
    configs: &[ConfigFile],
    files: &[FileSeen],
    go: Option<&str>,
    viewer: &Viewer,
) -> Chosen {
    let processes = Settings::of_files(configs, files);
    let go = go.and_then(Go::parse).unwrap_or(Go::DEFAULT);
    let when = time::OffsetDateTime::now_utc();
    let is_etcds = processes.iter().any(|one| !one.program.is_other_client() && one.is_given());
    if let Some(client) = processes.iter().find(|one| one.program.is_other_client() && !is_etcds) {
        // It is judged as it is configured, whatever would serve it better.
        return Chosen {
            endpoints: endpoints(&processes),
            left_out: Vec::new(),
            cacert: client.given("cacert"),
            pairs: client.given("cert").zip(client.given("key")).into_iter().collect(),
        };
    }
    let at_hand = ClientFiles { processes: &processes, files, when, go };
    let named = |path: &str| given(path, configs);
    let ranked = at_hand.ranked();
    let pairs = ranked.iter().map(|set| (named(set.pair.cert), named(set.pair.key)));
    let mut pairs: Vec<_> = pairs.take(MOST_PAIRS).collect();
    if pairs.is_empty() {
        // What was configured is judged as it is, even where it can't work.
        pairs.extend(PAIRS.iter().find_map(|pair| {
            let of_program = || processes.iter().filter(|process| process.program == pair.program);
            let value = |option: &str| of_program().find_map(|process| process.given(option));
            Some((value(pair.certificate)?, value(pair.key)?))
        }));
    }
    let (left_out, endpoints) =
        endpoints(&processes).into_iter().partition(|given| is_foreign(given, configs, viewer));
    Chosen { endpoints, left_out, cacert: at_hand.cacert().map(named), pairs }
}

impl Chosen {
    /// Fills in what was not given, and gives back the pairs that could be used as well. Files fill in only as a whole: a
    /// certificate of one source and a key of another prove nothing.
    pub(super) fn fill(self, target: &mut Target) -> Vec<(Given, Given)> {
        target.cacert = target.cacert.take().or(self.cacert);
        let mut pairs = self.pairs.into_iter();
        if target.cert.is_none() && target.key.is_none() {
            (target.cert, target.key) = pairs.next().unzip();
        } else {
            pairs = Vec::new().into_iter();
        }
        if target.endpoints.is_empty() {
            target.endpoints = self.endpoints;
            target.situation.left_out = self.left_out;
        }
        pairs.collect()
    }
}

/// The client URLs that the configured members advertise (else those they listen on), else those that a client is configured with.
fn endpoints(processes: &[Settings<'_>]) -> Vec<Given> {
    let of_program = |program: Program, options: &[&str]| {
        let mut urls: Vec<Given> = Vec::new();
        for process in processes.iter().filter(|process| process.program == program) {
            let Some(name) = options.iter().find(|option| process.names(option)) else { continue };
            let origin = process
                .get(name)
                .map_or(Origin::Default, |(config, setting)| origin(config, setting));
            for url in process.list(name) {
                let value = connectable(url);
                if !urls.iter().any(|known| known.value == value) {
                    urls.push(Given { value, origin: origin.clone() });
                }
            }
        }
        urls
    };
    let sources: [(Program, &[&str]); 3] = [
        (Program::Etcd, &["advertise-client-urls", "listen-client-urls"]),
        (Program::KubeApiserver, &["etcd-servers"]),
        (Program::Etcdctl, &["endpoints"]),
    ];
    let clients = processes.iter().map(|one| one.program).filter(|one| one.is_other_client());
    let clients = clients.map(|program| (program, ["endpoints"].as_slice()));
    let mut urls =
        sources.into_iter().chain(clients).map(|(program, options)| of_program(program, options));
    urls.find(|urls| !urls.is_empty()).unwrap_or_default()
}

/// Whether a URL leads to another machine by the word of a process alone, one in a container or of another user: anybody may start a
/// process that is called etcd. What root or this user started, and what files of the machine say, is believed.
fn is_foreign(given: &Given, configs: &[ConfigFile], viewer: &Viewer) -> bool {
    let Origin::Config { file, .. } = &given.origin else { return false };
    let process =
        configs.iter().find(|config| config.path == *file && config.kind == ConfigKind::Process);
    let Some(process) = process else { return false };
    let is_other = process.runner.uid.is_some_and(|uid| uid != 0 && uid != viewer.uid);
    let host = Listener::parse(&given.value).map(|url| url.host.to_owned()).unwrap_or_default();
    let is_here = host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.is_loopback() || viewer.addresses.contains(&ip));
    (process.mounts.is_some() || is_other) && !is_here
}

/// A URL to listen on may mean every address; a client can connect to only one of them.
fn connectable(url: &str) -> String {
    match Listener::parse(url) {
        Some(listener) if listener.is_everywhere() => {
            let port = listener.port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{}://127.0.0.1{port}", listener.scheme)
        }
        _ => url.to_owned(),
    }
}

fn given(path: &str, configs: &[ConfigFile]) -> Given {
    let mut all =
        configs.iter().flat_map(|config| config.settings.iter().map(move |s| (config, s)));
    let named = all.find(|(_, setting)| setting.path() == path);
    let origin = named.map_or_else(
        || Origin::Found { folder: folder_of(path) },
        |(config, setting)| origin(config, setting),
    );
    Given { value: path.to_owned(), origin }
}

fn origin(config: &ConfigFile, setting: &Setting) -> Origin {
    Origin::Config { file: config.path.clone(), line: setting.line, name: setting.flag() }
}

fn folder_of(path: &str) -> String {
    Path::new(path).parent().map(|folder| folder.display().to_string()).unwrap_or_default()
}
