//! What a check or `env` fills in for somebody else than a client in general: a member's own peer URLs and pair, kube-apiserver's pair.

use super::{Resolved, client_files::Chosen};
use crate::{
    etcd::FilePair,
    facts::Settings,
    observation::{
        ConfigFile, FileSeen, Program,
        target::{Given, Origin},
    },
};

/// The first etcd's own peer URLs, with the files that it dials other members with (etcd `client/pkg/transport`, `ClientConfig`).
pub(super) fn choose_peer_files(configs: &[ConfigFile], files: &[FileSeen]) -> Chosen {
    let processes = Settings::of_files(configs, files);
    let Some(etcd) = processes.iter().find(|one| one.program == Program::Etcd) else {
        return Chosen::default();
    };
    let options = ["initial-advertise-peer-urls", "listen-peer-urls"];
    let option = options.into_iter().find(|option| etcd.names(option));
    let origin = option.and_then(|option| Some(etcd.given(option)?.origin));
    let urls = option.map(|option| etcd.list(option)).unwrap_or_default();
    let endpoints = urls.into_iter().zip(std::iter::repeat(origin.unwrap_or(Origin::Default)));
    let pairs = [FilePair::PEER_CLIENT, FilePair::PEER];
    Chosen {
        left_out: Vec::new(),
        endpoints: endpoints.map(|(url, origin)| Given { value: url.to_owned(), origin }).collect(),
        cacert: etcd.given(FilePair::PEER.ca),
        pairs: pairs.iter().filter_map(|pair| pair_of(etcd, pair)).collect(),
    }
}

impl Resolved {
    /// The same with the pair of one configured client first, where the user gave none; without a configuration the pair that
    /// is made for it by its name.
    #[must_use]
    pub fn as_client(mut self, program: Program) -> Self {
        let is_given =
            |given: &Given| matches!(given.origin, Origin::Flag(_) | Origin::Environment(_));
        let target = &mut self.target;
        if [&target.cert, &target.key].into_iter().flatten().any(is_given) {
            return self;
        }
        let processes = Settings::of_files(&self.configs, &self.files);
        let own = FilePair::ALL.iter().find(|pair| pair.program == program);
        let configured = own.and_then(|pair| {
            processes.iter().filter(|one| one.program == program).find_map(|one| pair_of(one, pair))
        });
        let is_named = |(cert, _): &(Given, Given)| {
            let short = program.name().trim_start_matches("kube-");
            cert.value.rsplit('/').next().is_some_and(|name| name.contains(short))
        };
        let named = self.spares.iter().position(is_named);
        if let Some((cert, key)) = configured.or_else(|| Some(self.spares.remove(named?))) {
            let before = target.cert.replace(cert).zip(target.key.replace(key));
            self.spares.splice(0..0, before);
        }
        self
    }
}

fn pair_of(process: &Settings<'_>, pair: &FilePair) -> Option<(Given, Given)> {
    Some((process.given(pair.certificate)?, process.given(pair.key)?))
}
