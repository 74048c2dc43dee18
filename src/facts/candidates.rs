//! Which certificate, key and CA at hand a client of this etcd could use: the choice that `check` makes when nothing was given, and the
//! order in which `env` tries them. Least privileged first.

use crate::{
    observation::{ConfigFile, FileSeen, Program, Setting},
    x509::{Certificate, Go, Usage},
};

use super::{Pair, Settings, is_accepted_at, is_issued_by};

/// A set of files for etcdctl.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// For `--cacert`.
    pub cacert: &'a str,
    /// For `--cert` and `--key`.
    pub pair: Pair<'a>,
}

/// How much more than reading a pair allows; smaller is tried first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Meant for etcdctl by its own variables.
    ForEtcdctl,
    /// A client's, made for health checks.
    HealthCheck,
    /// Another client's.
    Client,
    /// kube-apiserver's, which may do everything.
    KubeApiserver,
    /// The server's own.
    Server,
    /// A peer's, or one of which nothing more is known.
    Other,
}

/// What the choice is made from.
#[derive(Debug, Clone, Copy)]
pub struct ClientFiles<'a, 'f> {
    /// The configured processes.
    pub processes: &'f [Settings<'a>],
    /// Every file at hand.
    pub files: &'a [FileSeen],
    /// The time and the rules that decide.
    pub when: time::OffsetDateTime,
    /// The Go release whose rules decide.
    pub go: Go,
}

impl<'a> ClientFiles<'a, '_> {
    /// Every set that belongs to this etcd, best first: a client pair that the CAs which etcd trusts have issued, with the CA
    /// that issued the server's own certificate. What can't work now comes last: it is the right set all the same.
    pub fn ranked(&self) -> Vec<Candidate<'a>> {
        let Some(cacert) = self.cacert() else { return Vec::new() };
        let trusted = self.trusted();
        let mut ranked: Vec<_> = self
            .files
            .iter()
            .filter_map(|file| {
                let chain = self.chain(file);
                let leaf = chain.first()?;
                let own_key = file.key().and_then(|key| key.spki.as_ref()).map(|spki| &spki.0);
                let key = if own_key == Some(&leaf.spki) { &file.path } else { self.key_of(leaf)? };
                let usable = !leaf.is_ca() && leaf.allows(Usage::ClientAuth);
                let issued = trusted.is_empty() || is_issued_by(&chain, &trusted);
                let works = trusted.is_empty() || self.accepts(&chain, &trusted, Usage::ClientAuth);
                let pair = Pair { cert: &file.path, key };
                let rank = rank(leaf, pair.cert, self.named_by(&file.path));
                (usable && issued).then_some(((!works, rank), Candidate { cacert, pair }))
            })
            .collect();
        ranked.sort_by(|(one, a), (other, b)| one.cmp(other).then(a.pair.cert.cmp(b.pair.cert)));
        ranked.into_iter().map(|(_, candidate)| candidate).collect()
    }

    /// The CA file that verifies etcd's own certificate, else the one with the CA that issued it; without a certificate to hold
    /// against, the one that the configuration names.
    pub fn cacert(&self) -> Option<&'a str> {
        let named = [
            (Program::Etcdctl, "cacert"),
            (Program::KubeApiserver, "etcd-cafile"),
            (Program::Etcd, "trusted-ca-file"),
        ];
        let named: Vec<&'a FileSeen> = named
            .into_iter()
            .filter_map(|(program, option)| self.of(program).find_map(|one| one.file(option)))
            .collect();
        let in_folders = || {
            self.files
                .iter()
                .filter(|file| self.chain(file).first().is_some_and(Certificate::is_ca))
        };
        let served: Option<&FileSeen> =
            self.of(Program::Etcd).find_map(|one| one.file("cert-file"));
        // Where no setting names anything, some certificate for servers in the folders stands for etcd's own.
        let served = served.or_else(|| {
            self.files.iter().filter(|_| named.is_empty()).find(|file| {
                self.chain(file)
                    .first()
                    .is_some_and(|leaf| !leaf.is_ca() && leaf.allows(Usage::ServerAuth))
            })
        });
        let chain = served.map(|served| self.chain(served)).unwrap_or_default();
        let at_hand = || named.iter().copied().chain(in_folders());
        let verifies =
            |file: &&FileSeen| self.accepts(&chain, &self.chain(file), Usage::ServerAuth);
        let issued = |file: &&FileSeen| is_issued_by(&chain, &self.chain(file));
        // A certificate that is its own anchor proves nothing: what issued it comes first.
        at_hand()
            .find(|file| issued(file) && verifies(file))
            .or_else(|| at_hand().find(issued))
            .or_else(|| at_hand().find(verifies))
            .or_else(|| named.first().copied())
            .or_else(|| in_folders().next())
            .map(|file| file.path.as_str())
    }

    fn of(&self, program: Program) -> impl Iterator<Item = &Settings<'a>> {
        self.processes.iter().filter(move |one| one.program == program)
    }

    /// The CAs by which etcd judges clients.
    fn trusted(&self) -> Vec<Certificate> {
        // A file without a CA names nobody's issuer: who are clients is told by the CA of the server's own certificate.
        let holds_a_ca = |file: &&FileSeen| self.chain(file).iter().any(Certificate::is_ca);
        let configured = self.of(Program::Etcd).find_map(|one| one.file("trusted-ca-file"));
        let file = configured.filter(holds_a_ca).or_else(|| {
            let cacert = self.cacert()?;
            self.files.iter().find(|file| file.path == cacert)
        });
        file.map(|file| self.chain(file)).unwrap_or_default()
    }

    fn chain(&self, file: &FileSeen) -> Vec<Certificate> {
        let parse = |der: &crate::observation::Der| Certificate::parse(&der.0, self.go).ok();
        file.certificates().filter_map(parse).collect()
    }

    fn accepts(&self, chain: &[Certificate], anchors: &[Certificate], usage: Usage) -> bool {
        is_accepted_at(chain, anchors, usage, (self.when, self.go))
    }

    fn key_of(&self, leaf: &Certificate) -> Option<&'a String> {
        let fits = |file: &&FileSeen| {
            let key = file.key().filter(|key| file.is_pem() && key.unusable.is_none());
            key.and_then(|key| key.spki.as_ref()).is_some_and(|spki| spki.0 == leaf.spki)
        };
        self.files.iter().find(fits).map(|file| &file.path)
    }

    fn named_by(&self, path: &str) -> Option<(&'a ConfigFile, &'a Setting)> {
        let options = ["cert", "etcd-certfile", "client-cert-file", "cert-file", "peer-cert-file"];
        let mut found = options
            .into_iter()
            .flat_map(|option| self.processes.iter().filter_map(move |one| one.get(option)));
        found.find(|(_, setting)| setting.path() == path)
    }
}

fn rank(leaf: &Certificate, path: &str, named_by: Option<(&ConfigFile, &Setting)>) -> Rank {
    let name = format!("{} {path}", leaf.common_name().unwrap_or_default()).to_ascii_lowercase();
    match named_by.map(|(config, setting)| (config.program, setting.name.as_str())) {
        Some((Program::Etcdctl, _)) => Rank::ForEtcdctl,
        Some((Program::KubeApiserver, _)) => Rank::KubeApiserver,
        Some((Program::Etcd, "cert-file")) => Rank::Server,
        None if !leaf.allows(Usage::ServerAuth) && name.contains("health") => Rank::HealthCheck,
        None if name.contains("apiserver") => Rank::KubeApiserver,
        None if !leaf.allows(Usage::ServerAuth) => Rank::Client,
        None if name.contains("server") => Rank::Server,
        _ => Rank::Other,
    }
}
