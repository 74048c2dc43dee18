//! Which file at hand can take the place of another one, judged as Go and etcd judge it: a key fits its certificate, a certificate has an
//! accepted issuer, the usages and the names, a CA issued what it is shown. Everything at hand is tried: what configuration names, what lies
//! beside it, what discovery found.

use super::{Facts, Listener, Pair, Settings, is_accepted_at, is_issued_by};
use crate::{
    etcd::{FilePair, ListenerOptions},
    observation::{FileSeen, Program},
    x509::{Certificate, San, Usage},
};

impl<'a> Facts<'a> {
    /// The files whose CAs issued a chain, those that configuration names first. The chain's own certificate is no CA of it: given as an
    /// anchor, it would vouch for itself.
    pub fn issuers_of(&self, chain: &[Certificate]) -> impl Iterator<Item = &'a FileSeen> {
        let go = self.go;
        self.files().filter(move |file| {
            let Some(leaf) = chain.first() else { return false };
            let anchors: Vec<_> = file
                .certificates()
                .filter_map(|der| Certificate::parse(&der.0, go).ok())
                .filter(|ca| ca.is_ca() && ca.der != leaf.der)
                .collect();
            file.is_pem() && is_issued_by(chain, &anchors)
        })
    }

    /// The first certificate of a file at hand.
    pub fn certificate_at(&self, path: &str) -> Option<Certificate> {
        let file = self.files().find(|file| file.path == path)?;
        Certificate::parse(&file.certificates().next()?.0, self.go).ok()
    }

    /// Every host by which others connect to a process: of the URLs where it listens, which it advertises, and at which kube-apiserver
    /// and etcdctl are configured to find it; and the name of the member.
    pub fn hosts_of(&self, process: &Settings<'_>, pair: &FilePair) -> Vec<San> {
        let listener = ListenerOptions::ALL.into_iter().find(|one| one.listens == pair.urls);
        let urls = listener.into_iter().flat_map(|one| [one.advertises, one.listens]);
        let urls =
            urls.filter(|option| process.names(option)).flat_map(|option| process.urls(option));
        let is_client = |one: &&Settings<'_>| one.program != Program::Etcd;
        let dialled =
            self.processes().filter(is_client).filter(|_| pair.urls == "listen-client-urls");
        let dialled = dialled
            .flat_map(|one| {
                ["etcd-servers", "endpoints"].into_iter().flat_map(|option| one.list(option))
            })
            .filter_map(Listener::parse)
            .filter(|url| process.urls(pair.urls).iter().any(|own| own.port == url.port));
        let mut names: Vec<San> = Vec::new();
        for url in urls.chain(dialled).filter(|url| !url.is_everywhere()) {
            let name = San::of_host(url.host);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// A name that a certificate lacks, with every other one that it has to list where it is configured.
    pub fn names_for(&self, leaf: &Certificate, lacking: San) -> Vec<San> {
        let mut configured = self.configured_pairs();
        let pair = configured.find(|pair| pair.leaf().is_some_and(|own| own.der == leaf.der));
        let process = pair.as_ref().map(|pair| pair.cert.process);
        let mut pairs = FilePair::ALL.into_iter();
        let options = pair
            .as_ref()
            .and_then(|pair| pairs.find(|one| one.certificate == pair.cert.setting.name));
        let hosts = process.zip(options).map(|(process, options)| self.hosts_of(process, &options));
        let own = process.and_then(|process| process.get("name"));
        let own = own.map(|(_, setting)| San::of_host(&setting.value));
        let all = hosts.into_iter().flatten().chain(own);
        let mut names = vec![lacking];
        for name in all {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The pairs at hand that a process could use instead of one of its own, judged as those judge who are shown it.
    pub fn pairs_for<'f>(
        &'f self,
        process: &'f Settings<'a>,
        pair: &'f FilePair,
    ) -> impl Iterator<Item = Pair<'a>> + 'f {
        let usages = usages(pair);
        let anchors = self.anchors_for(process, pair);
        let hosts = self.hosts_of(process, pair);
        let serves = usages.contains(&Usage::ServerAuth);
        self.files().filter(|file| file.is_pem()).filter_map(move |file| {
            let chain: Vec<_> = file
                .certificates()
                .filter_map(|der| Certificate::parse(&der.0, self.go).ok())
                .collect();
            let leaf = chain.first().filter(|leaf| !leaf.is_ca())?;
            let named = !serves || hosts.iter().all(|host| covers(leaf, host, self));
            let accepted = || {
                usages
                    .iter()
                    .all(|usage| is_accepted_at(&chain, &anchors, *usage, (self.now(), self.go)))
            };
            let key = self.key_of(leaf)?;
            (named && accepted()).then_some(Pair { cert: &file.path, key })
        })
    }

    /// The CAs of those who are shown a pair.
    fn anchors_for(&self, process: &Settings<'a>, pair: &FilePair) -> Vec<Certificate> {
        let etcd = || self.processes().find(|one| one.program == Program::Etcd);
        let judges = match process.program {
            Program::Etcd => process.certificates(pair.ca, self.go),
            _ => etcd().and_then(|etcd| etcd.certificates("trusted-ca-file", self.go)),
        };
        let own = || process.certificates(pair.ca, self.go);
        // Where nothing is configured, this client is one of them.
        let known = judges.or_else(own).filter(|anchors| !anchors.is_empty());
        known.unwrap_or_else(|| self.anchors.certificates.clone())
    }

    /// Such a CA whose key is at hand.
    pub fn authority_for(&self, process: &Settings<'a>, pair: &FilePair) -> Option<Pair<'a>> {
        let anchors = self.anchors_for(process, pair);
        anchors.iter().find_map(|ca| self.authority_in(self.file_of(ca)?))
    }
}

fn covers(leaf: &Certificate, host: &San, facts: &Facts<'_>) -> bool {
    let host = match host {
        San::Ip(address) => address.to_string(),
        San::Dns(name) => name.clone(),
        _ => return true,
    };
    leaf.verify_host(&host, facts.go).is_ok()
}

/// What a pair is used for.
fn usages(pair: &FilePair) -> &'static [Usage] {
    match pair.certificate {
        "cert-file" => &[Usage::ServerAuth],
        "peer-cert-file" => &[Usage::ServerAuth, Usage::ClientAuth],
        _ => &[Usage::ClientAuth],
    }
}
