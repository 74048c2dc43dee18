//! What is dialled, and with which files, when nobody said so: what the configuration and the folders at hand give.

use std::path::Path;

use crate::{
    etcd::{DEFAULT_ENDPOINT, FilePair},
    facts::{Candidate, Hand, Listener, Settings},
    observation::{
        ConfigFile, FileSeen, Program, Setting, Target,
        target::{Given, Origin},
    },
    x509::Go,
};

/// The options that name a program's certificate and key for etcd, the one meant for clients first.
const PAIRS: [FilePair; 4] =
    [FilePair::ETCDCTL, FilePair::APISERVER, FilePair::SERVER_CLIENT, FilePair::SERVER];

/// More pairs than any node has clients.
const MOST_PAIRS: usize = 12;

/// What was chosen.
pub(crate) struct Choice {
    endpoints: Vec<Given>,
    cacert: Option<Given>,
    /// Certificate and key, best first.
    pairs: Vec<(Given, Given)>,
}

impl Choice {
    /// Chooses endpoints from the configuration, and the least privileged files that fit them.
    pub(crate) fn of(configs: &[ConfigFile], files: &[FileSeen], go: Option<&str>) -> Self {
        let processes = Settings::of_files(configs, files);
        let go = go.and_then(Go::parse).unwrap_or(Go::DEFAULT);
        let when = time::OffsetDateTime::now_utc();
        let hand = Hand { processes: &processes, files, when, go };
        let candidates = hand.candidates();
        let given = |candidate: &Candidate<'_>| {
            (found(candidate.pair.cert, configs), found(candidate.pair.key, configs))
        };
        let mut pairs: Vec<_> = candidates.iter().map(given).take(MOST_PAIRS).collect();
        if pairs.is_empty() {
            // What was configured is judged as it is, even where it can't work.
            pairs.extend(PAIRS.iter().find_map(|pair| {
                let of = |option: &str| {
                    processes
                        .iter()
                        .filter(|process| process.program == pair.program)
                        .find_map(|process| process.given(option))
                };
                Some((of(pair.certificate)?, of(pair.key)?))
            }));
        }
        let cacert = hand.cacert().map(|path| found(path, configs));
        Self { endpoints: endpoints(&processes), cacert, pairs }
    }

    /// Endpoints, CA, and the best pair.
    pub(crate) fn best(self) -> (Vec<Given>, Option<Given>, Option<(Given, Given)>) {
        (self.endpoints, self.cacert, self.pairs.into_iter().next())
    }

    /// Fills in what was not given, and gives back the pairs that could be used as well. Files fill in only as a whole: a
    /// certificate of one source and a key of another prove nothing.
    pub(crate) fn fill(self, target: &mut Target) -> Vec<(Given, Given)> {
        target.cacert = target.cacert.take().or(self.cacert);
        let mut pairs = self.pairs.into_iter();
        if target.cert.is_none() && target.key.is_none() {
            (target.cert, target.key) = pairs.next().unzip();
        } else {
            pairs = Vec::new().into_iter();
        }
        if target.endpoints.is_empty() {
            target.endpoints = self.endpoints;
        }
        if target.endpoints.is_empty() {
            let value = DEFAULT_ENDPOINT.to_owned();
            target.endpoints.push(Given { value, origin: Origin::Default });
        }
        pairs.collect()
    }
}

/// The client URLs that the configured members advertise (else those they listen on), else those that a client is configured with.
fn endpoints(processes: &[Settings<'_>]) -> Vec<Given> {
    let of = |program: Program, options: &[&str]| {
        let mut urls: Vec<Given> = Vec::new();
        for one in processes.iter().filter(|one| one.program == program) {
            let Some(name) = options.iter().find(|option| one.names(option)) else { continue };
            let origin =
                one.get(name).map_or(Origin::Default, |(config, setting)| origin(config, setting));
            for url in one.list(name) {
                let value = dialled(url);
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
    let mut found = sources.into_iter().map(|(program, options)| of(program, options));
    found.find(|urls| !urls.is_empty()).unwrap_or_default()
}

/// A URL to listen on may mean every address; only one of them can be dialled.
fn dialled(url: &str) -> String {
    match Listener::parse(url) {
        Some(listener) if listener.is_everywhere() => {
            let port = listener.port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{}://127.0.0.1{port}", listener.scheme)
        }
        _ => url.to_owned(),
    }
}

fn found(path: &str, configs: &[ConfigFile]) -> Given {
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
    let name = format!("--{}", setting.name);
    Origin::Config { file: config.path.clone(), line: setting.line, name }
}

fn folder_of(path: &str) -> String {
    Path::new(path).parent().map(|folder| folder.display().to_string()).unwrap_or_default()
}
