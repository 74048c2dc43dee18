//! Looks at the outside world and fills an observation; never judges.
//!
//! Every wait has a deadline. Requests and credentials are written only to servers that the strict verdict accepts.

mod alert;
mod anchors;
mod config;
mod dial;
mod endpoint;
mod endpoint_url;
mod etcd;
mod exchange;
mod files;
mod handshake;
mod http1;
mod http2;
mod key;
mod neighbours;
mod pem;
mod signing_key;
mod watched;

pub(crate) use config::read as read_config;
pub(crate) use etcd::Login;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use rustls::{pki_types::CertificateDer, sign::CertifiedKey};
use time::OffsetDateTime;

use self::{anchors::Anchors, endpoint::Prober, files::Loaded};
use crate::{
    observation::{ConfigFile, EndpointSeen, FileSeen, Observation, SCHEMA, Target, Viewer},
    trust::Go,
};

/// Settings of etcd whose files a verdict needs.
const SERVER_FILES: [&str; 6] =
    ["trusted-ca-file", "cert-file", "client-crl-file", "peer-trusted-ca-file", "peer-cert-file", "peer-crl-file"];

/// Looks at everything that a target names. `report` gets each endpoint as it becomes known, with what is known of
/// the files by then.
pub(crate) async fn observe(
    target: Target, configs: Vec<ConfigFile>, login: Option<Login>, mut report: impl FnMut(&Observation, EndpointSeen),
) -> Observation {
    let start = tokio::time::Instant::now();
    let mut given = GivenFiles::load(&target, &configs);
    let (identity, problem) = given.identity();
    let mut observation = Observation {
        schema: SCHEMA.to_owned(),
        recorded_by: concat!("etcd-tls ", env!("CARGO_PKG_VERSION")).to_owned(),
        when: OffsetDateTime::now_utc(),
        viewer: viewer(),
        files: given.seen,
        neighbours: Vec::new(),
        configs,
        system_anchors: None,
        endpoints: Vec::new(),
        took_ms: 0.0,
        target,
    };
    let go = observation.target.go.as_deref().and_then(Go::parse).unwrap_or(Go::DEFAULT);
    let cacert = observation.target.cacert.as_ref();
    let cacert = cacert.and_then(|given| observation.files.iter().find(|file| file.path == given.value));
    let prober = Prober {
        anchors: Anchors::new(cacert, observation.when, go),
        identity,
        skip_verify: observation.target.insecure_skip_tls_verify,
        login,
        implies_tls: observation.target.implies_tls(),
        timeout: observation.target.timeout,
    };
    let urls: Vec<String> = observation.target.endpoints.iter().map(|given| given.value.clone()).collect();
    observation.endpoints = visit_all(&prober, &urls, problem.as_deref(), |seen| report(&observation, seen)).await;
    observation.system_anchors = prober.anchors.relevant(&observation.endpoints);
    if observation.endpoints.iter().any(|seen| !went_well(seen)) {
        observation.neighbours = look_around(&observation);
    }
    observation.took_ms = start.elapsed().as_secs_f64() * 1000.0;
    observation
}

/// All endpoints at once, in the order given.
async fn visit_all(
    prober: &Prober, urls: &[String], problem: Option<&str>, mut report: impl FnMut(EndpointSeen),
) -> Vec<EndpointSeen> {
    use futures_util::stream::{FuturesUnordered, StreamExt};
    let mut visits: FuturesUnordered<_> =
        urls.iter().enumerate().map(|(index, url)| async move { (index, prober.observe(url).await) }).collect();
    let mut seen = Vec::with_capacity(urls.len());
    while let Some((index, mut endpoint)) = visits.next().await {
        let asked = endpoint.main().and_then(|main| main.tls.as_ref()).is_some_and(|tls| tls.request.is_some());
        if let Some(problem) = problem.filter(|_| asked) {
            endpoint.not_tried.push(format!("presenting the client certificate: {problem}"));
        }
        report(endpoint.clone());
        seen.push((index, endpoint));
    }
    seen.sort_by_key(|(index, _)| *index);
    seen.into_iter().map(|(_, endpoint)| endpoint).collect()
}

/// Whether etcd answered a linearizable read: nothing has to be explained then.
fn went_well(seen: &EndpointSeen) -> bool {
    seen.etcd.as_ref().is_some_and(|etcd| matches!(etcd.read, Some(Ok(()))))
}

fn look_around(observation: &Observation) -> Vec<FileSeen> {
    let target = &observation.target;
    let given: Vec<&Path> =
        [&target.cacert, &target.cert, &target.key].into_iter().flatten().map(|given| Path::new(&given.value)).collect();
    let own: Vec<PathBuf> = observation.files.iter().map(|file| PathBuf::from(&file.path)).collect();
    neighbours::look(&given, &own)
}

fn viewer() -> Viewer {
    let groups = rustix::process::getgroups().unwrap_or_default();
    let gids = std::iter::once(rustix::process::getegid()).chain(groups).map(rustix::process::Gid::as_raw).collect();
    Viewer { uid: rustix::process::geteuid().as_raw(), gids, addresses: Vec::new() }
}

/// The files that a target and its configuration name, each read once.
struct GivenFiles {
    seen: Vec<FileSeen>,
    cert: Vec<CertificateDer<'static>>,
    key: Option<key::PrivateKey>,
    both: bool,
}

impl GivenFiles {
    fn load(target: &Target, configs: &[ConfigFile]) -> Self {
        let flags = [("--cacert", &target.cacert), ("--cert", &target.cert), ("--key", &target.key)];
        let mut wanted: Vec<(String, Vec<String>)> = Vec::new();
        let mut want = |path: &str, role: &str| match wanted.iter_mut().find(|(known, _)| known == path) {
            Some((_, roles)) => roles.push(role.to_owned()),
            None => wanted.push((path.to_owned(), vec![role.to_owned()])),
        };
        for (flag, given) in flags {
            if let Some(given) = given {
                want(&given.value, flag);
            }
        }
        for setting in configs.iter().flat_map(|config| &config.settings) {
            if SERVER_FILES.contains(&setting.name.as_str()) && !setting.value.is_empty() {
                want(&setting.value, &setting.name);
            }
        }
        let both = target.cert.is_some() && target.key.is_some();
        let mut given = Self { seen: Vec::new(), cert: Vec::new(), key: None, both };
        for (path, roles) in wanted {
            let Loaded { seen, key } = files::load(Path::new(&path), &roles);
            if seen.has_role("--cert") {
                given.cert = presented(&seen);
            }
            if seen.has_role("--key") {
                given.key = key;
            }
            given.seen.push(seen);
        }
        given
    }

    /// Certificate and key as TLS presents them, or why they can't be presented.
    fn identity(&mut self) -> (Option<Arc<CertifiedKey>>, Option<String>) {
        if !self.both {
            return (None, None);
        }
        let (cert, key) = (std::mem::take(&mut self.cert), self.key.take());
        let Some(key) = key.filter(|_| !cert.is_empty()) else {
            return (None, Some("certificate or key can't be read".to_owned()));
        };
        match signing_key::signing_key(&key) {
            Ok(signing) => {
                let certified = CertifiedKey::new(cert, signing);
                // A key that doesn't fit would only make the server say so in its own way.
                match certified.keys_match() {
                    Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::KeyMismatch)) => {
                        (None, Some("the key doesn't belong to the certificate".to_owned()))
                    }
                    _ => (Some(Arc::new(certified)), None),
                }
            }
            Err(why) => (None, Some(why)),
        }
    }
}

/// The `CERTIFICATE` blocks of a PEM file, as Go's `tls.X509KeyPair` takes them.
fn presented(file: &FileSeen) -> Vec<CertificateDer<'static>> {
    let blocks = file.content().map(|content| content.blocks.as_slice()).unwrap_or_default();
    let certificates = blocks.iter().filter(|block| block.label == "CERTIFICATE");
    certificates
        .filter_map(|block| match &block.item {
            crate::observation::file::Item::Certificate(der) => Some(CertificateDer::from(der.0.clone())),
            _ => None,
        })
        .collect()
}
